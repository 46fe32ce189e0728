"""Notes at cells (批注)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .host import hosted

if TYPE_CHECKING:
    from .host import Host
    from .ranges import Range
    from .sheets import Sheet

__all__ = ["Note", "notes_of"]


@hosted
class Note(base_classes.Note):
    def __init__(self, sheet: Sheet, place: tuple[int, int]) -> None:
        self._sheet = sheet
        self._place = place

    @property
    def host(self) -> Host:
        return self._sheet.host

    @property
    def api(self) -> Any:
        row, column = self._place
        return self._sheet.api.getCellByPosition(column - 1, row - 1).getAnnotation()

    @property
    def stands(self) -> bool:
        """Whether there is a note: the host hands out an empty one for every cell."""
        return bool(self.api.getString())

    @property
    def text(self) -> str:
        return str(self.api.getString())

    @text.setter
    def text(self, value: str) -> None:
        self._sheet.refuse_when_protected()
        self.api.setString(value)

    @property
    def author(self) -> str:
        return str(self.api.getAuthor())

    @property
    def location(self) -> Range:
        from .ranges import Range

        return Range(self._sheet, [(*self._place, *self._place)])

    def delete(self) -> None:
        self._sheet.refuse_when_protected()
        annotations = self._sheet.api.getAnnotations()
        for index in range(annotations.getCount()):
            position = annotations.getByIndex(index).getPosition()
            if (position.Row + 1, position.Column + 1) == self._place:
                annotations.removeByIndex(index)
                return


def notes_of(sheet: Sheet) -> list[Note]:
    """The notes of a sheet, by rows."""
    annotations = sheet.api.getAnnotations()
    positions = [annotations.getByIndex(index).getPosition() for index in range(annotations.getCount())]
    return [Note(sheet, place) for place in sorted((at.Row + 1, at.Column + 1) for at in positions)]
