"""The facts of a project, written onto the sheet that it has: where rows come or go, the sheet is built anew instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import layout
from .contents import labelled, node_cells, title_line
from .image import is_formula
from .writing import Write

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

    from ..domain.project import Project
    from .project_sheet import ProjectSheet

__all__ = ["fact_writes", "fits"]


def fits(standing: Project, wanted: Project) -> bool:
    """Whether the sheet of ``standing`` has a row and a formula for everything of ``wanted``."""
    return _shape(standing) == _shape(wanted)


def _shape(project: Project) -> tuple[Any, ...]:
    """What the rows and formulas of a sheet depend on."""
    return (
        tuple(row.unit for row in project.rows),
        bool(project.allocations),
        project.stand_in is None,
        len(project.milestones),
        bool(project.more_targets),
        project.is_level,
        project.target is not None and project.has_numeric_nodes,
    )


def fact_writes(book: xw.Book, sheet: ProjectSheet, standing: Project, wanted: Project) -> list[Write]:
    """The writes that turn ``standing``, as it stands on ``sheet`` of ``book``, into ``wanted``, which ``fits``: only what
    differs, and never a formula."""
    return [
        Write(sheet.image.sheet, row, column, [[value]])
        for row, column, value in (
            *_overview(book, sheet, standing, wanted),
            *_units(sheet, standing, wanted),
            *_nodes(sheet, standing, wanted),
        )
        if not is_formula(sheet.image.formula(row, column))
    ]


def _overview(
    book: xw.Book, sheet: ProjectSheet, standing: Project, wanted: Project
) -> Iterator[tuple[int, int, Any]]:
    old, new = labelled(standing), labelled(wanted)
    for label, value in new.items():
        if value != old[label] and label in sheet.labels:
            yield *_value_cell(book, sheet, label), value
    if title_line(standing) != title_line(wanted) and sheet.overview is not None:
        yield sheet.overview.area.top, sheet.overview.area.left, title_line(wanted)


def _value_cell(book: xw.Book, sheet: ProjectSheet, label: str) -> tuple[int, int]:
    """Where the value of a label stands, or is to stand: past the cells that the label is merged over."""
    row, column = sheet.labels[label]
    if sheet.image.label(row, column - 1) != label:
        return row, column
    merged = book.sheets[sheet.image.sheet].range((row, column - 1)).merge_area
    return row, merged.last_cell.column + 1


def _units(sheet: ProjectSheet, standing: Project, wanted: Project) -> Iterator[tuple[int, int, Any]]:
    table = sheet.tables[1]
    old = {row.unit: row for row in standing.rows}
    for row in wanted.rows:
        place = table.rows[row.unit]
        if row.quantity != old[row.unit].quantity:
            yield place, table.columns[layout.SHARE], row.quantity
        if row.note != old[row.unit].note:
            yield place, table.columns[layout.REMARK], row.note or None


def _nodes(sheet: ProjectSheet, standing: Project, wanted: Project) -> Iterator[tuple[int, int, Any]]:
    for place, old, new in zip(sheet.node_rows, standing.milestones, wanted.milestones, strict=True):
        before, after = node_cells(old), node_cells(new)
        for label, value in after.items():
            if value != before[label]:
                yield place, sheet.node_columns[label], value
