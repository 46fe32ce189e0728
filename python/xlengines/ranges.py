"""Blocks of cells, the same for every engine of ours: values as rows, cells gathered into areas, where a run of cells ends."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from .a1 import Area, shifted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["end_of_run", "filled", "gathered", "inside", "matrix"]

Place = tuple[int, int]

_STEPS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}


def matrix(value: Any) -> list[list[Any]]:
    """A row, a column or rows of values as rows."""
    rows = value if value and isinstance(value[0], list | tuple) else [value]
    return [list(row) for row in rows]


def filled(value: Any, area: Area) -> list[list[Any]]:
    """One value in every cell of an area; a formula's relative references move along, as in Excel."""
    top, left, bottom, right = area
    rows, columns = range(bottom - top + 1), range(right - left + 1)
    if isinstance(value, str) and value.startswith("=") and len(value) > 1:
        return [["=" + shifted(value[1:], row, column) for column in columns] for row in rows]
    return [[value] * len(columns) for _ in rows]


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


def end_of_run(
    start: Place, direction: str, used: Area, last: Place, are_filled: Callable[[Area], list[bool]]
) -> Place:
    """The end of the run of filled cells that ``start`` is in, else the next filled cell, else the sheet's edge.

    ``used`` is the area that holds anything, ``last`` the sheet's last row and column; ``are_filled`` tells of a line of
    cells, from the top or from the left, which hold something.
    """
    down, right = _STEPS[direction]
    row, column = start
    far_row = row if not down else (last[0] if down > 0 else 1)
    far_column = column if not right else (last[1] if right > 0 else 1)
    # Beyond the used area everything is blank: look up to one cell past it.
    near_row = _clamped(far_row, used[0] - 1, used[2] + 1, row)
    near_column = _clamped(far_column, used[1] - 1, used[3] + 1, column)
    line = are_filled(
        (min(row, near_row), min(column, near_column), max(row, near_row), max(column, near_column))
    )
    steps = _run(line if down + right > 0 else line[::-1])
    return (far_row, far_column) if steps is None else (row + down * steps, column + right * steps)


def _clamped(far: int, low: int, high: int, start: int) -> int:
    return max(min(far, max(high, start)), min(low, start), 1) if far != start else start


def _run(filled: list[bool]) -> int | None:
    """Steps along a line of cells, the first being where one stands; None for the edge of the sheet."""
    if len(filled) > 1 and filled[0] and filled[1]:
        stop = next((step for step, there in enumerate(filled) if not there), len(filled))
        return stop - 1
    return next((step for step, there in enumerate(filled[1:], start=1) if there), None)
