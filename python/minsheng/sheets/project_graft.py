"""What a project's sheet that is built anew takes over from the one it replaces: numbers as they stand, the clerk's own
cells, fills and marks of colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.amending.matching import match_nodes
from . import layout
from .graft import own_cells
from .places import Area
from .writing import Write, kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

    from .project_sheet import ProjectSheet
    from .unit_table import UnitTable

__all__ = ["carried", "own_colours"]


def carried(old: ProjectSheet, new: ProjectSheet, tab: str) -> list[Write]:
    """The writes onto ``tab``, a copy of ``new``: every month's cell of the units that are in both, as it stands, and what
    is the clerk's own beside and below."""
    writes = []
    for measure, table in new.tables.items():
        if measure not in old.tables:
            continue
        before = old.tables[measure]
        for row, place in _rows(before, table):
            values = [kept(old.image, row, before.columns[month]) for month in layout.MONTHS]
            writes.append(Write(tab, place, table.columns[layout.MONTHS[0]], [values]))
    if old.nodes is not None and new.nodes is not None:
        tail = new.image.bottom - new.nodes.block.area.bottom
        ours = Area(old.image.sheet, 1, 1, old.nodes.block.area.bottom + tail, _right(old))
        writes += own_cells(old.image, ours, new.image, new.image.bottom, tab)
    return writes


def _right(sheet: ProjectSheet) -> int:
    """The last column of ours: hidden behind the marks of the nodes stand their deadlines and amounts."""
    return max(block.area.right for block in sheet.marks.values()) + 2 if sheet.marks else sheet.image.right


def _rows(before: UnitTable, after: UnitTable) -> Iterator[tuple[int, int]]:
    """Where the units that are in both stood and stand; the 责任单位 alone stands for the one before."""
    if len(before.rows) == len(after.rows) == 1:
        yield from zip(before.rows.values(), after.rows.values(), strict=True)
        return
    for unit, place in after.rows.items():
        if unit in before.rows:
            yield before.rows[unit], place


def own_colours(book: xw.Book, old: ProjectSheet, new: ProjectSheet, tab: str) -> None:
    """Fills that a clerk has given to rows of units and nodes, onto the same rows of ``tab``: where the cell of the old
    sheet, which still stands, is filled otherwise than the new one."""
    standing, copied = book.sheets[old.image.sheet], book.sheets[tab]
    pairs = [
        (old.tables[1].columns, new.tables[1].columns, *rows) for rows in _rows(old.tables[1], new.tables[1])
    ]
    if old.nodes is not None and new.nodes is not None:
        partners = match_nodes(old.nodes.nodes, new.nodes.nodes)
        pairs += [
            (old.node_columns, new.node_columns, old.node_rows[there], new.node_rows[here])
            for here, there in partners.items()
        ]
    for before, after, row, place in pairs:
        for label in before.keys() & after.keys():
            colour = standing.range((row, before[label])).color
            if colour is not None and copied.range((place, after[label])).color != colour:
                copied.range((place, after[label])).color = colour
