"""A spreadsheet file of any kind as its sheets and its seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ...domain.seal import SEAL_TITLE
from .kinds import Kind, Recognised
from .xlsx import XlsxFile

if TYPE_CHECKING:
    from .grid import Grid, Source

__all__ = ["Workbook", "open_workbook"]


@dataclass(frozen=True)
class Workbook:
    """What a file holds. ``seal_words`` are those of its custom properties or of its hidden sheet, empty without a seal;
    ``saved_at`` is the time its properties give, in UTC."""

    grids: tuple[Grid, ...]
    seal_words: dict[str, str]
    saved_at: datetime | None
    has_macros: bool = False
    has_checksums: bool = True


def open_workbook(data: bytes, recognised: Recognised) -> Workbook:
    """Raises Refused for what is encrypted, damaged, hostile or too large."""
    source = _source(data, recognised)
    grids: list[Grid] = []
    words = source.seal_words
    for grid in source.grids():
        if grid.rows and grid.rows[0] and grid.rows[0][0] == SEAL_TITLE:
            words = words or {str(row[0]): str(row[1]) for row in grid.rows[1:] if len(row) > 1}
        else:
            grids.append(grid)
    return Workbook(tuple(grids), words, source.saved_at, source.has_macros, recognised.package is not None)


def _source(data: bytes, recognised: Recognised) -> Source:
    """The reader of the file's kind; the rarer ones are imported when they are met."""
    package = recognised.package
    if package is None:
        from .biff import BiffFile

        return BiffFile(data)
    if recognised.kind is Kind.XLSB:
        from .xlsb import XlsbFile

        return XlsbFile(package)
    if recognised.kind is Kind.ODS:
        from .ods import OdsFile

        return OdsFile(package)
    return XlsxFile(package)
