"""Targets, tables and units of measure: M1xx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ...cells.labels import stripped
from ...cells.numbers import SCALES
from ..catalogue import master as rules
from ..finding import Finding, Part
from ..project import Project
from ..quantity import COUNTED_UNITS, MEASURED_UNITS, PERCENT, Quantity, plain
from .case import Case

__all__ = ["RULES"]

#: Units of measure that can be told from other words behind a number, longer ones first.
_KNOWN = (*sorted((*MEASURED_UNITS, "万元", "亿元"), key=len, reverse=True), *sorted(COUNTED_UNITS))
_NUMBER = re.compile(r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?", re.ASCII)
_LONGEST_FIRST = sorted(filter(None, SCALES), key=len, reverse=True)


def sum_is_total(case: Case) -> Iterator[Finding]:
    """M101, M114: shares that add up neither to the printed 合计 nor, cut anew, to the adjusted target; percentages and unsettled
    tables are not added."""
    for project in case.projects:
        known = [row.quantity for row in project.allocations if row.quantity is not None]
        total = project.allocation_total
        if project.stand_in is not None or not project.allocations or total is None:
            continue
        if project.unit == PERCENT:
            continue  # percentages are not added up
        found, adjusted = sum(known, Decimal(0)), project.adjusted_target
        if adjusted is not None and adjusted != total and found == total:
            yield rules.SHARES_NOT_CUT_ANEW.finding(
                project=project.number, part=Part.TOTAL, target=plain(adjusted), total=plain(total)
            )
        if found not in (total, adjusted):
            yield rules.SUM.finding(
                project=project.number,
                part=Part.TOTAL,
                sum=plain(found),
                total=plain(total),
                gap=plain(abs(found - total)),
            )


def total_is_target(case: Case) -> Iterator[Finding]:
    """M102: a printed 合计 that is not the target: neither the one of before nor the adjusted one, whose table it may be."""
    for project in case.projects:
        total, target = project.allocation_total, project.target
        if total is not None and target is not None and total not in (target.value, project.adjusted_target):
            yield rules.TOTAL_TARGET.finding(
                project=project.number, part=Part.TARGET, total=plain(total), target=plain(target.value)
            )


def last_node_is_target(case: Case) -> Iterator[Finding]:
    """M103: a last numeric node that is not the target, of before or adjusted (a document that adjusts it prints the new one
    everywhere)."""
    for project in case.projects:
        last, target = _last_number(project), project.target
        if last is not None and target is not None and last not in (target.value, project.adjusted_target):
            yield rules.LAST_NODE.finding(
                project=project.number, part=Part.TARGET, last=plain(last), target=plain(target.value)
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


def adjusted_target_is_approved(case: Case) -> Iterator[Finding]:
    """M106: a changed target without its approval."""
    for project in case.projects:
        if project.adjusted_target is not None and not project.adjustment_note:
            yield rules.TARGET_UNAPPROVED.finding(
                project=project.number, part=Part.ADJUSTMENT_NOTE, text=plain(project.adjusted_target)
            )


def adjusted_targets_are_listed(case: Case) -> Iterator[Finding]:
    """M107: every approved change of a target, with the original."""
    for project in case.projects:
        if project.adjusted_target is not None and project.adjustment_note:
            yield rules.TARGET_ADJUSTED.finding(
                project=project.number,
                part=Part.ADJUSTED_TARGET,
                target="无" if project.target is None else str(project.target),
                text=str(Quantity(project.adjusted_target, project.unit)),
                approval=project.adjustment_note,
            )


def title_says_the_target(case: Case) -> Iterator[Finding]:
    """The title has numbers, the target is none of them, and yet one of them is the project's own: it stands before the
    unit of measure, or is the table's 合计 or the last node."""
    for project in case.projects:
        target = project.target
        if target is None:
            continue
        numbers = list(_numbers_in(project.title))
        if any(number.value in (target.value, project.adjusted_target) for number in numbers):
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


def target_has_a_unit(case: Case) -> Iterator[Finding]:
    """M109: a target in no unit of measure."""
    for project in case.projects:
        if project.target is not None and not project.target.unit:
            yield rules.MEASURE_MISSING.finding(
                project=project.number, part=Part.MEASURE, target=plain(project.target.value)
            )


def words_use_the_unit(case: Case) -> Iterator[Finding]:
    """The target in the title, or a node's cumulative in its text, stands before another unit: told once a project."""
    for project in case.projects:
        for text, value in _texts(project):
            other = _other_unit(text, value, project.unit)
            if other is not None:
                yield rules.MEASURE_DIFFERS.finding(
                    project=project.number,
                    part=Part.MEASURE,
                    measured_in=project.unit,
                    text=text,
                    stands=other,
                )
                break


def _texts(project: Project) -> Iterator[tuple[str, Decimal]]:
    if project.target is None or not project.unit:
        return
    yield project.title, project.target.value
    for node in project.milestones:
        if node.cumulative is not None:
            yield node.text, node.cumulative


def _other_unit(text: str, value: Decimal, unit: str) -> str | None:
    """The unit behind ``value`` in ``text``; None where it is ``unit``, or no unit that is known."""
    found = None
    for number in _numbers_in(text):
        if number.value != value:
            continue
        if number.after.startswith(unit):
            return None
        found = found or next((known for known in _KNOWN if number.after.startswith(known)), None)
    return found


@dataclass(frozen=True, slots=True)
class _WrittenNumber:
    """A number as written (``text``: 6.16万), its value (61600) and the words ``after`` it."""

    text: str
    value: Decimal
    after: str


def _numbers_in(text: str) -> Iterator[_WrittenNumber]:
    """Every reading of every number: "500万元" is 500 followed by 万元, and 5000000 followed by 元."""
    words = stripped(text)
    for match in _NUMBER.finditer(words):
        value = Decimal(match["digits"].replace(",", "") + (match["decimals"] or ""))
        after = words[match.end() :].lstrip()
        yield _WrittenNumber(match[0], value, after)
        scale = next((scale for scale in _LONGEST_FIRST if after.startswith(scale)), None)
        if scale is not None:
            yield _WrittenNumber(
                f"{match[0]}{scale}", value * SCALES[scale], after.removeprefix(scale).lstrip()
            )


def cancelled_is_approved(case: Case) -> Iterator[Finding]:
    """M112: a cancelled project without its approval."""
    for project in case.master.document.projects:
        if project.cancelled and not project.adjustment_note:
            yield rules.CANCELLED_UNAPPROVED.finding(project=project.number, part=Part.ADJUSTMENT_NOTE)


def cancelled_are_listed(case: Case) -> Iterator[Finding]:
    """M113: every cancelled project, with its approval."""
    for project in case.master.document.projects:
        if project.cancelled and project.adjustment_note:
            yield rules.CANCELLED.finding(
                project=project.number, part=Part.STANDING, approval=project.adjustment_note
            )


RULES = (
    sum_is_total,
    total_is_target,
    last_node_is_target,
    table_is_settled,
    shares_are_whole,
    adjusted_target_is_approved,
    adjusted_targets_are_listed,
    cancelled_is_approved,
    cancelled_are_listed,
    title_says_the_target,
    target_has_a_unit,
    words_use_the_unit,
)
