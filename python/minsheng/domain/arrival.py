"""When a unit's file of a month came into the master."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .period import Period

__all__ = ["Arrival"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file that a 汇总 took in: the unit whose form it is, the month it reports, the day it was merged."""

    unit: str
    period: Period
    day: date
