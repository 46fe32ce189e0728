"""The rows of a list that jobs fill, onto the same list built anew: by label, each in its row, with what stands beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .image import SheetImage
from .writing import Write, kept

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .places import Area

__all__ = ["carried_rows"]


def carried_rows(
    old: SheetImage, new: SheetImage, tab: str, tables: Sequence[tuple[Area, Area]]
) -> list[Write]:
    """The writes onto ``tab``: of each table, where it stands and where it is built (all in one row), every row below the
    header under the same labels; and the clerk's own columns, to the right of all that is built."""
    writes: list[Write] = []
    if not tables:
        return writes
    moved: dict[int, int] = {}
    last = max(built.right for _, built in tables)
    for standing, built in tables:
        columns = _columns(old, standing, new.block(built).columns(), built)
        own = [column for column in range(standing.left, standing.right + 1) if column not in columns]
        moved |= columns | {column: last + place for place, column in enumerate(own, start=1)}
        last += len(own)
    beside = range(max(standing.right for standing, _ in tables) + 1, old.right + 1)
    moved |= {column: max(column, last + place) for place, column in enumerate(beside, start=1)}
    (standing, built), ends = tables[0], max(built.right for _, built in tables)
    for row in range(old.top, old.bottom + 1):
        place = row - standing.top + built.top
        for column, target in moved.items():
            is_ours = target <= ends
            has_room = row > standing.top if is_ours else new.value(place, target) is None
            if has_room and old.value(row, column) is not None:
                writes.append(Write(tab, place, target, [[kept(old, row, column)]]))
    return writes


def _columns(old: SheetImage, standing: Area, wanted: Mapping[str, int], built: Area) -> dict[int, int]:
    """Column of a table that stands → where it goes: by its label; where somebody has retyped one, by its place."""
    columns = old.block(standing).columns()
    found = {column: wanted[label] for label, column in columns.items() if label in wanted}
    for label, place in wanted.items():
        column = standing.left + place - built.left
        if label not in columns and column not in found and column <= standing.right:
            found[column] = place
    return found
