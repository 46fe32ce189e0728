"""Cells gathered into rectangles, so that one call serves many of them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from ..a1 import Area
from . import bridge

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["address_of", "area_of", "cell_address", "gathered", "inside"]


def gathered(cells: Iterable[tuple[int, int]]) -> list[Area]:
    """Rectangles that cover exactly the given (row, column) cells: runs along the rows, equal runs joined downwards."""
    growing: dict[tuple[int, int], Area] = {}
    done: list[Area] = []
    for row, in_row in groupby(sorted(set(cells)), key=lambda cell: cell[0]):
        runs: list[list[int]] = []
        for _, column in in_row:
            if runs and runs[-1][1] == column - 1:
                runs[-1][1] = column
            else:
                runs.append([column, column])
        grown: dict[tuple[int, int], Area] = {}
        for left, right in runs:
            above = growing.pop((left, right), None)
            top = above[0] if above is not None and above[2] == row - 1 else row
            if above is not None and top == row:
                done.append(above)
            grown[left, right] = (top, left, row, right)
        done.extend(growing.values())
        growing = grown
    return sorted([*done, *growing.values()])


def inside(area: Area) -> Iterable[tuple[int, int]]:
    """The cells of an area, row by row."""
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def address_of(sheet: int, area: Area) -> Any:
    """The area on the sheet of that index (from 0) as UNO's CellRangeAddress."""
    top, left, bottom, right = area
    return bridge.struct(
        "table.CellRangeAddress",
        Sheet=sheet, StartColumn=left - 1, StartRow=top - 1, EndColumn=right - 1, EndRow=bottom - 1,
    )  # fmt: skip


def cell_address(sheet: int, row: int, column: int) -> Any:
    """A UNO address of a cell; row and column count from 1 here and from 0 there."""
    return bridge.struct("table.CellAddress", Sheet=sheet, Row=row - 1, Column=column - 1)


def area_of(address: Any) -> Area:
    """The area (top, left, bottom, right; from 1) of a UNO range address."""
    return (address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)
