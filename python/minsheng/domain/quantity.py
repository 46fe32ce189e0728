"""Quantities: an exact number with its unit and, for a target, the relation that the document asks for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from ..cells.numbers import plain
from ..cells.typed import PERCENT

__all__ = [
    "COUNTED_UNITS",
    "MEASURED_UNITS",
    "PERCENT",
    "Quantity",
    "Relation",
    "is_measured",
    "number_words",
    "plain",
    "round_half_up",
]

Relation = Literal["=", ">="]

#: Units of length, area, volume, mass, money, energy, time and shares; 万 or 亿 may stand before any. Every other unit
#: counts things one by one (design, section 2).
MEASURED_UNITS = (
    "平方公里", "平方千米", "平方米", "立方米", "个百分点", "百分点", "千瓦时", "公里", "千米", "延米", "公顷", "公斤", "千克", "千瓦",
    "兆瓦", "小时", "分钟", "天", "课时", "学时", "平米", "立方", "平方", "km", "㎞", "m²", "m³", "m2", "㎡", "kW", "kWh", "MW", "米", "里",
    "亩", "方", "升", "吨", "斤", "克", "元", "瓦", "度", "%", "‰",
)  # fmt: skip
_MEASURED = frozenset(MEASURED_UNITS)
#: Counting units that documents write directly behind a number.
COUNTED_UNITS = frozenset("人个台座家处栋户场张起辆所条套件次只头口间幢宗例")


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` in ``unit``; ``relation`` is ">=" for a target such as 不低于50%."""

    value: Decimal
    unit: str
    relation: Relation = "="

    def __str__(self) -> str:
        return f"{'≥' if self.relation == '>=' else ''}{plain(self.value)}{self.unit}"


def is_measured(unit: str) -> bool:
    """Whether a unit is one of measure (公里, 万元 …), of which there are fractions: of 万人 there are, of 人 there are not."""
    return unit in _MEASURED or unit.startswith(("万", "亿"))


def round_half_up(value: Decimal, places: int) -> Decimal:
    """``value`` to ``places`` decimals, halves away from zero: the one rounding rule of every print."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number_words(value: Decimal) -> str:
    """A gap or amount as a clerk writes it: half up to two decimals, exact where that would be 0."""
    return plain(round_half_up(value, 2) or value)
