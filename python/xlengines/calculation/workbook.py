"""The formulas of a workbook, computed from its cells as far as that is sure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Protocol

from ..a1 import on_grid, parse_area
from .grammar import Compiled, compiled, split
from .operands import Area, Unsure, scalar

__all__ = ["Calculation", "Cells"]

_LONGEST_TEXT = 32_767
_MOST_CELLS = 100_000
#: Cells that wait for each other at most: more would exhaust Python's stack.
_DEEPEST = 40
_TRUTHS = {"TRUE": True, "FALSE": False}
_UNSURE = object()


class Cells(Protocol):
    """What a calculation asks of a workbook. Titles are as the workbook writes them."""

    def titles(self) -> Iterable[str]:
        """Those of the worksheets."""

    def names(self) -> Iterable[tuple[str | None, str, str]]:
        """(sheet or None, name, what it refers to with its ``=``)."""

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], str]:
        """(row, column) → formula without ``=`` of every cell of a sheet that has one; "" where another cell's fills it."""

    def constant(self, sheet: str, row: int, column: int) -> Any:
        """None, float, str, bool or CellError; a date as its serial number."""


class _Operands(dict[str | float, Any]):
    """What the references and names in a sheet's formulas mean. Unsure where that is not known."""

    def __init__(self, sheet: str, meant: Callable[[str, str], Any]) -> None:
        super().__init__()
        self._sheet, self._meant = sheet, meant

    def __missing__(self, text: str | float) -> Any:
        found = self[text] = self._meant(self._sheet, str(text))
        if found is None:
            del self[text]
            raise Unsure
        return found


class Calculation:
    """Each formula is computed once, when it is first asked for; the cells must not change meanwhile."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._titles = {title.casefold(): title for title in cells.titles()}
        self._names: dict[tuple[str | None, str], str] = {
            (sheet, name.casefold()): refers_to.removeprefix("=") for sheet, name, refers_to in cells.names()
        }
        self._formulas: dict[str, Mapping[tuple[int, int], str]] = {}
        self._operands: dict[str, _Operands] = {}
        self._parsed: dict[str, tuple[Compiled | None, list[str | float]]] = {}
        self._known: dict[tuple[str, int, int], Any] = {}
        self._rows: dict[Area, list[list[Any]]] = {}
        self._places: dict[Area, dict[Any, int]] = {}
        self.known_parts: dict[tuple[Any, ...], Any] = {}
        self._depth = 0

    def results(self, sheet: str) -> dict[tuple[int, int], Any]:
        """(row, column) → float, str, bool or CellError of each formula of a sheet; None where it is unsure."""
        found: dict[tuple[int, int], Any] = {}
        for row, column in self._formulas_of(sheet):
            try:
                found[row, column] = self._value(sheet, row, column)
            except (Unsure, RecursionError):
                found[row, column] = None
        return found

    def _formulas_of(self, sheet: str) -> Mapping[tuple[int, int], str]:
        found = self._formulas.get(sheet)
        if found is None:
            found = self._formulas[sheet] = self._cells.formulas(sheet)
            self._operands[sheet] = _Operands(sheet, self._meant)
        return found

    def cell(self, sheet: str, row: int, column: int) -> Any:
        """The value of a cell for a formula. Unsure, also where it depends on itself, and of a truth value: a number to one
        program and none to another."""
        value = self._value(sheet, row, column)
        if type(value) is bool:
            raise Unsure
        return value

    def _value(self, sheet: str, row: int, column: int) -> Any:
        place = (sheet, row, column)
        known = self._known.get(place, self)
        if known is _UNSURE:
            raise Unsure
        if known is not self:
            return known
        formula = self._formulas_of(sheet).get((row, column))
        if formula is None:
            value = self._known[place] = self._cells.constant(sheet, row, column)
            return value
        self._known[place] = _UNSURE
        self._depth += 1
        try:
            value = self._known[place] = self._computed(sheet, formula)
        finally:
            self._depth -= 1
        return value

    def _computed(self, sheet: str, formula: str) -> Any:
        if self._depth > _DEEPEST:
            raise Unsure
        parsed = self._parsed.get(formula)
        if parsed is None:  # sheets that are laid out alike have the same formulas
            shape, operands = split(formula)
            parsed = self._parsed[formula] = (compiled(shape), operands)
        function, written = parsed
        if function is None:
            raise Unsure
        meant = self._operands[sheet]
        given = [operand if type(operand) is float else meant[operand] for operand in written]
        value = scalar(function(self, given), self)
        if value is None:
            return 0.0
        if type(value) is str and len(value) > _LONGEST_TEXT:
            raise Unsure
        return value

    def _meant(self, sheet: str, text: str) -> Any:
        """The area of a reference or a name, a truth value; None for what is neither."""
        if text.upper() in _TRUTHS:
            return _TRUTHS[text.upper()]
        area = self._area(sheet, text)
        if area is None and "!" not in text:
            refers_to = self._names.get((sheet, text.casefold()), self._names.get((None, text.casefold())))
            area = self._area("", refers_to) if refers_to else None
        return area

    def _area(self, sheet: str, text: str) -> Area | None:
        prefix, _, reference = text.rpartition("!")
        if prefix:
            title = prefix[1:-1].replace("''", "'") if prefix.startswith("'") else prefix
            sheet = self._titles.get(title.casefold(), "")
        bounds = _bounds(reference)
        return Area(sheet, *bounds) if sheet and bounds else None

    def rows(self, area: Area) -> list[list[Any]]:
        """The values of an area, row by row. Unsure where one is."""
        known = self._rows.get(area)
        if known is None:
            sheet, top, left, bottom, right = area
            if (bottom - top + 1) * (right - left + 1) > _MOST_CELLS:
                raise Unsure
            columns = range(left, right + 1)
            known = self._rows[area] = [
                [self.cell(sheet, row, column) for column in columns] for row in range(top, bottom + 1)
            ]
        return known

    def places(self, area: Area) -> dict[Any, int]:
        """The first place, from 1, of each number and each text (folded) in a row or column of cells."""
        known = self._places.get(area)
        if known is None:
            known = {}
            cells = (cell for row in self.rows(area) for cell in row)
            for place, cell in enumerate(cells, start=1):
                if type(cell) is float:
                    known.setdefault(cell, place)
                elif type(cell) is str:
                    known.setdefault(cell.casefold(), place)
            self._places[area] = known
        return known


@lru_cache(maxsize=20_000)
def _bounds(reference: str) -> tuple[int, int, int, int] | None:
    """The corners of ``A1`` or ``A1:C3``; None for anything else, whole rows and columns too."""
    try:
        area = parse_area(reference)
    except ValueError:
        return None
    has_rows = all(part[-1:].isdigit() for part in reference.split(":"))
    has_columns = all(part[:1].isalpha() or part[:1] == "$" for part in reference.split(":"))
    return area if has_rows and has_columns and on_grid(area) else None
