"""Sums, totals and targets: M1xx."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..catalogue import master as rules
from ..finding import Finding
from ..part import Part
from ..project import Project
from ..quantity import PERCENT, plain
from .case import Case
from .words import numbers_in

__all__ = ["RULES"]


def sum_is_total(case: Case) -> Iterator[Finding]:
    """M101: shares that do not add up to the printed 合计; percentages and unsettled tables are not added."""
    for project in case.projects:
        known = [row.quantity for row in project.allocations if row.quantity is not None]
        total = project.allocation_total
        if project.stand_in is not None or not project.allocations or total is None:
            continue
        if project.unit == PERCENT:
            continue  # percentages are not added up
        found = sum(known, Decimal(0))
        if found != total:
            yield rules.SUM.finding(
                project=project.number,
                part=Part.TOTAL,
                sum=plain(found),
                total=plain(total),
                gap=plain(abs(found - total)),
            )


def total_is_target(case: Case) -> Iterator[Finding]:
    """M102: a printed 合计 that is not the target."""
    for project in case.projects:
        total, target = project.allocation_total, project.target
        if total is not None and target is not None and total != target.value:
            yield rules.TOTAL_TARGET.finding(
                project=project.number, part=Part.TARGET, total=plain(total), target=plain(target.value)
            )


def last_node_is_target(case: Case) -> Iterator[Finding]:
    """M103: a last numeric node that is not the target."""
    for project in case.projects:
        last = _last_number(project)
        if last is not None and project.target is not None and last != project.target.value:
            yield rules.LAST_NODE.finding(
                project=project.number, part=Part.TARGET, last=plain(last), target=plain(project.target.value)
            )


def _last_number(project: Project) -> Decimal | None:
    numbers = [node.cumulative for index, node in enumerate(project.milestones) if project.is_numeric(index)]
    return numbers[-1] if numbers else None


def table_is_settled(case: Case) -> Iterator[Finding]:
    """M104: a table that did not line up and is not filled in yet."""
    for project in case.projects:
        if project.stand_in is not None and not project.is_settled:
            total = project.stand_in.quantity
            yield rules.UNSETTLED.finding(
                project=project.number,
                unit=project.stand_in.unit,
                part=Part.SHARE,
                total="" if total is None else plain(total),
            )


def shares_are_whole(case: Case) -> Iterator[Finding]:
    """M105: a fraction of what is counted in pieces."""
    for project in case.projects:
        if not project.is_counted:
            continue
        for row in project.allocations:
            if row.quantity is not None and row.quantity % 1:
                yield rules.SHARE_FRACTION.finding(
                    project=project.number,
                    unit=row.unit,
                    part=Part.SHARE,
                    measured_in=project.unit,
                    text=plain(row.quantity),
                )


def title_says_the_target(case: Case) -> Iterator[Finding]:
    """The title has numbers, the target is none of them, and yet one of them is the project's own: it stands before the
    unit of measure, or is the table's 合计 or the last node."""
    for project in case.projects:
        target = project.target
        if target is None:
            continue
        numbers = list(numbers_in(project.title))
        if any(number.value == target.value for number in numbers):
            continue
        others = {project.allocation_total, _last_number(project)} - {None}
        own = [
            number
            for number in numbers
            if number.value in others or (target.unit and number.after.startswith(target.unit))
        ]
        if own:
            yield rules.TITLE_TARGET.finding(
                project=project.number, part=Part.TARGET, target=str(target), text=own[0].text
            )


RULES = (
    sum_is_total,
    total_is_target,
    last_node_is_target,
    table_is_settled,
    shares_are_whole,
    title_says_the_target,
)
