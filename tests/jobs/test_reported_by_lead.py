"""填报方式 责任单位代报: the 责任单位 has a row for each unit in its form, the units have none, and silence is its own."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jobs.clerk import fill_in
from jobs.county_book import county_file, typed
from jobs.small_master import cells_of, put_file, reports_of
from minsheng.cli import main
from minsheng.domain.period import Period
from minsheng.hosts import opened
from minsheng.jobs.checking import check
from minsheng.jobs.dispatching import dispatch
from minsheng.jobs.judging import summarise
from minsheng.jobs.merging import merge
from minsheng.jobs.notices import remind
from minsheng.jobs.noting import note
from minsheng.jobs.undoing import undo
from minsheng.sheets import layout
from minsheng.sheets.open_master import OpenMaster
from minsheng.sheets.overview_inputs import overview_writes
from small_county import WATER

JUNE = Period(2024, 6)
NAME = f"{WATER}_2024年06月_填报表.xlsx"


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    """Project 2, of 丹东, 石浦 and both together, is reported by 县住建局."""
    path = county_file(tmp_path / "总表.xlsx")
    lead(path, 2)
    return path


def lead(path: Path, number: int) -> None:
    with opened("file", path, change=True) as book:
        master = OpenMaster.read(book)
        value = {layout.REPORTING: layout.REPORTING_WORDS["lead"]}
        master.apply(book, overview_writes(book, master.projects[number], value))


def rows_of(form: Path) -> list[tuple[Any, Any, Any]]:
    """(序号, 承担单位, 全年任务) of sheet 填报."""
    cells = [*load_workbook(form)["填报"].iter_rows(values_only=True)]
    header = next(at for at, row in enumerate(cells) if row[0] == "序号")
    at = {label: place for place, label in enumerate(cells[header])}
    return [
        (row[0], row[at["承担单位"]], row[at["全年任务"]])
        for row in cells[header + 1 :]
        if str(row[0]).isdigit()
    ]


def test_its_form_has_a_row_for_each_unit_and_theirs_have_none(book_file: Path, tmp_path: Path) -> None:
    with opened("file", book_file, change=True) as book:
        dispatch(book, JUNE, tmp_path / "发")
    assert rows_of(tmp_path / "发" / NAME) == [
        ("2", "丹东", 1.6), ("2", "丹东、石浦", 0.7), ("2", "石浦", 1), ("6", WATER, 5),
    ]  # fmt: skip
    for town in ("丹东", "石浦"):
        assert "2" not in {row[0] for row in rows_of(tmp_path / "发" / f"{town}_2024年06月_填报表.xlsx")}


def test_from_the_form_to_each_units_row_and_back(
    book_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened("file", book_file, change=True) as book:
        dispatch(book, JUNE, tmp_path / "收")
    for path in (tmp_path / "收").iterdir():
        if path.name != NAME:
            path.unlink()
    fill_in(tmp_path / "收" / NAME, {("2", "丹东"): 1.2, ("2", "丹东、石浦"): 0.3, ("2", "石浦"): 0})
    before = cells_of(book_file)
    assert main(["merge", str(book_file), str(tmp_path / "收"), "--period", "2024-06", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [entry["unit"] for entry in told["merged"]] == [WATER]
    assert reports_of(book_file) == {
        (2, "丹东", 6): Decimal("1.2"), (2, "丹东、石浦", 6): Decimal("0.3"), (2, "石浦", 6): Decimal(0),
    }  # fmt: skip
    with opened("file", book_file, change=True) as book:
        undo(book)
    after = cells_of(book_file)
    assert {name: rows for name, rows in after.items() if name != "汇总记录"} == {
        name: rows for name, rows in before.items() if name != "汇总记录"
    }


def test_silence_is_the_lead_units(
    book_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing but project 2 is left: the townships owe nothing."""
    typed(book_file, **{f"{number:02d}!G6": "已取消" for number in (1, 3, 4, 5, 6, 7)})
    with opened("file", book_file, change=True) as book:
        note(book, dispatch(book, JUNE, tmp_path / "发").unnoted)
        assert [late.unit.name for late in remind(book, JUNE, tmp_path / "催").reminder.late] == [WATER]
    put_file(tmp_path / "收", "石浦", {("1", "石浦"): 1})
    main(["merge", str(book_file), str(tmp_path / "收"), "--period", "2024-06", "--json"])
    assert json.loads(capsys.readouterr().out)["missing"] == [WATER]
    typed(book_file, **{"02!G8": 0.1, "02!H9": 0.1})
    with opened("file", book_file, change=True) as book:
        summarise(book)
        table = OpenMaster.read(book).needed_table(layout.NAME_SUMMARY, layout.SUMMARY_COLUMNS)
        behind = next(row["滞后单位"] for row in table.rows() if row["序号"] == "2")
    assert f"从未报数：石浦（由{WATER}代报）" in behind
    assert f"6月未报：丹东（由{WATER}代报）" in behind


def test_the_row_of_a_form_of_before_is_not_taken(book_file: Path, tmp_path: Path) -> None:
    put_file(tmp_path / "收", "丹东", {("1", "丹东"): 120, ("2", "丹东"): 0.6})
    with opened("file", book_file, change=True) as book:
        plan = merge(book, tmp_path / "收", JUNE).plan
    assert [(f.code, str(f.severity), f.project) for f in plan.findings] == [("S421", "warning", 2)]
    assert WATER in plan.findings[0].message
    assert reports_of(book_file) == {(1, "丹东", 6): Decimal(120)}


def test_a_lead_unit_that_had_nothing_to_report_is_a_unit_by_that(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = county_file(tmp_path / "总表.xlsx")
    typed(path, **{"02!G2": "县水利局", "02!B6": "责任单位代报"})
    assert main(["show", str(path), "--json"]) == 0
    model = json.loads(capsys.readouterr().out)
    assert {"name": "县水利局", "kind": "bureau", "aliases": []} in model["units"]
    assert [project["reporting"] for project in model["projects"]][:2] == ["units", "lead"]
    with opened("file", path, change=True) as book:
        assert "县水利局_2024年06月_填报表.xlsx" in dispatch(book, JUNE, tmp_path / "发").placed.written
        codes = {(f.code, f.project) for f in check(book).findings}
    assert not {("M201", 2), ("M205", None)} & codes


def test_a_lead_unit_by_anothers_alias_is_told(tmp_path: Path) -> None:
    path = county_file(tmp_path / "总表.xlsx")
    typed(path, **{"02!G2": "石浦镇", "02!B6": "责任单位代报"})
    with opened("file", path, change=True) as book:
        assert [(f.code, f.project, f.unit) for f in check(book).findings if f.code == "M201"] == [
            ("M201", 2, "石浦镇")
        ]
