"""Defined names of a book and of a sheet, in Excel's notation."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..a1 import Area, parse_reference
from ..base import NameLookup
from ..errors import EngineError, NotSupportedByEngine
from . import bridge
from .formulas import to_excel, to_native
from .host import hosted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .book import Book
    from .host import Host
    from .ranges import Range
    from .sheets import Sheet

__all__ = ["Name", "Names", "in_one_go"]


@contextmanager
def in_one_go(container: Any, document: Any) -> Iterator[None]:
    """Names of one container, changed together: the formulas that use them are read anew once, at the end, and not after each
    change, which takes a second in a large document."""
    container.setPropertyValue("ModifyAndBroadcast", False)
    container.addActionLock()
    try:
        yield
    finally:
        container.removeActionLock()
        container.setPropertyValue("ModifyAndBroadcast", True)
        document.setModified(True)


@hosted
class Names(NameLookup, base_classes.Names):
    """The names of a sheet, or all of a book: those of sheet scope stand there as ``'Sheet'!name``."""

    def __init__(self, book: Book, sheet: Sheet | None) -> None:
        self._book = book
        self._sheet = sheet

    @property
    def host(self) -> Host:
        return self._book.host

    @property
    def api(self) -> Any:
        owner = self._book if self._sheet is None else self._sheet
        return owner.api.getPropertyValue("NamedRanges")

    def everything(self) -> list[Name]:
        if self._sheet is not None:
            return self._of(self.api, self._sheet)
        names = self._of(self.api, None)
        for sheet in self._book.sheets:
            names.extend(self._of(sheet.api.getPropertyValue("NamedRanges"), sheet))
        return names

    def _of(self, container: Any, sheet: Sheet | None) -> list[Name]:
        # Names that the host makes for print areas and filters stand in the file alone.
        return [
            Name(self._book, container, name, sheet)
            for name in container.getElementNames()
            if not name.startswith("_xlnm")
        ]

    def __call__(self, name_or_index: str | int) -> Name:
        """A name of the book is asked for by itself: it is the usual case, and quick."""
        if isinstance(name_or_index, str) and self._sheet is None and self.api.hasByName(name_or_index):
            return Name(self._book, self.api, name_or_index, None)
        found: Name = super().__call__(name_or_index)
        return found

    def add(self, name: str, refers_to: str) -> Name:
        """Add a name, or let one that stands refer to something else, as Excel does."""
        sheet, container, bare = self._sheet, self.api, name
        if sheet is None and "!" in name:
            prefix, _, bare = name.rpartition("!")
            sheet = self._book.sheets(prefix.strip("'").replace("''", "'"))
            container = sheet.api.getPropertyValue("NamedRanges")
        content = to_native(refers_to if refers_to.startswith("=") else f"={refers_to}")[1:]
        if container.hasByName(bare):
            container.getByName(bare).setContent(content)
        else:
            position = 0 if sheet is None else sheet.position
            try:
                with in_one_go(container, self._book.api):
                    container.addNewByName(
                        bare, content, bridge.struct("table.CellAddress", Sheet=position), 0
                    )
            except Exception as failure:
                if not bridge.is_uno_failure(failure) or not self.host.alive():
                    raise
                refusal = EngineError("bad-name", label=name, path=self._book.fullname)
            else:
                return Name(self._book, container, bare, sheet)
            raise refusal
        return Name(self._book, container, bare, sheet)


@hosted
class Name(base_classes.Name):
    """A named range of a document or of one of its sheets."""

    def __init__(self, book: Book, container: Any, bare: str, sheet: Sheet | None) -> None:
        self._book = book
        self._container = container
        self.bare = bare
        self._sheet = sheet

    @property
    def host(self) -> Host:
        return self._book.host

    @property
    def api(self) -> Any:
        return self._container.getByName(self.bare)

    @property
    def name(self) -> str:
        if self._sheet is None:
            return self.bare
        quoted = self._sheet.name.replace("'", "''")
        return f"'{quoted}'!{self.bare}"

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)
        self.bare = value

    @property
    def refers_to(self) -> str:
        return to_excel(f"={self.api.getContent()}")

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        with in_one_go(self._container, self._book.api):
            self.api.setContent(to_native(value)[1:])

    @property
    def refers_to_range(self) -> Range:
        from .ranges import Range

        reference = parse_reference(self.refers_to)
        if reference is None:
            raise NotSupportedByEngine("name-is-no-area", label=self.bare, path=self._book.fullname)
        title, area = reference
        return Range(self._book.sheets(title), [area])

    def stands_for(self, sheet: str, areas: list[Area]) -> bool:
        return len(areas) == 1 and parse_reference(self.refers_to) == (sheet, areas[0])

    def delete(self) -> None:
        with in_one_go(self._container, self._book.api):
            self._container.removeByName(self.bare)
