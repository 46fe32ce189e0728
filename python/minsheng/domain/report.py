"""What a unit reported: one cumulative number of one unit, project and month, with its words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .fields import WORDS

__all__ = ["Report", "ReportKey", "RowKey", "Words"]


class RowKey(NamedTuple):
    """A unit's row of a project, all year; ``measure`` is 1, or 2 for a second one."""

    project: int
    unit: str
    measure: int = 1

    def month(self, month: int) -> ReportKey:
        """The row's cell of a month."""
        return ReportKey(self.project, self.unit, month, self.measure)


class ReportKey(NamedTuple):
    """One month of a unit's row."""

    project: int
    unit: str
    month: int
    measure: int = 1

    @property
    def row(self) -> RowKey:
        """The same without its month."""
        return RowKey(self.project, self.unit, self.measure)


@dataclass(frozen=True, slots=True)
class Words:
    """What a unit writes beside its number; the fields WORDS, "" where it wrote nothing.

    ``expected`` (预计完成时间) is kept as the unit wrote it: "8月底" is as good as a date.
    """

    progress: str = ""
    problem: str = ""
    need: str = ""
    expected: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in WORDS)


@dataclass(frozen=True, slots=True)
class Report:
    """``value`` None is 未报 (words may still stand), Decimal(0) is 零报告; a report that says neither is none.

    ``file`` is where the words came from, as 填报明细 says.
    """

    project: int
    unit: str
    month: int
    measure: int = 1
    value: Decimal | None = None
    words: Words = Words()
    file: str = ""

    @property
    def key(self) -> ReportKey:
        """Which cell of the master it is."""
        return ReportKey(self.project, self.unit, self.month, self.measure)
