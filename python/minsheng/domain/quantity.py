"""Quantities: an exact number with its unit and, for a target, the relation that the document asks for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

from ..cells.numbers import plain
from ..cells.typed import PERCENT

__all__ = [
    "COUNTED_UNITS",
    "PERCENT",
    "Quantity",
    "Relation",
    "is_counted",
    "number_words",
    "plain",
    "round_down_for",
    "round_half_up",
]

Relation = Literal["=", ">="]

#: Units of which there are only whole numbers (design, section 2).
COUNTED_UNITS = frozenset("人个台座家处栋户场张起辆所条套件次只头口间幢宗例")


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` in ``unit``; ``relation`` is ">=" for a target such as 不低于50%."""

    value: Decimal
    unit: str
    relation: Relation = "="

    def __str__(self) -> str:
        return f"{'≥' if self.relation == '>=' else ''}{plain(self.value)}{self.unit}"


def is_counted(unit: str) -> bool:
    """Whether things of this unit are counted in whole numbers (人, 台 …) rather than measured (公里, 万元 …)."""
    return unit in COUNTED_UNITS


def round_half_up(value: Decimal, places: int) -> Decimal:
    """``value`` to ``places`` decimals, halves away from zero: the one rounding rule of every print."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number_words(value: Decimal) -> str:
    """A gap or amount as a clerk writes it: exact where it has at most two decimals, else half up to two."""
    return plain(value if value == round_half_up(value, 2) else round_half_up(value, 2))


def round_down_for(unit: str, value: Decimal) -> Decimal:
    """``value`` cut to what the unit can show: whole where counted, two decimals where measured."""
    step = Decimal(1) if is_counted(unit) else Decimal("0.01")
    return value.quantize(step, rounding=ROUND_DOWN)
