"""Books and sheets of the plain-file engine, in the shape that xlwings expects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..a1 import MAX_COLUMN, MAX_ROW, on_grid, parse_area
from ..base import BookLookup, complete
from ..errors import BookNotFound, NotSupportedByEngine
from ..obstacles import Kind, Obstacle, overlap
from .names import Name, Names
from .page_setup import PageSetup
from .ranges import Range
from .sheet_copy import copy_sheet
from .workbook_part import WorkbookPart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..a1 import Area
    from .engine import App
    from .sheet_part import SheetPart

__all__ = ["Book", "Books", "Sheet"]


class Books(BookLookup, base_classes.Books):
    """The books of an app, in the order in which they were opened or brought to the front."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.in_order: list[Book] = []

    @property
    def app(self) -> App:
        return self._app

    @property
    def api(self) -> Any:
        return self.in_order

    @property
    def active(self) -> Book:
        if not self.in_order:
            raise BookNotFound("no-open-book")
        return self.in_order[-1]

    def open_books(self) -> list[Book]:
        """The books as they stand now; closing one does not touch this list."""
        return list(self.in_order)

    def open(self, fullname: str, *_: Any, **__: Any) -> Book:
        book = Book(self._app, Path(fullname))
        self.in_order.append(book)
        return book

    def add(self) -> Book:
        raise NotSupportedByEngine("no-new-book")


class Book(base_classes.Book):
    """An .xlsx or .xlsm that is open; nothing reaches the disk before ``save``."""

    def __init__(self, app: App, path: Path) -> None:
        self._app = app
        self.path = path
        self.part = WorkbookPart(path)
        self.active_title = self.part.active_title

    @property
    def app(self) -> App:
        return self._app

    @property
    def api(self) -> Any:
        return self.part

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def fullname(self) -> str:
        return str(self.path)

    @property
    def is_read_only(self) -> bool:
        """Never: what stops a save of the file is said by the save, which leaves the old one as it is."""
        return False

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self, None)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save in place, or as another file of the same kind, which becomes this book's own."""
        if password is not None:
            raise NotSupportedByEngine("no-encryption", path=self.fullname)
        target = Path(path).resolve() if path else self.path
        if target.suffix.lower() != self.path.suffix.lower():
            raise NotSupportedByEngine(
                "other-ending",
                old=self.path.suffix,
                new=target.suffix,
                path=str(target),
            )
        self.part.save(target)
        if target != self.path:
            active = self.active_title
            self.path, self.part = target, WorkbookPart(target)
            self.active_title = active

    def close(self) -> None:
        """Close without saving."""
        self._app.books.in_order.remove(self)

    def activate(self) -> None:
        books = self._app.books.in_order
        books.remove(self)
        books.append(self)

    def to_pdf(self, path: str, quality: Any = None) -> None:
        raise NotSupportedByEngine("no-pdf-here", path=self.fullname)


class Sheets(base_classes.Sheets):
    """The sheets of a file in the order of their tabs."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        return self.book.part

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.active_title)

    def __call__(self, name_or_index: str | int) -> Sheet:
        titles = self.book.part.titles
        if isinstance(name_or_index, int):
            return Sheet(self.book, titles[name_or_index - 1])
        for title in titles:
            if title.casefold() == name_or_index.casefold():
                return Sheet(self.book, title)
        raise KeyError(name_or_index)

    def __contains__(self, name: str) -> bool:
        return any(title.casefold() == name.casefold() for title in self.book.part.titles)

    def __len__(self) -> int:
        return len(self.book.part.titles)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, title) for title in self.book.part.titles)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A blank sheet before or after another, else before the active one as in Excel; it becomes the active one."""
        titles = self.book.part.titles
        if name is None:
            name = next(
                title for number in range(1, len(titles) + 2) if (title := f"Sheet{number}") not in titles
            )
        part = self.book.part
        if after is not None:
            position = part.position(after.name) + 1
        else:
            position = part.position(self.active.name if before is None else before.name)
        part.add_sheet(name, position)
        self.book.active_title = name
        return Sheet(self.book, name)


