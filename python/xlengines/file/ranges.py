"""A range of a workbook on disk: blocks of values and formulas, looks, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..a1 import MAX_COLUMN, MAX_ROW, area_text
from ..base import complete
from ..errors import NotSupportedByEngine, ProtectedSheet
from ..ranges import end_of_run, filled, matrix
from ..values import rgb
from .measures import column_points, row_points, set_row_points

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..a1 import Area
    from .books import Sheet
    from .grid import Place
    from .sheet_part import SheetPart

__all__ = ["Range"]

#: More cells than any table has: to walk through a whole sheet's 17 billion would take for ever.
_MOST_CELLS = 5_000_000


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
    def width(self) -> float:
        """Of the columns together, in points."""
        _, left, _, right = self._area
        return sum(column_points(self._part, column) for column in range(left, right + 1))

    @property
    def row_height(self) -> float:
        """In points; of the first row where they differ."""
        return row_points(self._part, self._area[0])

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.refuse_when_protected()
        for top, _, bottom, _ in self._areas:
            for row in range(top, bottom + 1):
                set_row_points(self._part, row, value)

    @property
    def address(self) -> str:
        return ",".join(area_text(*area, absolute=True) for area in self._areas)

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        text = ",".join(
            area_text(*area, row_absolute=row_absolute, column_absolute=column_absolute)
            for area in self._areas
        )
        return f"'[{self._sheet.book.name}]{self._sheet.name}'!{text}" if external else text

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

    def _cells(self) -> Iterator[Place]:
        self._refuse_too_large()
        for top, left, bottom, right in self._areas:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield row, column

    def _refuse_too_large(self) -> None:
        if len(self) > _MOST_CELLS:
            raise NotSupportedByEngine(
                "too-many-cells",
                area=self.address,
                count=len(self),
                path=self._sheet.book.fullname,
            )

    @property
    def max_cells_per_read(self) -> None:
        return None

    @property
    def max_cells_per_write(self) -> None:
        return None

    # Values

    @property
    def raw_value(self) -> list[list[Any]]:
        self._refuse_too_large()
        return self._part.values(self._area)

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        cells = list(self._spread(value))
        self._refuse_locked(place for place, _ in cells)
        self._part.put(cells)

    def _spread(self, value: Any) -> Iterator[tuple[Place, Any]]:
        """The cells of the first area with their values; a single value fills every area, a blank only what is there."""
        if isinstance(value, list | tuple):
            top, left, _, _ = self._area
            for row, cells in enumerate(matrix(value), start=top):
                for column, cell in enumerate(cells, start=left):
                    yield (row, column), cell
            return
        if value is None or value == "":
            for area in self._areas:
                for place in self._part.within(area):
                    yield place, None
            return
        self._refuse_too_large()
        for area in self._areas:
            for row, cells in enumerate(filled(value, area), start=area[0]):
                for column, cell in enumerate(cells, start=area[1]):
                    yield (row, column), cell

    def refuse_when_protected(self) -> None:
        self._refuse_locked(self._cells())

    def _refuse_locked(self, places: Iterable[Place]) -> None:
        """ProtectedSheet unless every cell is open, as cells to fill in on a protected form are."""
        if not self._part.is_protected:
            return
        styles = self._sheet.book.part.styles
        for place in places:
            if styles.is_locked(self._part.style(place)):
                raise self._protected(area_text(*place, *place))

    def _protected(self, cell: str) -> ProtectedSheet:
        return ProtectedSheet(
            "protected-sheet", path=self._sheet.book.fullname, sheet=self._sheet.name, cell=cell
        )

    @property
    def formula(self) -> Any:
        self._refuse_too_large()
        rows = tuple(map(tuple, self._part.formulas(self._area)))
        return rows[0][0] if self.shape == (1, 1) else rows

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    def clear_contents(self) -> None:
        self.raw_value = None

    # Looks

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The solid fill of the first cell as (red, green, blue); None without one, or where a theme gives it."""
        return self._sheet.book.part.styles.colour(self._part.style((self.row, self.column)))

    @color.setter
    def color(self, value: Any) -> None:
        fill = None if value is None else rgb(value)
        styles = self._sheet.book.part.styles
        self._restyle(lambda style: styles.with_colour(style, fill))

    @property
    def number_format(self) -> str | None:
        """The code in Excel's English; None where the cells differ."""
        styles = self._sheet.book.part.styles
        found = {styles.number_format(self._part.style(place)) for place in self._cells()}
        return found.pop() if len(found) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        styles = self._sheet.book.part.styles
        self._restyle(lambda style: styles.with_number_format(style, value))

    def _restyle(self, derived: Callable[[int], int]) -> None:
        self._refuse_looks()
        for place in list(self._cells()):
            self._part.set_style(place, derived(self._part.style(place)))

    def _refuse_looks(self) -> None:
        if self._part.keeps_looks:
            raise self._protected("")

    # Neighbourhood

    @property
    def has_array(self) -> bool:
        """Whether the first cell is filled by an array formula."""
        return self._part.has_array((self.row, self.column))

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
        """Where Ctrl+arrow goes: to the end of a run of filled cells, else to the next filled one, else to the edge."""

        def is_filled(area: Area) -> list[bool]:
            return [self._part.formula(place) != "" for place in Range(self._sheet, [area])._cells()]

        place = end_of_run(
            (self.row, self.column), direction, self._part.used_area(), (MAX_ROW, MAX_COLUMN), is_filled
        )
        return Range(self._sheet, [(*place, *place)])

    def select(self) -> None:
        self._sheet.book.app.selected = self


complete(Range, "file")
