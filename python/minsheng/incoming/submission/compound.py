"""Compound files (MS-CFB): the container of .xls, of .et, and of every password-protected workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import olefile

from ...domain.catalogue import submission as rules
from .refusal import Refused

__all__ = ["has_macros", "saved_at", "stream_names", "workbook_stream"]


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
    ) as failure:
        raise Refused(rules.DAMAGED, reason="旧式表格的结构读不通") from failure


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
    raise Refused(rules.DAMAGED, reason="没有工作簿")


def has_macros(data: bytes) -> bool:
    with _opened(data) as container:
        return bool(container.exists("_VBA_PROJECT_CUR"))


def saved_at(data: bytes) -> datetime | None:
    """The time of the last save in the summary information, in UTC."""
    with _opened(data) as container:
        saved = container.get_metadata().last_saved_time
    return saved.replace(tzinfo=UTC) if isinstance(saved, datetime) else None
