"""The rows of a list that jobs fill, onto the same list built anew: by label, each in its row, with what stands beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .image import SheetImage
from .writing import Write, kept

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .places import Area

__all__ = ["carried_rows"]


def carried_rows(
    old: SheetImage, new: SheetImage, tab: str, tables: Iterable[tuple[Area, Area]]
) -> list[Write]:
    """The writes onto ``tab``: of each table, where it stands and where it is built, every row below the header under the
    same labels; and the clerk's cells to the right of all tables."""
    writes: list[Write] = []
    right = 0
    for standing, built in tables:
        right = max(right, standing.right)
        columns, wanted = old.block(standing).columns(), new.block(built).columns()
        for row in range(standing.top + 1, old.bottom + 1):
            for label in columns.keys() & wanted.keys():
                if old.value(row, columns[label]) is not None:
                    place = row - standing.top + built.top, wanted[label]
                    writes.append(Write(tab, *place, [[kept(old, row, columns[label])]]))
    beside = [
        (row, column) for row in range(old.top, old.bottom + 1) for column in range(right + 1, old.right + 1)
    ]
    own = [place for place in beside if old.value(*place) is not None and new.value(*place) is None]
    return writes + [Write(tab, *place, [[kept(old, *place)]]) for place in own]
