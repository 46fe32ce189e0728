"""Values, dates and colours between Python and cells, the same for every engine of ours."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

__all__ = ["CellError", "Colour", "ValueExchange", "from_serial", "rgb", "to_serial"]

#: What a sheet's days are counted from: the last day but one of 1899, or 1904 on old Macintoshes.
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no time zones
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001

#: Red, green, blue: 0 to 255 each.
Colour = tuple[int, int, int]


class CellError(str):
    """An error value such as ``#DIV/0!``, told apart from text of the same letters."""

    __slots__ = ()


class ValueExchange:
    """The two conversions that xlwings asks of an engine."""

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """A value on its way into a cell: exact decimals as numbers, NaN as a blank."""
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, float) and math.isnan(value):
            return None
        return value

    @staticmethod
    def clean_value_data(
        data: list[list[Any]], date_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        """Rows of values on their way out, as the range's options asked for them."""

        def clean(value: Any) -> Any:
            if value is None or value == "":
                return empty_as
            if isinstance(value, CellError):
                return str(value) if err_to_str else None
            if isinstance(value, date):
                return _built(date_builder, value)
            if isinstance(value, float) and number_builder is not None:
                return number_builder(value)
            return value

        return [[clean(value) for value in row] for row in data]


def _built(builder: Any, value: Any) -> Any:
    parts = ("month", "day", "year", "hour", "minute", "second", "microsecond")
    return builder(tzinfo=None, **{part: getattr(value, part) for part in parts})


def from_serial(serial: float, *, since_1904: bool = False) -> datetime | None:
    """The date and time of a serial number, to the second; None outside the calendar."""
    try:
        moment = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=serial)
    except OverflowError:
        return None
    rounded = moment + timedelta(microseconds=500_000)
    return rounded.replace(microsecond=0)


def to_serial(value: date, *, since_1904: bool = False) -> float:
    """The serial number of a day or a moment in the 1900 system, or in the 1904 one; a time zone is left out."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    moment = moment.replace(tzinfo=None)
    return (moment - (_EPOCH_1904 if since_1904 else _EPOCH)) / timedelta(days=1)


def rgb(value: Any) -> Colour:
    """Of ``(255, 0, 0)``, ``#ff0000`` or xlwings' integer (blue first)."""
    if isinstance(value, str):
        value = bytes.fromhex(value.removeprefix("#"))
    elif isinstance(value, int):
        value = (value & 255, value >> 8 & 255, value >> 16 & 255)
    red, green, blue = value
    return int(red), int(green), int(blue)
