"""The judgement of a whole master on a day: cells, nodes, projects, and what leaders look at of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..master import Master, Settings
from ..period import month_end
from ..project import Milestone, Project
from ..quantity import round_half_up
from ..status import CellStatus, Judgement, Laggard, Light, NodeStatus, ProjectStatus, Schedule, Status
from ..succession import Series, Succession
from .measures import (
    Goal,
    actual,
    due_month,
    gap,
    goals_of,
    has_number,
    last_report,
    latest_collected,
    pace,
    pace_by,
    planned,
    series_of,
)

__all__ = ["judge"]


def judge(master: Master, as_of: date) -> Judgement:
    """Every status that section 8 gives on ``as_of``."""
    limit = due_month(master.year, as_of)
    day = _Day(
        year=master.year,
        as_of=as_of,
        settings=master.settings,
        limit=limit,
        latest=latest_collected(master, as_of),
        collected=tuple(month for month in master.collected_months() if month <= limit),
        series=series_of(master),
        succession=Succession(master.document.units),
    )
    cells: list[CellStatus] = []
    nodes: list[NodeStatus] = []
    projects: list[ProjectStatus] = []
    for project in master.document.projects:
        if project.cancelled:
            projects.append(ProjectStatus(project.number, Status.CANCELLED))
            continue
        goals = goals_of(master, project)
        is_silent = bool(goals) and not has_number(project, day.series, limit)
        reached = None if is_silent else actual(project, day.series, limit)
        project_cells = _cells(project, goals, day)
        project_nodes = _nodes(master, project, goals, reached, day)
        cells += project_cells
        nodes += project_nodes
        projects.append(_Standing(project, goals, reached, project_cells, project_nodes, day).status())
    return Judgement(as_of, tuple(cells), tuple(nodes), tuple(projects))


@dataclass(frozen=True, slots=True)
class _Day:
    """What the judgement of every project shares. ``limit`` is the last month whose reports count, ``collected`` are the
    collected ones up to it, ``latest`` the latest of them."""

    year: int
    as_of: date
    settings: Settings
    limit: int
    latest: int
    collected: tuple[int, ...]
    series: dict[tuple[int, str], Series]
    succession: Succession

    def judges(self, project: Project, unit: str, month: int) -> bool:
        """Whether a unit of the project is judged for a month: it reports for itself then, or others for it have not taken
        its part yet."""
        return self.succession.is_active(unit, month) and not self.succession.has_moved(project, unit)

    def of(self, project: Project, unit: str) -> Series:
        return self.series.get((project.number, unit), {})

    @property
    def ended(self) -> tuple[int, ...]:
        """The collected months that have ended."""
        return tuple(month for month in self.collected if month_end(self.year, month) <= self.as_of)


def _cells(project: Project, goals: tuple[Goal, ...], day: _Day) -> list[CellStatus]:
    final = goals[-1].due if goals else None
    found: list[CellStatus] = []
    for share in project.shares:
        if share.quantity is None:
            continue
        series = day.of(project, share.unit)
        for month in (month for month in day.ended if day.judges(project, share.unit, month)):
            is_final = final is not None and final <= month_end(day.year, month)
            status = _cell(series, month, share.quantity, pace(project, share, goals, day.year, month))
            if status is Status.MISSING and not project.is_level:
                before = last_report(series, month - 1)
                status = Status.DONE if before is not None and before >= share.quantity else status
            if status is Status.BEHIND and is_final:
                status = Status.OVERDUE
            found.append(CellStatus(project.number, share.unit, month, status))
    return found


def _cell(series: Series, month: int, share: Decimal, required: Decimal) -> Status:
    value = series.get(month)
    if value is None:
        return Status.MISSING
    if value >= share:
        return Status.DONE
    return Status.NORMAL if value >= required else Status.BEHIND


def _nodes(
    master: Master, project: Project, goals: tuple[Goal, ...], reached: Decimal | None, day: _Day
) -> list[NodeStatus]:
    """``reached`` is the project's actual, None while it is silent."""
    numeric = {goal.index: goal for goal in goals}
    found: list[NodeStatus] = []
    for index, node in enumerate(project.milestones):
        days: int | None = None
        month, late = None, False
        if index in numeric:
            goal = numeric[index]
            status = _numeric_node(reached, goal, day)
            if status is Status.OVERDUE:
                days = _days_late(project, goal, day)
            elif status is Status.DONE and not project.is_level:
                month, late = _reached(project, goal, day)
        else:
            due = master.due(node)
            status = _ticked_node(node, due, day)
            if status is Status.OVERDUE:
                days = (day.as_of - due).days
        found.append(NodeStatus(project.number, index + 1, node.phrase, status, days, month, late))
    return found


