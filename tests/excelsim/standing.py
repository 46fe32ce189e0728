"""What stands in a book of the stand-in, and what of its Excel a clerk would find changed."""

from __future__ import annotations

import re
from typing import Any

from . import entry
from .application import Application
from .workbook import Workbook

__all__ = ["Cells", "standing", "state"]

Cells = dict[tuple[str, int, int], Any]


def standing(book: Workbook) -> Cells:
    """Formulas and what was typed, by sheet, row and column; the values of formulas are not the stand-in's to know."""
    return {
        (sheet._name, *place): cell.formula or _undated(entry.given2(cell.content))
        for sheet in book._sheets
        for place, cell in sheet._grid.cells.items()
        if cell.formula or cell.content is not None
    }


def _undated(content: object) -> object:
    """The minute in which a job ran is not its result."""
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?", "…", content) if isinstance(content, str) else content


def state(app: Application) -> tuple[object, ...]:
    """What a job must leave as it was: the program's settings, the sheet in front, what is selected, what is shown."""
    book = app._active
    return (
        app.ScreenUpdating,
        app._calculation,
        app._status,
        app.EnableEvents,
        app.DisplayAlerts,
        app.Interactive,
        book and (book._name, book._current and book._current._name, [one._visible for one in book._sheets]),
        app.Selection and app.Selection.Address,  # type: ignore[attr-defined]
    )
