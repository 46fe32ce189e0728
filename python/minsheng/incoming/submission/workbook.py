"""A spreadsheet file of any kind, guarded first and then read by calamine: sheets as rows of values."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from ...domain.catalogue import submission as rules
from ...domain.seal import SEAL_TITLE
from . import properties
from .oddities import Oddities
from .package import Package
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


def open_workbook(data: bytes) -> Workbook:
    """Raises Refused for what is no workbook, encrypted, damaged, hostile or too large."""
    package = Package(data)
    guarded = XlsxGuard(package)
    words = properties.seal_words(package)
    grids, hidden_words = _grids(data, tuple(guarded.sheets), guarded.oddities)
    return Workbook(grids, words or hidden_words, properties.saved_at(package), guarded.has_macros)


def _grids(
    data: bytes, names: tuple[str, ...], oddities: Callable[[str, Sequence[int]], Oddities]
) -> tuple[tuple[Grid, ...], dict[str, str]]:
    """The sheets in order, and the words of the seal where one of them is the seal."""
    grids: list[Grid] = []
    words: dict[str, str] = {}
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if rows and rows[0] and rows[0][0] == SEAL_TITLE:
                words = {str(row[0]): str(row[1]) for row in rows[1:] if len(row) > 1}
            else:
                grids.append(Grid(name, rows, partial(oddities, name)))
    except PasswordError as failure:
        raise Refused(rules.ENCRYPTED) from failure
    except (CalamineError, OSError, ValueError) as failure:
        raise Refused(rules.DAMAGED, reason="表格内容读不通") from failure
    except BaseException as failure:
        # The Rust library's own alarm does not derive from Exception.
        if type(failure).__name__ != "PanicException":
            raise
        raise Refused(rules.DAMAGED, reason="表格内容读不通") from failure
    return tuple(grids), words
