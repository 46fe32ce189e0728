"""Sheets as the readers of every format give them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from ...cells.flags import FlaggedCells
from ...domain.catalogue import submission as rules
from . import limits
from .a1 import a1
from .refusal import Refused

__all__ = ["Area", "Grid", "Source", "laid_out", "not_too_many", "refuse_too_many_cells"]


#: First row, first column, last row, last column, from 0.
Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class Grid:
    """A sheet: ``rows[row][column]`` from 0, all of one length, "" where a cell is blank, else str, float, bool or a date;
    ``flags(columns)`` looks at the cells of some columns, ``merged()`` for the cells that span several (of an .xlsx)."""

    name: str
    rows: list[list[Any]]
    flags: Callable[[Sequence[int]], FlaggedCells]
    merged: Callable[[], tuple[Area, ...]] = tuple


class Source(Protocol):
    """A file of one format, guarded when it is made, its cells read when they are asked for. Both raise Refused.

    ``seal_words`` are those of its custom properties, empty without; ``saved_at`` is the time its properties give, in UTC.
    """

    has_macros: bool
    seal_words: dict[str, str]
    saved_at: datetime | None

    def grids(self) -> Iterable[Grid]: ...


def laid_out(cells: Mapping[tuple[int, int], Any]) -> list[list[Any]]:
    """Scattered cells as rows. Raises Refused where the rectangle that they span is too large to be laid out."""
    last_row = max((row for row, _ in cells), default=-1)
    last_column = max((column for _, column in cells), default=-1)
    if (last_row + 1) * (last_column + 1) > limits.CELLS:
        what = f"在{a1(last_row, last_column)}那么远的地方有内容，表格的范围太大"
        raise Refused(rules.TOO_LARGE, what=what, limit=f"{limits.CELLS}格")
    rows = [[""] * (last_column + 1) for _ in range(last_row + 1)]
    for (row, column), value in cells.items():
        rows[row][column] = value
    return rows


def refuse_too_many_cells(count: int) -> None:
    """For readers that meet cells one by one: never gather more than could be laid out."""
    if count > limits.CELLS:
        raise Refused(rules.TOO_LARGE, what="内容太多", limit=f"{limits.CELLS}格")


def not_too_many(sheets: int) -> None:
    if sheets > limits.SHEETS:
        raise Refused(rules.TOO_LARGE, what=f"有{sheets}张工作表", limit=f"{limits.SHEETS}张")
