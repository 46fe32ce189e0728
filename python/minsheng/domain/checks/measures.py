"""What is counted or measured: M109 and M110."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..catalogue import master as rules
from ..finding import Finding
from ..part import Part
from ..project import Project
from ..quantity import COUNTED_UNITS, MEASURED_UNITS, plain
from .case import Case
from .words import numbers_in

__all__ = ["RULES"]

#: Units of measure that can be told from other words behind a number, longer ones first.
_KNOWN = (*sorted((*MEASURED_UNITS, "万元", "亿元"), key=len, reverse=True), *sorted(COUNTED_UNITS))


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
    for number in numbers_in(text):
        if number.value != value:
            continue
        if number.after.startswith(unit):
            return None
        found = found or next((known for known in _KNOWN if number.after.startswith(known)), None)
    return found


RULES = (target_has_a_unit, words_use_the_unit)
