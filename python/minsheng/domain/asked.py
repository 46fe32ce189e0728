"""Which months' files a unit was asked for, and which of them it owes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .succession import Succession

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .duties import ReportDuty
    from .master import Master
    from .record import Record

__all__ = ["Asked"]


class Asked:
    """A unit was asked for a month where a form of it was made for the unit, or anybody's was taken in: what nobody asked
    for is not missing. ``record`` is what 汇总记录 says.

    A unit has reported where its file came or a number of its own stands in the master, typed after a telephone call
    perhaps.
    """

    def __init__(self, master: Master, record: Record) -> None:
        self._received = record.units_by_month(master.year)
        self._made = record.forms_by_month(master.year)
        self._succession = Succession(master.document.units)
        self._numbers = {report.key for report in master.reports if report.value is not None}

    def is_asked(self, unit: str, month: int) -> bool:
        """Whether the unit was asked for the month: not before it reports at all, nor after others report for it."""
        asked = bool(self._received.get(month)) or unit in self._made.get(month, ())
        return asked and self._succession.is_active(unit, month)

    def months(self, unit: str, last: int) -> list[int]:
        """The months up to ``last`` that the unit was asked for."""
        return [month for month in range(1, last + 1) if self.is_asked(unit, month)]

    def has_sent(self, unit: str, month: int) -> bool:
        """Whether the unit's file of the month was taken in."""
        return unit in self._received.get(month, ())

    def has_number(self, duties: Sequence[ReportDuty], month: int) -> bool:
        """Whether any of these numbers stands in the master."""
        return any(duty.key.month(month) in self._numbers for duty in duties)

    def has_reported(self, unit: str, duties: Sequence[ReportDuty], month: int) -> bool:
        """Whether the unit's file of the month came, or any of its numbers stands in the master."""
        return self.has_sent(unit, month) or self.has_number(duties, month)

    def owed(self, unit: str, duties: Sequence[ReportDuty], last: int) -> tuple[int, ...]:
        """The months up to ``last`` that the unit was asked for and has not reported."""
        return tuple(month for month in self.months(unit, last) if not self.has_reported(unit, duties, month))
