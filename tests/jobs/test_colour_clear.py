"""逾期着色 leaves nothing behind: cleared, a sheet is as it was, a clerk's own fills and notes with it; sorted rows carry no
stale mark along."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from jobs.county_book import county_file, typed
from live_office import live_office
from minsheng.hosts import opened
from minsheng.jobs.checking import check, clear_check
from minsheng.jobs.judging import clear_colour, colour
from minsheng.sheets.open_master import OpenMaster

JUNE = date(2024, 6, 30)


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    """A county with late units, and what a clerk has put there: a fill, a note, a word beside the tables."""
    path = county_file(tmp_path / "总表.xlsx")
    workbook = load_workbook(path)
    page = workbook["01"]
    page["H8"].fill = PatternFill("solid", fgColor="FF92D050")
    page["H9"].comment = Comment("电话核过", "经办人")
    page["R8"] = "请催"
    workbook.save(path)
    typed(path, **{"01!H8": 10, "01!H9": 300, "02!H8": 0.1, "05!H8": 20, "07!K14": "未完成"})
    return path


def snapshot(path: Path) -> dict[str, Any]:
    """Values, formulas, looks, notes, conditional formats and hidden columns of every sheet."""
    workbook = load_workbook(path)
    return {
        sheet.title: {
            "cells": {
                cell.coordinate: (
                    cell.value, cell.number_format, cell.fill.fgColor.rgb, cell.font and cell.font.color and cell.font.color.rgb,
                    cell.border.left and cell.border.left.style, cell.comment and cell.comment.text,
                )
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None or cell.has_style
            },
            "formats": [
                (str(area.sqref), rule.formula, rule.priority)
                for area in sheet.conditional_formatting
                for rule in area.rules
            ],
            "hidden": {letter for letter, column in sheet.column_dimensions.items() if column.hidden},
        }
        for sheet in workbook.worksheets
    }  # fmt: skip


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def coloured_and_cleared(path: Path, as_of: date | None = JUNE) -> None:
    with opened("file", path, change=True) as book:
        assert colour(book, as_of).cells
    assert marks(path)
    with opened("file", path, change=True) as book:
        clear_colour(book)


def marks(path: Path) -> list[str]:
    with opened("file", path) as book:
        sheets = OpenMaster.read(book).projects.values()
        return [
            block.image.text(row, column)
            for sheet in sheets
            for block in sheet.marks.values()
            for column in block.columns().values()
            for row in block.rows
            if block.image.text(row, column)
        ]


def test_a_plain_file_is_as_it_was(book_file: Path) -> None:
    before = snapshot(book_file)
    coloured_and_cleared(book_file)
    assert snapshot(book_file) == before
    assert marks(book_file) == []


def test_a_second_round_leaves_the_same_bytes(book_file: Path) -> None:
    coloured_and_cleared(book_file)
    once = parts(book_file)
    coloured_and_cleared(book_file)
    assert parts(book_file) == once


def test_statuses_and_findings_are_cleared_each_for_itself(book_file: Path) -> None:
    typed(book_file, **{"01!C8": 12.5})
    with opened("file", book_file, change=True) as book:
        check(book, JUNE)
    with_findings = marks(book_file)
    coloured_and_cleared(book_file)
    assert sorted(marks(book_file)) == sorted(with_findings)
    with opened("file", book_file, change=True) as book:
        colour(book, JUNE)
        clear_check(book)
    assert "错误" not in marks(book_file)
    assert "滞后" in marks(book_file)


# In a program that computes, the statuses that are seen follow the marks.


def looks(sheet: xw.Sheet) -> dict[str, Any]:
    """What a clerk has before the eyes and under the fingers."""
    used = sheet.used_range
    area = sheet.range("A1:R24")
    return {
        "formulas": used.formula,
        "values": area.options(ndim=2, err_to_str=True).value,
        "fills": [sheet.range(cell).color for cell in ("H8", "H9", "Q8", "N14", "Q2", "R8")],
        "formats": [sheet.range(cell).number_format for cell in ("H8", "H9", "Q8", "L14")],
        "notes": [note.getString() for note in sheet.api.getAnnotations()],
    }


@pytest.mark.libreoffice
def test_a_live_book_is_as_it_was_and_sorted_rows_lose_their_marks(book_file: Path) -> None:
    with live_office() as app:
        book = app.books.open(str(book_file))
        names = [f"{number:02d}" for number in range(1, 8)]
        before = {name: looks(book.sheets[name]) for name in names}
        assert before["01"]["notes"] == ["电话核过"]
        colour(book, JUNE)
        page = book.sheets["01"]
        assert [page.range(cell).value for cell in ("Q8", "Q9", "Q2")] == ["滞后", "正常", "逾期"]
        assert looks(page)["fills"] == before["01"]["fills"], "colour is the conditional formats' alone"
        clear_colour(book)
        assert {name: looks(book.sheets[name]) for name in names} == before
        # The mark of a row that has become another unit's vanishes; it does not move.
        colour(book, JUNE)
        rows = page.range("A8:N9").options(ndim=2).value
        page.range("A8:N9").value = [rows[1], rows[0]]
        assert [page.range(cell).value for cell in ("Q8", "Q9")] == [None, None]
        page.range("A8:N9").value = rows
        assert page.range("Q8").value == "滞后"
        book.close()
