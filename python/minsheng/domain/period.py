"""A month of a year, as it is written on the command line and on every form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

__all__ = ["Cycle", "Period", "month_end"]

_FORM = re.compile(r"(\d{4})-(\d{1,2})")


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    first = date(year, month, 1)  # by hand: the calendar module takes longer to load than all else here
    return first.replace(day=31) if month == 12 else first.replace(month=month + 1) - timedelta(days=1)


class Cycle(StrEnum):
    """How often the units report: which months end a period."""

    MONTH = "月"
    QUARTER = "季"
    HALF_YEAR = "半年"

    @property
    def months(self) -> int:
        """How many months a period has."""
        return {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.HALF_YEAR: 6}[self]

    def falls_due(self, deadline: date) -> date:
        """The day itself where every month is reported, else the end of the period that holds it: only then is there
        anything to judge it by."""
        if self is Cycle.MONTH:
            return deadline
        return month_end(deadline.year, -(-deadline.month // self.months) * self.months)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """``Period(2024, 6)`` is June 2024: ``str`` gives ``2024-06``, ``label`` gives ``2024年06月``."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1000 <= self.year <= 9999):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2024-06`` or ``2024-6``; anything else is a ValueError."""
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"not a period: {text!r}")
        return cls(int(match[1]), int(match[2]))

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return month_end(self.year, self.month)

    @property
    def label(self) -> str:
        """As it stands on forms: ``2024年06月``."""
        return f"{self.year}年{self.month:02d}月"

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"
