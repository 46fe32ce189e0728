"""What is planned: the goals of a project's numeric nodes, and the pace that they set its units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from typing import TYPE_CHECKING

from ..period import month_end

if TYPE_CHECKING:
    from ..master import Master
    from ..project import Allocation, Project

__all__ = ["Goal", "gap", "goals_of", "node_goal", "pace", "pace_by", "planned"]


@dataclass(frozen=True, slots=True)
class Goal:
    """A numeric node: ``amount`` of the project's own measure must be reached by ``due``. ``index`` from 0."""

    index: int
    due: date
    amount: Decimal


def goals_of(master: Master, project: Project) -> tuple[Goal, ...]:
    """The goals of the project's numeric nodes, in the document's order."""
    return tuple(
        Goal(index, master.due(node), amount)
        for index, node in enumerate(project.milestones)
        if (amount := node_goal(project, index)) is not None
    )


def node_goal(project: Project, index: int) -> Decimal | None:
    """What numeric node ``index`` (from 0) asks for: its cumulative, capped by an adjusted target, which the last one
    asks for itself. None where the node is judged by its tick."""
    cumulative = project.milestones[index].cumulative
    if cumulative is None or not project.is_numeric(index):
        return None
    if project.adjusted_target is None:
        return cumulative
    is_last = not any(project.is_numeric(later) for later in range(index + 1, len(project.milestones)))
    return project.adjusted_target if is_last else min(cumulative, project.adjusted_target)


def planned(goals: Sequence[Goal], as_of: date) -> Decimal:
    """The largest goal that is due, 0 before the first."""
    return max((goal.amount for goal in goals if goal.due <= as_of), default=Decimal(0))


def pace(project: Project, share: Allocation, goals: Sequence[Goal], year: int, month: int) -> Decimal:
    """What the unit should have reached by the end of ``month``."""
    return pace_by(project, share, goals, month_end(year, month))


def pace_by(project: Project, share: Allocation, goals: Sequence[Goal], day: date) -> Decimal:
    """The unit's share of the last numeric node due by ``day``, rounded down as the project's measure is told apart; 0
    without a share or anything to divide by."""
    whole = _whole(project)
    due = [goal.amount for goal in goals if goal.due <= day]
    if not due or not whole or share.quantity is None:
        return Decimal(0)
    return (share.quantity * due[-1] / whole).quantize(project.step, ROUND_DOWN)


def _whole(project: Project) -> Decimal | None:
    """What the shares add up to: the adjusted target where they were cut anew for it, else the original."""
    if project.adjusted_target is not None and project.adjusted_target == sum(
        (share.quantity for share in project.shares if share.quantity is not None), Decimal(0)
    ):
        return project.adjusted_target
    return project.target.value if project.target else None


def gap(project: Project, lacking: Decimal) -> Decimal:
    """What is lacking, as it is said: whole, rounded up, where counted, so that it is never 0."""
    return lacking.quantize(Decimal(1), ROUND_UP) if project.is_counted else lacking
