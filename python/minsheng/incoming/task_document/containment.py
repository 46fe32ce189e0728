"""Projects that may be part of another: equal numbers unit by unit, and a title that only says a little more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.catalogue import document as rules
from ...domain.document import Containment
from .clauses import bare_words

if TYPE_CHECKING:
    from ...domain.finding import Finding
    from ...domain.project import Project

__all__ = ["propose_containments"]

#: How many of the inner project's units must have the outer one's very number, in tenths.
_EQUAL_TENTHS = 8


def propose_containments(projects: tuple[Project, ...]) -> tuple[tuple[Containment, ...], list[Finding]]:
    """Pairs that the clerk should look at: the inner title holds the outer one's words in order and a qualifier more
    ("新建农村…充电桩" and "新建…充电桩"), in the same unit, and nearly all its units have the same number in both."""
    found: list[Containment] = []
    findings: list[Finding] = []
    shared_out = [
        (project, bare_words(project.title)) for project in projects if len(project.allocations) > 1
    ]
    for inner, more in shared_out:
        for outer, less in shared_out:
            if inner.unit == outer.unit and _holds_in_order(more, less) and _numbers_equal(inner, outer):
                found.append(Containment(inner.number, outer.number))
                findings.append(
                    rules.CONTAINMENT.finding(
                        project=inner.number, outer=outer.number, original=inner.title, reading=outer.title
                    )
                )
    return tuple(found), findings


def _holds_in_order(more: str, less: str) -> bool:
    """Whether a wording is another one with something put in."""
    if not less or len(more) <= len(less):
        return False
    rest = iter(more)
    return all(letter in rest for letter in less)


def _numbers_equal(inner: Project, outer: Project) -> bool:
    inside = {row.unit: row.quantity for row in inner.allocations if row.quantity}
    around = {row.unit: row.quantity for row in outer.allocations if row.quantity}
    if len(inside) < 2 or not inside.keys() <= around.keys():
        return False
    if inner.goal is None or outer.goal is None or inner.goal > outer.goal:
        return False
    equal = sum(1 for unit, quantity in inside.items() if around[unit] == quantity)
    return equal * 10 >= len(inside) * _EQUAL_TENTHS
