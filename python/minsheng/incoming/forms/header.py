"""Tables of a 填报表 found by the labels of their header, wherever rows, columns and sheets have been moved to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from ...cells.typed import stripped
from ...domain.catalogue import submission as rules
from ..spreadsheets.a1 import a1
from ..spreadsheets.grid import Grid
from ..spreadsheets.refusal import Refused

__all__ = ["Header", "find_header", "folded"]

#: A header stands at the top of a sheet; further down there are only rows.
_HEADER_ROWS: Final = 200
_LONGEST_LABEL: Final = 20
_LONGEST_KEPT: Final = 60


@dataclass(frozen=True)
class Header:
    """``row`` from 0 and label → column from 0."""

    row: int
    columns: dict[str, int]


def folded(value: Any) -> str:
    """A label without white space, full-width forms made half-width."""
    if not isinstance(value, str):
        return ""
    return _folded_label(value) if len(value) < _LONGEST_KEPT else "".join(stripped(value).split())


@lru_cache(maxsize=2048)
def _folded_label(text: str) -> str:
    """Kept, because the labels of an office's files are the same in all of them."""
    return "".join(stripped(text).split())


def find_header(grid: Grid, labels: Sequence[str], needed: Sequence[str]) -> Header | None:
    """The first row that has all ``needed`` labels, spaces inside them apart; None where there is none.

    Raises Refused where one of ``labels`` stands there twice: no guess is made which column is meant.
    """
    top = grid.rows[:_HEADER_ROWS]
    for row, cells in enumerate(top):
        if all(label in cells for label in needed):
            return Header(row, _columns(grid, row, labels))
    for row, cells in enumerate(top):
        words = {folded(cell) for cell in cells if isinstance(cell, str) and len(cell) < _LONGEST_LABEL}
        if words.issuperset(needed):
            return Header(row, _columns(grid, row, labels))
    return None


def _columns(grid: Grid, row: int, labels: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, cell in enumerate(grid.rows[row]):
        label = folded(cell)
        if label not in labels:
            continue
        if label in columns:
            raise Refused(rules.LABEL_TWICE, label=label, sheet=grid.name, cell=a1(row, column))
        columns[label] = column
    return columns
