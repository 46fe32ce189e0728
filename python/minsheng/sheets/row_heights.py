"""Rows of 汇总表 and its views as high as their words need: a plain file has nobody who would measure them, and a program
grows a row on typing only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    import xlwings as xw

    from .tables import Table

__all__ = ["fit_rows"]

#: Points of a line and of the room around it, of a character's width in which lines are counted, and the least height.
_LINE, _ROOM, _CHARACTER, _LEAST = 14.5, 4.0, 5.25, 20.0
#: Cells that one address names at most: Excel reads 255 characters of it.
_TOGETHER = 30
#: No program makes a row higher.
_MOST = 409.0


def fit_rows(book: xw.Book, table: Table, words: Mapping[int, Mapping[str, str]]) -> None:
    """Set the height of each row of ``words`` (row → label → the text that wraps there). What is hidden stays hidden, and
    the words of a hidden column need no room."""
    from xlengines.obstacles import hidden_rows

    sheet = book.sheets[table.block.image.sheet]
    labels = {label for texts in words.values() for label in texts}
    widths = {label: sheet.range((1, table.columns[label])).width / _CHARACTER for label in sorted(labels)}
    hidden = hidden_rows(sheet, min(words), max(words)) if words else ()
    rows: dict[float, list[str]] = {}
    for row, texts in words.items():
        if row in hidden:
            continue
        lines = [
            layout.lines_needed(text, widths[label] * 10 / 11)
            for label, text in texts.items()
            if widths[label]
        ]
        rows.setdefault(max(_LEAST, min(_MOST, max(lines, default=0) * _LINE + _ROOM)), []).append(f"A{row}")
    for height, cells in rows.items():
        for start in range(0, len(cells), _TOGETHER):
            sheet.range(",".join(cells[start : start + _TOGETHER])).row_height = height
