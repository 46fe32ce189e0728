"""The sheets of an open book, each looked up once, read and written in one call a block: in Excel every question crosses a
process, and xlwings' own ``value`` asks a hundred for sizes and settings that are known here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from .image import SheetImage, rows_of

if TYPE_CHECKING:
    import xlwings as xw

    from .places import Area

__all__ = ["Pages"]


class Pages:
    """Of one job, while no tab comes, goes or is renamed."""

    def __init__(self, book: xw.Book) -> None:
        self.book = book
        self._values = book.app.engine.impl
        self._sheets: dict[str, xw.Sheet] = {}
        self._tabs: list[str] | None = None

    def tabs(self) -> list[str]:
        """The names of all sheets, in order."""
        if self._tabs is None:
            self._sheets = {sheet.name: sheet for sheet in self.book.sheets}
            self._tabs = [*self._sheets]
        return self._tabs

    def __getitem__(self, tab: str) -> xw.Sheet:
        if tab not in self._sheets:
            self._sheets[tab] = self.book.sheets[tab]
        return self._sheets[tab]

    def image(self, tab: str, a1: str | None = None) -> SheetImage:
        """What stands on a sheet, or in its area ``a1`` alone (see SheetImage.read)."""
        sheet = self[tab]
        return SheetImage.of(sheet.range(a1) if a1 else sheet.used_range, tab, self._values)

    def put(self, area: Area, values: list[list[Any]]) -> list[list[Any]]:
        """Write a block of values that a host takes as they are, and what stands there then, as xlwings gives it."""
        prepared = self._values.prepare_xl_data_element
        cells = self[area.sheet].range(area.a1)
        cells.raw_value = [[prepared(value, None) for value in row] for row in values]
        raw = rows_of(cells.raw_value, len(values), len(values[0]))
        standing: list[list[Any]] = self._values.clean_value_data(raw, datetime, None, None, False)
        return standing
