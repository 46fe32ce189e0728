"""A month of a year, as it is written on the command line and on every form, and which of them the units report."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

__all__ = ["Cycle", "Period", "PeriodName", "month_end"]

_FORM = re.compile(r"(\d{4})-(\d{1,2})")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_NAMED = re.compile(
    r"(?:(?P<year>\d{4})(?:年|[-/.]))?(?:"
    rf"(?P<month>\d{{1,2}}|{'|'.join(reversed(_NUMERALS))})(?:月份?)"
    r"|第?(?P<quarter>[1-4一二三四])季度?|(?P<half>上|下)半年)"
)


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

    def periods(self, year: int) -> tuple[Period, ...]:
        """The periods of a year, each named by its last month."""
        return tuple(Period(year, month) for month in range(self.months, 13, self.months))

    def holding(self, period: Period) -> Period:
        """The period that a month belongs to."""
        return Period(period.year, -(-period.month // self.months) * self.months)

    def called(self, period: Period) -> str:
        """One of the periods as people say it: 4月, 二季度, 上半年."""
        if self is Cycle.QUARTER:
            return f"{_NUMERALS[period.month // 3 - 1]}季度"
        return f"{period.month}月" if self is Cycle.MONTH else "上半年" if period.month == 6 else "下半年"

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


@dataclass(frozen=True, slots=True)
class PeriodName:
    """A period as somebody typed it: ``year`` is None where it was left out, ``cycle`` that of a quarter or half a year,
    which are no month's name."""

    text: str
    year: int | None
    month: int
    cycle: Cycle | None = None

    @classmethod
    def parse(cls, text: str) -> PeriodName:
        """Read ``2024-06``, ``6月``, ``2024年6月``, ``二季度``, ``2024年上半年``; anything else is a ValueError."""
        folded = "".join(unicodedata.normalize("NFKC", text).split())
        if _FORM.fullmatch(folded):
            period = Period.parse(folded)
            return cls(text, period.year, period.month)
        match = _NAMED.fullmatch(folded)
        if match is None:
            raise ValueError(f"not a period: {text!r}")
        year = int(match["year"]) if match["year"] else None
        if match["half"]:
            found = cls(text, year, 6 if match["half"] == "上" else 12, Cycle.HALF_YEAR)
        elif match["quarter"]:
            found = cls(text, year, 3 * _number(match["quarter"]), Cycle.QUARTER)
        else:
            found = cls(text, year, _number(match["month"]))
        found.of(2000)
        return found

    def of(self, year: int) -> Period:
        """The period that it names, in ``year`` where it names none itself. ValueError for a month 13."""
        return Period(self.year or year, self.month)


def _number(text: str) -> int:
    return _NUMERALS.index(text) + 1 if text in _NUMERALS else int(text)
