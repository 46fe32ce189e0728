"""Where things are: areas of a sheet, and the book-scope defined names of an open book, read once. Rows and columns count
from 1, both ends are included."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlengines.a1 import area_text, parse_reference, unquoted
from xlengines.a1 import cell_text as cell_a1
from xlengines.names_at_once import NamesAtOnce

from ..errors import NotAMaster
from . import layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import xlwings as xw

    from .pages import Pages

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


#: The labels of a book's names, those of sheets with their sheet, and what one at book scope refers to.
_Names = tuple["Iterable[str]", "Callable[[str], str | None]"]


def _one_by_one(book: xw.Book) -> _Names:
    names = dict(book.names.impl.snapshot())
    return names, lambda label: names[label].refers_to


def _asked_at_once(pages: Pages) -> _Names | None:
    """Excel's names by the labels that they ought to have, sheet by sheet: one by one each costs three calls. None of other
    programs, of one that answers as Excel and cannot do it, and where 设置 has such names of its own."""
    names = NamesAtOnce.of(pages.book, layout.NAME_ID)
    try:
        return None if names is None else _ours(names, pages)
    except LookupError:
        return None


def _ours(names: NamesAtOnce, pages: Pages) -> _Names:
    """Project after project, until those are all that the book has; where it has others too, they are listed to see which."""
    known = {label: refers for group in layout.NAMES_BY_TAB for label, refers in names.refer(group).items()}
    count, of_sheets = names.at_book_scope([pages[tab] for tab in pages.tabs()])
    number = 0
    while len(known) < count:
        number += 1
        of_project = [layout.project_name(number, place) for place in layout.PROJECT_NAMES]
        here = names.refer(of_project) | names.refer([layout.project_name(number, layout.SECOND_UNITS)])
        if not here:
            break
        known.update(here)
    else:
        return [*known, *of_sheets], known.get
    listed, refers_to = _one_by_one(pages.book)
    return listed, lambda label: known[label] if label in known else refers_to(label)


@dataclass(frozen=True)
class Places:
    """Book-scope names that refer to an area. Names at sheet scope (left behind by a copied tab) are ignored, but
    ``copies`` are the tabs that carry a project's."""

    areas: dict[str, Area]
    known: dict[str, None]
    copies: tuple[str, ...] = ()
    _refers_to: Callable[[str], str | None] = field(default=lambda _: None, compare=False, repr=False)

    @classmethod
    def of(cls, pages: Pages) -> Places:
        """Read the names of a book; NotAMaster where it carries neither the 总表's id nor a project's name."""
        labels, refers_to = _asked_at_once(pages) or _one_by_one(pages.book)
        places = [label.rpartition("!") for label in labels]
        known = dict.fromkeys(place for _, of_sheet, place in places if not of_sheet)
        areas: dict[str, Area] = {}
        for label in known:
            of_project = PROJECT_PLACE.fullmatch(label)
            # Each of 33 projects has ten names for the formulas of other sheets alone.
            if not of_project or of_project[2] in layout.PROJECT_BLOCKS:
                area = area_named(refers_to(label) or "")
                if area is not None:
                    areas[label] = area
        copies = {
            unquoted(sheet): None for sheet, _, place in places if sheet and PROJECT_PLACE.fullmatch(place)
        }
        cls._refuse_others(pages.book, known)
        return cls(areas, known, tuple(copies), refers_to)

    @classmethod
    def named(cls, pages: Pages, wanted: Iterable[str]) -> Places:
        """The places of a few names and of the id, each asked for by itself. NotAMaster."""
        areas: dict[str, Area] = {}
        names = pages.book.names
        for label in {layout.NAME_ID, *wanted}:
            if label not in names:
                continue
            name = names[label]
            if "!" in name.name:  # a copied tab's own, which Excel may give before the book's
                return cls.of(pages)
            area = area_named(name.refers_to or "")
            if area is not None:
                areas[label] = area
        return cls(areas, dict.fromkeys(areas)) if layout.NAME_ID in areas else cls.of(pages)

    @staticmethod
    def _refuse_others(book: xw.Book, known: Iterable[str]) -> None:
        if not any(name == layout.NAME_ID or PROJECT_PLACE.fullmatch(name) for name in known):
            raise NotAMaster(f"“{book.name}”不是民生实事总表。", "请打开由“导入任务书”生成的总表后再点按钮。")

    def everywhere(self) -> dict[str, Area]:
        """Every place, those that formulas alone name too."""
        found = {label: area_named(self._refers_to(label) or "") for label in self.known}
        return {label: area for label, area in found.items() if area is not None}

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
