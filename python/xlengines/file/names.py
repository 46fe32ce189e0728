"""Defined names of the plain-file engine, in the shape that xlwings expects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..a1 import parse_area
from ..base import NameLookup, complete
from ..errors import NotSupportedByEngine
from .defined_names import DefinedName
from .ranges import Range

if TYPE_CHECKING:
    from .books import Book

__all__ = ["Name", "Names"]


class Names(NameLookup, base_classes.Names):
    """The names of a book (those of sheet scope as ``Sheet!name``), or those of one sheet."""

    def __init__(self, book: Book, sheet: str | None) -> None:
        self._book = book
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self._book.part

    def everything(self) -> list[Name]:
        """The names of the sheet, or all of the book."""
        return [
            Name(self._book, name)
            for name in self._book.part.names.all()
            if self._sheet in (None, name.sheet)
        ]

    def add(self, name: str, refers_to: str) -> Name:
        """Add a name (``Sheet!name`` at a sheet), or let one that stands refer to something else, as Excel does."""
        sheet, bare = self._sheet, name
        if sheet is None and "!" in name:
            prefix, _, bare = name.rpartition("!")
            sheet = self._book.sheets(prefix.strip("'").replace("''", "'")).name
        self._book.part.names.put(bare, refers_to, sheet)
        self._book.part.touch()
        return Name(self._book, DefinedName(bare, refers_to, sheet))


class Name(base_classes.Name):
    """A defined name of a file, of the book or of one sheet."""

    def __init__(self, book: Book, name: DefinedName) -> None:
        self._book = book
        self._name = name

    @property
    def api(self) -> Any:
        return self._name

    @property
    def bare(self) -> str:
        """The name without its sheet."""
        return self._name.name

    @property
    def name(self) -> str:
        if self._name.sheet is None:
            return self._name.name
        quoted = self._name.sheet.replace("'", "''")
        return f"'{quoted}'!{self._name.name}"

    @name.setter
    def name(self, value: str) -> None:
        raise NotSupportedByEngine("no-renaming-names", path=self._book.fullname)

    @property
    def refers_to(self) -> str:
        return self._name.refers_to

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._book.part.names.put(self._name.name, value, self._name.sheet)
        self._book.part.touch()
        self._name = DefinedName(self._name.name, value, self._name.sheet)

    @property
    def refers_to_range(self) -> Range:
        sheet, _, area = self._name.refers_to.removeprefix("=").rpartition("!")
        title = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
        try:
            return Range(self._book.sheets(title), [parse_area(area)])
        except (ValueError, KeyError) as failure:
            raise NotSupportedByEngine(
                "name-is-no-area", label=self._name.name, path=self._book.fullname
            ) from failure

    def delete(self) -> None:
        self._book.part.names.delete(self._name.name, self._name.sheet)
        self._book.part.touch()


for implementation in (Names, Name):
    complete(implementation, "file")
