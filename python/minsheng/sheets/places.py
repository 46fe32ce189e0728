"""Where things are: areas of a sheet, and the book-scope defined names of an open book, read once. Rows and columns count
from 1, both ends are included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlengines.a1 import area_text, parse_reference, unquoted
from xlengines.a1 import cell_text as cell_a1

from ..errors import NotAMaster
from . import layout

if TYPE_CHECKING:
    from collections.abc import Iterable

    import xlwings as xw

__all__ = ["PROJECT_PLACE", "Area", "Places", "area_named", "cell_a1"]

PROJECT_PLACE = re.compile(r"P(\d{2,})_(.+)")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def a1(self) -> str:
        """``B7`` or ``B7:D9``, without the sheet."""
        return area_text(self.top, self.left, self.bottom, self.right)

    @property
    def reference(self) -> str:
        """What a defined name refers to: ``='01'!$B$7:$D$9``."""
        sheet = self.sheet.replace("'", "''")
        return f"='{sheet}'!{area_text(self.top, self.left, self.bottom, self.right, absolute=True)}"


def area_named(refers_to: str) -> Area | None:
    """The area that a defined name refers to (``='01'!$A$8:$R$26``); None for formulas, constants and #REF!."""
    found = parse_reference(refers_to)
    return None if found is None else Area(found[0], *found[1])


@dataclass(frozen=True)
class Places:
    """Book-scope names that refer to an area. Names at sheet scope (left behind by a copied tab) are ignored, but
    ``copies`` are the tabs that carry a project's."""

    areas: dict[str, Area]
    known: frozenset[str]
    copies: tuple[str, ...] = ()

    @classmethod
    def of(cls, book: xw.Book) -> Places:
        """Read the names of a book; NotAMaster where it carries neither the 总表's id nor a project's name.

        In Excel every question crosses a process, and each of 33 projects has ten names for the formulas of other
        sheets alone: those are not asked what they refer to.
        """
        areas: dict[str, Area] = {}
        known: set[str] = set()
        copies: dict[str, None] = {}
        for label, name in book.names.impl.snapshot():
            if "!" in label:
                sheet, _, place = label.rpartition("!")
                if PROJECT_PLACE.fullmatch(place):
                    copies.setdefault(unquoted(sheet))
                continue
            known.add(label)
            of_project = PROJECT_PLACE.fullmatch(label)
            if of_project and of_project[2] not in layout.PROJECT_BLOCKS:
                continue
            area = area_named(name.refers_to or "")
            if area is not None:
                areas[label] = area
        return cls._of_master(book, areas, known, tuple(copies))

    @classmethod
    def named(cls, book: xw.Book, wanted: Iterable[str]) -> Places:
        """The places of a few names and of the id, each asked for by itself. NotAMaster."""
        areas: dict[str, Area] = {}
        for label in {layout.NAME_ID, *wanted}:
            if label not in book.names:
                continue
            name = book.names[label]
            if "!" in name.name:  # a copied tab's own, which Excel may give before the book's
                return cls.of(book)
            area = area_named(name.refers_to or "")
            if area is not None:
                areas[label] = area
        return cls._of_master(book, areas, areas) if layout.NAME_ID in areas else cls.of(book)

    @classmethod
    def _of_master(
        cls, book: xw.Book, areas: dict[str, Area], known: Iterable[str], copies: tuple[str, ...] = ()
    ) -> Places:
        if not any(name == layout.NAME_ID or PROJECT_PLACE.fullmatch(name) for name in known):
            raise NotAMaster(f"“{book.name}”不是民生实事总表。", "请打开由“导入任务书”生成的总表后再点按钮。")
        return cls(areas, frozenset(known), copies)

    def get(self, name: str) -> Area | None:
        """Where a name points to; None where it points to no area."""
        return self.areas.get(name)

    def project(self, number: int, place: str) -> Area | None:
        """Where a place of a project is (``分解`` of project 1 is ``P01_分解``); None where it is nowhere."""
        return self.areas.get(layout.project_name(number, place))

    def project_numbers(self) -> list[int]:
        """The projects of which any name is left, in order."""
        found = {int(match[1]) for name in self.known if (match := PROJECT_PLACE.fullmatch(name))}
        return sorted(found)
