"""The 进度安排: M3xx."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ..catalogue import master as rules
from ..finding import Finding
from ..part import Part
from ..quantity import plain
from .case import Case

__all__ = ["RULES"]


def nodes_are_in_order(case: Case) -> Iterator[Finding]:
    """M301: a node that ends before the one above it."""
    for project in case.projects:
        for index, (before, node) in enumerate(pairwise(project.milestones), start=2):
            if node.last_month < before.last_month:
                yield rules.NODE_ORDER.finding(
                    project=project.number, node=index, part=Part.NODE_TIME, text=node.phrase
                )


def plans_never_fall(case: Case) -> Iterator[Finding]:
    """M302: a cumulative plan below the one before."""
    for project in case.projects:
        before: Decimal | None = None
        for index, node in enumerate(project.milestones, start=1):
            if node.cumulative is None:
                continue
            if before is not None and node.cumulative < before:
                yield rules.NODE_FALLS.finding(
                    project=project.number,
                    node=index,
                    part=Part.NODE_PLAN,
                    text=node.phrase,
                    value=plain(node.cumulative),
                    before=plain(before),
                )
            before = node.cumulative


def months_are_covered(case: Case) -> Iterator[Finding]:
    """Months between the first and the last node that no node speaks of."""
    for project in case.projects:
        nodes = project.milestones
        # Two doses months apart are two appointments, not a schedule with a hole.
        if project.repeats() or not nodes:
            continue
        covered = {month for node in nodes for month in range(node.first_month, node.last_month + 1)}
        missing = [month for month in range(min(covered), max(covered)) if month not in covered]
        if missing:
            yield rules.NODE_GAP.finding(
                project=project.number,
                part=Part.NODE_TIME,
                months="、".join(f"{month}月" for month in missing),
            )


def ticks_are_of_this_year(case: Case) -> Iterator[Finding]:
    """Days after 截至日期 are another rule's."""
    for project in case.projects:
        for index, node in enumerate(project.milestones, start=1):
            day = node.done_on
            if day is not None and day.year != case.year and day <= case.as_of:
                yield rules.TICK_OTHER_YEAR.finding(
                    project=project.number,
                    node=index,
                    part=Part.NODE_DONE_ON,
                    text=node.phrase,
                    done_on=day.isoformat(),
                    year=case.year,
                )


RULES = (nodes_are_in_order, plans_never_fall, months_are_covered, ticks_are_of_this_year)
