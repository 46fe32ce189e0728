"""Number formats that show something else than the stored number: a date, 0.55 as 55%, 50000 as 5万."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from .oddities import Oddity

__all__ = ["as_date", "is_date_format", "odd_format"]

#: The built-in formats (ECMA-376 part 1, 18.8.30; the same numbers in BIFF): 0% and 0.00%, and dates and times with
#: those of East Asian programs.
_PERCENT: Final = frozenset({9, 10})
_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED: Final = re.compile(r'\\(.)|"([^"]*)"|_.|\*.')
_BRACKETS: Final = re.compile(r"\[(?![hms]+\])[^\]]*\]", re.IGNORECASE)
_SCALED: Final = re.compile(r"[万亿千百]|[#0?],+(?![#0?,])")

_DAY_0, _DAY_0_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet knows no time zones
#: Before 1 March 1900 the day numbers of programs differ, after 9999 there are none.
_FIRST_DAY, _LAST_DAY = 61, 2_958_465


def odd_format(number: int, code: str = "") -> Oddity | None:
    """What format ``number`` with its own ``code``, if it has one, does to a number that is no date."""
    if number in _PERCENT and not code:
        return Oddity.PERCENT
    if "%" in _QUOTED.sub("", code):
        return Oddity.PERCENT
    shown = _QUOTED.sub(lambda match: match[1] or match[2] or "", code)
    return Oddity.SCALED if _SCALED.search(shown) else None


def is_date_format(number: int, code: str = "") -> bool:
    """Whether the format shows a number as a date or time."""
    if not code:
        return number in _DATES
    bare = _BRACKETS.sub("", _QUOTED.sub("", code))
    return re.search(r"[ymdhs]", bare, re.IGNORECASE) is not None and "General" not in bare


def as_date(number: float, *, since_1904: bool = False) -> datetime | None:
    """The day that a stored number means; None where there is no such day."""
    if not (0 if since_1904 else _FIRST_DAY) <= number <= _LAST_DAY:
        return None
    return (_DAY_0_OF_1904 if since_1904 else _DAY_0) + timedelta(days=number)
