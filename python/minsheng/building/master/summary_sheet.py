"""汇总表, the printable one, and its views by 责任单位 and by 责任领导."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter as letter

from ...sheets import layout
from .canvas import Canvas, Stencil
from .references import NO_TARGET, as_of_line, cell, goal, looked_up, number, text_of

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from openpyxl import Workbook

    from ...domain.document import TaskDocument
    from ...domain.project import Project
    from ..package import CachedValue

__all__ = ["build_summary", "build_view"]

#: Rows of a view that stay free for groups that come up in the year.
_SPARE_GROUPS = 4


def build_summary(
    workbook: Workbook, document: TaskDocument, cached: MutableMapping[tuple[str, str], CachedValue]
) -> None:
    """A row a project; 状态 and 滞后单位 are written by 刷新汇总表, the rest follows the project sheets."""
    canvas = Canvas(workbook[layout.SHEET_SUMMARY], cached)
    header, row_stencil, foot = (Stencil(workbook, name) for name in ("汇总表头", "汇总行", "汇总脚"))
    first = row_stencil.top
    foot_top = first + max(1, len(document.projects))
    _move_foot(canvas, foot, foot_top)
    columns = {label: header.left + index for index, label in enumerate(layout.SUMMARY_COLUMNS)}
    canvas.put(1, 1, f"{document.year}年民生实事项目进展汇总表")
    canvas.put(2, 1, document.title or f"{document.year}年民生实事项目")
    canvas.formula(2, header.left + 6, as_of_line("截至日期："), f"截至日期：{document.year}-01-01")
    canvas.stamp(row_stencil, first, foot_top - first, labels=False)
    for row, project in enumerate(document.projects, start=first):
        title = f"{'★' if project.starred else ''}{project.title}"
        canvas.put(row, columns["序号"], project.number)
        canvas.put(row, columns["项目"], title)
        for label, place, shown in (
            ("责任单位", layout.LEAD_UNIT_CELL, project.lead_unit),
            ("责任人", layout.OWNER_CELL, project.owner),
        ):
            canvas.formula(row, columns[label], text_of(project, place), shown)
        measure = cell(project, layout.MEASURE_CELL)
        canvas.formula(
            row, columns["单位"], f'=IF({measure}="","{NO_TARGET}",{measure})', project.unit or NO_TARGET
        )
        _numbers(canvas, row, columns, project)
        for label, text in (("项目", title), ("责任单位", project.lead_unit), ("责任人", project.owner)):
            canvas.height_for(row, text, columns[label], columns[label], 11)
        canvas.let_grow(row)
    canvas.name(layout.NAME_SUMMARY, header.top, header.left, foot_top - 1, header.right)
    canvas.stretch_rules(row_stencil, first, foot_top - 1)
    canvas.sheet.print_area = f"A1:{letter(header.right)}{foot_top + foot.bottom - foot.top}"


def _numbers(canvas: Canvas, row: int, columns: dict[str, int], project: Project) -> None:
    none, silent = project.target is None, project.has_numeric_nodes or project.cancelled
    for label, place, shown in (
        ("全年目标", goal(project), number(project.goal)),
        ("截至计划", cell(project, layout.PLAN_CELL), "" if project.cancelled else 0),
        ("实际累计", cell(project, layout.ACTUAL_CELL), "" if silent else 0),
        ("完成率", cell(project, layout.RATE_CELL), 0 if project.goal and not silent else ""),
    ):
        canvas.formula(
            row, columns[label], f'=IF({cell(project, layout.TARGET_CELL)}="","{NO_TARGET}",{place})',
            NO_TARGET if none else shown,
        )  # fmt: skip


def _move_foot(canvas: Canvas, foot: Stencil, top: int) -> None:
    """The lines below the rows go down first: the rows would be stamped over them."""
    words = [canvas.sheet.cell(row, foot.left).value for row in range(foot.top, foot.bottom + 1)]
    for merged in [area for area in canvas.sheet.merged_cells.ranges if area.min_row >= foot.top]:
        canvas.sheet.unmerge_cells(str(merged))
    canvas.stamp(foot, top, labels=False)
    for row in range(foot.top, foot.bottom + 1):
        canvas.put(row, foot.left, None)
    for offset, text in enumerate(words):
        canvas.put(top + offset, foot.left, text)


def build_view(
    workbook: Workbook,
    document: TaskDocument,
    cached: MutableMapping[tuple[str, str], CachedValue],
    name: str,
) -> None:
    """One of layout.VIEWS. A row's first two cells, group and 序号, are inputs that 刷新汇总表 lays out anew; everything
    else is a formula on them, so that a project moved to another unit or leader takes its numbers along."""
    canvas = Canvas(workbook[name], cached)
    header, row_stencil, foot = (Stencil(workbook, f"{name}{part}") for part in ("表头", "行", "脚"))
    labels, group = layout.view_columns(name), layout.VIEWS[name]
    groups: dict[str, list[Project]] = {}
    for project in document.in_force:
        groups.setdefault(project.lead_unit if group == layout.LEAD_UNIT else project.leader, []).append(
            project
        )
    lines = [
        line for title, projects in groups.items() for line in ((title, projects), *((None, [p]) for p in projects))
    ]  # fmt: skip
    note = canvas.sheet.cell(foot.top, foot.left).value
    canvas.put(foot.top, foot.left, None)
    canvas.put(2, header.left + 2, note)
    canvas.put(1, 1, f"{document.year}年{canvas.sheet.cell(1, 1).value}")
    canvas.formula(2, 1, as_of_line("截至日期："), f"截至日期：{document.year}-01-01")
    first = row_stencil.top
    last = first + len(lines) + _SPARE_GROUPS - 1
    canvas.stamp(row_stencil, first, last - first + 1)
    for row in range(first, last + 1):
        title, projects = lines[row - first] if row - first < len(lines) else (None, [])
        if projects:
            canvas.put(row, header.left, title if title else None)
            canvas.put(row, header.left + 1, None if title else projects[0].number)
        _view_row(canvas, row, labels, title, projects)
        if projects and not title:
            canvas.height_for(row, f"★{projects[0].title}", header.left + 2, header.left + 2, 11)
        elif title:
            canvas.height_for(row, title, header.left, header.left, 11)
        canvas.let_grow(row)
    canvas.name(name, header.top, header.left, last, header.right)
    canvas.stretch_rules(row_stencil, first, last)
    canvas.sheet.print_area = f"A1:{letter(header.right)}{last}"


def _view_row(
    canvas: Canvas, row: int, labels: tuple[str, ...], title: str | None, projects: list[Project]
) -> None:
    """The formulas of one row and what they show in a new master: a subtotal, a project, or nothing."""
    named, key = f"$A{row}", f"$B{row}"
    for column, label in enumerate(labels[2:], start=3):
        of_project = looked_up(layout.NAME_SUMMARY, key, label)
        if label not in ("全年目标", "截至计划", "实际累计", "完成率"):
            of_project += '&""'
        of_group = '""'
        if label == "项目":
            of_group = _subtotal(named, labels[0])
        elif label == "完成率":
            of_group = _mean(named, labels[0])
        canvas.formula(
            row, column, f'=IF({key}<>"",{of_project},IF({named}="","",{of_group}))', _shown(label, title, projects)
        )  # fmt: skip


def _home(label: str) -> str:
    return f'INDEX({layout.NAME_HOME},0,MATCH("{label}",INDEX({layout.NAME_HOME},1,0),0))'


def _subtotal(named: str, group: str) -> str:
    """``共7个项目：已完成3，逾期1，…``: of the projects that 首页 has under the group."""
    here = f"({_home(group)}={named})"
    words = [f'"共"&SUMPRODUCT({here}*({_home(layout.STATUS)}<>"{layout.CANCELLED}"))&"个项目："']
    for index, status in enumerate(layout.COUNT_COLUMNS[2:]):
        comma = "，" if index else ""
        words.append(f'"{comma}{status}"&SUMPRODUCT({here}*({_home("状态")}="{status}"))')
    return "&".join(words)


def _mean(named: str, group: str) -> str:
    """The plain mean of the rates of the group's projects that have one."""
    here, rates = f"({_home(group)}={named})*1", _home("完成率")
    count = f"SUMPRODUCT({here},ISNUMBER({rates})*1)"
    return f'IF({count}=0,"",ROUND(SUMPRODUCT({here},{rates})/{count},4))'


def _shown(label: str, title: str | None, projects: list[Project]) -> CachedValue:
    if not projects:
        return ""
    if title:
        if label == "项目":
            counts = "，".join(f"{status}0" for status in layout.COUNT_COLUMNS[2:])
            return f"共{len(projects)}个项目：{counts}"
        return 0 if label == "完成率" and any(p.target is not None and p.goal for p in projects) else ""
    project = projects[0]
    if label in ("全年目标", "截至计划", "实际累计", "完成率"):
        if project.target is None:
            return NO_TARGET
        return (
            number(project.goal) if label == "全年目标" else (0 if label != "完成率" or project.goal else "")
        )
    return {
        "项目": f"{'★' if project.starred else ''}{project.title}",
        "责任人": project.owner,
        "责任单位": project.lead_unit,
        "单位": project.unit or NO_TARGET,
    }.get(label, "")
