"""How a circular words numbers: shares, amounts, ordinals."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ..quantity import PERCENT, number_words, plain, round_half_up

__all__ = ["amount", "gap", "numbered", "ordinal", "share"]

_DIGITS = "零一二三四五六七八九"


def share(count: int, total: int) -> str:
    """``count`` of ``total`` (above 0) in percent, one decimal, half up: ``33.3%``."""
    return f"{plain(round_half_up(Decimal(100 * count) / total, 1))}%"


def amount(value: Decimal, unit: str) -> str:
    """A quantity as it stands in the master: ``61600人``."""
    return f"{plain(value)}{unit}"


def gap(value: Decimal, unit: str) -> str:
    """A difference: of percentages in 百分点, else in the unit itself; exact to two decimals."""
    return f"{number_words(value)}{'个百分点' if unit == PERCENT else unit}"


def numbered(projects: Iterable[int]) -> str:
    """Projects by number: ``第3项、第12项``. Bare digits between 、 would tear or stretch a justified line."""
    return "、".join(f"第{number}项" for number in projects)


def ordinal(number: int) -> str:
    """A heading's number, 1 to 999: 一, 十, 十一, 二十三, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")
