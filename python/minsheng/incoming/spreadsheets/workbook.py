"""A workbook of any kind, opened from its bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from .kinds import Kind, Recognised, recognise
from .refusal import Refusal, Refused
from .xlsx import XlsxFile

if TYPE_CHECKING:
    from .sheet import Sheet

__all__ = ["Workbook", "open_workbook", "read_workbook"]


class Workbook(Protocol):
    """What every reader gives. It was guarded when it was made; a sheet is read when its turn comes, which may raise Refused.

    ``properties`` are the custom ones, name → text; ``saved_at`` is the time that its properties give, in UTC;
    ``has_checksums`` says that a damaged byte would have been noticed.
    """

    has_macros: bool
    has_checksums: bool
    properties: dict[str, str]
    saved_at: datetime | None

    def sheets(self, without: Collection[str] = ()) -> Iterator[Sheet]:
        """The sheets with cells, in order, but for those called as in ``without``."""
        ...


def open_workbook(data: bytes) -> Workbook:
    """The workbook in ``data``. Raises Refused for what is none, encrypted, damaged, hostile or too large."""
    recognised = recognise(data)
    if recognised.kind is Kind.ARCHIVE:
        raise Refused(Refusal.ARCHIVE, "是压缩包")
    return read_workbook(recognised)


def read_workbook(recognised: Recognised) -> Workbook:
    """The workbook that was recognised; the readers of rarer kinds are imported when they are met."""
    package = recognised.package
    if package is None:
        from .biff import BiffFile

        return BiffFile(recognised.data)
    if recognised.kind is Kind.XLSB:
        from .xlsb import XlsbFile

        return XlsbFile(package, recognised.part)
    if recognised.kind is Kind.ODS:
        from .ods import OdsFile

        return OdsFile(package)
    return XlsxFile(package, recognised.part)
