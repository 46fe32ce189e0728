"""A sheet that was built anew, put into a living master in place of the one it has, or beside the others.

What is ours comes from the new sheet; what a clerk keeps to the right of it or below it comes along from the old one.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from xlengines.a1 import quoted
from xlengines.graft import graft, names_in_one_go

from .image import is_formula
from .pages import Pages
from .places import Area, Places
from .writing import Formula, Write, apply, kept

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    import xlwings as xw

    from .image import SheetImage

__all__ = ["Graft", "Grafts", "areas_on", "own_cells"]


@dataclass(frozen=True, slots=True)
class Graft:
    """``source`` is the sheet of the new book; it takes the place of the tab ``replaced``, or stands behind ``behind``, or
    before all others."""

    source: str
    replaced: str = ""
    behind: str = ""


@dataclass
class Grafts:
    """The grafts of one job, taken back altogether unless they are completed."""

    book: xw.Book
    fresh: xw.Book
    tabs: dict[str, str] = field(default_factory=dict)
    _back: list[Callable[[], object]] = field(default_factory=list)
    _replaced: dict[str, str] = field(default_factory=dict)

    @cached_property
    def built(self) -> Pages:
        """The sheets of the new book."""
        return Pages(self.fresh)

    @cached_property
    def places(self) -> Places:
        """The places of the new book."""
        return Places.of(self.built)

    def put_in(self, wanted: Graft) -> str:
        """Copy a sheet; the tab that it has until ``complete``."""
        source = self.built[wanted.source]
        if wanted.replaced:
            copy = graft(source, before=self.book.sheets[wanted.replaced])
        elif wanted.behind:
            copy = graft(source, after=self.book.sheets[wanted.behind])
        else:
            copy = graft(source, before=self.book.sheets[0])
        tab = copy.name
        self._back.append(self.book.sheets[tab].delete)
        self._back.append(partial(self._unname, tab))
        self.tabs[wanted.source] = tab
        if wanted.replaced:
            self._replaced[wanted.replaced] = tab
        return tab

    def name(self) -> None:
        """Point the book's names to the copied sheets, as they stand in the new book."""
        with names_in_one_go(self.book):
            for name, area in areas_on(self.places, self.tabs):
                self.point(
                    name, Area(self.tabs[area.sheet], area.top, area.left, area.bottom, area.right).reference
                )
            # What a program has made of our names on a copied sheet; its print area stays.
            for tab in self.tabs.values():
                for label, name in self.book.sheets[tab].names.impl.snapshot():
                    if not label.rpartition("!")[2].startswith(("Print_", "_xlnm")):
                        name.delete()

    def _unname(self, tab: str) -> None:
        """The names of the book that came with a sheet."""
        for name, _ in areas_on(Places.of(Pages(self.book)), [tab]):
            self.book.names[name].delete()

    def point(self, name: str, reference: str) -> None:
        """Let a book-scope name refer to ``reference``, made where there is none."""
        if name in self.book.names:
            standing = self.book.names[name].refers_to
            self._back.append(lambda: setattr(self.book.names[name], "refers_to", standing))
            self.book.names[name].refers_to = reference
        else:
            self.book.names.add(name, reference)
            self._back.append(self.book.names[name].delete)

    def write(self, writes: Sequence[Write]) -> None:
        """Write onto the copied sheets as they stand now. What ``apply`` raises."""
        pages = Pages(self.book)
        apply(pages, writes, {tab: pages.image(tab) for tab in self.tabs.values()})

    def take_back(self) -> None:
        """Everything as before, as far as the program lets it."""
        for undo in reversed(self._back):
            with suppress(Exception):
                undo()
        self._back.clear()

    def complete(self, gone: Sequence[str] = ()) -> None:
        """The old sheets go, those of ``gone`` with their names, the new ones get their tabs, and what spoke of the old
        ones elsewhere speaks of these."""
        elsewhere = [sheet.name for sheet in self.book.sheets if sheet.name not in self.tabs.values()]
        spoken = list(self._speaking_of(set(elsewhere) - self._replaced.keys()))
        in_front = self.book.sheets.active.name
        for old, tab in self._replaced.items():
            if old == in_front:
                self.book.sheets[tab].activate()
            self.book.sheets[old].delete()
            self.book.sheets[tab].name = old
        for sheet, row, column, text in spoken:
            self.book.sheets[sheet].range((row, column)).formula = text
        for name, _ in areas_on(Places.of(Pages(self.book)), gone) if gone else ():
            self.book.names[name].delete()
        for tab in gone:
            self.book.sheets[tab].delete()

    def _speaking_of(self, sheets: set[str]) -> Iterator[tuple[str, int, int, str]]:
        """The formulas of other sheets that name a tab which is to go."""
        signs = [sign for old in self._replaced for sign in (f"{old}!", f"{quoted(old)}!")]
        pages = Pages(self.book)
        for sheet in sorted(sheets) if signs else ():
            image = pages.image(sheet)
            for row in range(image.top, image.bottom + 1):
                for column in range(image.left, image.right + 1):
                    text = image.formula(row, column)
                    if is_formula(text) and any(sign in text for sign in signs):
                        yield sheet, row, column, text


def areas_on(places: Places, tabs: Container[str]) -> list[tuple[str, Area]]:
    """The book-scope names of areas on these sheets."""
    return [(label, area) for label, area in places.everywhere().items() if area.sheet in tabs]


def own_cells(old: SheetImage, ours: Area, new: SheetImage, end: int, tab: str) -> list[Write]:
    """What a clerk keeps on the ``old`` sheet to the right of ``ours`` or below it, as writes onto ``tab``: beside the same
    row, or as far below ``end``, the last row of what is ours there now. A cell that the ``new`` sheet fills stays ours."""
    writes = []
    for row in range(old.top, old.bottom + 1):
        for column in range(old.left, old.right + 1):
            if old.value(row, column) is None or (row <= ours.bottom and column <= ours.right):
                continue
            place = row if row <= ours.bottom else row - ours.bottom + end
            value = kept(old, row, column)
            if new.value(place, column) is None and not (isinstance(value, Formula) and place != row):
                writes.append(Write(tab, place, column, [[value]]))
    return writes
