"""What a 汇总 enters: numbers into the unit tables, ticks into the node tables, words into 填报明细."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from . import layout
from .writing import Write, kept

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from .open_master import OpenMaster
    from .tables import Table

__all__ = ["detail_files", "detail_writes", "node_writes", "number_writes"]

#: (project, measure, unit, month)
ReportKey = tuple[int, int, str, int]


def number_writes(master: OpenMaster, values: Mapping[ReportKey, Decimal | None]) -> list[Write]:
    """One write for each month column of each table that changes, from its first changed row to its last; what stands
    between is kept."""
    columns: dict[tuple[int, int, int], dict[int, Decimal | None]] = defaultdict(dict)
    for (project, measure, unit, month), value in values.items():
        table = master.projects[project].tables[measure]
        columns[project, measure, month][table.rows[unit]] = value
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


def node_writes(
    master: OpenMaster, ticks: Mapping[tuple[int, int], tuple[bool | None, date | None, str]]
) -> list[Write]:
    """Ticks by (project, node from 1): (done, done_on, note). A cell a write: they are few and may be merged."""
    words = {done: word for word, done in layout.DONE_WORDS.items()}
    writes = []
    for (project, node), (done, done_on, note) in sorted(ticks.items()):
        sheet = master.projects[project]
        row = sheet.node_rows[node - 1]
        cells: dict[str, Any] = {
            layout.NODE_DONE: None if done is None else words[done],
            layout.NODE_DONE_ON: done_on,
            layout.NODE_REMARK: note or None,
        }
        writes += [
            Write(sheet.image.sheet, row, sheet.node_columns[label], [[value]])
            for label, value in cells.items()
        ]
    return writes


def detail_writes(master: OpenMaster, rows: Mapping[ReportKey, dict[str, Any]]) -> list[Write]:
    """填报明细 with the rows of these reports set anew (an empty dict takes a row out), the others as they are."""
    table = master.needed_table(layout.NAME_DETAILS, layout.DETAIL_COLUMNS)
    whose: dict[int, ReportKey] = {}
    for row in table.used:
        if (key := _detail_key(table.texts(row))) is not None:
            whose[row] = key
    standing = {key: table.kept(row) for row, key in whose.items()}
    merged = {**standing, **rows}
    ordered = {
        key: merged[key]
        for key in sorted(merged, key=lambda key: (key[3], key[0], key[1], key[2]))
        if merged[key]
    }
    if list(ordered.items()) == list(standing.items()):
        return []
    return table.writes(table.arranged(ordered, whose, lambda row: _without_words(table, row)))


def _without_words(table: Table, row: int) -> dict[str, Any]:
    return {label: value for label, value in table.kept(row).items() if label in layout.DETAIL_COLUMNS[:4]}


def detail_files(master: OpenMaster) -> dict[ReportKey, str]:
    """文件 of each row of 填报明细."""
    table = master.needed_table(layout.NAME_DETAILS, layout.DETAIL_COLUMNS)
    return {key: row["文件"] for row in table.rows() if (key := _detail_key(row)) is not None}


def _detail_key(texts: dict[str, str]) -> ReportKey | None:
    if not (texts["项目"].isdigit() and texts["月份"].isdigit()):
        return None
    return (int(texts["项目"]), int(texts["指标"] or 1), texts["单位"], int(texts["月份"]))
