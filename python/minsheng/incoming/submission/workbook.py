"""A spreadsheet file of any kind, guarded first and then read by calamine: sheets as rows of values."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from ...domain.catalogue import submission as rules
from ...domain.seal import SEAL_TITLE
from .kinds import Kind, Recognised
from .oddities import Oddities
from .refusal import Refused
from .xlsx import XlsxGuard

__all__ = ["Grid", "Workbook", "open_workbook"]


@dataclass(frozen=True)
class Grid:
    """A sheet: ``rows[row][column]`` from 0; ``oddities(columns)`` looks at the cells of some columns."""

    name: str
    rows: list[list[Any]]
    oddities: Callable[[Sequence[int]], Oddities]


@dataclass(frozen=True)
class Workbook:
    """What a file holds. ``seal_words`` are those of its custom properties or of its hidden sheet, empty without a seal;
    ``saved_at`` is the time its properties give, in UTC."""

    grids: tuple[Grid, ...]
    seal_words: dict[str, str]
    saved_at: datetime | None
    has_macros: bool = False


class Guard(Protocol):
    """What each container's guard tells about a file before calamine reads its cells."""

    has_macros: bool
    seal_words: dict[str, str]
    saved_at: datetime | None

    def vetted(self) -> bytes: ...

    def names(self, titles: Sequence[str]) -> tuple[str, ...]: ...

    def oddities(self, sheet: str, columns: Sequence[int]) -> Oddities: ...


def open_workbook(data: bytes, recognised: Recognised) -> Workbook:
    """Raises Refused for what is encrypted, damaged, hostile or too large."""
    guard = _guard(data, recognised)
    grids: list[Grid] = []
    words = guard.seal_words
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(guard.vetted()))
        for name in guard.names(workbook.sheet_names):
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if rows and rows[0] and rows[0][0] == SEAL_TITLE:
                words = words or {str(row[0]): str(row[1]) for row in rows[1:] if len(row) > 1}
            else:
                grids.append(Grid(name, rows, partial(guard.oddities, name)))
    except PasswordError as failure:
        raise Refused(rules.ENCRYPTED) from failure
    except (CalamineError, OSError, ValueError) as failure:
        raise Refused(rules.DAMAGED, reason="表格内容读不通") from failure
    except BaseException as failure:
        # The Rust library's own alarm does not derive from Exception.
        if type(failure).__name__ != "PanicException":
            raise
        raise Refused(rules.DAMAGED, reason="表格内容读不通") from failure
    return Workbook(tuple(grids), words, guard.saved_at, guard.has_macros)


def _guard(data: bytes, recognised: Recognised) -> Guard:
    """The guard of the file's kind; the rarer ones are imported when they are met."""
    package = recognised.package
    if package is None:
        from .biff import BiffGuard

        return BiffGuard(data)
    if recognised.kind is Kind.XLSB:
        from .xlsb import XlsbGuard

        return XlsbGuard(package)
    if recognised.kind is Kind.ODS:
        from .ods import OdsGuard

        return OdsGuard(package)
    return XlsxGuard(package)
