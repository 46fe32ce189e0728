"""A range of a workbook on disk: blocks of values and formulas, looks, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..completeness import complete
from ..errors import ProtectedSheet
from .a1 import area_text, parse_area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .books import Sheet
    from .notes import Note
    from .sheet_part import SheetPart

__all__ = ["Range"]

Area = tuple[int, int, int, int]


class Range(base_classes.Range):
    """One or several areas (top, left, bottom, right), from 1, ends included; most members speak of the first."""

    def __init__(self, sheet: Sheet, areas: list[Area]) -> None:
        self._sheet = sheet
        self._areas = areas
        self.options: dict[str, Any] = {}

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @property
    def api(self) -> Any:
        # xlwings writes only where this is true.
        return self._sheet.part

    @property
    def _part(self) -> SheetPart:
        return self._sheet.part

    @property
    def _area(self) -> Area:
        return self._areas[0]

    @property
    def row(self) -> int:
        return self._area[0]

    @property
    def column(self) -> int:
        return self._area[1]

    @property
    def shape(self) -> tuple[int, int]:
        top, left, bottom, right = self._area
        return (bottom - top + 1, right - left + 1)

    @property
    def address(self) -> str:
        return ",".join(area_text(*area, absolute=True) for area in self._areas)

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        text = self.address
        if not (row_absolute and column_absolute):
            text = text.replace("$", "")
        if external:
            return f"'[{self._sheet.book.name}]{self._sheet.name}'!{text}"
        return text

    def __call__(self, row: int, column: int | None = None) -> Range:
        top, left, _, _ = self._area
        width = self.shape[1]
        if column is None:
            row, column = divmod(row - 1, width)
            row, column = row + 1, column + 1
        place = (top + row - 1, left + column - 1)
        return Range(self._sheet, [(*place, *place)])

    def __len__(self) -> int:
        return sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in self._areas)

    def _cells(self) -> Iterator[tuple[int, int]]:
        for top, left, bottom, right in self._areas:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield row, column

    @property
    def max_cells_per_read(self) -> None:
        return None

    @property
    def max_cells_per_write(self) -> None:
        return None

    # Values

    @property
    def raw_value(self) -> list[list[Any]]:
        top, left, bottom, right = self._area
        part = self._part
        return [
            [part.value(row, column) for column in range(left, right + 1)] for row in range(top, bottom + 1)
        ]

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        self.refuse_when_protected()
        for row, column, cell in self._spread(value):
            self._part.set_value(row, column, cell)

    def _spread(self, value: Any) -> Iterator[tuple[int, int, Any]]:
        """The cells of the first area with their values; a single value fills every area."""
        if not isinstance(value, list | tuple):
            for row, column in self._cells():
                yield row, column, value
            return
        rows = value if value and isinstance(value[0], list | tuple) else [value]
        top, left, _, _ = self._area
        for row, cells in enumerate(rows, start=top):
            for column, cell in enumerate(cells, start=left):
                yield row, column, cell

    def refuse_when_protected(self) -> None:
        if self._part.is_protected:
            styles = self._sheet.book.part.styles
            locked = next(
                (place for place in self._cells() if styles.is_locked(self._part.style(*place))), None
            )
            if locked is not None:
                raise ProtectedSheet(
                    f"工作表“{self._sheet.name}”受保护，{area_text(*locked, *locked)} 不能改。",
                    path=self._sheet.book.fullname,
                )

    @property
    def formula(self) -> Any:
        top, left, bottom, right = self._area
        rows = tuple(
            tuple(self._part.formula(row, column) for column in range(left, right + 1))
            for row in range(top, bottom + 1)
        )
        return rows[0][0] if self.shape == (1, 1) else rows

    @formula.setter
    def formula(self, value: Any) -> None:
        self.refuse_when_protected()
        for row, column, cell in self._spread(value):
            self._part.set_value(row, column, cell)

    def clear_contents(self) -> None:
        self.raw_value = None

    def clear(self) -> None:
        self.raw_value = None
        for row, column in self._cells():
            self._part.set_style(row, column, 0)

    # Looks

    @property
    def color(self) -> tuple[int, int, int] | None:
        return self._sheet.book.part.styles.colour(self._part.style(self.row, self.column))

    @color.setter
    def color(self, value: Any) -> None:
        rgb = _rgb(value)
        styles = self._sheet.book.part.styles
        for row, column in self._cells():
            self._part.set_style(row, column, styles.with_colour(self._part.style(row, column), rgb))

    @property
    def number_format(self) -> str | None:
        styles = self._sheet.book.part.styles
        found = {styles.number_format(self._part.style(row, column)) for row, column in self._cells()}
        return found.pop() if len(found) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        styles = self._sheet.book.part.styles
        for row, column in self._cells():
            self._part.set_style(row, column, styles.with_number_format(self._part.style(row, column), value))

    # Neighbourhood

    @property
    def merge_area(self) -> Range:
        for top, left, bottom, right in self._part.merged_areas():
            if top <= self.row <= bottom and left <= self.column <= right:
                return Range(self._sheet, [(top, left, bottom, right)])
        return Range(self._sheet, [(self.row, self.column, self.row, self.column)])

    @property
    def merge_cells(self) -> bool:
        return len(self.merge_area) > 1

    def end(self, direction: str) -> Range:
        """Where Ctrl+arrow goes among the filled cells."""
        step = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}[direction]
        _, _, bottom, right = self._part.used_area()
        row, column = self.row, self.column

        def filled(place: tuple[int, int]) -> bool:
            return self._part.value(*place) is not None

        def inside(place: tuple[int, int]) -> bool:
            return 1 <= place[0] <= max(bottom, self.row) and 1 <= place[1] <= max(right, self.column)

        def beyond(place: tuple[int, int]) -> tuple[int, int]:
            return (place[0] + step[0], place[1] + step[1])

        place = (row, column)
        # Inside a run of filled cells: to its end. Else to the next filled cell, or to the edge.
        running = filled(place) and filled(beyond(place))
        while inside(beyond(place)):
            if running and not filled(beyond(place)):
                break
            place = beyond(place)
            if not running and filled(place):
                break
        row, column = place
        return Range(self._sheet, [(row, column, row, column)])

    def select(self) -> None:
        self._sheet.book.app.selected = self

    # Notes

    @property
    def note(self) -> Note | None:
        from .notes import Note

        place = (self.row, self.column)
        return Note(self._sheet, place) if self._part.notes.text(place) is not None else None

    def add_note(self, text: str) -> Note:
        from .notes import Note

        self.refuse_when_protected()
        self._part.notes.put((self.row, self.column), text)
        return Note(self._sheet, (self.row, self.column))


def _rgb(value: Any) -> tuple[int, int, int] | None:
    """``(255, 0, 0)``, ``#FF0000``, xlwings' integer, or None."""
    if value is None:
        return None
    if isinstance(value, str):
        text = value.lstrip("#")
        return (int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16))
    if isinstance(value, int):
        return (value & 0xFF, value >> 8 & 0xFF, value >> 16 & 0xFF)
    return (value[0], value[1], value[2])


def areas_of(text: str) -> list[Area]:
    return [parse_area(part) for part in text.split(",")]


complete(Range, "file")
