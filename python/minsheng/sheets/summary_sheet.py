"""汇总表 and its views: the judgement's columns and the views' order; their numbers are formulas that follow the project
sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..cells.numbers import whole_number
from ..domain.status import Status
from . import layout
from .entries import kept
from .marks import laggard_words
from .row_heights import fit_rows
from .writing import Write

if TYPE_CHECKING:
    from datetime import date

    import xlwings as xw

    from ..domain.master import Master
    from ..domain.project import Project
    from ..domain.status import Judgement, ProjectStatus
    from .open_master import OpenMaster
    from .tables import Table

__all__ = ["fit_summary_rows", "judged_date_writes", "summary_is_filled", "summary_writes", "view_writes"]

_NUMBER, _STATUS, _BEHIND = "序号", "状态", "滞后单位"


def summary_writes(master: OpenMaster, changed: Master, judgement: Judgement) -> list[Write]:
    """状态 and 滞后单位 of every project row, found by 序号, one write a column. ``changed`` is the master as judged."""
    table = master.needed_table(layout.NAME_SUMMARY, layout.SUMMARY_COLUMNS)
    judged = {project.project: project for project in judgement.projects}
    projects = {project.number: project for project in changed.document.projects}
    image, numbers = table.block.image, table.columns[_NUMBER]
    writes = []
    for label in (_STATUS, _BEHIND):
        column = table.columns[label]
        block: list[list[Any]] = []
        for row in table.used:
            number = image.text(row, numbers)
            status = judged.get(whole_number(number) or 0)
            if status is None:
                block.append([kept(image, row, column)])
            elif label == _STATUS:
                block.append([str(status.status)])
            else:
                block.append([_behind(projects[status.project], status, judgement) or None])
        if block:
            writes.append(Write(image.sheet, table.used.start, column, block))
    return writes


def _behind(project: Project, status: ProjectStatus, judgement: Judgement) -> str:
    """Who is behind, whose number is missing, and which node that no number judges is late or not confirmed."""
    parts = [laggard_words(status.laggards)]
    cells = [cell for cell in judgement.cells if cell.project == project.number]
    latest = max((cell.month for cell in cells), default=0)
    silent = [cell.unit for cell in cells if cell.month == latest and cell.status is Status.MISSING]
    never = [unit for unit in silent if unit in status.never_reported]
    skipped = [unit for unit in silent if unit not in status.never_reported]
    if never:
        parts.append(f"从未报数：{layout.listed(never)}")
    if skipped:
        parts.append(f"{latest}月未报：{layout.listed(skipped)}")
    for node in judgement.nodes:
        if node.project != project.number or project.is_numeric(node.index - 1):
            continue
        words = f"节点“{node.month}{layout.shortened(project.milestones[node.index - 1].text, 24)}”"
        if node.status is Status.OVERDUE:
            parts.append(f"{words}逾期{node.days_late}天")
        elif node.status is Status.UNCONFIRMED:
            parts.append(f"{words}待确认")
    return "；".join(part for part in parts if part)


def view_writes(master: OpenMaster, changed: Master) -> list[Write]:
    """The order of every view: a group's name, then the numbers of its projects. A view that a clerk has deleted stays
    away."""
    writes: list[Write] = []
    for name, group in layout.VIEWS.items():
        table = master.table(name, (group, _NUMBER))
        if table is None:
            continue
        writes += table.fitted(_view_rows(table, group, changed))
    return writes


def fit_summary_rows(book: xw.Book, master: OpenMaster, changed: Master, judgement: Judgement) -> None:
    """Make the rows of 汇总表 and its views as high as what now stands in them."""
    words = {
        status.project: {
            "项目": f"★{project.title}",
            "责任单位": project.lead_unit,
            _BEHIND: _behind(project, status, judgement),
        }
        for project, status in zip(changed.document.projects, judgement.projects, strict=True)
    }
    table = master.needed_table(layout.NAME_SUMMARY, layout.SUMMARY_COLUMNS)
    image, column = table.block.image, table.columns[_NUMBER]
    numbers = {row: image.text(row, column) for row in table.block.rows}
    shown = {
        row: words[number]
        for row, text in numbers.items()
        if (number := whole_number(text)) is not None and number in words
    }
    fit_rows(book, table, shown)
    for name, group in layout.VIEWS.items():
        view = master.table(name, layout.view_columns(name))
        if view is None:
            continue
        rows = _view_rows(view, group, changed)
        fit_rows(
            book, view,
            {
                row: {group: str(line.get(group, ""))} | {
                    label: text for label, text in words.get(line.get(_NUMBER, 0), {}).items() if label in view.columns and label != group
                }
                for row, line in zip(view.block.rows, rows, strict=False)
            },
        )  # fmt: skip


def _view_rows(table: Table, group: str, changed: Master) -> list[dict[str, Any]]:
    """A row with the group's name, then one with the number of each of its projects."""
    groups: dict[str, list[int]] = {}
    for project in changed.document.projects:
        key = project.lead_unit if group == layout.LEAD_UNIT else project.leader
        groups.setdefault(key or f"未填{group}", []).append(project.number)
    room = len(table.block.rows) - len(changed.document.projects)
    rows: list[dict[str, Any]] = []
    for title, numbers in _in_room(groups, room).items():
        rows += [{group: title}, *({_NUMBER: number} for number in numbers)]
    return rows


def _in_room(groups: dict[str, list[int]], room: int) -> dict[str, list[int]]:
    """At most ``room`` groups: the last of them takes in the projects of those too many."""
    if len(groups) <= room:
        return groups
    names = list(groups)
    kept_names, rest = names[: max(0, room - 1)], names[max(0, room - 1) :]
    return {
        **{name: groups[name] for name in kept_names},
        f"其他（{len(rest)}个）": [number for name in rest for number in groups[name]],
    }


def summary_is_filled(master: OpenMaster) -> bool:
    table = master.table(layout.NAME_SUMMARY, layout.SUMMARY_COLUMNS)
    if table is None:
        return False
    return any(row[_STATUS] for row in table.rows())


def judged_date_writes(master: OpenMaster, as_of: date | None) -> list[Write]:
    """The write that tells the formulas which day marks and 汇总表 were judged on; none where it stands already."""
    place = master.settings.cells.get(layout.PARAM_JUDGED)
    if place is None:
        return []
    standing = master.settings.image.value(*place)
    if (standing.date() if hasattr(standing, "date") else standing) == as_of:
        return []
    return [Write(master.settings.image.sheet, *place, [[as_of]])]
