"""Compound files (MS-CFB): the container of .xls, of .et, and of every password-protected workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import olefile

from .refusal import Refusal, Refused

__all__ = ["has_macros", "saved_at", "stream_names", "workbook_stream"]

_SUMMARY = "\x05SummaryInformation"
_SUMMARY_BYTES = 1 << 16
_LAST_SAVED, _FILE_TIME = 0x0D, 0x40
#: A file time counts tenths of microseconds from here, and stops before the year 10000.
_FIRST_DAY, _LAST_TICK = datetime(1601, 1, 1, tzinfo=UTC), 2_650_467_744_000_000_000


@contextmanager
def _opened(data: bytes) -> Iterator[olefile.OleFileIO]:
    """olefile raises whatever a broken file makes it stumble over; all of that is damage."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            yield container
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        OverflowError,
        MemoryError,
        RecursionError,
    ) as failure:
        raise Refused(Refusal.DAMAGED, "旧式表格的结构读不通") from failure


def stream_names(data: bytes) -> tuple[str, ...]:
    """The names of the top streams, in lower case."""
    with _opened(data) as container:
        return tuple(
            path[0].lower() for path in container.listdir(streams=True, storages=True) if len(path) == 1
        )


def workbook_stream(data: bytes) -> bytes:
    """The records of the workbook. Raises Refused where there is no such stream."""
    with _opened(data) as container:
        for name in ("Workbook", "Book"):
            if container.exists(name):
                return bytes(container.openstream(name).read())
    raise Refused(Refusal.DAMAGED, "没有工作簿")


def has_macros(data: bytes) -> bool:
    """Whether an .xls carries macros, which nothing here runs."""
    with _opened(data) as container:
        return bool(container.exists("_VBA_PROJECT_CUR"))


def saved_at(data: bytes) -> datetime | None:
    """The time of the last save in the summary information, in UTC; None where there is none.

    Read here by MS-OLEPS 2.21, because the library believes every count that a broken file gives.
    """
    with _opened(data) as container:
        if not container.exists(_SUMMARY):
            return None
        properties = bytes(container.openstream(_SUMMARY).read(_SUMMARY_BYTES))
    if len(properties) < 48:
        return None
    section = int.from_bytes(properties[44:48], "little")
    count = min(int.from_bytes(properties[section + 4 : section + 8], "little"), 100)
    for index in range(count):
        place = section + 8 + 8 * index
        if int.from_bytes(properties[place : place + 4], "little") != _LAST_SAVED:
            continue
        start = section + int.from_bytes(properties[place + 4 : place + 8], "little")
        kind = int.from_bytes(properties[start : start + 4], "little")
        ticks = int.from_bytes(properties[start + 4 : start + 12], "little")
        if kind == _FILE_TIME and 0 < ticks < _LAST_TICK:
            return _FIRST_DAY + timedelta(microseconds=ticks // 10)
    return None
