"""What leaders look at of a project: its light, and how it stands against its plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ..period import month_end
from ..status import Light, NodeStatus, Schedule, Status
from .goals import Goal

if TYPE_CHECKING:
    from ..master import Settings

__all__ = ["light_of", "schedule_of"]


def light_of(
    status: Status, nodes: Sequence[NodeStatus], points: Decimal | None, settings: Settings
) -> Light:
    """The project's light. ``points`` is what it lacks of its plan, in hundredths of what must be reached in the year; None
    where there is nothing to divide, or to divide by: days alone count then."""
    if status is Status.MISSING:
        return Light.GREY
    if status is Status.OVERDUE:
        days = max((node.days_late or 0 for node in nodes), default=0)
        is_red = (points is not None and points >= settings.red_gap) or days >= settings.red_days
        return Light.RED if is_red else Light.YELLOW
    if status is not Status.DONE and any(node.status is Status.UNCONFIRMED for node in nodes):
        return Light.YELLOW
    return Light.BLUE if status is Status.NEAR else Light.GREEN


def schedule_of(
    status: Status, nodes: Sequence[NodeStatus], goals: Sequence[Goal], reached: Decimal, latest: date
) -> Schedule:
    """How a project with numeric nodes that is no level and not silent stands. ``reached`` is its actual, ``latest`` the
    end of the latest collected month."""
    if status is Status.OVERDUE:
        return Schedule.BEHIND
    last = goals[-1]
    node = nodes[last.index]
    if node.status is Status.DONE and node.reached_month is not None:
        if node.reached_late:
            return Schedule.DONE_LATE
        is_ahead = month_end(latest.year, node.reached_month) < last.due.replace(day=1)
        return Schedule.AHEAD if is_ahead else Schedule.ON_TIME
    following = next((goal for goal in goals if goal.due > latest), None)
    return Schedule.AHEAD if following is not None and reached >= following.amount else Schedule.ON_TIME
