"""Units that become part of others, are divided or come new in midyear: whose numbers count, who is asked, what is left to
do."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jobs.clerk import fill_in
from jobs.small_master import cells_of, put_file, reports_of
from jobs.unit_hand import half_a_year, hand, row_above_total
from minsheng.domain.lateness.judge import judge
from minsheng.domain.period import Period
from minsheng.domain.status import Status
from minsheng.errors import MasterDamaged
from minsheng.hosts import opened
from minsheng.jobs.checking import check
from minsheng.jobs.dispatching import dispatch
from minsheng.jobs.judging import colour, summarise
from minsheng.jobs.merging import merge
from minsheng.jobs.notices import remind
from minsheng.jobs.noting import note
from minsheng.jobs.repairing import repair
from minsheng.jobs.undoing import undo
from minsheng.sheets import layout
from minsheng.sheets.open_master import OpenMaster

JUNE, JULY = Period(2024, 6), Period(2024, 7)
NEW = "保税区"

__all__ = ["half_a_year"]


def actuals(path: Path, day: Any = None) -> dict[int, Decimal | None]:
    """What every project has reached, by the rules."""
    with opened("file", path) as book:
        master = OpenMaster.read(book).master
        return {each.project: each.actual for each in judge(master, master.as_of(day)).projects}


def printed(path: Path) -> dict[str, Any]:
    """序号 → 实际累计 as 汇总表 shows it."""
    from openpyxl import load_workbook

    page = load_workbook(path, data_only=True)["汇总表"]
    rows = [*page.iter_rows(values_only=True)]
    header = next(row for row in rows if "实际累计" in row)
    at = header.index("实际累计")
    return {str(row[0]): row[at] for row in rows if str(row[0]).isdigit()}


def told(path: Path, *codes: str) -> list[tuple[str, int | None, str | None, str | None]]:
    with opened("file", path, change=True) as book:
        return [(f.code, f.project, f.unit, f.cell) for f in check(book).findings if f.code in codes]


def merged_into(path: Path, ended: str = "石浦", heir: str = "丹东", since: Any = 7) -> None:
    with hand(path) as clerk:
        clerk.type("设置", ended, heir, right=4)
        clerk.type("设置", ended, since, right=5)


def parts_moved(path: Path) -> None:
    """石浦's part is 丹东's in both projects."""
    with hand(path) as clerk:
        clerk.type("01", "丹东", 1000, right=1)
        clerk.type("01", "石浦", 0, right=1)
        clerk.type("02", "丹东", 2.6, right=1)
        clerk.type("02", "石浦", 0, right=1)


def test_nothing_changes_by_the_merging_itself(half_a_year: Path) -> None:
    before, shown = actuals(half_a_year), printed(half_a_year)
    assert (before[1], before[2]) == (Decimal(500), Decimal("1.1"))
    merged_into(half_a_year)
    assert actuals(half_a_year) == before
    parts_moved(half_a_year)
    assert actuals(half_a_year) == before
    with opened("file", half_a_year, change=True) as book:
        summarise(book)
    assert printed(half_a_year) == shown


def test_of_the_heirs_first_number_on_nothing_counts_twice(half_a_year: Path, tmp_path: Path) -> None:
    merged_into(half_a_year)
    parts_moved(half_a_year)
    with opened("file", half_a_year, change=True) as book:
        sent = dispatch(book, JULY, tmp_path / "七月")
        assert not [name for name in sent.placed.written if name.startswith("石浦")]
        note(book, sent.unnoted)
    form = next((tmp_path / "七月").glob("丹东_*"))
    row = next(row for row in cells_of(form)["填报"] if row and str(row[0]) == "1")
    assert (row[4], row[5]) == ("1000", "500"), "the part and the number of both"
    fill_in(form, {("1", "丹东"): 560, ("2", "丹东"): 1.2})
    (tmp_path / "收七月").mkdir()
    form.rename(tmp_path / "收七月" / form.name)
    with opened("file", half_a_year, change=True) as book:
        plan = merge(book, tmp_path / "收七月", JULY).plan
        assert [f.code for f in plan.findings] == []
        assert "石浦" not in plan.missing
        summarise(book)
    assert actuals(half_a_year)[1] == Decimal(560)
    assert actuals(half_a_year)[2] == Decimal("1.5"), "1.2 and 0.3 of the joint unit"
    assert (printed(half_a_year)["1"], printed(half_a_year)["2"]) == (560, 1.5)
    assert reports_of(half_a_year)[1, "石浦", 6] == Decimal(320), "what it reported stays its own"
    with opened("file", half_a_year, change=True) as book:
        undo(book)
        summarise(book)
    assert actuals(half_a_year)[1] == Decimal(500)
    assert printed(half_a_year)["1"] == 500


def test_the_one_that_ended_is_neither_judged_nor_named(half_a_year: Path) -> None:
    merged_into(half_a_year)
    parts_moved(half_a_year)
    with opened("file", half_a_year) as book:
        master = OpenMaster.read(book).master
    judgement = judge(master, JUNE.last_day)
    assert {cell.unit for cell in judgement.cells if cell.project == 1} == {"丹东"}
    assert [cell.status for cell in judgement.cells if cell.project == 1] == [Status.NORMAL], "500 of both"
    assert judgement.projects[0].never_reported == ()


def test_a_form_of_after_is_refused_and_one_of_before_is_taken(half_a_year: Path, tmp_path: Path) -> None:
    merged_into(half_a_year)
    parts_moved(half_a_year)
    put_file(tmp_path / "收七月", "石浦", {("1", "石浦"): 350}, period=JULY)
    with opened("file", half_a_year, change=True) as book:
        plan = merge(book, tmp_path / "收七月", JULY).plan
    assert [f.code for f in plan.findings] == ["S220"]
    assert "丹东" in plan.rejected[0].reason
    put_file(tmp_path / "收六月", "石浦", {("1", "石浦"): 330})
    with opened("file", half_a_year, change=True) as book:
        plan = merge(book, tmp_path / "收六月", JUNE).plan
    assert [(c.old, c.new) for c in plan.numbers] == [(Decimal(320), Decimal(330))]
    assert actuals(half_a_year)[1] == Decimal(510)


def test_what_is_left_to_do_is_told_cell_by_cell(half_a_year: Path) -> None:
    merged_into(half_a_year)
    assert told(half_a_year, "M210") == [("M210", 1, "石浦", "B9"), ("M210", 2, "石浦", "B10")]
    with hand(half_a_year) as clerk:
        clerk.type("01", "丹东", 1000, right=1)
        clerk.type("01", "石浦", None, right=1)
        clerk.type("02", "石浦", 0.3, right=8)
    found = told(half_a_year, "M101", "M210", "M403", "M405")
    assert found == [("M210", 1, "石浦", "B9"), ("M210", 2, "石浦", "B10"), ("M210", 2, "石浦", "I10")]
    parts_moved(half_a_year)
    with hand(half_a_year) as clerk:
        clerk.type("02", "石浦", None, right=8)
    assert told(half_a_year, "M101", "M210", "M403", "M405") == []


def test_the_joint_units_row_goes_to_the_heir(half_a_year: Path, tmp_path: Path) -> None:
    merged_into(half_a_year, "丹东", "石浦")
    assert ("M211", None, "丹东、石浦", "E5") in told(half_a_year, "M211")
    with opened("file", half_a_year, change=True) as book:
        dispatch(book, JULY, tmp_path / "七月")
    form = next((tmp_path / "七月").glob("石浦_*"))
    assert ("2", "丹东、石浦") in {(str(row[0]), row[2]) for row in cells_of(form)["填报"] if len(row) > 2}


@pytest.mark.parametrize(
    ("heir", "since", "cell"),
    [("宁海", 7, "I4"), ("石浦", 7, "I4"), ("丹东", "夏天", "J4"), ("丹东", 13, "J4")],
)
def test_what_settings_cannot_mean_stops_the_jobs(
    half_a_year: Path, tmp_path: Path, heir: str, since: Any, cell: str
) -> None:
    merged_into(half_a_year, heir=heir, since=since)
    assert [f[3] for f in told(half_a_year, "M504")] == [cell]
    with opened("file", half_a_year, change=True) as book, pytest.raises(MasterDamaged, match=cell):
        dispatch(book, JULY, tmp_path / "七月")


def test_divided_in_two_the_numbers_end_with_the_first_of_an_heir(half_a_year: Path, tmp_path: Path) -> None:
    with hand(half_a_year) as clerk:
        row = clerk.find("设置", "石浦").row
        for down, name in ((6, "石浦东"), (7, "石浦西")):
            clerk.book.sheets["设置"].range((row + down, 5)).value = [name, "镇乡街道", None, None, None, 7]
    merged_into(half_a_year, heir="石浦东、石浦西")
    for name, part in (("石浦东", 250), ("石浦西", 350)):
        row_above_total(half_a_year, "01", name, part)
    with hand(half_a_year) as clerk:
        clerk.type("01", "石浦", 0, right=1)
    assert actuals(half_a_year)[1] == Decimal(500)
    assert told(half_a_year, "M101", "M201", "M210") == [("M210", 2, "石浦", "A10")]
    with opened("file", half_a_year, change=True) as book:
        sent = dispatch(book, JULY, tmp_path / "七月")
        note(book, sent.unnoted)
        assert {"石浦东_2024年07月_填报表.xlsx", "石浦西_2024年07月_填报表.xlsx"} <= {*sent.placed.written}
        late = {each.unit.name: each.lateness for each in remind(book, JULY, tmp_path / "催").reminder.late}
    assert (late["石浦东"], late["石浦西"]) == ("首次未报", "首次未报")
    assert "石浦" not in late
    form = next((tmp_path / "七月").glob("石浦东_*"))
    fill_in(form, {("1", "石浦东"): 150})
    (tmp_path / "收七月").mkdir()
    form.rename(tmp_path / "收七月" / form.name)
    with opened("file", half_a_year, change=True) as book:
        merge(book, tmp_path / "收七月", JULY)
        colour(book)
        summarise(book)
    assert actuals(half_a_year)[1] == Decimal(330), "180 and 150: 石浦西 has not reported yet"
    assert printed(half_a_year)["1"] == 330


def test_a_unit_added_is_one_like_the_others(half_a_year: Path, tmp_path: Path) -> None:
    before = actuals(half_a_year)
    with hand(half_a_year) as clerk:
        cell = clerk.find("设置", "县住建局").offset(1, 0)
        cell.value = NEW
        cell.offset(0, 1).value = "镇乡街道"
        cell.offset(0, 5).value = "7月"
        clerk.type("01", "石浦", 500, right=1)
    row_above_total(half_a_year, "01", NEW, 100)
    assert actuals(half_a_year) == before
    assert told(half_a_year, "M101", "M201", "M209") == [("M209", None, None, "A3")]
    with opened("file", half_a_year, change=True) as book:
        steps = repair(book).steps
        assert [step for step in steps if "镇乡进度" in step]
        assert repair(book).steps == ()
    assert [row[0] for row in cells_of(half_a_year)["镇乡进度"] if row and row[0] == NEW] == [NEW]
    with opened("file", half_a_year, change=True) as book:
        note(book, dispatch(book, JULY, tmp_path / "七月").unnoted)
        late = {each.unit.name: each.lateness for each in remind(book, JULY, tmp_path / "催").reminder.late}
        assert late[NEW] == "首次未报", "nobody asked it for June"
        summarise(book)
        home = OpenMaster.read(book).needed_table(layout.NAME_SENT_BY_TOWNSHIPS, layout.SENT_COLUMNS)
        assert next(row for row in home.rows() if row["填报单位"] == NEW)["应报月数"] == "0"


def test_a_master_that_has_no_such_columns_works_as_before(half_a_year: Path) -> None:
    before = actuals(half_a_year)
    with hand(half_a_year) as clerk:
        for label in ("并入或拆为", "起始月份"):
            clerk.type("设置", label, None)
    assert actuals(half_a_year) == before
    assert told(half_a_year, "M502", "M504") == []
    with opened("file", half_a_year, change=True) as book:
        steps = repair(book).steps
    assert [step for step in steps if "“设置”" in step]
    assert "起始月份" in next(row for row in cells_of(half_a_year)["设置"] if "填报单位" in row)
