"""The 进度安排, its changed deadlines and what is ticked: M3xx."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from ..catalogue import master as rules
from ..finding import Finding, Part
from ..lateness.measures import actual, due_month, node_goal, series_of
from ..period import month_end
from ..project import Milestone, Project
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
    for project, index, node in _nodes(case):
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


def nothing_is_done_in_the_future(case: Case) -> Iterator[Finding]:
    """M310: a tick whose day is after 截至日期."""
    for project, index, node in _nodes(case):
        if node.done and node.done_on is not None and node.done_on > case.as_of:
            yield rules.TICK_FUTURE.finding(
                project=project.number,
                node=index,
                part=Part.NODE_DONE_ON,
                text=node.phrase,
                done_on=node.done_on.isoformat(),
                as_of=case.as_of.isoformat(),
            )


def done_nodes_have_their_day(case: Case) -> Iterator[Finding]:
    """Told once a project: the day is good to have, not needed."""
    for project in case.projects:
        undated = [
            node.phrase
            for index, node in enumerate(project.milestones)
            if node.done and node.done_on is None and not project.is_numeric(index)
        ]
        if undated:
            yield rules.TICK_UNDATED.finding(
                project=project.number, part=Part.NODE_DONE_ON, text="、".join(undated)
            )


def a_day_comes_with_its_tick(case: Case) -> Iterator[Finding]:
    """M312: a day of completion without the tick 已完成."""
    for project, index, node in _nodes(case):
        if node.done_on is not None and not node.done and not project.is_numeric(index - 1):
            yield rules.DATE_WITHOUT_TICK.finding(
                project=project.number,
                node=index,
                part=Part.NODE_DONE,
                text=node.phrase,
                done_on=node.done_on.isoformat(),
                stands="是空的" if node.done is None else "选的是“未完成”",
            )


def ticks_do_not_contradict_numbers(case: Case) -> Iterator[Finding]:
    """A node with a number of its own is judged by it: a tick says nothing there, and misleads where they differ."""
    series, limit = series_of(case.master), due_month(case.year, case.as_of)
    for project, index, node in _nodes(case):
        goal = node_goal(project, index - 1)
        if not node.done or goal is None:
            continue
        reached = actual(project, series, limit)
        if reached < goal:
            yield rules.TICK_AGAINST_NUMBER.finding(
                project=project.number,
                node=index,
                part=Part.NODE_DONE,
                text=node.phrase,
                actual=plain(reached),
                goal=plain(goal),
            )


def _nodes(case: Case) -> Iterator[tuple[Project, int, Milestone]]:
    """(project, index from 1, node) of every node."""
    for project in case.projects:
        for index, node in enumerate(project.milestones, start=1):
            yield project, index, node


def _adjusted_nodes(case: Case) -> Iterator[tuple[Project, int, Milestone, date, date]]:
    """(project, index from 1, node, adjusted deadline, original one) of every node whose deadline was changed."""
    for project, index, node in _nodes(case):
        if node.adjusted_to is not None:
            yield project, index, node, node.adjusted_to, month_end(case.year, node.last_month)


RULES = (
    nodes_are_in_order,
    plans_never_fall,
    months_are_covered,
    ticks_are_of_this_year,
    adjusted_deadline_is_approved,
    adjusted_deadlines_are_listed,
    adjusted_deadline_is_this_year,
    adjusted_deadline_is_not_earlier,
    nothing_is_done_in_the_future,
    done_nodes_have_their_day,
    a_day_comes_with_its_tick,
    ticks_do_not_contradict_numbers,
)
