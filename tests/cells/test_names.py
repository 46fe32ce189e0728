"""A list in one cell is parted where its writer parted it, and nowhere inside brackets."""

from __future__ import annotations

import re

import pytest

from minsheng.cells.names import cleaned, listed_names, parted, unit_base, unit_form


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
        ("县民政局（养老（含老龄）、救助）、县财政局", ("县民政局（养老（含老龄）、救助）", "县财政局")),
        ("县民政局））（养老、救助）、县财政局", ("县民政局））（养老、救助）", "县财政局")),
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


@pytest.mark.parametrize(
    ("name", "form", "base"),
    [
        ("丹东街道办事处", "丹东街道", "丹东"), ("石浦镇人民政府", "石浦镇", "石浦"), ("石浦镇政府", "石浦镇", "石浦"), ("石浦", "石浦", "石浦"),
        ("东乡", "东乡", "东乡"), ("县财政局", "县财政局", "县财政局"),
    ],
)  # fmt: skip
def test_a_townships_name_with_and_without_its_rank(name: str, form: str, base: str) -> None:
    assert (unit_form(name), unit_base(name)) == (form, base)


@pytest.mark.parametrize("nothing", ["", "—", "-", " / ", "暂无", "无。"])
def test_a_sign_for_nothing_is_no_name(nothing: str) -> None:
    assert cleaned(nothing) == ""


def test_a_name_keeps_its_words_one_blank_apart() -> None:
    assert cleaned(" 县  财政局\u3000\u3000预算 科。") == "县 财政局 预算 科"
