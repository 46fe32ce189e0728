"""The judgement of a whole master on a day: cells, nodes, projects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal

from ..master import Master
from ..period import month_end
from ..project import Milestone, Project
from ..quantity import round_half_up
from ..status import CellStatus, Judgement, Laggard, NodeStatus, ProjectStatus, Status
from .measures import (
    Series,
    actual,
    due_month,
    final_deadline,
    last_report,
    latest_collected,
    node_goal,
    pace,
    planned,
    series_of,
    unrounded_pace,
)

__all__ = ["judge"]


def judge(master: Master, as_of: date) -> Judgement:
    """Every status that section 8 gives on ``as_of``."""
    day = _Day(
        year=master.year,
        as_of=as_of,
        near_days=master.settings.near_days,
        limit=due_month(master.year, as_of),
        latest=latest_collected(master, as_of),
        months=tuple(month for month in master.collected_months() if month_end(master.year, month) <= as_of),
        series=series_of(master),
    )
    cells: list[CellStatus] = []
    nodes: list[NodeStatus] = []
    projects: list[ProjectStatus] = []
    for project in master.document.projects:
        project_cells = _cells(project, day)
        project_nodes = _nodes(project, day)
        cells += project_cells
        nodes += project_nodes
        projects.append(_project(project, project_cells, project_nodes, day))
    return Judgement(as_of, tuple(cells), tuple(nodes), tuple(projects))


@dataclass(frozen=True, slots=True)
class _Day:
    """What the judgement of every project shares. ``months`` are the collected ones that have ended, ``limit`` the last
    month whose reports count, ``latest`` the latest collected one up to it."""

    year: int
    as_of: date
    near_days: int
    limit: int
    latest: int
    months: tuple[int, ...]
    series: dict[tuple[int, str], Series]

    def of(self, project: Project, unit: str) -> Series:
        return self.series.get((project.number, unit), {})


def _cells(project: Project, day: _Day) -> list[CellStatus]:
    found: list[CellStatus] = []
    for share in project.shares:
        if share.quantity is None:
            continue
        series = day.of(project, share.unit)
        for month in day.months:
            required = pace(project, share, day.year, month) or Decimal(0)
            found.append(
                CellStatus(
                    project.number,
                    share.unit,
                    month,
                    _cell(project, share.quantity, series, month, required, day.year),
                )
            )
    return found


def _cell(
    project: Project, share: Decimal, series: Series, month: int, required: Decimal, year: int
) -> Status:
    value = series.get(month)
    if value is None:
        before = last_report(series, month - 1)
        return (
            Status.DONE if not project.is_level and before is not None and before >= share else Status.MISSING
        )
    if value >= share:
        return Status.DONE
    if value >= required:
        return Status.NORMAL
    final = final_deadline(project, year)
    return Status.OVERDUE if final is not None and final <= month_end(year, month) else Status.BEHIND


def _nodes(project: Project, day: _Day) -> list[NodeStatus]:
    reached = actual(project, day.series, day.limit)
    found: list[NodeStatus] = []
    for index, node in enumerate(project.milestones):
        deadline = node.deadline(day.year)
        days: int | None = None
        if project.is_numeric(index) and node.cumulative is not None:
            goal = node_goal(project, node.cumulative)
            status = _numeric_node(reached, goal, deadline, day)
            if status is Status.OVERDUE:
                days = _days_late(project, goal, deadline, day)
        else:
            status = _ticked_node(node, deadline, day)
            if status is Status.OVERDUE:
                days = (day.as_of - deadline).days
        found.append(NodeStatus(project.number, index + 1, node.phrase, status, days))
    return found


def _numeric_node(reached: Decimal, goal: Decimal, deadline: date, day: _Day) -> Status:
    if reached >= goal:
        return Status.DONE
    return Status.OVERDUE if deadline <= day.as_of else _ahead(deadline, day)


def _ticked_node(node: Milestone, deadline: date, day: _Day) -> Status:
    done = _tick(node, day.as_of)
    if done:
        return Status.DONE
    if deadline <= day.as_of:
        return Status.UNCONFIRMED if done is None else Status.OVERDUE
    return _ahead(deadline, day)


def _tick(node: Milestone, as_of: date) -> bool | None:
    """The tick as it stands on ``as_of``: one with a later 完成日期 does not count yet."""
    return node.done if node.done_on is None or node.done_on <= as_of else None


def _ahead(deadline: date, day: _Day) -> Status:
    return Status.NEAR if (deadline - day.as_of).days <= day.near_days else Status.NORMAL


def _days_late(project: Project, goal: Decimal, deadline: date, day: _Day) -> int:
    """Since the deadline; of a level since the end of the first month of the present dip, where that is later."""
    since = deadline
    if project.is_level:
        dip = day.limit
        while dip > 1 and actual(project, day.series, dip - 1) < goal:
            dip -= 1
        if dip:
            since = max(deadline, month_end(day.year, dip))
    return max(0, (day.as_of - since).days)


def _project(project: Project, cells: list[CellStatus], nodes: list[NodeStatus], day: _Day) -> ProjectStatus:
    status = _status(project, nodes, day)
    never, skipped = _silent(project, day)
    laggards = _laggards(project, cells, status, day)
    if project.target is None:
        return ProjectStatus(project.number, status, None, None, None, laggards, never, skipped)
    reached = actual(project, day.series, day.limit)
    rate = round_half_up(reached / project.goal, 4) if project.goal else None
    plan = planned(project, day.year, day.as_of)
    return ProjectStatus(project.number, status, plan, reached, rate, laggards, never, skipped)


def _status(project: Project, nodes: list[NodeStatus], day: _Day) -> Status:
    statuses = {node.status for node in nodes}
    if Status.OVERDUE in statuses:
        return Status.OVERDUE
    if _is_done(project, day):
        return Status.DONE
    for status in (Status.NEAR, Status.UNCONFIRMED):
        if status in statuses:
            return status
    return Status.NORMAL


def _is_done(project: Project, day: _Day) -> bool:
    """The target reached with every repeat node ticked; without numeric nodes, every node ticked."""
    numeric = [project.is_numeric(index) for index in range(len(project.milestones))]
    if project.milestones and not any(numeric):
        return all(_tick(node, day.as_of) for node in project.milestones)
    if project.goal is None or actual(project, day.series, day.limit) < project.goal:
        return False
    return all(_tick(project.milestones[index], day.as_of) for index in project.repeats())


def _silent(project: Project, day: _Day) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The units that never reported, and those that skipped the latest collected month."""
    never, skipped = [], []
    for share in project.shares:
        series = day.of(project, share.unit)
        if last_report(series, day.limit) is None:
            never.append(share.unit)
        elif day.latest and day.latest not in series:
            skipped.append(share.unit)
    return tuple(never), tuple(skipped)


def _laggards(project: Project, cells: list[CellStatus], status: Status, day: _Day) -> tuple[Laggard, ...]:
    """Units 滞后 or 逾期 in the latest judged month; where the project is late and none is, those below their unrounded
    pace, largest gap first."""
    shares = {share.unit: share for share in project.shares}
    month = max((cell.month for cell in cells), default=0)
    behind: list[Laggard] = []
    for cell in cells:
        if cell.month == month and cell.status in (Status.BEHIND, Status.OVERDUE):
            required = pace(project, shares[cell.unit], day.year, month) or Decimal(0)
            behind.append(Laggard(cell.unit, cell.status, required - day.of(project, cell.unit)[month]))
    if not behind and status is Status.OVERDUE:
        for share in project.shares:
            required = unrounded_pace(project, share, day.as_of, day.year) or Decimal(0)
            gap = required - (last_report(day.of(project, share.unit), day.limit) or Decimal(0))
            if gap > 0:
                whole = gap.quantize(project.step, ROUND_UP)
                behind.append(Laggard(share.unit, None, whole, below_mean=True))
    return tuple(sorted(behind, key=lambda laggard: -laggard.gap))
