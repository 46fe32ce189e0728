"""Rows that somebody added to a project's sheet: judged at once, and taken into names and formulas by the next job that
writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jobs.as_a_program import rows_deleted, rows_inserted
from jobs.county_book import county_file, typed
from minsheng.hosts import opened
from minsheng.jobs.checking import check
from minsheng.jobs.judging import colour
from minsheng.sheets import layout
from minsheng.sheets.open_master import OpenMaster

JOINT = "丹东、石浦"


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    return county_file(tmp_path / "总表.xlsx")


def formula(path: Path, sheet: str, cell: str) -> str:
    with opened("file", path) as book:
        return str(book.sheets[sheet].range(cell).formula)


def area_of(path: Path, name: str) -> str:
    with opened("file", path) as book:
        return str(book.names[name].refers_to)


def findings_of(path: Path) -> list[tuple[str, str | None]]:
    with opened("file", path) as book:
        return [(finding.code, finding.cell) for finding in OpenMaster.read(book).findings]


def coloured(path: Path) -> None:
    with opened("file", path, change=True) as book:
        colour(book)


def with_unit(path: Path, row: int, share: Any = 50) -> None:
    """A row of the joint unit above ``row`` of project 1."""
    rows_inserted(path, "01", row)
    typed(path, **{f"01!A{row}": JOINT, f"01!B{row}": share, f"01!C{row}": 7})


@pytest.mark.parametrize("row", [8, 9, 10])
def test_a_unit_is_added_above_among_and_below_the_others(book_file: Path, row: int) -> None:
    with_unit(book_file, row)
    assert {code for code, _ in findings_of(book_file)} == {"M527"}
    with opened("file", book_file) as book:
        reports = OpenMaster.read(book).master.reports
    assert [(report.unit, report.month, report.value) for report in reports] == [(JOINT, 1, 7)]
    coloured(book_file)
    assert findings_of(book_file) == []
    assert area_of(book_file, "P01_分解") == "='01'!$A$7:$R$10"
    assert area_of(book_file, "P01_标记").endswith("$10")
    for column in "CN":
        assert formula(book_file, "01", f"{column}11") == (
            f'=IF(COUNT({column}$8:{column}$10)=0,"",ROUND(SUMIF($B$8:B$10,"<>",{column}$8:{column}$10),6))'
        )
    assert formula(book_file, "01", f"P{row}") == f'=IF(OR(O{row}="",N(B{row})=0),"",ROUND(O{row}/B{row},4))'
    with opened("file", book_file) as book:
        marks = OpenMaster.read(book).projects[1].marks[layout.UNIT_MARKS]
        assert marks.image.text(row, marks.columns()[layout.MARK_KEY]) == JOINT


def test_nothing_but_the_name_is_a_unit_too(book_file: Path) -> None:
    rows_inserted(book_file, "01", 10)
    typed(book_file, **{"01!A10": JOINT})
    with opened("file", book_file) as book:
        project = OpenMaster.read(book).projects[1].project
    assert project is not None
    assert project.allocations[-1].quantity is None


def test_a_blank_row_above_the_total_is_no_row(book_file: Path) -> None:
    rows_inserted(book_file, "01", 10)
    assert findings_of(book_file) == []
    coloured(book_file)
    assert area_of(book_file, "P01_分解") == "='01'!$A$7:$R$9"


def test_a_remark_among_the_units_gets_no_formulas(book_file: Path) -> None:
    rows_inserted(book_file, "01", 9)
    typed(book_file, **{"01!A9": "（以下为镇）"})
    coloured(book_file)
    assert formula(book_file, "01", "O9") == ""


@pytest.mark.parametrize("row", [8, 9, 10])
def test_a_stand_in_stays_left_out_of_the_sum(book_file: Path, row: int) -> None:
    rows_inserted(book_file, "06", row)
    typed(book_file, **{f"06!A{row}": JOINT})
    coloured(book_file)
    assert formula(book_file, "06", "B12") == (
        '=IF(COUNT(B$8:B$11)=0,"",IF(AND(COUNT($B$8:B$10)=ROWS($B$8:B$10),ROUND(SUM($B$8:B$10)-$B$11,6)=0),'
        "ROUND(SUM(B$8:B$10),6),N(B11)))"
    )


def test_a_changed_month_of_a_node_is_followed_by_its_hidden_deadline(book_file: Path) -> None:
    with opened("file", book_file) as book:
        row = OpenMaster.read(book).projects[1].node_rows[1]
    typed(book_file, **{f"01!A{row}": "8月份"})
    assert findings_of(book_file) == [("M527", f"A{row}")]
    assert "DATE(年度,7,0)" in formula(book_file, "01", f"AT{row}")
    coloured(book_file)
    assert "DATE(年度,9,0)" in formula(book_file, "01", f"AT{row}")
    assert findings_of(book_file) == []


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_node_put_in_gets_its_formulas_and_the_next_one_looks_at_it(book_file: Path, place: int) -> None:
    with opened("file", book_file) as book:
        row = OpenMaster.read(book).projects[1].node_rows[place]
    rows_inserted(book_file, "01", row)
    typed(book_file, **{f"01!A{row}": "5月份", f"01!B{row}": "完成一半", f"01!I{row}": 300})
    assert {code for code, _ in findings_of(book_file)} <= {"M527"}
    with opened("file", book_file, change=True) as book:
        assert "M527" in {finding.code for finding in check(book).findings}
    first = 14
    for line in range(first, first + 4):
        deadline = formula(book_file, "01", f"AT{line}")
        assert f"LOOKUP(9E+99,I${first - 1}:I{line - 1})" in deadline
        amount = formula(book_file, "01", f"AU{line}")
        assert f"N(I{line})" in amount
        assert f"COUNT(AT{line + 1}:AT${first + 4})=0" in amount
        assert f"AT{line}" in formula(book_file, "01", f"J{line}")
    assert "DATE(年度,6,0)" in formula(book_file, "01", f"AT{row}")


def test_a_unit_taken_out_leaves_nothing_to_mend(book_file: Path) -> None:
    rows_deleted(book_file, "01", 8)
    assert findings_of(book_file) == []
    coloured(book_file)
    assert area_of(book_file, "P01_分解") == "='01'!$A$7:$R$8"


def test_labels_are_put_as_formulas_look_for_them(book_file: Path) -> None:
    typed(book_file, **{"01!H7": " 6 月 ", "01!B7": "全年\u3000任务", "01!O7": "最新累计 "})
    coloured(book_file)
    with opened("file", book_file) as book:
        header = book.sheets["01"].range("A7:R7").value
    assert tuple(header) == layout.UNIT_COLUMNS