class Sheet(base_classes.Sheet):
    """A worksheet of a file; it stays the same one under another title."""

    def __init__(self, book: Book, title: str) -> None:
        self._book = book
        self._tab = book.part.tab_of(title)

    @property
    def _title(self) -> str:
        return self._book.part.title_of(self._tab)

    @property
    def book(self) -> Book:
        return self._book

    @property
    def part(self) -> SheetPart:
        return self._book.part.sheet(self._title)

    @property
    def api(self) -> Any:
        return self.part

    @property
    def name(self) -> str:
        return self._title

    @name.setter
    def name(self, value: str) -> None:
        old = self._title
        self._book.part.rename_sheet(old, value)
        if self._book.active_title == old:
            self._book.active_title = value

    @property
    def index(self) -> int:
        return self._book.part.titles.index(self._title) + 1

    @property
    def names(self) -> Names:
        return Names(self._book, self._title)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """``A1:B2`` (several areas with commas), a defined name, (row, column) tuples, or ranges as corners."""
        if arg2 is not None:
            corners = [self.range(arg1), self.range(arg2)]
            tops, lefts = [corner.row for corner in corners], [corner.column for corner in corners]
            ends = [(c.row + c.shape[0] - 1, c.column + c.shape[1] - 1) for c in corners]
            return Range(
                self,
                [(min(tops), min(lefts), max(row for row, _ in ends), max(column for _, column in ends))],
            )
        if isinstance(arg1, Range):
            return arg1
        if isinstance(arg1, tuple):
            if not on_grid((*arg1, *arg1)):
                raise IndexError(f"no such cell: {arg1}")
            return Range(self, [(*arg1, *arg1)])
        try:
            areas = [parse_area(part) for part in arg1.split(",")]
        except ValueError:
            return self._named(arg1)
        # "ABCD1" and "XYZ1" are no cells and may well be names.
        return Range(self, areas) if all(map(on_grid, areas)) else self._named(arg1)

    def _named(self, text: str) -> Range:
        for names in (self.names, self._book.names):
            if names.contains(text):
                found: Name = names(text)
                return found.refers_to_range
        raise KeyError(text)

    @property
    def cells(self) -> Range:
        return Range(self, [(1, 1, MAX_ROW, MAX_COLUMN)])

    @property
    def used_range(self) -> Range:
        return Range(self, [self.part.used_area()])

    @property
    def page_setup(self) -> PageSetup:
        return PageSetup(self)

    def obstacles(self, areas: Sequence[Area]) -> Iterator[Obstacle]:
        """What would refuse a write into these areas (see ``xlengines.obstacles``); a filter does not."""
        part, styles = self.part, self._book.part.styles
        merged = list(part.merged_areas())
        for area in areas:
            if part.is_protected and any(map(styles.is_locked, part.styles_in(area))):
                yield Obstacle(Kind.PROTECTED, area)
            yield from (Obstacle(Kind.MERGED, own) for own in merged if overlap(own, area))
            yield from (Obstacle(Kind.TABLE, own) for own in part.fixed_areas if overlap(own, area))

    def hidden_rows(self, top: int, bottom: int) -> list[int]:
        nodes = {row: self.part.row_node(row) for row in range(top, bottom + 1)}
        return [
            row for row, node in nodes.items() if node is not None and node.get("hidden") in ("1", "true")
        ]

    @property
    def visible(self) -> bool:
        return self._book.part.state(self._title) == "visible"

    @visible.setter
    def visible(self, value: bool) -> None:
        self._book.part.set_state(self._title, "visible" if value else "hidden")

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """A copy in this book or another one (see ``sheet_copy``); it becomes the active sheet of its book."""
        near = before or after or self
        book = near.book
        position = book.part.position(near.name) + (before is None)
        title = copy_sheet(self._book.part, self._title, book.part, position)
        if book.part.state(title) == "visible":
            book.active_title = title

    def delete(self) -> None:
        """Take the sheet out of the book; formulas and names that refer to it read ``#REF!`` then."""
        part, title = self._book.part, self._title
        part.remove_sheet(title)
        if self._book.active_title == title:
            self._book.active_title = part.active_title

    def activate(self) -> None:
        self._book.active_title = self._title

    def select(self) -> None:
        self.activate()

    def clear_contents(self) -> None:
        self.used_range.clear_contents()


for implementation in (Books, Book, Sheets, Sheet):
    complete(implementation, "file")
