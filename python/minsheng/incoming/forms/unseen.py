"""What a sheet stores where nobody sees it: under merged cells, in hidden rows and columns."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from xlengines.a1 import area_text

if TYPE_CHECKING:
    from ..spreadsheets.sheet import Area, Sheet

__all__ = ["area_name", "covered_cells", "is_hidden"]


def covered_cells(sheet: Sheet, columns: Collection[int], below: int) -> dict[tuple[int, int], Area]:
    """(row, column) from 0 → the merged area that covers it, for the cells in ``columns`` in the rows under ``below``; the
    first cell of an area, which shows its content, is not among them."""
    found: dict[tuple[int, int], Area] = {}
    for area in sheet.merged:
        top, left, bottom, right = area
        if bottom > below:
            inside = [column for column in columns if left <= column <= right]
            found |= {(row, column): area for row in range(top, bottom + 1) for column in inside}
            found.pop((top, left), None)
    return found


def area_name(area: Area) -> str:
    """``G8:G9``."""
    top, left, bottom, right = area
    return area_text(top + 1, left + 1, bottom + 1, right + 1)


def is_hidden(sheet: Sheet, row: int, column: int) -> bool:
    """Whether the cell stands in a hidden row or column."""
    return row in sheet.hidden_rows or column in sheet.hidden_columns
