"""Where things are in an open book: its book-scope defined names, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import NotAMaster
from . import layout
from .address import Area, area_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    import xlwings as xw

__all__ = ["Places"]

_PROJECT_PLACE = re.compile(r"P(\d{2,})_(.+)")


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
                if _PROJECT_PLACE.fullmatch(place):
                    copies.setdefault(sheet.strip("'").replace("''", "'"))
                continue
            known.add(label)
            of_project = _PROJECT_PLACE.fullmatch(label)
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
        if not any(name == layout.NAME_ID or _PROJECT_PLACE.fullmatch(name) for name in known):
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
        found = {int(match[1]) for name in self.known if (match := _PROJECT_PLACE.fullmatch(name))}
        return sorted(found)
