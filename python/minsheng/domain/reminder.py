"""催报: whose 填报表 of a month has not come, and for the how-manieth month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .asked import Asked
from .duties import ReportDuty, duties_by_unit, recipients
from .form_file import form_names
from .master import Master
from .open_refusals import OpenRefusal
from .period import Cycle, Period
from .project import ReportingUnit
from .record import Record
from .refusal import Refusal

__all__ = ["LateUnit", "Reminder", "reminder"]


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit whose file of the month is missing. ``months`` are the months of the year that it owes, in order, this one
    the last; ``in_a_row`` of them come one after the other up to this one. ``carries`` are the joint units whose rows
    stand in its file; ``labels`` the 序号 that it reports; ``form`` is what its file is called. ``refused`` are the files of
    the month that it sent and that could not be taken in: then it is late, but not silent."""

    unit: ReportingUnit
    form: str
    months: tuple[int, ...]
    in_a_row: int
    labels: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    cycle: Cycle = Cycle.MONTH

    @property
    def lateness(self) -> str:
        """``首次未报``, ``今年第2次未报``, ``连续第3个月未报``."""
        if self.in_a_row > 1:
            each = "个月" if self.cycle is Cycle.MONTH else "期"
            return f"连续第{self.in_a_row}{each}未报"
        return "首次未报" if len(self.months) == 1 else f"今年第{len(self.months)}次未报"


@dataclass(frozen=True, slots=True)
class Reminder:
    """``late`` and ``blank`` (units whose file came with no number in it) in the order of the document; ``expected``
    counts the files of the month that were asked for or came."""

    period: Period
    expected: int
    late: tuple[LateUnit, ...]
    blank: tuple[ReportingUnit, ...] = ()


def reminder(
    master: Master,
    period: Period,
    record: Record,
    refusals: Sequence[OpenRefusal] = (),
) -> Reminder:
    """Who is to be reminded of ``period``. ``record`` is what 汇总记录 says; ``refusals``: what was refused and has not been
    made good. Only who was asked can be late (see Asked).
    """
    asked, cycle = Asked(master, record), master.settings.cycle
    expected = 0
    late: list[LateUnit] = []
    blank: list[ReportingUnit] = []
    units = recipients(master, month=period.month)
    forms = form_names(units, period)
    duties = duties_by_unit(master, period.month)
    for unit in units:
        own = duties[unit.name]
        owed = asked.owed(unit.name, own, period.month)
        has_reported = asked.has_reported(unit.name, own, period.month)
        expected += has_reported or period.month in owed
        if period.month in owed:
            in_a_row = _in_a_row(asked.months(unit.name, period.month), owed)
            refused = tuple(
                refusal.what
                for refusal in refusals
                if (refusal.unit, refusal.month) == (unit.name, period.month) and refusal.what.is_of_file
            )
            late.append(
                LateUnit(unit, forms[unit.name], owed, in_a_row, *_of_file(unit, own), refused, cycle)
            )
        elif own and has_reported and not asked.has_number(own, period.month):
            blank.append(unit)
    return Reminder(period, expected, tuple(late), tuple(blank))


def _in_a_row(asked: Sequence[int], owed: Sequence[int]) -> int:
    """How many of the months asked for are owed one after the other, counted from the last."""
    count = 0
    for month in reversed(asked):
        if month not in owed:
            break
        count += 1
    return count


def _of_file(unit: ReportingUnit, duties: Sequence[ReportDuty]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """序号 and joint units of a unit's file."""
    labels = tuple(dict.fromkeys(duty.label for duty in duties))
    return labels, tuple(
        dict.fromkeys(duty.unit for duty in duties if duty.unit != unit.name and not duty.project.is_led)
    )
