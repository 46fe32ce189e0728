"""A list in one cell is parted where its writer parted it, and nowhere inside brackets."""

from __future__ import annotations

import re

import pytest

from minsheng.cells.names import cleaned, listed_names, parted


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("", ()),
        ("无", ()),
        ("、；，", ()),
        ("县财政局", ("县财政局",)),
        ("县财政局、县水利局，县民政局;县教育局\n县卫健局", ("县财政局", "县水利局", "县民政局", "县教育局", "县卫健局")),
        ("县民政局（养老科、救助科）、县财政局", ("县民政局（养老科、救助科）", "县财政局")),
        ("县民政局【养老科、救助科】；县财政局", ("县民政局【养老科、救助科】", "县财政局")),
        ("县民政局）、县财政局", ("县民政局）", "县财政局")),
        ("（县民政局、县财政局", ("（县民政局", "县财政局")),
        ("县水利局、县民政局（养老科、救助科", ("县水利局", "县民政局（养老科、救助科")),
    ],
)  # fmt: skip
def test_names_of_a_list(written: str, names: tuple[str, ...]) -> None:
    assert listed_names(written) == names


def test_the_caller_says_what_parts() -> None:
    mark = re.compile(r"、|,(?!\d{3})")
    assert parted("东镇1,200户,西镇3户、北镇", mark) == (["东镇1,200户", "西镇3户", "北镇"], False)
    assert parted("东镇（甲、乙", mark) == (["东镇（甲、乙"], True)
    assert parted("", mark) == ([""], False)


def test_a_full_width_letter_is_the_same_mark_and_keeps_its_place() -> None:
    assert listed_names("县财政局；县水利局，县Ａ局") == ("县财政局", "县水利局", "县Ａ局")


@pytest.mark.parametrize("nothing", ["", "—", "-", " / ", "暂无", "无。"])
def test_a_sign_for_nothing_is_no_name(nothing: str) -> None:
    assert cleaned(nothing) == ""