def _numeric_node(reached: Decimal | None, goal: Goal, day: _Day) -> Status:
    if reached is not None and reached >= goal.amount:
        return Status.DONE
    if goal.due > day.as_of:
        return _ahead(goal.due, day)
    return Status.MISSING if reached is None else Status.OVERDUE


def _ticked_node(node: Milestone, due: date, day: _Day) -> Status:
    done = _tick(node, day.as_of)
    if done:
        return Status.DONE
    if due <= day.as_of:
        return Status.UNCONFIRMED if done is None else Status.OVERDUE
    return _ahead(due, day)


def _tick(node: Milestone, as_of: date) -> bool | None:
    """The tick as it stands on ``as_of``: one with a later 完成日期 does not count yet."""
    return node.done if node.done_on is None or node.done_on <= as_of else None


def _ahead(due: date, day: _Day) -> Status:
    return Status.NEAR if (due - day.as_of).days <= day.settings.near_days else Status.NORMAL


def _days_late(project: Project, goal: Goal, day: _Day) -> int:
    """Since the day that the node fell due; of a level since the end of the first month of the present dip, where that is
    later."""
    since = goal.due
    if project.is_level:
        dip = day.limit
        while dip > 1 and actual(project, day.series, dip - 1) < goal.amount:
            dip -= 1
        if dip:
            since = max(since, month_end(day.year, dip))
    return max(0, (day.as_of - since).days)


def _reached(project: Project, goal: Goal, day: _Day) -> tuple[int | None, bool]:
    """The first collected month whose actual reaches the goal, and whether one that ended on the due day or later fell
    short of it before. A month in which the project was silent says neither."""
    late = False
    for month in day.collected:
        if not has_number(project, day.series, month):
            continue
        if actual(project, day.series, month) >= goal.amount:
            return month, late
        late = late or month_end(day.year, month) >= goal.due
    return None, False


