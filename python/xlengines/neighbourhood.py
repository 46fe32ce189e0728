"""Where Ctrl+arrow goes from a cell, the same for every engine of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .a1 import Area

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["end_of_run"]

Place = tuple[int, int]

_STEPS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}


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
