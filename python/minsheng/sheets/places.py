"""Where things are in an open book: its book-scope defined names, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import NotAMaster
from . import layout
from .address import Area, parse_reference

if TYPE_CHECKING:
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
        """Read the names of a book; NotAMaster where it does not carry the 总表's id."""
        areas: dict[str, Area] = {}
        known: set[str] = set()
        copies: dict[str, None] = {}
        for name in book.names:
            label = name.name
            if "!" in label:
                sheet, _, place = label.rpartition("!")
                if _PROJECT_PLACE.fullmatch(place):
                    copies.setdefault(sheet.strip("'").replace("''", "'"))
                continue
            known.add(label)
            area = parse_reference(name.refers_to or "")
            if area is not None:
                areas[label] = area
        if layout.NAME_ID not in areas:
            raise NotAMaster(f"“{book.name}”不是民生实事总表。", "请打开由“导入任务书”生成的总表后再点按钮。")
        return cls(areas, frozenset(known), tuple(copies))

    def get(self, name: str) -> Area | None:
        return self.areas.get(name)

    def project(self, number: int, place: str) -> Area | None:
        return self.areas.get(layout.project_name(number, place))

    def project_numbers(self) -> list[int]:
        """The projects of which any name is left, in order."""
        found = {int(match[1]) for name in self.known if (match := _PROJECT_PLACE.fullmatch(name))}
        return sorted(found)
