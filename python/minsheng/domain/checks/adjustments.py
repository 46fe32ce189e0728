"""Changed targets and deadlines: approved, plausible, and listed with 原定, 调整 and 批准."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..catalogue import master as rules
from ..finding import Finding
from ..part import Part
from ..period import month_end
from ..project import Milestone, Project
from ..quantity import Quantity, plain
from .case import Case

__all__ = ["RULES"]


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


def adjusted_deadline_is_approved(case: Case) -> Iterator[Finding]:
    """M305: a changed deadline without its approval."""
    for project, index, node, adjusted, _ in _adjusted_nodes(case):
        if not node.note:
            yield rules.DEADLINE_UNAPPROVED.finding(
                project=project.number, node=index, part=Part.NODE_REMARK, text=adjusted.isoformat()
            )


def adjusted_deadlines_are_listed(case: Case) -> Iterator[Finding]:
    """M307: every approved change of a deadline, with the original."""
    for project, index, node, adjusted, original in _adjusted_nodes(case):
        if node.note:
            yield rules.DEADLINE_ADJUSTED.finding(
                project=project.number,
                node=index,
                part=Part.NODE_ADJUSTED,
                original=original.isoformat(),
                text=adjusted.isoformat(),
                approval=node.note,
            )


def adjusted_deadline_is_this_year(case: Case) -> Iterator[Finding]:
    """M308: a changed deadline in another year."""
    for project, index, _, adjusted, _ in _adjusted_nodes(case):
        if adjusted.year != case.year:
            yield rules.DEADLINE_OTHER_YEAR.finding(
                project=project.number,
                node=index,
                part=Part.NODE_ADJUSTED,
                text=adjusted.isoformat(),
                year=case.year,
            )


def adjusted_deadline_is_not_earlier(case: Case) -> Iterator[Finding]:
    """M309: a changed deadline before the original one."""
    for project, index, _, adjusted, original in _adjusted_nodes(case):
        if adjusted < original:
            yield rules.DEADLINE_EARLIER.finding(
                project=project.number,
                node=index,
                part=Part.NODE_ADJUSTED,
                text=adjusted.isoformat(),
                original=original.isoformat(),
            )


def _adjusted_nodes(case: Case) -> Iterator[tuple[Project, int, Milestone, date, date]]:
    """(project, index from 1, node, adjusted deadline, original one) of every node whose deadline was changed."""
    for project in case.projects:
        for index, node in enumerate(project.milestones, start=1):
            if node.adjusted_to is not None:
                yield project, index, node, node.adjusted_to, month_end(case.year, node.last_month)


RULES = (
    adjusted_target_is_approved,
    adjusted_targets_are_listed,
    adjusted_deadline_is_approved,
    adjusted_deadlines_are_listed,
    adjusted_deadline_is_this_year,
    adjusted_deadline_is_not_earlier,
)
