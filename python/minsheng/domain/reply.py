"""反馈: what each unit is told of its file of a month, and how it stands on what it has to do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from .asked import Asked
from .catalogue import submission as rules
from .duties import duties_by_unit, node_duties, recipients
from .lateness.judge import judge
from .lateness.measures import gap, goals_of, last_report, numbers_of, pace_by
from .open_refusals import open_refusals
from .quantity import round_half_up
from .status import Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from .duties import NodeDuty, ReportDuty
    from .master import Master
    from .open_refusals import OpenRefusal
    from .period import Period
    from .project import Project, ReportingUnit
    from .record import Received, Record
    from .refusal import Refusal
    from .status import Judgement, NodeStatus

__all__ = ["FileState", "Line", "NextNode", "NodeLine", "Replies", "Reply", "replies"]

#: Refused words leave the number of their row alone.
_OF_WORDS: Final = rules.WORDS_LOST.code


class FileState(StrEnum):
    """What became of a unit's file of a month."""

    TAKEN = "已收"
    TYPED = "已登记"  # no file; the county typed its numbers, after a telephone call perhaps
    REFUSED = "退回"  # it sent something, and nothing of it could be taken in
    MISSING = "未报"
    NOT_ASKED = "没有要求"  # nor did anything come


@dataclass(frozen=True, slots=True)
class NextNode:
    """What the unit has to reach next: by ``due``, ``amount`` of its own; None where the node has no number."""

    text: str
    due: date
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """How a unit stands on one number that it reports, at the end of the month.

    ``value`` is the month's number in the master, ``by_hand`` whether somebody typed it there; ``is_refused`` whether the
    unit's own was refused. ``total`` is the latest number up to the month, of ``total_month``; ``rate`` a fraction half up
    to 4 decimals; ``pace`` what should be reached, ``gap`` what lacks of it (0 where nothing does). All three are None for
    a second measure, which is not judged.
    """

    duty: ReportDuty
    value: Decimal | None
    by_hand: bool
    is_refused: bool
    total: Decimal | None
    total_month: int | None
    rate: Decimal | None
    pace: Decimal | None
    gap: Decimal | None
    status: Status | None
    next_node: NextNode | None

    @property
    def is_blank(self) -> bool:
        """Whether a number is still to come."""
        return self.value is None and not self.is_refused and self.status is not Status.DONE


@dataclass(frozen=True, slots=True)
class NodeLine:
    """How a node stands that the unit ticks."""

    duty: NodeDuty
    due: date
    status: NodeStatus


@dataclass(frozen=True, slots=True)
class Reply:
    """``state`` is that of the month itself, ``earlier`` of the months asked for before it; ``received`` are the files that
    were taken in, oldest first; ``refusals`` what was refused and has not been made good."""

    unit: ReportingUnit
    state: FileState
    received: tuple[Received, ...]
    lines: tuple[Line, ...]
    nodes: tuple[NodeLine, ...]
    refusals: tuple[Refusal, ...]
    earlier: tuple[tuple[int, FileState], ...]

    @property
    def taken(self) -> tuple[Line, ...]:
        """The numbers of the month that came from its files."""
        return tuple(line for line in self.lines if line.value is not None and not line.by_hand)

    @property
    def blank(self) -> tuple[Line, ...]:
        """The numbers of the month that nobody has given, and that were not refused; who has done its part owes none."""
        return tuple(line for line in self.lines if line.is_blank)

    @property
    def missing_months(self) -> tuple[int, ...]:
        """The months before of which nothing came."""
        return tuple(month for month, state in self.earlier if state is FileState.MISSING)

    @property
    def refused_months(self) -> tuple[int, ...]:
        """The months before of which what came was refused."""
        return tuple(month for month, state in self.earlier if state is FileState.REFUSED)


@dataclass(frozen=True, slots=True)
class Replies:
    """``replies`` in the order of the document; ``unknown`` are refused files of the month that nobody can be told of;
    ``not_asked`` names the units that have nothing to report, and get no reply."""

    period: Period
    replies: tuple[Reply, ...]
    unknown: tuple[OpenRefusal, ...]
    not_asked: tuple[str, ...]


def replies(master: Master, period: Period, record: Record) -> Replies:
    """A reply for every unit that gets a 填报表. ``record`` is what the standing merges did."""
    refusals = open_refusals(master, record)
    duties = duties_by_unit(master, period.month)
    units = recipients(master, duties, period.month)
    desk = _Desk(master, period, record, refusals)
    carried = {duty.unit for own in duties.values() for duty in own}
    told = {unit.name for unit in units} | carried
    return Replies(
        period,
        tuple(desk.reply(unit, duties[unit.name]) for unit in units),
        tuple(refusal for refusal in refusals if refusal.unit is None and refusal.month == period.month),
        tuple(unit.name for unit in master.document.units if unit.name not in told),
    )


