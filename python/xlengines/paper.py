"""A sheet on paper, under one name for every host: its size, which the public xlwings API cannot set, and its PDF. xlwings
hides every other sheet for that, which a protected book refuses, counts as a change and leaves hidden where it breaks off."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from .errors import EngineError
from .excel import is_busy
from .unsaved import is_saved, mark_saved

if TYPE_CHECKING:
    from pathlib import Path

    import xlwings as xw

__all__ = ["paper_of", "set_paper", "sheet_to_pdf"]

#: Excel's numbers (XlPaperSize), which the file format shares.
_NUMBERS = {"A3": 8, "A4": 9}
_VISIBLE, _TYPE_PDF, _STANDARD = -1, 0, 0


def paper_of(sheet: xw.Sheet) -> str | None:
    """``A3``, ``A4``, or None for any other paper."""
    setup = sheet.page_setup
    number = setup.api.PaperSize if _is_excel(sheet) else setup.impl.paper_size
    return next((name for name, known in _NUMBERS.items() if known == number), None)


def set_paper(sheet: xw.Sheet, paper: str) -> None:
    """Let ``sheet`` be printed on ``paper`` (``A3`` or ``A4``); which way round it lies stays. EngineError."""
    setup: Any = sheet.page_setup
    if not _is_excel(sheet):
        setup.impl.paper_size = _NUMBERS[paper]
        return
    try:
        setup.api.PaperSize = _NUMBERS[paper]
    except Exception as failure:
        if is_busy(failure):
            raise
        # Excel asks the default printer, which may not know the paper or not be there at all.
        raise EngineError(
            "paper-refused",
            sheet=sheet.name,
            paper=paper,
            path=sheet.book.fullname,
        ) from failure


def sheet_to_pdf(sheet: xw.Sheet, path: Path) -> None:
    """Print ``sheet`` alone, hidden or not; the book is afterwards as it was: what is in front, hidden and saved."""
    book = sheet.book
    if book.app.engine.name == "excel" and sys.platform != "darwin":
        _by_excel(sheet, path)
        return
    saved, in_front = is_saved(book), book.sheets.active
    try:
        # A list: of a bare name xlwings would print every sheet whose name is part of it. No name starts with "\0": by
        # itself xlwings leaves out sheets whose name starts with "#".
        book.to_pdf(str(path), include=[sheet.name], exclude_start_string="\0")
    finally:
        if book.sheets.active.name != in_front.name:
            in_front.activate()
        if saved:
            mark_saved(book)


def _is_excel(sheet: xw.Sheet) -> bool:
    return bool(sheet.book.app.engine.name == "excel")


def _by_excel(sheet: xw.Sheet, path: Path) -> None:
    """Excel prints a sheet by itself, but none that is hidden."""
    api: Any = sheet.api
    shown = api.Visible
    if shown == _VISIBLE:
        _export(api, path)
        return
    saved = is_saved(sheet.book)
    api.Visible = _VISIBLE
    try:
        _export(api, path)
    finally:
        api.Visible = shown
        if saved:
            mark_saved(sheet.book)


def _export(api: Any, path: Path) -> None:
    api.ExportAsFixedFormat(
        Type=_TYPE_PDF,
        Filename=os.path.realpath(path),
        Quality=_STANDARD,
        IncludeDocProperties=True,
        IgnorePrintAreas=False,
        OpenAfterPublish=False,
    )
