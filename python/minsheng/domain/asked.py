"""Which months' files were asked for, and which of them a unit owes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from .duties import ReportDuty
    from .master import Master

__all__ = ["Asked"]


class Asked:
    """A month was asked for where anybody's file or number of it has come: one that nobody has reported makes nobody late.

    ``received``: month → units whose file a standing 汇总 took in. A unit has reported where its file came or a number of
    its own stands in the master, typed after a telephone call perhaps.
    """

    def __init__(self, master: Master, received: Mapping[int, Set[str]]) -> None:
        self._received = received
        self._numbers = {report.key for report in master.reports if report.value is not None}
        self._begun = {month for month, units in received.items() if units} | set(master.collected_months())

    def months(self, last: int) -> list[int]:
        """The months asked for up to ``last``, which is asked for now."""
        return [month for month in range(1, last + 1) if month in self._begun or month == last]

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
        """The months up to ``last`` that the unit has not reported."""
        return tuple(month for month in self.months(last) if not self.has_reported(unit, duties, month))
