"""Number formats that show something else than the stored number: a date, 0.55 as 55%, 50000 as 5万."""

from __future__ import annotations

import re
from typing import Final

from .flags import CellFlag

__all__ = ["flag_of_format", "is_date_format"]

#: The built-in formats (ECMA-376 part 1, 18.8.30; the same numbers in BIFF): 0% and 0.00%, and dates and times with
#: those of East Asian programs.
_PERCENT: Final = frozenset({9, 10})
_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED: Final = re.compile(r'\\(.)|"([^"]*)"|_.|\*.')
_BRACKETS: Final = re.compile(r"\[(?![hms]+\])[^\[\]]*\]", re.IGNORECASE)
_SCALED: Final = re.compile(r"[万亿千百]|[#0?],+(?![#0?,])")


def flag_of_format(number: int, code: str = "") -> CellFlag | None:
    """What format ``number`` with its own ``code``, if it has one, does to a number that is no date."""
    if number in _PERCENT and not code:
        return CellFlag.PERCENT
    if "%" in _QUOTED.sub("", code):
        return CellFlag.PERCENT
    shown = _QUOTED.sub(lambda match: match[1] or match[2] or "", code)
    return CellFlag.SCALED if _SCALED.search(shown) else None


def is_date_format(number: int, code: str = "") -> bool:
    """Whether the format shows a number as a date or time."""
    if not code:
        return number in _DATES
    bare = _BRACKETS.sub("", _QUOTED.sub("", code))
    return re.search(r"[ymdhs]", bare, re.IGNORECASE) is not None
