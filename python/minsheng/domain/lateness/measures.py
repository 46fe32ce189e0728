"""The numbers that a judgement stands on: what is planned, as goals of a project's numeric nodes and the pace that they
set its units, and what was reported, as last reports and the actual of a project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from typing import TYPE_CHECKING

from ..period import month_end
from ..report import RowKey
from ..succession import Series, Succession

if TYPE_CHECKING:
    from ..master import Master
    from ..project import Allocation, Project

__all__ = [
    "Goal",
    "actual",
    "due_month",
    "gap",
    "goals_of",
    "has_number",
    "last_report",
    "latest_collected",
    "node_goal",
    "numbers_of",
    "pace",
    "pace_by",
    "planned",
    "series_of",
]


@dataclass(frozen=True, slots=True)
class Goal:
    """A numeric node: ``amount`` of the project's own measure must be reached by ``due``. ``index`` from 0."""

    index: int
    due: date
    amount: Decimal


def goals_of(master: Master, project: Project) -> tuple[Goal, ...]:
    """The goals of the project's numeric nodes, in the document's order."""
    return tuple(
        Goal(index, master.due(node), amount)
        for index, node in enumerate(project.milestones)
        if (amount := node_goal(project, index)) is not None
    )


def node_goal(project: Project, index: int) -> Decimal | None:
    """What numeric node ``index`` (from 0) asks for: its cumulative, capped by an adjusted target, which the last one
    asks for itself. None where the node is judged by its tick."""
    cumulative = project.milestones[index].cumulative
    if cumulative is None or not project.is_numeric(index):
        return None
    if project.adjusted_target is None:
        return cumulative
    is_last = not any(project.is_numeric(later) for later in range(index + 1, len(project.milestones)))
    return project.adjusted_target if is_last else min(cumulative, project.adjusted_target)


def planned(goals: Sequence[Goal], as_of: date) -> Decimal:
    """The largest goal that is due, 0 before the first."""
    return max((goal.amount for goal in goals if goal.due <= as_of), default=Decimal(0))


def pace(project: Project, share: Allocation, goals: Sequence[Goal], year: int, month: int) -> Decimal:
    """What the unit should have reached by the end of ``month``."""
    return pace_by(project, share, goals, month_end(year, month))


def pace_by(project: Project, share: Allocation, goals: Sequence[Goal], day: date) -> Decimal:
    """The unit's share of the last numeric node due by ``day``, rounded down as the project's measure is told apart; 0
    without a share or anything to divide by."""
    whole = _whole(project)
    due = [goal.amount for goal in goals if goal.due <= day]
    if not due or not whole or share.quantity is None:
        return Decimal(0)
    return (share.quantity * due[-1] / whole).quantize(project.step, ROUND_DOWN)


def _whole(project: Project) -> Decimal | None:
    """What the shares add up to: the adjusted target where they were cut anew for it, else the original."""
    if project.adjusted_target is not None and project.adjusted_target == sum(
        (share.quantity for share in project.shares if share.quantity is not None), Decimal(0)
    ):
        return project.adjusted_target
    return project.target.value if project.target else None


def gap(project: Project, lacking: Decimal) -> Decimal:
    """What is lacking, as it is said: whole, rounded up, where counted, so that it is never 0."""
    return lacking.quantize(Decimal(1), ROUND_UP) if project.is_counted else lacking


def series_of(master: Master) -> dict[tuple[int, str], Series]:
    """The numbers of the first measure by project and unit, those of units that ended as their heirs' (see Succession)."""
    found: dict[tuple[int, str], Series] = defaultdict(dict)
    for report in master.reports:
        if report.measure == 1 and report.value is not None:
            found[report.project, report.unit][report.month] = report.value
    succession = Succession(master.document.units)
    for project in master.document.projects if succession.ended else ():
        own = {unit: series for (number, unit), series in found.items() if number == project.number}
        handed = succession.handed_over(project, own)
        found.update({(project.number, unit): series for unit, series in handed.items()})
    return found


def numbers_of(master: Master, month: int) -> dict[RowKey, Series]:
    """Row → the numbers that its report of ``month`` follows: with those of a unit whose heir it is by then."""
    found: dict[RowKey, Series] = {}
    for report in master.reports:
        if report.value is not None:
            found.setdefault(report.key.row, {})[report.month] = report.value
    succession = Succession(master.document.units)
    for (number, unit), series in series_of(master).items() if succession.ended else ():
        if succession.takes_over(unit, month):
            found[RowKey(number, unit, 1)] = series
    return found


def due_month(year: int, as_of: date) -> int:
    """The last month of ``year`` that is not after the month of ``as_of``: 0 before the year, 12 after it."""
    if as_of.year != year:
        return 12 if as_of.year > year else 0
    return as_of.month


def latest_collected(master: Master, as_of: date) -> int:
    """The latest collected month not after ``as_of``'s, 0 if there is none."""
    limit = due_month(master.year, as_of)
    return max((month for month in master.collected_months() if month <= limit), default=0)


def last_report(series: Series, limit: int) -> Decimal | None:
    """The last number of a month not after ``limit``; None for a unit that never reported."""
    month = max((month for month in series if month <= limit), default=None)
    return None if month is None else series[month]


def actual(project: Project, series: dict[tuple[int, str], Series], limit: int) -> Decimal:
    """The sum of the units' last reports, a unit that never reported counting 0; of a level the lowest."""
    lasts = [
        last_report(series.get((project.number, share.unit), {}), limit) or Decimal(0)
        for share in project.shares
    ]
    if project.is_level:
        return min(lasts, default=Decimal(0))
    return sum(lasts, Decimal(0))


def has_number(project: Project, series: dict[tuple[int, str], Series], limit: int) -> bool:
    """Whether any unit that counts has a number of a month up to ``limit``. A project with numeric nodes and none is
    silent: nothing says how it stands."""
    return any(
        month <= limit for share in project.shares for month in series.get((project.number, share.unit), ())
    )
