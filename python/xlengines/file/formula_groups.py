"""Formulas that several cells have in common: shared ones, arrays and what they spill into, data tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..a1 import parse_area, shifted
from .grid import child
from .namespaces import MAIN
from .rich_text import unescaped

if TYPE_CHECKING:
    from lxml import etree

    from ..a1 import Area
    from .grid import Grid, Place

__all__ = ["FormulaGroups"]

_FORMULA = f"{MAIN}f"
_FILLING = ("array", "dataTable")


class FormulaGroups:
    """Shared and array formulas of a sheet: what each cell of a group says, and which cells belong together."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._shared: dict[str, tuple[Place, str]] | None = None
        self._filled: list[Area] | None = None

    def text(self, place: Place) -> str | None:
        """A cell's formula without its ``=``, that of a shared one as it reads there; None where there is none."""
        node = self._node(place)
        return None if node is None else self._text(place, node)

    def texts(self) -> dict[Place, str]:
        """The formula of every cell that has one, "" for each cell that an array or a data table fills."""
        found = {}
        for place, cell in self._grid.items():
            if len(cell) and cell[0].tag == _FORMULA:
                found[place] = self._text(place, cell[0])
        for area in self._filling():
            found |= dict.fromkeys(self._grid.within(area), "")
        return found

    def _text(self, place: Place, node: etree._Element) -> str:
        text = node.text
        if not text and node.get("t") == "shared":
            start, text = self._masters().get(node.get("si", ""), (place, ""))
            return shifted(text, place[0] - start[0], place[1] - start[1])
        return unescaped(text or "")

    def around(self, place: Place) -> Area | None:
        """The area of the array formula or data table whose results fill this cell."""
        row, column = place
        for area in self._filling():
            top, left, bottom, right = area
            if top <= row <= bottom and left <= column <= right:
                return area
        return None

    def _filling(self) -> list[Area]:
        if self._filled is None:
            self._filled = [
                parse_area(node.get("ref", "A1"))
                for _, cell in self._grid.items()
                if (node := child(cell, "f")) is not None and node.get("t") in _FILLING
            ]
        return self._filled

    def release(self, place: Place) -> None:
        """Before a cell's formula goes: the children of a shared one get formulas of their own, an array is no more."""
        node = self._node(place)
        if node is None:
            return
        if node.get("t") in _FILLING:
            self._filled = None
        if node.get("t") != "shared" or not node.text:
            return
        group = node.get("si", "")
        for other, cell in self._grid.items():
            own = child(cell, "f")
            if own is None or own is node or own.get("t") != "shared" or own.get("si") != group:
                continue
            own.text = self.text(other)
            own.attrib.clear()
        if self._shared:
            self._shared.pop(group, None)

    def _node(self, place: Place) -> etree._Element | None:
        cell = self._grid.find(place)
        return None if cell is None else child(cell, "f")

    def _masters(self) -> dict[str, tuple[Place, str]]:
        if self._shared is None:
            self._shared = {}
            for place, cell in self._grid.items():
                node = child(cell, "f")
                if node is not None and node.get("t") == "shared" and node.text:
                    self._shared[node.get("si", "")] = (place, node.text)
        return self._shared
