"""The 核对稿: a reading laid out on the sheets of 任务书模板.xlsx, what of it is doubtful, and where that stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from .finding import Part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .document import TaskDocument
    from .finding import Finding
    from .project import Project

__all__ = [
    "DOUBTS",
    "DOUBT_LABELS",
    "DOUBT_NUMBER",
    "NODES",
    "NOTES",
    "PROJECTS",
    "SEAL",
    "SHARES",
    "STORE",
    "TICKED",
    "Place",
    "Value",
    "first_row",
    "laid_out",
    "places",
]

#: Sheets of the template, and those that only a 核对稿 has.
PROJECTS, SHARES, NODES = "项目", "任务分解", "进度安排"
DOUBTS, STORE = "核对", "标记"
#: First cell of the very hidden sheet; the stored reading stands below it.
SEAL: Final = "民生实事核对稿"
#: The column beside every row that says what is doubtful in it; it is no part of the template.
NOTES: Final = "核对意见"
DOUBT_NUMBER, TICKED = "编号", "已核对"
DOUBT_LABELS: Final = (DOUBT_NUMBER, "类别", "在哪里", "任务书原文", "读作", "为什么要核对", "怎么办", TICKED)

Value = str | float | None
_HEADERS: Final[dict[str, tuple[str, ...]]] = {
    PROJECTS: ("序号", "省级", "项目名称", "年度目标", "计量单位", "目标要求", "其他目标", "责任领导", "责任单位", "责任人", "配合单位",
               "进度安排（整段）"),
    SHARES: ("序号", "任务分解表（单位名、任务数、合计）"),
    NODES: ("序号", "节点时间", "工作内容", "计划累计"),
}  # fmt: skip
_FIRST_ROWS: Final = {PROJECTS: 5, SHARES: 4, NODES: 4}
_RELATIONS: Final = {"=": "达到", ">=": "不低于"}
_LONGEST: Final = 32_000  # a cell holds 32767 characters
_PROJECT_COLUMNS: Final = {
    Part.TARGET.value: 4, Part.MEASURE.value: 5, Part.LEADER.value: 8, Part.LEAD_UNIT.value: 9, Part.OWNER.value: 10,
}  # fmt: skip
_TITLE_COLUMN, _SHARE_COLUMN, _TIME_COLUMN, _PLAN_COLUMN = 3, 3, 2, 4


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the 核对稿, row and column from 1."""

    sheet: str
    row: int
    column: int


def first_row(sheet: str) -> int:
    """The row from 1 that the first entry of a sheet of the template stands in."""
    return _FIRST_ROWS[sheet]


def laid_out(document: TaskDocument, findings: Iterable[Finding] = ()) -> dict[str, list[list[Value]]]:
    """The rows of each sheet of the template from row 1 on, with every number of the reading stated; None is blank. What was
    not read for ``findings`` has an empty row of its project to be filled in."""
    gaps, projects = _gaps(document, findings), document.projects
    return {
        PROJECTS: [
            ["民生实事项目"],
            ["任务书标题", None, _words(document.title), None, None, None, None, None, "年度", float(document.year)],
            [],
            list(_HEADERS[PROJECTS]),
            *(_project(project) for project in document.projects),
        ],
        SHARES: [[], [], list(_HEADERS[SHARES]), *(row for each in projects for row in _with_gap(SHARES, _shares(each), each, gaps))],
        NODES: [[], [], list(_HEADERS[NODES]), *(row for each in projects for row in _with_gap(NODES, _nodes(each), each, gaps))],
    }  # fmt: skip


