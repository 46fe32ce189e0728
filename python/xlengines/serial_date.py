"""Dates as a sheet counts them: days since the last day of 1899, or 1904 on old Macintoshes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

__all__ = ["from_serial", "to_serial"]

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no time zones
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001


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
