"""Days: of date cells, of stored day numbers, of texts that say one."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any, Final

from .labels import label

__all__ = ["FIRST_YEAR", "LAST_YEAR", "as_date", "read_date"]

_DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
#: Years of an office. Earlier days are numbers typed into a cell that shows dates: 2024.6 is a day of July 1905 there.
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099

_DAY_0, _DAY_0_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet knows no time zones
#: Before 1 March 1900 the day numbers of programs differ, after 9999 there are none.
_FIRST_DAY, _LAST_DAY = 61, 2_958_465


def as_date(number: float, *, since_1904: bool = False) -> datetime | None:
    """The day and time that a stored number means; None where there is no such day."""
    if not (0 if since_1904 else _FIRST_DAY) <= number <= _LAST_DAY:
        return None
    return (_DAY_0_OF_1904 if since_1904 else _DAY_0) + timedelta(days=number)


def read_date(value: Any) -> date | None:
    """The day of a date cell, or of a text such as ``2024-06-30``, ``2024/6/30``, ``2024.6.30``, ``2024年6月30日``.

    None for everything else, days outside ``FIRST_YEAR`` … ``LAST_YEAR`` included.
    """
    if isinstance(value, datetime):
        day: date | None = value.date()
    elif isinstance(value, date):
        day = value
    else:
        day = _day_of_text(value) if isinstance(value, str) else None
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _day_of_text(text: str) -> date | None:
    match = _DATE.fullmatch(label(text))
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
