"""What a 汇总 enters into the project sheets: numbers into the unit tables, ticks into the node tables."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from ..domain.change import Change, NodeKey, Value
from ..domain.fields import DONE_WORDS, VALUE
from . import layout
from .writing import Write, kept

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .open_master import OpenMaster

__all__ = ["node_writes", "number_writes"]

_NODE_LABELS: Final = {
    "done": layout.NODE_DONE,
    "done_on": layout.NODE_DONE_ON,
    "note": layout.NODE_REMARK,
}
_DONE: Final = {done: word for word, done in DONE_WORDS.items()}


def number_writes(master: OpenMaster, changes: Iterable[Change]) -> list[Write]:
    """One write for each month column of each table that changes, from its first changed row to its last; what stands
    between is kept."""
    columns: dict[tuple[int, int, int], dict[int, Value]] = defaultdict(dict)
    for change in changes:
        if not isinstance(change.key, NodeKey) and change.field == VALUE.name:
            project, unit, month, measure = change.key
            table = master.projects[project].tables[measure]
            columns[project, measure, month][table.rows[unit]] = change.new
    writes = []
    for (project, measure, month), cells in sorted(columns.items()):
        sheet = master.projects[project]
        column = sheet.tables[measure].month_column(month)
        top, bottom = min(cells), max(cells)
        block = [
            [cells[row] if row in cells else kept(sheet.image, row, column)] for row in range(top, bottom + 1)
        ]
        writes.append(Write(sheet.image.sheet, top, column, block))
    return writes


def node_writes(master: OpenMaster, changes: Iterable[Change]) -> list[Write]:
    """The ticks, days and remarks of nodes. A cell a write: they are few and may be merged."""
    return [
        Write(
            sheet.image.sheet,
            sheet.node_rows[change.key.node - 1],
            sheet.node_columns[_NODE_LABELS[change.field]],
            [[_DONE[change.new] if isinstance(change.new, bool) else change.new or None]],
        )
        for change in changes
        if isinstance(change.key, NodeKey)
        for sheet in (master.projects[change.key.project],)
    ]
