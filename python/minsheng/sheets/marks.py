"""Judgements and finding signs in the mirror blocks of the project sheets: one write a sheet.

The template's conditional formats turn these words into fills, borders and signs; a clerk's own looks are never touched.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ..domain.finding import Severity
from ..domain.quantity import number_words
from . import layout
from .places import area_named
from .writing import Write, kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..domain.finding import Finding
    from ..domain.status import Judgement, ProjectStatus, Status
    from .image import Block, SheetImage
    from .open_master import OpenMaster
    from .project_sheet import ProjectSheet

__all__ = ["behind_words", "clear_status_marks", "finding_marks", "has_status_marks", "status_marks"]

_Cells = dict[tuple[int, int], Any]
_STATUS_LABELS = (
    *(f"{month}判定" for month in layout.MONTHS), layout.MARK_STATUS, layout.MARK_DAYS, layout.MARK_LAGGARDS,
)  # fmt: skip
_FINDING_LABELS = (*(f"{month}问题" for month in layout.MONTHS), layout.MARK_FINDING)


def status_marks(master: OpenMaster, judgement: Judgement) -> list[Write]:
    """The writes that show ``judgement`` on every project sheet, older judgements gone."""
    units: dict[int, dict[str, dict[int, Status]]] = defaultdict(lambda: defaultdict(dict))
    for cell in judgement.cells:
        units[cell.project][cell.unit][cell.month] = cell.status
    nodes = {(node.project, node.index): node for node in judgement.nodes}
    projects = {project.project: project for project in judgement.projects}
    latest = max((cell.month for cell in judgement.cells), default=0)
    writes = []
    for number, sheet in master.projects.items():
        cells = _blank(sheet, _STATUS_LABELS)
        for unit, key, row in _unit_rows(sheet):
            months = units[number].get(unit, {})
            words = {f"{layout.MONTHS[month - 1]}判定": str(status) for month, status in months.items()}
            if latest in months:
                words[layout.MARK_STATUS] = str(months[latest])
            _put(cells, sheet, layout.UNIT_MARKS, row, key if words else None, words)
        for key, row, index in _node_rows(sheet):
            node = nodes.get((number, index))
            if node is not None:
                node_words = {layout.MARK_STATUS: str(node.status), layout.MARK_DAYS: node.days_late}
                _put(cells, sheet, layout.NODE_MARKS, row, key, node_words)
        project = projects.get(number)
        if project is not None:
            words = {
                layout.MARK_STATUS: str(project.status),
                layout.MARK_LAGGARDS: behind_words(project),
            }
            _put(cells, sheet, layout.PROJECT_MARKS, None, number, words)
        writes += _as_write(sheet, cells)
    return writes


def clear_status_marks(master: OpenMaster) -> list[Write]:
    """The writes that empty every status column (finding signs stay)."""
    return [
        write
        for sheet in master.projects.values()
        for write in _as_write(sheet, _blank(sheet, _STATUS_LABELS))
    ]


def has_status_marks(master: OpenMaster) -> bool:
    """Whether any project sheet shows a judgement now."""
    return any(
        block.image.value(row, column) is not None
        for sheet in master.projects.values()
        for block in sheet.marks.values()
        for label, column in block.columns().items()
        if label in _STATUS_LABELS
        for row in block.rows
    )


def finding_marks(master: OpenMaster, findings: Iterable[Finding]) -> list[Write]:
    """The writes that put a sign beside every cell with an error or a warning, older signs gone. ``findings`` are
    located; what is merely worth knowing is listed, and leaves the printed sheet alone."""
    by_project: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.project is not None and finding.severity in layout.FINDING_SIGNS:
            by_project[finding.project].append(finding)
    writes = []
    for number, sheet in master.projects.items():
        cells = _blank(sheet, _FINDING_LABELS)
        units = {row: key for _, key, row in _unit_rows(sheet)}
        nodes = {row: key for key, row, _ in _node_rows(sheet)}
        months = {
            sheet.tables[1].month_column(month): f"{label}问题"
            for month, label in enumerate(layout.MONTHS, start=1)
            if 1 in sheet.tables
        }
        # The gravest last, so that it is the one that stays.
        for finding in sorted(by_project[number], key=lambda found: found.severity is Severity.ERROR):
            sign = layout.FINDING_SIGNS[finding.severity]
            row, column = _cell(sheet, finding)
            if row in nodes:
                _put(cells, sheet, layout.NODE_MARKS, row, nodes[row], {layout.MARK_FINDING: sign})
            elif row in units:
                label = months.get(column, layout.MARK_FINDING)
                _put(cells, sheet, layout.UNIT_MARKS, row, units[row], {label: sign})
            else:
                _put(cells, sheet, layout.PROJECT_MARKS, None, number, {layout.MARK_FINDING: sign})
        writes += _as_write(sheet, cells)
    return writes


def _cell(sheet: ProjectSheet, finding: Finding) -> tuple[int, int]:
    """Row and column that a located finding points to on its project's sheet; (0, 0) elsewhere."""
    area = area_named(f"'{finding.sheet}'!{finding.cell}") if finding.cell else None
    return (area.top, area.left) if area and finding.sheet == sheet.image.sheet else (0, 0)


