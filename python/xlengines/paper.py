"""The paper of a sheet, which the public xlwings API cannot set, under one name for every host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import EngineError
from .excel import is_busy

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["paper_of", "set_paper"]

#: Excel's numbers (XlPaperSize), which the file format shares.
_NUMBERS = {"A3": 8, "A4": 9}


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


def _is_excel(sheet: xw.Sheet) -> bool:
    return bool(sheet.book.app.engine.name == "excel")
