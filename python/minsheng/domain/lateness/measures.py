"""What was reached: last reports and the actual of a project."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from ..master import Master
from ..project import Project

__all__ = [
    "Series",
    "actual",
    "due_month",
    "has_number",
    "last_report",
    "latest_collected",
    "series_of",
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


def has_number(project: Project, series: dict[tuple[int, str], Series], limit: int) -> bool:
    """Whether any unit that counts has a number of a month up to ``limit``. A project with numeric nodes and none is
    silent: nothing says how it stands."""
    return any(
        month <= limit for share in project.shares for month in series.get((project.number, share.unit), ())
    )