class _Desk:
    """What the replies of a month share."""

    def __init__(
        self, master: Master, period: Period, record: Record, refusals: Sequence[OpenRefusal]
    ) -> None:
        self.master, self.period, self.record, self.refusals = master, period, record, refusals
        self.asked = Asked(master, record)
        self.judgement: Judgement = judge(master, period.last_day)
        self.nodes = {(node.project, node.index): node for node in self.judgement.nodes}
        self.cells = {
            (cell.project, cell.unit): cell.status
            for cell in sorted(self.judgement.cells, key=lambda cell: cell.month)
        }
        projects = master.document.in_force
        self.goals = {project.number: goals_of(master, project) for project in projects}
        self.shares = {
            (project.number, share.unit): share for project in projects for share in project.shares
        }
        self.series = numbers_of(master, period.month)

    def reply(self, unit: ReportingUnit, duties: Sequence[ReportDuty]) -> Reply:
        month = self.period.month
        own = [refusal for refusal in self.refusals if refusal.unit == unit.name]
        refused = tuple(refusal.what for refusal in own if refusal.month == month)
        return Reply(
            unit,
            self._state(unit.name, duties, month, own),
            tuple(
                received
                for received in self.record.received
                if (received.file.unit, received.file.period) == (unit.name, self.period)
            ),
            tuple(self._line(duty, refused) for duty in duties),
            tuple(self._node(duty) for duty in node_duties(self.master, unit)),
            refused,
            tuple(
                (earlier, self._state(unit.name, duties, earlier, own))
                for earlier in self.asked.months(unit.name, month)
                if earlier < month
            ),
        )

    def _state(
        self, unit: str, duties: Sequence[ReportDuty], month: int, refusals: Sequence[OpenRefusal]
    ) -> FileState:
        if self.asked.has_sent(unit, month):
            return FileState.TAKEN
        if self.asked.has_number(duties, month):
            return FileState.TYPED
        if any(refusal.month == month and refusal.what.is_of_file for refusal in refusals):
            return FileState.REFUSED
        return FileState.MISSING if self.asked.is_asked(unit, month) else FileState.NOT_ASKED

    def _line(self, duty: ReportDuty, refused: Sequence[Refusal]) -> Line:
        month = self.period.month
        series = self.series.get(duty.key, {})
        value = series.get(month)
        until = max((earlier for earlier in series if earlier <= month), default=None)
        total = last_report(series, month)
        rate = round_half_up(total / duty.share, 4) if total is not None and duty.share else None
        pace = self._pace(duty, self.period.last_day) if duty.measure == 1 else None
        lacking = None if pace is None else max(pace - (total or Decimal(0)), Decimal(0))
        return Line(
            duty,
            value,
            value is not None and self.record.written.get((duty.key.month(month), "value")) != value,
            any(_is_of(refusal, duty) for refusal in refused),
            total,
            until,
            rate,
            pace,
            None if lacking is None else gap(duty.project, lacking),
            self.cells.get((duty.project.number, duty.unit)) if duty.measure == 1 else None,
            self._next(duty, total) if duty.measure == 1 else None,
        )

    def _pace(self, duty: ReportDuty, day: date) -> Decimal:
        number = duty.project.number
        return pace_by(duty.project, self.shares[number, duty.unit], self.goals[number], day)

    def _next(self, duty: ReportDuty, total: Decimal | None) -> NextNode | None:
        """The first node to come that asks for more than there is; a unit that has done its part has none, and one whose
        project has no numbers to come the next thing to be done."""
        if total is not None and total >= duty.share and not duty.is_level:
            return None
        project, today = duty.project, self.period.last_day
        for goal in sorted(self.goals[project.number], key=lambda goal: goal.due):
            if goal.due <= today:
                continue
            amount = self._pace(duty, goal.due)
            if total is None or amount > total:
                return NextNode(project.milestones[goal.index].text, goal.due, amount)
        return self._next_tick(project)

    def _next_tick(self, project: Project) -> NextNode | None:
        waiting = [
            NextNode(node.text, due, None)
            for index, node in enumerate(project.milestones)
            if not project.is_numeric(index)
            and (due := self.master.due(node)) > self.period.last_day
            and self.nodes[project.number, index + 1].status is not Status.DONE
        ]
        return min(waiting, key=lambda node: node.due, default=None)

    def _node(self, duty: NodeDuty) -> NodeLine:
        return NodeLine(duty, self.master.due(duty.node), self.nodes[duty.project.number, duty.index])


def _is_of(refusal: Refusal, duty: ReportDuty) -> bool:
    """Whether a refusal is of the duty's own row."""
    if refusal.is_of_file or refusal.code == _OF_WORDS:
        return False
    row = (refusal.project, refusal.measure, refusal.unit)
    return row == (duty.project.number, duty.measure, duty.unit)