def behind_words(project: ProjectStatus) -> str:
    """``石浦（滞后，差120）、丹东（滞后，差3.5）``: who is behind and by how much, in the project's unit; of a late project
    whose units have all reached their pace, what they lack together."""
    if project.shortfall is not None:
        return f"各单位达到折算进度，合计差{number_words(project.shortfall)}"
    return layout.listed(
        [f"{laggard.unit}（{laggard.status}，差{number_words(laggard.gap)}）" for laggard in project.laggards]
    )


def _unit_rows(sheet: ProjectSheet) -> list[tuple[str, str, int]]:
    """(unit, the name that its row says, row) of every unit."""
    table = sheet.tables.get(1)
    if table is None:
        return []
    names = table.columns[layout.UNIT]
    return [(unit, table.block.image.text(row, names), row) for unit, row in table.rows.items()]


def _node_rows(sheet: ProjectSheet) -> list[tuple[str, int, int]]:
    """(month phrase, row, index from 1) of every node."""
    if sheet.project is None:
        return []
    nodes = zip(sheet.project.milestones, sheet.node_rows, strict=True)
    return [(node.phrase, row, index) for index, (node, row) in enumerate(nodes, start=1)]


def _blank(sheet: ProjectSheet, labels: Sequence[str]) -> _Cells:
    """Every mark cell under ``labels``, emptied; a key whose row shows nothing else goes too."""
    cells: _Cells = {}
    for block in sheet.marks.values():
        columns = block.columns()
        ours = [column for label, column in columns.items() if label in labels]
        others = [column for label, column in columns.items() if label not in (*labels, layout.MARK_KEY)]
        for row in block.rows:
            cells.update({(row, column): None for column in ours})
            if layout.MARK_KEY in columns and all(
                block.image.value(row, column) is None for column in others
            ):
                cells[row, columns[layout.MARK_KEY]] = None
    return cells


def _put(
    cells: _Cells,
    sheet: ProjectSheet,
    place: str,
    row: int | None,
    key: str | int | None,
    words: dict[str, Any],
) -> None:
    """Set the marks of one row (None: the only row below the header) with its key."""
    block: Block | None = sheet.marks.get(place)
    if block is None or key is None:
        return
    columns = block.columns()
    row = block.header_row + 1 if row is None else row
    if layout.MARK_KEY not in columns:
        return
    cells[row, columns[layout.MARK_KEY]] = key
    cells.update({(row, columns[label]): value for label, value in words.items() if label in columns})


def _as_write(sheet: ProjectSheet, cells: _Cells) -> list[Write]:
    """The smallest block around the cells that change, with what stands between them kept; nothing where none does."""
    image = sheet.image
    changed = [place for place, value in cells.items() if _standing(image, *place) != value]
    if not changed:
        return []
    top, bottom = min(row for row, _ in changed), max(row for row, _ in changed)
    left, right = min(column for _, column in changed), max(column for _, column in changed)
    values = [
        [
            cells[row, column] if (row, column) in cells else kept(image, row, column)
            for column in range(left, right + 1)
        ]
        for row in range(top, bottom + 1)
    ]
    return [Write(image.sheet, top, left, values)]


def _standing(image: SheetImage, row: int, column: int) -> Any:
    value = image.value(row, column)
    return None if value == "" else value
