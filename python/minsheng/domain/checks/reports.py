"""What was reported: M4xx."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..catalogue import master as rules
from ..finding import Finding
from ..lateness.measures import due_month
from ..project import Project
from ..quantity import PERCENT, plain
from ..report import Report
from .case import Case

__all__ = ["RULES"]


def _reports(case: Case) -> Iterator[tuple[Project, Report, Decimal]]:
    """(project, report, value) of every number of either measure, by project, unit and month."""
    projects = {project.number: project for project in case.projects}
    for report in sorted(case.master.reports, key=lambda r: (r.project, r.measure, r.unit, r.month)):
        if report.value is not None and report.project in projects:
            yield projects[report.project], report, report.value


def _numbers(case: Case) -> Iterator[tuple[Project, str, int, Decimal]]:
    """(project, unit, month, value) of the first measure, by unit and month."""
    for project, report, value in _reports(case):
        if report.measure == 1:
            yield project, report.unit, report.month, value


def _percentages(case: Case) -> Iterator[tuple[Project, Report, Decimal]]:
    for project, report, value in _reports(case):
        more = project.more_targets
        measured_in = project.unit if report.measure == 1 else more[0].unit if more else ""
        if measured_in == PERCENT:
            yield project, report, value


def no_report_is_ahead(case: Case) -> Iterator[Finding]:
    """M401: a number of a month after 截至日期."""
    limit = due_month(case.year, case.as_of)
    for project, report, value in _reports(case):
        if report.month > limit:
            yield rules.REPORT_FUTURE.finding(
                project=project.number,
                unit=report.unit,
                month=report.month,
                measure=report.measure,
                text=plain(value),
                as_of=case.as_of.isoformat(),
            )


def no_report_falls(case: Case) -> Iterator[Finding]:
    """M402: a cumulative number below the one before; levels may fall."""
    before: dict[tuple[int, str], tuple[int, Decimal]] = {}
    for project, unit, month, value in _numbers(case):
        earlier = before.get((project.number, unit))
        if earlier is not None and value < earlier[1] and not project.is_level:
            yield rules.REPORT_FALLS.finding(
                project=project.number,
                unit=unit,
                month=month,
                text=plain(value),
                before_month=earlier[0],
                before=plain(earlier[1]),
            )
        before[project.number, unit] = (month, value)


def no_report_exceeds_its_share(case: Case) -> Iterator[Finding]:
    """M403: a number above the unit's part of the year; that of a unit that ended has gone over to others."""
    succession = case.succession
    for project, unit, month, value in _numbers(case):
        share = next((row.quantity for row in project.shares if row.unit == unit), None)
        has_moved = succession.has_moved(project, unit)
        if share is not None and value > share and not project.is_level and not has_moved:
            yield rules.REPORT_OVER.finding(
                project=project.number, unit=unit, month=month, text=plain(value), share=plain(share)
            )


def counted_things_are_whole(case: Case) -> Iterator[Finding]:
    """M404: a fraction of what is counted in pieces."""
    for project, unit, month, value in _numbers(case):
        if project.is_counted and value % 1:
            yield rules.REPORT_FRACTION.finding(
                project=project.number, unit=unit, month=month, measured_in=project.unit, text=plain(value)
            )


def reports_come_from_those_with_a_part(case: Case) -> Iterator[Finding]:
    """M405: a number of a unit that has no part. Of one that ended M210 says it."""
    ended = case.succession.ended
    for project, unit, month, value in _numbers(case):
        is_history = unit in ended or (project.stand_in is not None and unit == project.stand_in.unit)
        if unit not in {row.unit for row in project.shares} and not is_history:
            yield rules.REPORT_NO_PART.finding(
                project=project.number, unit=unit, month=month, text=plain(value)
            )


def percentages_stay_within_a_hundred(case: Case) -> Iterator[Finding]:
    """M406: a percentage above 100."""
    for project, report, value in _percentages(case):
        if value > 100:
            yield rules.PERCENT_OVER.finding(
                project=project.number,
                unit=report.unit,
                month=report.month,
                measure=report.measure,
                text=plain(value),
            )


def percentages_are_typed_in_points(case: Case) -> Iterator[Finding]:
    """M407: a percentage of at most 1, which looks like a fraction."""
    for project, report, value in _percentages(case):
        if 0 < value <= 1:
            yield rules.PERCENT_AS_FRACTION.finding(
                project=project.number,
                unit=report.unit,
                month=report.month,
                measure=report.measure,
                text=plain(value),
            )


RULES = (
    no_report_is_ahead,
    no_report_falls,
    no_report_exceeds_its_share,
    counted_things_are_whole,
    reports_come_from_those_with_a_part,
    percentages_stay_within_a_hundred,
    percentages_are_typed_in_points,
)
