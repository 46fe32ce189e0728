"""What a 汇总 changes in the master, one value at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

__all__ = ["NodeChange", "NumberChange", "WordChange"]


@dataclass(frozen=True, slots=True)
class NumberChange:
    """``by_hand`` says that ``old`` was typed into the master by somebody rather than merged."""

    project: int
    unit: str
    month: int
    measure: int
    old: Decimal | None
    new: Decimal | None
    file: str
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class WordChange:
    """``field`` is progress, problem or expected."""

    project: int
    unit: str
    month: int
    measure: int
    field: str
    old: str
    new: str
    file: str


@dataclass(frozen=True, slots=True)
class NodeChange:
    """``node`` from 1; ``field`` is done, done_on or note."""

    project: int
    node: int
    field: str
    old: bool | date | str | None
    new: bool | date | str | None
    file: str