@dataclass(frozen=True, slots=True)
class _Standing:
    """A project with what its cells and nodes are judged to be. ``reached`` is its actual, None while it is silent."""

    project: Project
    goals: tuple[Goal, ...]
    reached: Decimal | None
    cells: list[CellStatus]
    nodes: list[NodeStatus]
    day: _Day

    def status(self) -> ProjectStatus:
        project, day = self.project, self.day
        status = self._status()
        never, skipped = self._without_number()
        laggards = self._laggards()
        plan = reached = rate = None
        if project.target is not None:
            plan, reached = planned(self.goals, day.as_of), self.reached
        if reached is not None and project.goal:
            rate = round_half_up(reached / project.goal, 4)
        points = None
        if plan is not None and reached is not None and project.goal:
            points = (plan - reached) / project.goal * 100
        schedule = None
        if self.goals and self.reached is not None and not project.is_level:
            latest = month_end(day.year, day.latest)
            schedule = _schedule(status, self.nodes, self.goals, self.reached, latest)
        return ProjectStatus(
            project.number,
            status,
            _light(status, self.nodes, points, day.settings),
            schedule,
            plan,
            reached,
            rate,
            laggards=laggards,
            shortfall=None if laggards or status is not Status.OVERDUE else self._shortfall(plan, reached),
            never_reported=never,
            skipped_latest=skipped,
        )

    def _status(self) -> Status:
        statuses = {node.status for node in self.nodes}
        for status in (Status.OVERDUE, Status.MISSING):
            if status in statuses:
                return status
        if self._is_done():
            return Status.DONE
        for status in (Status.NEAR, Status.UNCONFIRMED):
            if status in statuses:
                return status
        return Status.NORMAL

    def _is_done(self) -> bool:
        """The target reached with every repeat node ticked; without numeric nodes, every node ticked."""
        project, as_of = self.project, self.day.as_of
        if project.milestones and not self.goals:
            return all(_tick(node, as_of) for node in project.milestones)
        if project.goal is None or self.reached is None or self.reached < project.goal:
            return False
        return all(_tick(project.milestones[index], as_of) for index in project.repeats())

    def _without_number(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The units that never reported, and those that skipped the latest collected month."""
        never, skipped = [], []
        for share in self.project.shares:
            series = self.day.of(self.project, share.unit)
            if not self.day.judges(self.project, share.unit, max(1, self.day.limit)):
                continue
            if last_report(series, self.day.limit) is None:
                never.append(share.unit)
            elif self.day.latest and self.day.latest not in series:
                skipped.append(share.unit)
        return tuple(never), tuple(skipped)

    def _laggards(self) -> tuple[Laggard, ...]:
        """Units 滞后 or 逾期 in the latest judged month, largest gap first."""
        project, day = self.project, self.day
        shares = {share.unit: share for share in project.shares}
        month = max((cell.month for cell in self.cells), default=0)
        behind: list[Laggard] = []
        for cell in self.cells:
            if cell.month == month and cell.status in (Status.BEHIND, Status.OVERDUE):
                required = pace(project, shares[cell.unit], self.goals, day.year, month)
                lacking = required - day.of(project, cell.unit)[month]
                behind.append(Laggard(cell.unit, cell.status, gap(project, lacking)))
        return tuple(sorted(behind, key=lambda laggard: -laggard.gap))

    def _shortfall(self, plan: Decimal | None, reached: Decimal | None) -> Decimal | None:
        """What the project lacks of its plan although every unit has reached its pace, as paces are rounded down."""
        project, day = self.project, self.day
        if plan is None or reached is None or reached >= plan:
            return None
        for share in project.shares:
            last = last_report(day.of(project, share.unit), day.limit)
            if (last or Decimal(0)) < pace_by(project, share, self.goals, day.as_of):
                return None
        return gap(project, plan - reached)


def _light(status: Status, nodes: Sequence[NodeStatus], points: Decimal | None, settings: Settings) -> Light:
    """The project's light. ``points`` is what it lacks of its plan, in hundredths of what must be reached in the year; None
    where there is nothing to divide, or to divide by: days alone count then."""
    if status is Status.MISSING:
        return Light.GREY
    if status is Status.OVERDUE:
        days = max((node.days_late or 0 for node in nodes), default=0)
        is_red = (points is not None and points >= settings.red_gap) or days >= settings.red_days
        return Light.RED if is_red else Light.YELLOW
    if status is not Status.DONE and any(node.status is Status.UNCONFIRMED for node in nodes):
        return Light.YELLOW
    return Light.BLUE if status is Status.NEAR else Light.GREEN


def _schedule(
    status: Status, nodes: Sequence[NodeStatus], goals: Sequence[Goal], reached: Decimal, latest: date
) -> Schedule:
    """How a project with numeric nodes that is no level and not silent stands. ``reached`` is its actual, ``latest`` the
    end of the latest collected month."""
    if status is Status.OVERDUE:
        return Schedule.BEHIND
    last = goals[-1]
    node = nodes[last.index]
    if node.status is Status.DONE and node.reached_month is not None:
        if node.reached_late:
            return Schedule.DONE_LATE
        is_ahead = month_end(latest.year, node.reached_month) < last.due.replace(day=1)
        return Schedule.AHEAD if is_ahead else Schedule.ON_TIME
    following = next((goal for goal in goals if goal.due > latest), None)
    return Schedule.AHEAD if following is not None and reached >= following.amount else Schedule.ON_TIME
