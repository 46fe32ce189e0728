"""The numbers that lateness is judged by: last reports, actual, plan and pace."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from ..master import Master
from ..period import month_end
from ..project import Allocation, Project

__all__ = [
    "Series",
    "actual",
    "due_month",
    "final_deadline",
    "last_report",
    "latest_collected",
    "node_goal",
    "pace",
    "planned",
    "series_of",
    "unrounded_pace",
]

#: Month → reported number, of one unit in one project (measure 1); words without a number are no report.
Series = dict[int, Decimal]


def series_of(master: Master) -> dict[tuple[int, str], Series]:
    """The numbers of the first measure by project and unit."""
    found: dict[tuple[int, str], Series] = defaultdict(dict)
    for report in master.reports:
        if report.measure == 1 and report.value is not None:
            found[report.project, report.unit][report.month] = report.value
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


@dataclass(frozen=True, slots=True)
class _Due:
    deadline: date
    cumulative: Decimal


def _numeric(project: Project, year: int) -> list[_Due]:
    return [
        _Due(node.deadline(year), node.cumulative)
        for index, node in enumerate(project.milestones)
        if project.is_numeric(index) and node.cumulative is not None
    ]


def planned(project: Project, year: int, as_of: date) -> Decimal:
    """The largest due cumulative, capped by an adjusted target; 0 before the first."""
    due = [node.cumulative for node in _numeric(project, year) if node.deadline <= as_of]
    return _capped(project, max(due, default=Decimal(0)))


def _capped(project: Project, value: Decimal) -> Decimal:
    return value if project.adjusted_target is None else min(value, project.adjusted_target)


def node_goal(project: Project, cumulative: Decimal) -> Decimal:
    """A node's cumulative, capped by an adjusted target."""
    return _capped(project, cumulative)


def pace(project: Project, share: Allocation, year: int, month: int) -> Decimal | None:
    """What the unit should have reached by the end of ``month``: its share of the last numeric node due by then, rounded
    down as the unit of measure shows it. None without a target or a part."""
    exact = unrounded_pace(project, share, month_end(year, month), year)
    return None if exact is None else exact.quantize(project.step, ROUND_DOWN)


def unrounded_pace(project: Project, share: Allocation, day: date, year: int) -> Decimal | None:
    """The same by any day, before rounding; divided by the original target, whatever it was adjusted to."""
    if project.target is None or share.quantity is None or project.target.value == 0:
        return None
    due = [node.cumulative for node in _numeric(project, year) if node.deadline <= day]
    cumulative = _capped(project, due[-1]) if due else Decimal(0)
    return share.quantity * cumulative / project.target.value


def final_deadline(project: Project, year: int) -> date | None:
    """The deadline of the project's final numeric node."""
    nodes = _numeric(project, year)
    return nodes[-1].deadline if nodes else None
