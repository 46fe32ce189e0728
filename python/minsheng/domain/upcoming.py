"""下月到期节点: what falls due after the day in use and by the end of the month after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .lateness.measures import node_goal
from .period import Period

if TYPE_CHECKING:
    from decimal import Decimal

    from .master import Master
    from .project import Milestone, Project
    from .status import Judgement, Status

__all__ = ["DueNode", "due_next", "horizon"]


@dataclass(frozen=True, slots=True)
class DueNode:
    """A node with its project, what it asks for (None without a number), the day it falls due, and its status on the day
    in use."""

    project: Project
    node: Milestone
    goal: Decimal | None
    deadline: date
    status: Status


def horizon(as_of: date) -> date:
    """The last day of the month after ``as_of``'s."""
    following = (as_of.replace(day=1) + timedelta(days=32)).replace(day=1)
    return Period(following.year, following.month).last_day


def due_next(master: Master, judgement: Judgement) -> tuple[DueNode, ...]:
    """The nodes with ``as_of`` < deadline ≤ horizon, adjusted deadlines counting, by deadline, then project; those that
    are done already are listed too and say so."""
    statuses = {(node.project, node.index): node.status for node in judgement.nodes}
    last = horizon(judgement.as_of)
    found = [
        DueNode(
            project,
            node,
            node_goal(project, index - 1) or node.cumulative,
            deadline,
            statuses[project.number, index],
        )
        for project in master.document.projects
        for index, node in enumerate(project.milestones, start=1)
        if judgement.as_of < (deadline := master.due(node)) <= last
    ]
    return tuple(sorted(found, key=lambda due: (due.deadline, due.project.number)))
