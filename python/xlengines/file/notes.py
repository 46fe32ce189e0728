"""A note at a cell, in the shape that xlwings expects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..completeness import complete
from .ranges import Range

if TYPE_CHECKING:
    from .books import Sheet
    from .note_parts import NoteParts

__all__ = ["Note"]


class Note(base_classes.Note):
    def __init__(self, sheet: Sheet, place: tuple[int, int]) -> None:
        self._sheet = sheet
        self._place = place

    @property
    def _parts(self) -> NoteParts:
        return self._sheet.part.notes

    @property
    def api(self) -> Any:
        return self._parts

    @property
    def text(self) -> str:
        return self._parts.text(self._place) or ""

    @text.setter
    def text(self, value: str) -> None:
        self.location.refuse_when_protected()
        self._parts.put(self._place, value)

    @property
    def author(self) -> str:
        return self._parts.author(self._place)

    @property
    def location(self) -> Range:
        return Range(self._sheet, [(*self._place, *self._place)])

    def delete(self) -> None:
        self.location.refuse_when_protected()
        self._parts.delete(self._place)


complete(Note, "file")
