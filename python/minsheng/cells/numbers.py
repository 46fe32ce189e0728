"""Numbers between what a cell stores, what is computed with and what is written: float, Decimal, digits, numerals."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

__all__ = ["SCALES", "SIGNIFICANT_DIGITS", "chinese_integer", "exact", "plain", "whole_number"]

#: As many as spreadsheet programs keep and show.
SIGNIFICANT_DIGITS: Final = 15
#: What a number is multiplied by that stands before these words.
SCALES: Final = {
    "": 1, "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
_WHOLE_BELOW: Final = 10.0**SIGNIFICANT_DIGITS
_LONGEST_WHOLE: Final = 9

_DIGITS: Final = {"零": 0, "〇": 0, "两": 2} | {name: n for n, name in enumerate("一二三四五六七八九", 1)}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}


@lru_cache(maxsize=4096)
def exact(value: float) -> Decimal:
    """A stored number to 15 significant digits: 13.600000000000001 is 13.6. ValueError for NaN and infinity."""
    if value.is_integer() and abs(value) < _WHOLE_BELOW:
        return Decimal(int(value))
    number = Decimal(format(value, f".{SIGNIFICANT_DIGITS}g"))
    if not number.is_finite():
        raise ValueError(value)
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize()


def plain(value: Decimal) -> str:
    """The exact decimal without exponent, trailing zeros or a minus before zero: ``"61600"``, ``"13.6"``."""
    if value == 0:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole_number(text: str) -> int | None:
    """``"33"`` is 33; None for anything but at most nine ASCII digits: "²" and "٣" are digits to Python."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= _LONGEST_WHOLE else None


def chinese_integer(text: str) -> int | None:
    """三十二 → 32, 一百零五 → 105, 二〇二四 → 2024; None for what is no number."""
    if not text or any(ch not in _DIGITS and ch not in _TENS for ch in text):
        return None
    if not any(ch in _TENS for ch in text):
        return int("".join(str(_DIGITS[ch]) for ch in text))
    total, digit = 0, None
    last_ten = 10_000
    for ch in text:
        if ch in _TENS:
            if _TENS[ch] >= last_ten or (digit is None and (total or ch != "十")) or digit == 0:
                return None
            last_ten = _TENS[ch]
            total += (1 if digit is None else digit) * last_ten
            digit = None
        elif digit not in (None, 0):
            return None
        else:
            digit = _DIGITS[ch]
    if digit and last_ten > 10 and text[-2] in _TENS:
        return None  # 一百五 may be 105 or 150
    return total + (digit or 0)
