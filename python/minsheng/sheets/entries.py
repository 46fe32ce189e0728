"""What a 汇总 enters: numbers into the unit tables, ticks into the node tables, words into 填报明细."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from . import layout
from .image import is_formula
from .writing import Formula, Write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from .image import SheetImage
    from .open_master import OpenMaster

__all__ = ["detail_files", "detail_writes", "kept", "node_writes", "number_writes"]

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
    standing: dict[ReportKey, dict[str, Any]] = {}
    for row, texts in zip(table.used, table.rows(), strict=True):
        if (key := _detail_key(texts)) is not None:
            standing[key] = {
                label: kept(table.block.image, row, table.columns[label]) for label in table.labels
            }
    merged = {**standing, **rows}
    ordered = [
        merged[key] for key in sorted(merged, key=lambda key: (key[3], key[0], key[1], key[2])) if merged[key]
    ]
    return table.replaced(ordered) if ordered != list(standing.values()) else []


def detail_files(master: OpenMaster) -> dict[ReportKey, str]:
    """文件 of each row of 填报明细."""
    table = master.needed_table(layout.NAME_DETAILS, layout.DETAIL_COLUMNS)
    return {key: row["文件"] for row in table.rows() if (key := _detail_key(row)) is not None}


def _detail_key(texts: dict[str, str]) -> ReportKey | None:
    if not (texts["项目"].isdigit() and texts["月份"].isdigit()):
        return None
    return (int(texts["项目"]), int(texts["指标"] or 1), texts["单位"], int(texts["月份"]))


def kept(image: SheetImage, row: int, column: int) -> Any:
    """What a block write puts back into a cell it does not mean to change."""
    formula = image.formula(row, column)
    return Formula(formula) if is_formula(formula) else image.value(row, column)
