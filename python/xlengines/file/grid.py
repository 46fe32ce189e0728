"""The rows and cells of one sheet's XML: found by place, made in their order, with the look that a blank place has."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from lxml import etree

from ..a1 import Area, area_text, cell_text, parse_area, parse_cell
from .namespaces import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Area", "Grid", "Place", "child"]

_CELL = f"{MAIN}c"
#: Row and column, from 1.
Place = tuple[int, int]


class Grid:
    """``root`` is a <worksheet> with the <sheetData> ``data``. Neither rows nor cells need to say where they stand."""

    def __init__(self, root: etree._Element, data: etree._Element) -> None:
        self._data = data
        self._rows: dict[int, etree._Element] = {}
        self._cells: dict[Place, etree._Element] = {}
        number, known = 0, dict[str, int]()
        for row in data.iterchildren(f"{MAIN}row"):
            number = int(row.get("r") or number + 1)
            self._rows[number] = row
            for column, cell in _columns(row, str(number), known):
                self._cells[number, column] = cell
        self._order = sorted(self._rows)
        self._dimension = root.find(f"{MAIN}dimension")
        self._column_styles = [
            (int(node.get("min", "1")), int(node.get("max", "1")), int(node.get("style", "0")))
            for node in root.iterfind(f"{MAIN}cols/{MAIN}col")
        ]

    def items(self) -> Iterator[tuple[Place, etree._Element]]:
        """Every cell element by its place, in the order of the sheet."""
        return iter(self._cells.items())

    def find(self, place: Place) -> etree._Element | None:
        """The element of a cell; None where the sheet has none."""
        return self._cells.get(place)

    def within(self, area: Area) -> list[Place]:
        """The places of an area that have a cell."""
        top, left, bottom, right = area
        if (bottom - top + 1) * (right - left + 1) < len(self._cells):
            places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            return [place for place in places if place in self._cells]
        return sorted(
            (row, column) for row, column in self._cells if top <= row <= bottom and left <= column <= right
        )

    def filled(self, area: Area) -> Iterator[tuple[Place, etree._Element]]:
        """The cells of an area that hold anything, in no order: most cells of a sheet have a look and nothing else."""
        top, left, bottom, right = area
        if (bottom - top + 1) * (right - left + 1) < len(self._cells):
            found = ((place, self._cells[place]) for place in self.within(area))
        else:
            found = (
                (place, cell)
                for place, cell in self._cells.items()
                if top <= place[0] <= bottom and left <= place[1] <= right
            )
        return ((place, cell) for place, cell in found if len(cell))

    def used_area(self) -> Area:
        """Of the cells that hold anything; A1 of an empty sheet."""
        filled = [place for place, cell in self._cells.items() if len(cell)]
        if not filled:
            return (1, 1, 1, 1)
        rows, columns = [row for row, _ in filled], [column for _, column in filled]
        return (min(rows), min(columns), max(rows), max(columns))

    def style(self, place: Place) -> int:
        """That of the cell; of a place without one that of its row, else of its column."""
        cell = self._cells.get(place)
        if cell is not None:
            return int(cell.get("s", "0"))
        row = self._rows.get(place[0])
        if row is not None and row.get("customFormat") in ("1", "true"):
            return int(row.get("s", "0"))
        return next((style for low, high, style in self._column_styles if low <= place[1] <= high), 0)

    def made(self, place: Place) -> etree._Element:
        """The cell's element, made in its order and in the look of its place if there is none."""
        found = self._cells.get(place)
        if found is not None:
            return found
        row, column = place
        parent = self.made_row(row)
        cell = etree.Element(f"{MAIN}c", r=cell_text(row, column))
        if style := self.style(place):
            cell.set("s", str(style))
        after = next((other for other in range(column - 1, 0, -1) if (row, other) in self._cells), None)
        if after is None:
            parent.insert(0, cell)
        else:
            self._cells[row, after].addnext(cell)
        parent.attrib.pop("spans", None)
        self._cells[place] = cell
        self._grow(place)
        return cell

    def row(self, number: int) -> etree._Element | None:
        """The element of a row; None where the sheet has none."""
        return self._rows.get(number)

    def made_row(self, number: int) -> etree._Element:
        """The row's element, made in its order if there is none."""
        found = self._rows.get(number)
        if found is not None:
            return found
        row = etree.Element(f"{MAIN}row", r=str(number))
        index = bisect_left(self._order, number)
        if index == 0:
            self._data.insert(0, row)
        else:
            self._rows[self._order[index - 1]].addnext(row)
        self._order.insert(index, number)
        self._rows[number] = row
        return row

    def _grow(self, place: Place) -> None:
        """Keep the declared dimension true: readers size their tables by it."""
        if self._dimension is None:
            return
        top, left, bottom, right = parse_area(self._dimension.get("ref", "A1"))
        row, column = place
        if top <= row <= bottom and left <= column <= right:
            return
        self._dimension.set(
            "ref", area_text(min(top, row), min(left, column), max(bottom, row), max(right, column))
        )


def _columns(row: etree._Element, number: str, known: dict[str, int]) -> Iterator[tuple[int, etree._Element]]:
    """The cells of a row with their columns; ``known`` are the letters met so far: nearly every cell's are."""
    column = 0
    for cell in row.iterchildren(_CELL):
        reference = cell.get("r")
        if not reference:
            column += 1
        else:
            letters = reference.removesuffix(number)
            column = known.get(letters, 0) if len(letters) < len(reference) else 0
            if not column:
                column = parse_cell(reference)[1]
                if letters.isalpha():
                    known[letters] = column
        yield column, cell


def child(node: etree._Element, name: str) -> etree._Element | None:
    """The first child of a name in the main namespace; a third of the time of ``find``, which reads a path first."""
    return next(node.iterchildren(f"{MAIN}{name}"), None)
