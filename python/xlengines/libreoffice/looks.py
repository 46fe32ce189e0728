"""How the cells of a range look: colours, number formats, alignment, sizes. One call serves all areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..a1 import Area
from ..errors import NotSupportedByEngine
from ..ranges import gathered
from ..values import Colour, rgb
from . import bridge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .book import Book
    from .host import Host
    from .ranges import Range
    from .sheets import Sheet

__all__ = ["Looks"]

_NO_FILL = -1
_POINTS = 72 / 2540  # the host measures in hundredths of a millimetre

_HORIZONTAL = {
    "general": "STANDARD", "left": "LEFT", "center": "CENTER", "right": "RIGHT", "fill": "REPEAT", "justify": "BLOCK",
}  # fmt: skip
_VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}


class Looks(base_classes.Range):
    """The part of Range that concerns looks."""

    if TYPE_CHECKING:  # Range's own
        areas: list[Area]

        @property
        def sheet(self) -> Sheet: ...
        @property
        def book(self) -> Book: ...
        @property
        def host(self) -> Host: ...

        def __call__(self, row: int, column: int | None = None) -> Range: ...

    # Colour

    @property
    def color(self) -> Colour | None:
        """The fill as (red, green, blue), of the first cell where they differ; None without a fill."""
        colour = self(1, 1).api.getPropertyValue("CellBackColor")
        return None if colour == _NO_FILL else _colour(colour)

    @color.setter
    def color(self, value: Any) -> None:
        self._set("CellBackColor", _NO_FILL if value is None else _native_colour(value))

    def set_colors(self, colors: Sequence[Sequence[Any]]) -> None:
        """A matrix of colours, ``...`` leaving a cell alone: one call a distinct colour."""
        places: dict[int, list[tuple[int, int]]] = {}
        for row, in_row in enumerate(colors, start=self.row):
            for column, colour in enumerate(in_row, start=self.column):
                if colour is not ...:
                    native = _NO_FILL if colour is None else _native_colour(colour)
                    places.setdefault(native, []).append((row, column))
        self.sheet.refuse_when_protected()
        for native, cells in places.items():
            ranges = self.book.formats.ranges(self.sheet.position, gathered(cells))
            ranges.setPropertyValue("CellBackColor", native)

    # Number format, alignment

    @property
    def number_format(self) -> str | None:
        """The code in Excel's English; None where the cells differ."""
        formats = self.book.formats
        key = formats.common(self.sheet.position, self.areas)
        return None if key is None else formats.code(key)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._set("NumberFormat", self.book.formats.key(value))

    @property
    def wrap_text(self) -> bool | None:
        value = self._get("IsTextWrapped")
        return None if value is None else bool(value)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._set("IsTextWrapped", bool(value))

    @property
    def horizontal_alignment(self) -> str | None:
        value = self._get("HoriJustify")
        names = {native: name for name, native in _HORIZONTAL.items()}
        return None if value is None else names.get(value.value)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        native = _known(_HORIZONTAL, value)
        self._set("HoriJustify", bridge.enum("table.CellHoriJustify", native))

    @property
    def vertical_alignment(self) -> str | None:
        value = self._get("VertJustify")
        # 0 is "as usual", which is at the bottom
        return (
            None
            if value is None
            else {0: "bottom", 1: "top", 2: "center", 3: "bottom", 4: "justify"}.get(value)
        )

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self._set("VertJustify", _known(_VERTICAL, value))

    # Size, in points

    @property
    def left(self) -> float:
        return float(self.api.getPropertyValue("Position").X * _POINTS)

    @property
    def top(self) -> float:
        return float(self.api.getPropertyValue("Position").Y * _POINTS)

    @property
    def width(self) -> float:
        return float(self.api.getPropertyValue("Size").Width * _POINTS)

    @property
    def height(self) -> float:
        return float(self.api.getPropertyValue("Size").Height * _POINTS)

    @property
    def row_height(self) -> float:
        """In points; of the first row where they differ."""
        return float(self(1, 1).api.getRows().getPropertyValue("Height") * _POINTS)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.sheet.refuse_when_protected()
        for area in self.areas:
            self.sheet.cells_of(area).getRows().setPropertyValue("Height", round(value / _POINTS))

    def autofit(self, axis: str | None = None) -> None:
        self.sheet.refuse_when_protected()
        for area in self.areas:
            cells = self.sheet.cells_of(area)
            if axis in (None, "c", "columns"):
                cells.getColumns().setPropertyValue("OptimalWidth", True)
            if axis in (None, "r", "rows"):
                cells.getRows().setPropertyValue("OptimalHeight", True)

    @property
    def row_hidden(self) -> bool:
        return not self.api.getRows().getPropertyValue("IsVisible")

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.sheet.refuse_when_protected()
        self.api.getRows().setPropertyValue("IsVisible", not value)

    @property
    def column_hidden(self) -> bool:
        return not self.api.getColumns().getPropertyValue("IsVisible")

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.sheet.refuse_when_protected()
        self.api.getColumns().setPropertyValue("IsVisible", not value)

    # One property of all cells

    def _get(self, name: str) -> Any:
        """The property's value, None where the cells differ."""
        ranges = self.book.formats.ranges(self.sheet.position, self.areas)
        if ranges.getPropertyState(name).value == "AMBIGUOUS_VALUE":
            return None
        return ranges.getPropertyValue(name)

    def _set(self, name: str, value: Any) -> None:
        """On a protected sheet the host would ignore it without a word: it is refused here."""
        self.sheet.refuse_when_protected()
        self.book.formats.ranges(self.sheet.position, self.areas).setPropertyValue(name, value)


def _known(words: dict[str, Any], value: str) -> Any:
    if value not in words:
        raise NotSupportedByEngine("unknown-setting", value=str(value))
    return words[value]


def _native_colour(value: Any) -> int:
    """0xRRGGBB, as LibreOffice keeps a colour, of one as xlwings takes it."""
    red, green, blue = rgb(value)
    return red << 16 | green << 8 | blue


def _colour(native: int) -> Colour:
    """Red, green and blue, 0 to 255, of a colour as LibreOffice keeps it."""
    return (native >> 16 & 255, native >> 8 & 255, native & 255)
