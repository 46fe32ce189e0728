"""What was reported: M4xx."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..catalogue import master as rules
from ..finding import Finding
from ..lateness.measures import due_month
from ..project import Project
from ..quantity import is_counted, plain
from .case import Case

__all__ = ["RULES"]


def _numbers(case: Case) -> Iterator[tuple[Project, str, int, Decimal]]:
    """(project, unit, month, value) of the first measure, by unit and month."""
    projects = {project.number: project for project in case.projects}
    for report in sorted(case.master.reports, key=lambda r: (r.project, r.unit, r.month)):
        if report.measure == 1 and report.value is not None and report.project in projects:
            yield projects[report.project], report.unit, report.month, report.value


def no_report_is_ahead(case: Case) -> Iterator[Finding]:
    limit = due_month(case.master.year, case.as_of)
    for project, unit, month, value in _numbers(case):
        if month > limit:
            yield rules.REPORT_FUTURE.finding(
                project=project.number,
                unit=unit,
                month=month,
                text=plain(value),
                as_of=case.as_of.isoformat(),
            )


def no_report_falls(case: Case) -> Iterator[Finding]:
    before: dict[tuple[int, str], tuple[int, Decimal]] = {}
    for project, unit, month, value in _numbers(case):
        earlier = before.get((project.number, unit))
        if earlier is not None and value < earlier[1] and not project.is_level:
            yield rules.REPORT_FALLS.finding(
                project=project.number, unit=unit, month=month, text=plain(value),
                before_month=earlier[0], before=plain(earlier[1]),
            )  # fmt: skip
        before[project.number, unit] = (month, value)


def no_report_exceeds_its_share(case: Case) -> Iterator[Finding]:
    for project, unit, month, value in _numbers(case):
        share = next((row.quantity for row in project.shares if row.unit == unit), None)
        if share is not None and value > share and not project.is_level:
            yield rules.REPORT_OVER.finding(
                project=project.number, unit=unit, month=month, text=plain(value), share=plain(share)
            )


def counted_things_are_whole(case: Case) -> Iterator[Finding]:
    for project, unit, month, value in _numbers(case):
        if is_counted(project.unit) and value % 1:
            yield rules.REPORT_FRACTION.finding(
                project=project.number, unit=unit, month=month, measured_in=project.unit, text=plain(value)
            )


def reports_come_from_those_with_a_part(case: Case) -> Iterator[Finding]:
    for project, unit, month, value in _numbers(case):
        is_history = project.stand_in is not None and unit == project.stand_in.unit
        if unit not in {row.unit for row in project.shares} and not is_history:
            yield rules.REPORT_NO_PART.finding(
                project=project.number, unit=unit, month=month, text=plain(value)
            )


RULES = (
    no_report_is_ahead,
    no_report_falls,
    no_report_exceeds_its_share,
    counted_things_are_whole,
    reports_come_from_those_with_a_part,
)
