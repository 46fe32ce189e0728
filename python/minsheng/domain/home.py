"""What 首页 tells beside the judgement: the nodes that fall due next (下月到期节点), and which of the collected months each
unit sent in, and on time (报送率, 按时率)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from .asked import Asked
from .duties import duties_by_unit, recipients
from .lateness.measures import due_month, node_goal
from .period import Period
from .quantity import round_half_up

if TYPE_CHECKING:
    from .master import Master
    from .project import Milestone, Project
    from .record import Record
    from .status import Judgement, Status

__all__ = ["DueNode", "UnitRecord", "due_next", "horizon", "last_day_on_time", "unit_records"]


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
        for project in master.document.in_force
        for index, node in enumerate(project.milestones, start=1)
        if judgement.as_of < (deadline := master.due(node)) <= last
    ]
    return tuple(sorted(found, key=lambda due: (due.deadline, due.project.number)))


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """Of ``expected`` collected months that it was asked for a unit sent in ``sent``, ``on_time`` of them on time."""

    unit: str
    expected: int
    sent: int
    on_time: int

    @property
    def sent_rate(self) -> Decimal | None:
        """The part that it sent in, half up to 4 decimals; None where nothing was expected."""
        return _rate(self.sent, self.expected)

    @property
    def on_time_rate(self) -> Decimal | None:
        """The part that it sent in on time, likewise."""
        return _rate(self.on_time, self.expected)


def _rate(part: int, whole: int) -> Decimal | None:
    """A fraction, half up to 4 decimals; None of nothing."""
    return round_half_up(Decimal(part) / whole, 4) if whole else None


def last_day_on_time(period: Period, day_of_month: int) -> date:
    """The last day on which a file of ``period`` is on time: the set day of the month after, or that month's last day
    where it is shorter."""
    following = Period(period.year + period.month // 12, period.month % 12 + 1)
    return following.last_day.replace(day=max(1, min(day_of_month, following.last_day.day)))


def unit_records(master: Master, record: Record, as_of: date) -> tuple[UnitRecord, ...]:
    """A record for every unit that gets a 填报表, in the order of 设置, over the collected months not after ``as_of``'s that
    it was asked for. ``record`` is what 汇总记录 says.

    A month is *sent in* by a unit when its file of the month was merged or a number of its own stands in the master (as
    for 催报), and *on time* when its file was merged by the set day of the month after. A number typed by hand has no
    date: it counts as sent in, not as on time.
    """
    limit = due_month(master.year, as_of)
    collected = [month for month in master.collected_months() if month <= limit]
    asked = Asked(master, record)
    first: dict[tuple[str, Period], date] = {}
    for received in record.received:
        if received.day is not None:
            key = (received.file.unit, received.file.period)
            first[key] = min(received.day, first.get(key, received.day))
    records = []
    duties = duties_by_unit(master)
    for unit in recipients(master, duties):
        own, expected, sent, on_time = duties[unit.name], 0, 0, 0
        for month in collected:
            period = Period(master.year, month)
            merged = first.get((unit.name, period))
            has_reported = asked.has_reported(unit.name, own, month)
            expected += has_reported or asked.is_asked(unit.name, month)
            sent += has_reported
            last = last_day_on_time(period, master.settings.on_time_day)
            on_time += merged is not None and merged <= last
        records.append(UnitRecord(unit.name, expected, sent, on_time))
    return tuple(records)
