"""What changes the cells of a range as such: clearing, merging, inserting, deleting, copying, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..a1 import Area
from ..errors import EngineError, NotSupportedByEngine
from ..ranges import gathered
from . import bridge
from .bridge import address_of, cell_address

if TYPE_CHECKING:
    from .book import Book
    from .ranges import Range
    from .sheets import Sheet

__all__ = ["Editing"]

# com.sun.star.sheet.CellFlags
_CONTENTS = 1 | 2 | 4 | 16
_NOTES = 8
_FORMATS = 32 | 64 | 256 | 512


class Editing(base_classes.Range):
    """The part of Range that edits."""

    if TYPE_CHECKING:  # Range's own
        areas: list[Area]

        @property
        def sheet(self) -> Sheet: ...
        @property
        def book(self) -> Book: ...

    def clear_contents(self) -> None:
        sheet = self.sheet
        sheet.refuse_when_locked(self.areas)
        for area in self.areas:
            cells = sheet.cells_of(area)
            # A blank cell that would show the next number as TRUE is not blank.
            truths = self.book.formats.truths_in(sheet.position, cells, area)
            cells.clearContents(_CONTENTS)
            if truths:
                self.book.formats.put(sheet.position, gathered(truths), 0)

    def clear_formats(self) -> None:
        self._clear(_FORMATS)

    def clear(self) -> None:
        self._clear(_CONTENTS | _NOTES | _FORMATS)

    def _clear(self, flags: int) -> None:
        self.sheet.refuse_when_protected()
        for area in self.areas:
            self.sheet.cells_of(area).clearContents(flags)

    def merge(self, across: bool) -> None:
        self.sheet.refuse_when_protected()
        for top, left, bottom, right in self.areas:
            if across:
                for row in range(top, bottom + 1):
                    self.sheet.cells_of((row, left, row, right)).merge(True)
            else:
                self.sheet.cells_of((top, left, bottom, right)).merge(True)

    def unmerge(self) -> None:
        self.sheet.refuse_when_protected()
        for area in self.areas:
            self.sheet.cells_of(area).merge(False)

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Move cells down or right; whole rows and columns are inserted as such."""
        self.sheet.refuse_when_protected()
        kind = "ROWS" if self._whole_rows else "COLUMNS" if self._whole_columns else ""
        if not kind:
            height, width = self.shape
            kind = {"down": "DOWN", "right": "RIGHT"}.get(
                shift or ("down" if width >= height else "right"), ""
            )
        self.sheet.api.insertCells(self._address, bridge.enum("sheet.CellInsertMode", kind))

    def delete(self, shift: str | None = None) -> None:
        self.sheet.refuse_when_protected()
        kind = "ROWS" if self._whole_rows else "COLUMNS" if self._whole_columns else ""
        if not kind:
            height, width = self.shape
            kind = {"up": "UP", "left": "LEFT"}.get(shift or ("up" if width >= height else "left"), "")
        self.sheet.api.removeRange(self._address, bridge.enum("sheet.CellDeleteMode", kind))

    def copy(self, destination: Any = None) -> None:
        """Copy values, formulas and looks to where ``destination`` (a range of this book) begins."""
        if destination is None:
            raise NotSupportedByEngine("no-clipboard", path=self.book.fullname)
        target: Range = getattr(destination, "impl", destination)
        if target.book is not self.book:
            raise NotSupportedByEngine("no-copy-elsewhere", path=self.book.fullname)
        target.sheet.refuse_when_protected()
        target.sheet.api.copyRange(target.place, self._address)

    def move(self, destination: Any) -> None:
        target: Range = getattr(destination, "impl", destination)
        self.sheet.refuse_when_protected()
        target.sheet.refuse_when_protected()
        target.sheet.api.moveRange(target.place, self._address)

    @property
    def place(self) -> Any:
        """The first cell as UNO's CellAddress."""
        return cell_address(self.sheet.position, self.row, self.column)

    @property
    def _address(self) -> Any:
        if len(self.areas) > 1:
            raise EngineError("several-areas", path=self.book.fullname)
        return address_of(self.sheet.position, self.areas[0])

    @property
    def _whole_rows(self) -> bool:
        _, left, _, right = self.areas[0]
        return left == 1 and right == self.sheet.last[1]

    @property
    def _whole_columns(self) -> bool:
        top, _, bottom, _ = self.areas[0]
        return top == 1 and bottom == self.sheet.last[0]

    @property
    def name(self) -> Any:
        """The defined name that refers to exactly this range, None without one."""
        for name in self.book.names.everything():
            if name.stands_for(self.sheet.name, self.areas):
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        sheet = self.sheet.name.replace("'", "''")
        self.book.names.add(value, f"='{sheet}'!{self.address}")
