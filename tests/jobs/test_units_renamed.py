"""A unit that is renamed in midyear, by 设置 and by hand on the sheets: everything of it stays its own."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jobs.clerk import fill_in
from jobs.small_master import cells_of, put_file, reports_of
from jobs.unit_hand import half_a_year, hand
from minsheng.domain.period import Period
from minsheng.errors import MasterDamaged
from minsheng.hosts import opened
from minsheng.jobs.checking import check
from minsheng.jobs.dispatching import dispatch
from minsheng.jobs.exporting import show
from minsheng.jobs.judging import colour
from minsheng.jobs.merging import merge
from minsheng.jobs.notices import remind
from minsheng.jobs.noting import note
from minsheng.jobs.repairing import repair
from minsheng.jobs.undoing import undo

JUNE, JULY = Period(2024, 6), Period(2024, 7)
NEW = "石浦街道"

__all__ = ["half_a_year"]


def in_settings(path: Path, old: str = "石浦", new: str = NEW, alias: str = "石浦、石浦镇") -> None:
    with hand(path) as clerk:
        cell = clerk.find("设置", old)
        cell.value = new
        cell.offset(0, 2).value = alias


def findings(path: Path, *codes: str) -> list[tuple[str, int | None, str | None, str | None]]:
    with opened("file", path, change=True) as book:
        return [(f.code, f.project, f.unit, f.cell) for f in check(book).findings if f.code in codes]


def model(path: Path) -> Any:
    with opened("file", path) as book:
        return show(book)


def mark_key(path: Path, name: str) -> Any:
    """What the marks beside a row of 01 say whose they are."""
    return next(row[18] for row in cells_of(path)["01"] if row and row[0] == name)


def test_renamed_in_settings_alone_the_numbers_are_the_new_units(half_a_year: Path, tmp_path: Path) -> None:
    before = json.dumps(model(half_a_year)["projects"], ensure_ascii=False)
    in_settings(half_a_year)
    assert reports_of(half_a_year)[1, NEW, 6] == Decimal(320)
    assert json.dumps(model(half_a_year)["projects"], ensure_ascii=False) == before.replace(
        '"石浦"', f'"{NEW}"'
    )
    with opened("file", half_a_year, change=True) as book:
        sent = dispatch(book, JULY, tmp_path / "七月")
        assert f"{NEW}_2024年07月_填报表.xlsx" in sent.placed.written
        assert not dispatch(book, JUNE, tmp_path / "六月").unnoted, "that month was asked for already"
        note(book, sent.unnoted)
        late = [late for late in remind(book, JULY, tmp_path / "催").reminder.late if late.unit.name == NEW]
        assert [each.lateness for each in late] == ["首次未报"]
    form = next((tmp_path / "七月").glob(f"{NEW}_*"))
    fill_in(form, {("1", NEW): 350})
    (tmp_path / "收七月").mkdir()
    form.rename(tmp_path / "收七月" / form.name)
    with opened("file", half_a_year, change=True) as book:
        plan = merge(book, tmp_path / "收七月", JULY).plan
    assert [change.old for change in plan.numbers] == [None]
    assert [f.code for f in plan.findings] == []
    assert reports_of(half_a_year)[1, NEW, 7] == Decimal(350)


def test_a_form_that_was_out_under_the_old_name_is_good(half_a_year: Path, tmp_path: Path) -> None:
    in_settings(half_a_year)
    put_file(
        tmp_path / "收七月", "石浦", {("1", "石浦"): 350}, period=JULY, words={("1", "石浦"): "全面铺开"}
    )
    with opened("file", half_a_year, change=True) as book:
        plan = merge(book, tmp_path / "收七月", JULY).plan
    assert [file.unit for file in plan.merged] == [NEW]
    assert reports_of(half_a_year)[1, NEW, 7] == Decimal(350)
    rows = {(row[1], str(row[2])): row[5] for row in cells_of(half_a_year)["填报明细"] if len(row) > 5}
    assert rows["石浦", "6"] == "已进场", "what was written stays as it was written"
    assert rows[NEW, "7"] == "全面铺开"


@pytest.mark.parametrize("sheets_too", [False, True])
def test_a_merge_of_before_is_taken_back_after_it(half_a_year: Path, sheets_too: bool) -> None:
    in_settings(half_a_year)
    if sheets_too:
        with hand(half_a_year) as clerk:
            for tab in ("01", "02", "06", "镇乡进度"):
                clerk.type(tab, "石浦", NEW)
    with opened("file", half_a_year, change=True) as book:
        found = undo(book)
    assert not found.left
    assert reports_of(half_a_year) == {}


def test_what_is_half_done_is_told_once_and_mended_by_repair(half_a_year: Path) -> None:
    in_settings(half_a_year)
    told = findings(half_a_year, "M201", "M208", "M209")
    assert told == [("M208", 1, NEW, "A9")]
    with opened("file", half_a_year, change=True) as book:
        [finding] = [f for f in check(book).findings if f.code == "M208"]
        assert "第1、2、6项和“镇乡进度”" in finding.message
        steps = repair(book).steps
        assert [step for step in steps if "旧名“石浦”改成" in step]
        assert repair(book).steps == ()
    assert findings(half_a_year, "M201", "M208", "M209") == []
    cells = cells_of(half_a_year)
    assert [row[0] for row in cells["01"] if row and row[0] in ("石浦", NEW)] == [NEW]
    assert [row[0] for row in cells["镇乡进度"] if row and row[0] in ("石浦", NEW)] == [NEW]
    assert mark_key(half_a_year, NEW) == NEW, "the marks of the row go with its name"


def test_a_row_by_the_old_name_keeps_its_marks(half_a_year: Path) -> None:
    """The row says 石浦 still: its status is shown, as the key beside it says the same."""
    in_settings(half_a_year)
    with opened("file", half_a_year, change=True) as book:
        colour(book)
    assert mark_key(half_a_year, "石浦") == "石浦"


def test_without_the_alias_the_name_is_asked_for_once(half_a_year: Path, tmp_path: Path) -> None:
    in_settings(half_a_year, alias="石浦镇")
    assert findings(half_a_year, "M201") == [("M201", 1, "石浦", "A9")]
    with opened("file", half_a_year, change=True) as book:
        [finding] = [f for f in check(book).findings if f.code == "M201"]
        assert "第1、2、6项" in finding.message
        assert f"“{NEW}”" in finding.advice
        assert "请把“石浦”写进它的别名" in finding.advice
        with pytest.raises(MasterDamaged, match="“石浦”"):
            dispatch(book, JULY, tmp_path / "七月")


def test_on_some_sheets_alone_the_new_name_is_told(half_a_year: Path) -> None:
    with hand(half_a_year) as clerk:
        clerk.type("01", "石浦", NEW)
    assert findings(half_a_year, "M201", "M208") == [("M201", 1, NEW, "A9")]
    in_settings(half_a_year)
    assert findings(half_a_year, "M201", "M208") == [("M208", 2, NEW, "A10")]
    assert reports_of(half_a_year)[1, NEW, 6] == Decimal(320)
    assert reports_of(half_a_year)[2, NEW, 6] == Decimal("0.2")


def test_a_joint_units_row_goes_with_its_renamed_member(half_a_year: Path, tmp_path: Path) -> None:
    in_settings(half_a_year, "丹东", "丹东新城", "丹东、丹东街道")
    with opened("file", half_a_year, change=True) as book:
        dispatch(book, JULY, tmp_path / "七月")
    form = next((tmp_path / "七月").glob("丹东新城_*"))
    assert ("2", "丹东、石浦") in {(str(row[0]), row[2]) for row in cells_of(form)["填报"] if len(row) > 2}
    with hand(half_a_year) as clerk:  # the joint unit by the new name too
        clerk.type("设置", "丹东、石浦", "丹东新城、石浦")
    assert reports_of(half_a_year)[2, "丹东新城、石浦", 6] == Decimal("0.3")
    assert not findings(half_a_year, "M201", "M507")


def test_a_renamed_bureau_leads_what_it_led(half_a_year: Path, tmp_path: Path) -> None:
    in_settings(half_a_year, "县公安局", "县公安分局", "县公安局")
    shown = model(half_a_year)["projects"]
    assert [p["lead_unit"] for p in shown if p["number"] in (5, 7)] == ["县公安分局"] * 2
    with opened("file", half_a_year, change=True) as book:
        dispatch(book, JULY, tmp_path / "七月")
    form = next((tmp_path / "七月").glob("县公安分局_*"))
    assert {str(row[0]) for row in cells_of(form)["填报"] if row} >= {"5", "5-2"}
    assert findings(half_a_year, "M201", "M208") == [("M208", 5, "县公安分局", "A8")]


def test_a_second_row_by_an_older_name_is_no_row_of_the_same_unit(half_a_year: Path) -> None:
    """Two units made one by an alias alone: neither's numbers are lost, and it is told what to do."""
    with hand(half_a_year) as clerk:
        cell = clerk.find("设置", "丹东")
        for right in range(3):
            cell.offset(0, right).value = None
        clerk.type("设置", "石浦", "石浦镇、丹东", right=2)
    reports = reports_of(half_a_year)
    assert (reports[1, "丹东", 6], reports[1, "石浦", 6]) == (Decimal(180), Decimal(320))
    told = findings(half_a_year, "M201", "M507", "M208", "M209")
    assert told == [("M201", 1, "丹东", "A8")], "one cause, told once"
