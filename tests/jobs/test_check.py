"""校验 on a book: the list, its history, its signs, and how both go away again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jobs.as_a_program import edited
from jobs.county_book import county_file, typed
from minsheng.domain.finding import Severity
from minsheng.hosts import opened
from minsheng.jobs.checking import check, clear_check
from minsheng.sheets import layout
from minsheng.sheets.open_master import OpenMaster
from minsheng.sheets.places import area_named

MAY = date(2024, 5, 31)


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    return county_file(tmp_path / "总表.xlsx")


def run(path: Path, as_of: date = MAY) -> dict[str, int]:
    with opened("file", path, change=True) as book:
        done = check(book, as_of)
    return {word: done.count(Severity(severity)) for severity, word in layout.SEVERITY_WORDS.items()}


def history(path: Path) -> list[dict[str, str]]:
    with opened("file", path) as book:
        table = OpenMaster.read(book).needed_table(layout.NAME_HISTORY, layout.HISTORY_COLUMNS)
    return [row for row in table.rows() if row["校验时间"]]


def cells_of(path: Path, sheet: str) -> object:
    with opened("file", path) as book:
        return OpenMaster.read(book).images[sheet].values


def signs(path: Path) -> set[str]:
    with opened("file", path) as book:
        sheets = OpenMaster.read(book).projects.values()
        return {
            block.image.text(row, column)
            for sheet in sheets
            for block in sheet.marks.values()
            for label, column in block.columns().items()
            if "问题" in label
            for row in block.rows
        } - {""}


def test_each_run_is_a_row_of_the_history_the_latest_on_top(book_file: Path) -> None:
    before = run(book_file)
    typed(book_file, **{"01!C8": 12.5})
    after = run(book_file)
    assert after["错误"] == before["错误"] + 1
    assert [{word: int(row[word]) for word in before} for row in history(book_file)] == [after, before]
    assert [row["截至日期"][:10] for row in history(book_file)] == ["2024-05-31"] * 2


def test_pressing_the_button_twice_is_one_run(book_file: Path) -> None:
    run(book_file)
    standing = cells_of(book_file, "校验结果")
    run(book_file)
    assert len(history(book_file)) == 1
    again = cells_of(book_file, "校验结果")
    # The minute may have changed between the two, nothing else.
    strip = [[[*row[:10], *row[11:]] for row in image] for image in (standing, again)]  # type: ignore[attr-defined]
    assert strip[0] == strip[1]


def test_another_day_of_judgement_is_another_run(book_file: Path) -> None:
    run(book_file)
    run(book_file, date(2024, 6, 30))
    assert len(history(book_file)) == 2


def test_the_history_keeps_the_latest_runs_only(book_file: Path) -> None:
    for day in range(1, layout.RUNS_KEPT + 4):
        run(book_file, date(2024, 3, day))
    assert [row["截至日期"][:10] for row in history(book_file)] == [
        f"2024-03-{day:02d}" for day in range(layout.RUNS_KEPT + 3, 3, -1)
    ]


def test_signs_go_with_their_findings(book_file: Path) -> None:
    typed(book_file, **{"01!C8": 12.5})
    run(book_file)
    assert "错误" in signs(book_file)
    with opened("file", book_file, change=True) as book:
        clear_check(book)
    assert signs(book_file) == set()
    with opened("file", book_file) as book:
        table = OpenMaster.read(book).needed_table(layout.NAME_FINDINGS, layout.FINDING_COLUMNS)
    assert not any(row["代码"] for row in table.rows())
    assert len(history(book_file)) == 1


def test_a_master_from_before_the_history_is_checked_all_the_same(book_file: Path) -> None:
    with edited(book_file) as workbook:
        area = area_named(workbook.defined_names[layout.NAME_HISTORY].attr_text)
        assert area is not None
        for cell in workbook[area.sheet][area.a1][0]:
            cell.value = None
        del workbook.defined_names[layout.NAME_HISTORY]
    assert run(book_file)["错误"] == 1
