"""The facts of a project, written onto the sheet that it has: where rows come or go, the sheet is built anew instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import layout
from .contents import labelled, node_cells, title_line
from .image import is_formula
from .overview_inputs import overview_writes
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
    cells = [
        *_title(sheet, standing, wanted),
        *_units(sheet, standing, wanted),
        *_nodes(sheet, standing, wanted),
    ]
    old = labelled(standing)
    changed = {
        label: value
        for label, value in labelled(wanted).items()
        if value != old[label] and label in sheet.labels
    }
    writes = [
        *overview_writes(book, sheet, changed),
        *(Write(sheet.image.sheet, row, column, [[value]]) for row, column, value in cells),
    ]
    return [write for write in writes if not is_formula(sheet.image.formula(write.top, write.left))]


def _title(sheet: ProjectSheet, standing: Project, wanted: Project) -> Iterator[tuple[int, int, Any]]:
    if title_line(standing) != title_line(wanted) and sheet.overview is not None:
        yield sheet.overview.area.top, sheet.overview.area.left, title_line(wanted)


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
