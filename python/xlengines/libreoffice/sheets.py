"""The sheets of a document, and one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..a1 import Area, parse_area
from ..base import title_of_copy
from ..errors import EngineError, NotSupportedByEngine, ProtectedSheet
from ..obstacles import Kind, Obstacle
from ..ranges import inside
from .bridge import area_of
from .host import hosted
from .names import Names
from .page_setup import PageSetup
from .ranges import Range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .book import Book
    from .host import Host

__all__ = ["Sheet", "Sheets"]


@hosted
class Sheets(base_classes.Sheets):
    """The sheets of a document in the order of their tabs."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def host(self) -> Host:
        return self.book.host

    @property
    def api(self) -> Any:
        return self.book.sheets_api

    @property
    def active(self) -> Sheet:
        controller = self.book.api.getCurrentController()
        return self(1) if controller is None else Sheet(self.book, controller.getActiveSheet())

    def names(self) -> tuple[str, ...]:
        return tuple(self.api.getElementNames())

    def __call__(self, name_or_index: str | int) -> Sheet:
        names = self.names()
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(names):
                raise IndexError(name_or_index)
            return Sheet(self.book, self.book.sheet_api(names[name_or_index - 1]))
        for name in names:
            if name.casefold() == name_or_index.casefold():
                return Sheet(self.book, self.book.sheet_api(name))
        raise KeyError(name_or_index)

    def __contains__(self, name: str) -> bool:
        return any(own.casefold() == name.casefold() for own in self.names())

    def __len__(self) -> int:
        return len(self.names())

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self.book, self.book.sheet_api(name)) for name in self.names()])

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A blank sheet before or after another, else before the active one as in Excel; it becomes the active one."""
        names = self.names()
        if name is None:
            name = next(
                free for number in range(1, len(names) + 2) if (free := f"Sheet{number}") not in names
            )
        self.book.refuse_when_protected()
        place = self.place(before, after)
        self.book.rearrange(lambda: self.api.insertNewByName(name, place), place)
        added = self(name)
        added.activate()
        return added

    def place(self, before: Sheet | None, after: Sheet | None) -> int:
        """The index (from 0) that a new sheet is to get."""
        if after is not None:
            return after.position + 1
        return before.position if before is not None else self.active.position


@hosted
class Sheet(base_classes.Sheet):
    """``api`` is UNO's XSpreadsheet, which follows the sheet when it is renamed or moved."""

    def __init__(self, book: Book, api: Any) -> None:
        self._book = book
        self._api = api

    @property
    def host(self) -> Host:
        return self._book.host

    @property
    def api(self) -> Any:
        return self._api

    @property
    def book(self) -> Book:
        return self._book

    @property
    def name(self) -> str:
        return str(self._api.getName())

    @name.setter
    def name(self, value: str) -> None:
        self._book.refuse_when_protected()
        if value != self.name and value.casefold() in (own.casefold() for own in self._book.sheets.names()):
            raise EngineError("sheet-exists", sheet=value, path=self._book.fullname)
        self._api.setName(value)

    @property
    def position(self) -> int:
        """Its index from 0 (``index`` counts from 1)."""
        return int(self._api.getRangeAddress().Sheet)

    @property
    def index(self) -> int:
        return self.position + 1

    @property
    def names(self) -> Names:
        return Names(self._book, self)

    @property
    def page_setup(self) -> PageSetup:
        return PageSetup(self)

    # Ranges

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """``A1:B2`` (several areas with commas), a defined name, (row, column[, rows, columns]), or two corners."""
        if arg2 is not None:
            corners = [area for corner in (arg1, arg2) for area in self.range(corner).areas]
            tops, lefts, bottoms, rights = zip(*corners, strict=True)
            return Range(self, [(min(tops), min(lefts), max(bottoms), max(rights))])
        if isinstance(arg1, Range):
            return arg1
        if isinstance(arg1, tuple):
            row, column, height, width = (*arg1, 1, 1) if len(arg1) == 2 else arg1
            if min(row, column) < 1 or row + height - 1 > self.last[0] or column + width - 1 > self.last[1]:
                raise IndexError(f"no such cell: {arg1}")
            return Range(self, [(row, column, row + height - 1, column + width - 1)])
        try:
            areas = [parse_area(part) for part in arg1.split(",")]
        except ValueError:
            return self._named(arg1)
        # "ABCD1" and "XYZ1" are no cells and may well be names.
        on_grid = all(bottom <= self.last[0] and right <= self.last[1] for _, _, bottom, right in areas)
        return Range(self, areas) if on_grid else self._named(arg1)

    def _named(self, text: str) -> Range:
        for names in (self.names, self._book.names):
            if names.contains(text):
                return names(text).refers_to_range
        raise KeyError(text)

    @property
    def last(self) -> tuple[int, int]:
        """The last row and column of the grid."""
        return self._book.last_cell

    @property
    def cells(self) -> Range:
        return Range(self, [(1, 1, *self.last)])

    def cells_of(self, area: Area) -> Any:
        top, left, bottom, right = area
        return self._api.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    @property
    def used_range(self) -> Range:
        return Range(self, [self.used_area()])

    def used_area(self) -> Area:
        """From the first to the last cell with content, a note or a format; A1 of an untouched sheet."""
        cursor = self._api.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return area_of(cursor.getRangeAddress())

    # Protection

    def refuse_when_protected(self) -> None:
        if self._api.isProtected():
            raise self._protected()

    def refuse_when_locked(self, areas: list[Area]) -> None:
        """ProtectedSheet unless every cell is open, as cells to fill in on a protected form are."""
        if not self._api.isProtected():
            return
        for area in areas:
            if not self._is_open(area):
                raise self._protected()

    def _is_open(self, area: Area) -> bool:
        ranges = self._book.formats.ranges(self.position, [area])
        if ranges.getPropertyState("CellProtection").value != "AMBIGUOUS_VALUE":
            return not ranges.getPropertyValue("CellProtection").IsLocked
        top, left, bottom, right = area
        if bottom > top:
            middle = (top + bottom) // 2
            return self._is_open((top, left, middle, right)) and self._is_open(
                (middle + 1, left, bottom, right)
            )
        middle = (left + right) // 2
        return self._is_open((top, left, bottom, middle)) and self._is_open((top, middle + 1, bottom, right))

    def _protected(self) -> ProtectedSheet:
        return ProtectedSheet("protected-sheet", sheet=self.name, path=self._book.fullname)

    def obstacles(self, areas: Sequence[Area]) -> list[Obstacle]:
        """What would refuse or mislead a write into these areas (see ``xlengines.obstacles``); a filter does not."""
        protected = self._api.isProtected()
        return [
            *(Obstacle(Kind.PROTECTED, area) for area in areas if protected and not self._is_open(area)),
            *(Obstacle(Kind.MERGED, merged) for area in areas for merged in self._merged_in(area)),
        ]

    def _merged_in(self, area: Area) -> set[Area]:
        """The merged areas that have a cell in ``area``. Of a part of one the host says nothing but where it ends."""
        cursor = self._api.createCursor()
        if self._grown(cursor, area) == area and not cursor.getIsMerged():
            return set()
        places = {self._grown(cursor, (*place, *place)) for place in inside(area)}
        return {place for place in places if place[:2] != place[2:]}

    @staticmethod
    def _grown(cursor: Any, area: Area) -> Area:
        """An area with all that is merged with its edges. The cursor is led there: a new one costs as much as ten calls."""
        top, left, bottom, right = area
        at_row, at_column = area_of(cursor.getRangeAddress())[:2]
        cursor.collapseToSize(1, 1)
        cursor.gotoOffset(left - at_column, top - at_row)
        cursor.collapseToSize(right - left + 1, bottom - top + 1)
        cursor.collapseToMergedArea()
        return area_of(cursor.getRangeAddress())

    def hidden_rows(self, top: int, bottom: int) -> set[int]:
        shown = self.cells_of((top, 1, bottom, self.last[1])).queryVisibleCells().getRangeAddresses()
        visible = {row for area in map(area_of, shown) for row in range(area[0], area[2] + 1)}
        return set(range(top, bottom + 1)) - visible

    # The sheet as a whole

    @property
    def visible(self) -> bool:
        return bool(self._api.getPropertyValue("IsVisible"))

    @visible.setter
    def visible(self, value: bool) -> None:
        self.host.in_its_thread(lambda: self._api.setPropertyValue("IsVisible", bool(value)))
        if not value and self.visible:
            raise NotSupportedByEngine("last-visible-sheet", path=self._book.fullname)

    def activate(self) -> None:
        controller = self._book.api.getCurrentController()
        if controller is None:
            raise NotSupportedByEngine("no-window", path=self._book.fullname)
        self.host.in_its_thread(lambda: controller.setActiveSheet(self._api))

    def select(self) -> None:
        self.activate()

    def delete(self) -> None:
        self._book.refuse_when_protected()
        if len(self._book.sheets) == 1:
            raise NotSupportedByEngine("last-visible-sheet", path=self._book.fullname)
        self._book.rearrange(lambda: self._book.sheets_api.removeByName(self.name), self.position)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """A copy in this book or in another one (see ``sheet_import``), named as in Excel."""
        target = (before or after or self).book
        target.refuse_when_protected()
        place = target.sheets.place(before, after)
        if target is self._book:
            title = title_of_copy(self.name, target.sheets.names())
            target.rearrange(lambda: target.sheets_api.copyByName(self.name, title, place), place)
        else:
            target.rearrange(lambda: target.take_in(self, place), place)

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        self._book.refuse_when_protected()
        place = self._book.sheets.place(before, after)
        self._book.rearrange(lambda: self._book.sheets_api.moveByName(self.name, place), self.position, place)

    def clear_contents(self) -> None:
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        self.used_range.clear_formats()

    def clear(self) -> None:
        self.used_range.clear()

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)
