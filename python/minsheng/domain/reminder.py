"""催报: whose 填报表 of a month has not come, and for the how-manieth month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from .duties import ReportDuty, duties_by_unit, recipients
from .form_file import form_names
from .master import Master
from .period import Period
from .project import ReportingUnit
from .report import RowKey

__all__ = ["LateUnit", "Reminder", "reminder"]


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit whose file of the month is missing. ``months`` are the months of the year that it owes, in order, this one
    the last; ``in_a_row`` of them come one after the other up to this one. ``carries`` are the joint units whose rows
    stand in its file; ``labels`` the 序号 that it reports; ``form`` is what its file is called."""

    unit: ReportingUnit
    form: str
    months: tuple[int, ...]
    in_a_row: int
    labels: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()

    @property
    def lateness(self) -> str:
        """``首次未报``, ``今年第2次未报``, ``连续第3个月未报``."""
        if self.in_a_row > 1:
            return f"连续第{self.in_a_row}个月未报"
        return "首次未报" if len(self.months) == 1 else f"今年第{len(self.months)}次未报"


@dataclass(frozen=True, slots=True)
class Reminder:
    """``late`` and ``blank`` (units whose file came with no number in it) in the order of the document; ``expected``
    counts the files of a month."""

    period: Period
    expected: int
    late: tuple[LateUnit, ...]
    blank: tuple[ReportingUnit, ...] = ()


def reminder(master: Master, period: Period, received: Mapping[int, Set[str]]) -> Reminder:
    """Who is to be reminded of ``period``. ``received``: month → units whose file a standing 汇总 took in.

    A unit has reported where its file came or a number of its own stands in the master, typed after a telephone call
    perhaps. A month that nobody has reported yet makes nobody late, ``period`` apart.
    """
    numbers = {report.key for report in master.reports if report.value is not None}
    begun = {month for month, units in received.items() if units} | set(master.collected_months())
    late: list[LateUnit] = []
    blank: list[ReportingUnit] = []
    units = recipients(master)
    forms = form_names(units, period)
    duties = duties_by_unit(master)
    for unit in units:
        own = duties[unit.name]
        rows = [duty.key for duty in own]

        def has_number(month: int, rows: list[RowKey] = rows) -> bool:
            return any(row.month(month) in numbers for row in rows)

        owed = [
            month
            for month in range(1, period.month + 1)
            if (month in begun or month == period.month)
            and unit.name not in received.get(month, ())
            and not has_number(month)
        ]
        if period.month in owed:
            asked = [month for month in range(1, period.month + 1) if month in begun or month == period.month]
            late.append(
                LateUnit(unit, forms[unit.name], tuple(owed), _in_a_row(asked, owed), *_of_file(unit, own))
            )
        elif own and not has_number(period.month):
            blank.append(unit)
    return Reminder(period, len(units), tuple(late), tuple(blank))


def _in_a_row(asked: list[int], owed: list[int]) -> int:
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
    return labels, tuple(dict.fromkeys(duty.unit for duty in duties if duty.unit != unit.name))
