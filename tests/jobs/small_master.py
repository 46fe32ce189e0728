"""A small county's master as a file, and the files that its units send: what a 汇总 does, in little time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlwings as xw

import xlengines
from incoming.form_files import filled, form
from minsheng.building import master as building
from minsheng.domain.period import Period
from minsheng.hosts import opened
from minsheng.sheets.open_master import OpenMaster
from small_county import county

__all__ = ["JUNE", "cells_of", "put_file", "reports_of", "small_master", "words_in"]

JUNE = Period(2024, 6)


def small_master(folder: Path) -> Path:
    """A fresh master of the small county."""
    path = folder / "总表.xlsx"
    path.write_bytes(building.build_bytes(county().document, ()))
    return path


def put_file(
    inbox: Path,
    unit: str,
    values: Mapping[tuple[str, str], Any] | None = None,
    *,
    words: Mapping[tuple[str, str], str] | None = None,
    period: Period = JUNE,
    name: str = "",
) -> Path:
    """``unit``'s file with ``values`` in 本月累计 and ``words`` in 进展说明, by (序号, 承担单位)."""
    data = form(unit, period=period)
    if values:
        data = filled(values, unit, data=data)
    if words:
        data = filled(words, unit, data=data, column="进展说明")
    inbox.mkdir(parents=True, exist_ok=True)
    path = inbox / (name or f"{unit}.xlsx")
    path.write_bytes(data)
    return path


def reports_of(master: Path) -> dict[tuple[int, str, int], Any]:
    """(project, unit, month) → number as it stands in the master."""
    with opened("file", master) as book:
        reports = OpenMaster.read(book).master.reports
    return {(r.project, r.unit, r.month): r.value for r in reports if r.value is not None}


def words_in(master: Path, sheet: str) -> list[tuple[Any, ...]]:
    """The rows of a sheet that hold anything."""
    return [row for row in cells_of(master)[sheet] if any(value is not None for value in row)]


def cells_of(master: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every sheet's formulas and values, rows and columns that are blank at the end left out."""
    app = xlengines.file_engine().apps.add(add_book=False)
    try:
        book: xw.Book = app.books.open(str(master))
        return {
            sheet.name: [
                tuple(None if cell == "" else cell for cell in row) for row in _rows(sheet.used_range.formula)
            ]
            for sheet in book.sheets
        }
    finally:
        app.quit()


def _rows(formulas: Any) -> list[Any]:
    return [
        row if isinstance(row, tuple | list) else (row,)
        for row in (formulas if isinstance(formulas, tuple | list) else [formulas])
    ]
