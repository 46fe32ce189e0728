"""What a unit reported: one cumulative number of one unit, project and month, with its words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Report"]


@dataclass(frozen=True, slots=True)
class Report:
    """``value`` None is 未报 (words may still stand), Decimal(0) is 零报告. ``measure`` is 1, or 2 for a second one.

    ``expected`` (预计完成时间) is kept as the unit wrote it: "8月底" is as good as a date.
    """

    project: int
    unit: str
    month: int
    measure: int = 1
    value: Decimal | None = None
    progress: str = ""
    problem: str = ""
    expected: str = ""
