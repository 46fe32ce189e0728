"""汇总表 and its views: the judgement's columns and the views' order; their numbers are formulas that follow the project
sheets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..cells.numbers import whole_number
from ..domain.status import Status
from . import layout
from .marks import behind_words
from .writing import Write

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from datetime import date

    import xlwings as xw

    from ..domain.master import Master
    from ..domain.project import Project
    from ..domain.status import Judgement, ProjectStatus
    from .open_master import OpenMaster
    from .tables import Row, Table

__all__ = ["fit_summary_rows", "judged_date_writes", "summary_is_filled", "summary_writes", "view_writes"]

_NUMBER, _STATUS, _LIGHT, _BEHIND = "序号", layout.STATUS, layout.LIGHT, "滞后单位"
#: Points of a line and of the room around it, of a character's width in which lines are counted, and the least height.
_LINE, _ROOM, _CHARACTER, _LEAST = 14.5, 4.0, 5.25, 20.0
#: Cells that one address names at most: Excel reads 255 characters of it.
_TOGETHER = 30
#: No program makes a row higher.
_MOST = 409.0


def summary_writes(master: OpenMaster, changed: Master, judgement: Judgement) -> list[Write]:
    """状态, 灯 and 滞后单位 of every project's row, found by 序号. ``changed`` is the master as judged."""
    table = master.needed_table(layout.NAME_SUMMARY, layout.SUMMARY_COLUMNS)
    judged = {status.project: status for status in judgement.projects}
    projects = {project.number: project for project in changed.document.projects}
    rows: dict[int, Row] = {}
    for row in table.used:
        status = judged.get(_number_of(table, row) or 0)
        if status is not None:
            behind = _behind(projects[status.project], status, judgement)
            rows[row] = {
                _STATUS: str(status.status),
                _LIGHT: None if status.light is None else str(status.light),
                _BEHIND: behind or None,
            }
    judged_labels = tuple(label for label in (_STATUS, _LIGHT, _BEHIND) if label in table.columns)
    return replace(table, labels=judged_labels).writes(rows)


def _number_of(table: Table, row: int) -> int | None:
    """The project that a row of 汇总表 or of a view is about."""
    return whole_number(table.block.image.text(row, table.columns[_NUMBER]))


def _behind(project: Project, status: ProjectStatus, judgement: Judgement) -> str:
    """Who is behind, whose number is missing, and which node that no number judges is late or not confirmed."""
    parts = [behind_words(status)]
    cells = [cell for cell in judgement.cells if cell.project == project.number]
    latest = max((cell.month for cell in cells), default=0)
    silent = [cell.unit for cell in cells if cell.month == latest and cell.status is Status.MISSING]
    never = [unit for unit in silent if unit in status.never_reported]
    skipped = [unit for unit in silent if unit not in status.never_reported]
    by_lead = f"（由{project.lead_unit}代报）" if project.is_led else ""
    if never:
        parts.append(f"从未报数：{layout.listed(never)}{by_lead}")
    if skipped:
        parts.append(f"{latest}月未报：{layout.listed(skipped)}{by_lead}")
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
    return [write for table, rows in _views(master, changed) for write in table.writes(rows)]


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
    numbers = {row: _number_of(table, row) for row in table.block.rows}
    _fit_rows(book, table, {row: words[number] for row, number in numbers.items() if number in words})
    for view, rows in _views(master, changed):
        group = view.labels[0]
        shown: dict[int, dict[str, str]] = {}
        for row, content in rows.items():
            of_project = words.get(content.get(_NUMBER) or 0, {})
            shown[row] = {label: text for label, text in of_project.items() if label in view.columns}
            shown[row][group] = str(content.get(group) or "")
        _fit_rows(book, view, shown)


def _views(master: OpenMaster, changed: Master) -> Iterator[tuple[Table, dict[int, Row]]]:
    """Each view that stands, and its rows: one with a group's name, then one with the number of each of its projects."""
    for name, label in layout.VIEWS.items():
        table = master.table(name, (label, _NUMBER))
        if table is None:
            continue
        groups: dict[str, list[int]] = {}
        for project in changed.document.in_force:
            key = project.lead_unit if label == layout.LEAD_UNIT else project.leader
            groups.setdefault(key or f"未填{label}", []).append(project.number)
        yield table, _in_room(table, groups)


def _in_room(table: Table, groups: dict[str, list[int]]) -> dict[int, Row]:
    """As many groups as the view has room for: the last of them takes in the projects of those too many."""
    names = list(groups)
    rows: dict[int, Row] = {}
    for most in range(len(groups), 0, -1):
        shown = {name: groups[name] for name in (names if most == len(names) else names[: most - 1])}
        if rest := names[len(shown) :]:
            shown[f"其他（{len(rest)}个）"] = [number for name in rest for number in groups[name]]
        rows = _placed(table, shown)
        if {row.get(_NUMBER) for row in rows.values()}.issuperset(n for own in groups.values() for n in own):
            break
    return rows


def _placed(table: Table, groups: dict[str, list[int]]) -> dict[int, Row]:
    """Where the rows of these groups go. A project that keeps its place for the clerk's words beside it names its group
    where another one's rows are around it."""
    label = table.labels[0]
    rows: dict[str | int, Row] = {}
    for name, numbers in groups.items():
        rows[name] = {label: name}
        rows |= {number: {_NUMBER: number} for number in numbers}
    group_of = {number: name for name, numbers in groups.items() for number in numbers}
    placed = table.fitted(rows, _whose(table, groups), table.kept)
    current = None
    for row in sorted(placed):
        content = placed[row]
        group = group_of.get(content.get(_NUMBER) or 0, content.get(label))
        if content.get(_NUMBER) is not None and group != current:
            placed[row] = {**content, label: group}
        current = group or current
    return placed


def _whose(table: Table, groups: Container[str]) -> dict[int, str | int]:
    """What each row of a view is about: a project, or a group whose projects follow it. Any other is a clerk's."""
    label = table.labels[0]
    whose: dict[int, str | int] = {}
    follows = False
    for row in reversed(table.block.rows):
        number, name = _number_of(table, row), table.texts(row)[label]
        if number is not None:
            whose[row] = number
        elif name and (follows or name in groups):
            whose[row] = name
        follows = number is not None or (follows and not name)
    return whose


def summary_is_filled(master: OpenMaster) -> bool:
    """Whether any row of 汇总表 shows a status; False where the table cannot be found."""
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


def _fit_rows(book: xw.Book, table: Table, words: Mapping[int, Mapping[str, str]]) -> None:
    """Set the height of each row of ``words`` (row → label → the text that wraps there). What is hidden stays hidden, and
    the words of a hidden column need no room."""
    from xlengines.obstacles import hidden_rows

    sheet = book.sheets[table.block.image.sheet]
    labels = {label for texts in words.values() for label in texts}
    widths = {label: sheet.range((1, table.columns[label])).width / _CHARACTER for label in sorted(labels)}
    hidden = hidden_rows(sheet, min(words), max(words)) if words else ()
    rows: dict[float, list[str]] = {}
    for row, texts in words.items():
        if row in hidden:
            continue
        lines = [
            layout.lines_needed(text, widths[label] * 10 / 11)
            for label, text in texts.items()
            if widths[label]
        ]
        rows.setdefault(max(_LEAST, min(_MOST, max(lines, default=0) * _LINE + _ROOM)), []).append(f"A{row}")
    for height, cells in rows.items():
        for start in range(0, len(cells), _TOGETHER):
            sheet.range(",".join(cells[start : start + _TOGETHER])).row_height = height