def places(document: TaskDocument, findings: tuple[Finding, ...]) -> list[Place | None]:
    """Where each finding's doubt stands in the layout; None for what is about no one cell."""
    projects = {project.number: (row, project) for row, project in enumerate(document.projects, start=5)}
    gaps = _gaps(document, findings)
    tops: dict[tuple[str, int], int] = {}
    at = {SHARES: _FIRST_ROWS[SHARES], NODES: _FIRST_ROWS[NODES]}
    for project in document.projects:
        for sheet, rows in ((SHARES, _shares(project)), (NODES, _nodes(project))):
            tops[sheet, project.number] = at[sheet]
            at[sheet] += len(_with_gap(sheet, rows, project, gaps))
    return [
        _place(finding, *projects[finding.project], tops) if finding.project in projects else None
        for finding in findings
    ]


def _gap(finding: Finding, project: Project) -> str | None:
    """The sheet that lacks what a finding says was not read: shares of a project that has none, a node without its time."""
    if finding.part in (Part.SHARE, SHARES) and not project.allocations:
        return SHARES
    return NODES if finding.part in (Part.NODE_TIME, NODES) and finding.node is None else None


def _gaps(document: TaskDocument, findings: Iterable[Finding]) -> frozenset[tuple[str, int]]:
    """(sheet, project) of every row to be filled in."""
    projects = {project.number: project for project in document.projects}
    return frozenset(
        (sheet, project.number)
        for finding in findings
        if (project := projects.get(finding.project or 0)) and (sheet := _gap(finding, project))
    )


def _with_gap(
    sheet: str, rows: list[list[Value]], project: Project, gaps: frozenset[tuple[str, int]]
) -> list[list[Value]]:
    empty: list[Value] = [float(project.number), None, None]
    return [*rows, empty] if (sheet, project.number) in gaps else rows


def _place(finding: Finding, row: int, project: Project, tops: dict[tuple[str, int], int]) -> Place:
    number, part = project.number, finding.part
    if (sheet := _gap(finding, project)) is not None:
        rows = _shares(project) if sheet == SHARES else _nodes(project)
        return Place(sheet, tops[sheet, number] + len(rows), _TIME_COLUMN)
    if finding.node is not None and finding.node <= len(project.milestones):
        column = _TIME_COLUMN if part == Part.NODE_TIME else _PLAN_COLUMN
        return Place(NODES, tops[NODES, number] + finding.node - 1, column)
    units = [share.unit for share in project.allocations]
    if finding.unit in units:
        return Place(SHARES, tops[SHARES, number] + units.index(finding.unit), _SHARE_COLUMN)
    if part == Part.TOTAL and units:
        return Place(SHARES, tops[SHARES, number] + len(units), _SHARE_COLUMN)
    return Place(PROJECTS, row, _PROJECT_COLUMNS.get(part or "", _TITLE_COLUMN))


def _project(project: Project) -> list[Value]:
    target = project.target
    return [
        float(project.number),
        "★" if project.starred else None,
        _words(project.title),
        float(target.value) if target else "无",
        _words(target.unit) if target else None,
        _RELATIONS[target.relation] if target else None,
        "；".join(str(more) for more in project.more_targets) or None,
        _words(project.leader),
        _words(project.lead_unit),
        _words(project.owner),
        _words("，".join(project.cooperating)),
    ]


def _shares(project: Project) -> list[list[Value]]:
    if not project.allocations:
        return []
    rows: list[list[Value]] = [
        [float(project.number), _words(share.unit), _share(share.quantity, share.note)]
        for share in project.allocations
    ]
    return [*rows, [float(project.number), "合计", _number(project.allocation_total)]]


def _share(quantity: Decimal | None, note: str) -> Value:
    if quantity is None or not note:
        return _number(quantity)
    return _words(f"{quantity:f}（{note}）")


def _nodes(project: Project) -> list[list[Value]]:
    return [
        [
            float(project.number),
            _words(node.phrase),
            _words(node.text),
            "无" if node.cumulative is None else float(node.cumulative),
        ]
        for node in project.milestones
    ]


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _words(text: str) -> str | None:
    """As a cell can hold it: no control characters, no longer than a cell."""
    kept = "".join(letter for letter in text if letter == "\n" or letter.isprintable() or letter == "\u3000")
    return kept.strip()[:_LONGEST] or None
