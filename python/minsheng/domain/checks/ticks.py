"""完成情况 and 完成日期 of the nodes: M310 … M313."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue import master as rules
from ..finding import Finding
from ..lateness.goals import node_goal
from ..lateness.measures import actual, due_month, series_of
from ..part import Part
from ..project import Milestone, Project
from ..quantity import plain
from .case import Case

__all__ = ["RULES"]


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


RULES = (
    nothing_is_done_in_the_future,
    done_nodes_have_their_day,
    a_day_comes_with_its_tick,
    ticks_do_not_contradict_numbers,
)
