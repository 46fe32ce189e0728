"""What a sheet stores where nobody sees it: under merged cells, in hidden rows and columns."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from xlengines.a1 import area_text

if TYPE_CHECKING:
    from ..spreadsheets.sheet import Sheet

__all__ = ["covered_cells", "is_hidden"]


def covered_cells(sheet: Sheet, columns: Collection[int]) -> dict[tuple[int, int], str]:
    """(row, column) from 0 → the merged area, as ``G8:G9``, of each cell in ``columns`` that such an area covers; the first
    cell of an area, which shows its content, is not among them."""
    found: dict[tuple[int, int], str] = {}
    for top, left, bottom, right in sheet.merged:
        for column in columns:
            if left <= column <= right:
                area = area_text(top + 1, left + 1, bottom + 1, right + 1)
                found |= {
                    (row, column): area for row in range(top, bottom + 1) if (row, column) != (top, left)
                }
    return found


def is_hidden(sheet: Sheet, row: int, column: int) -> bool:
    """Whether the cell stands in a hidden row or column."""
    return row in sheet.hidden_rows or column in sheet.hidden_columns
