"""A range in a document that LibreOffice holds: its place, its values and formulas in blocks, its neighbourhood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..a1 import Area, area_text
from ..errors import NotSupportedByEngine
from ..ranges import end_of_run, filled, gathered, matrix
from ..values import CellError, from_serial
from .bridge import area_of
from .editing import Editing
from .formulas import to_excel, to_native
from .host import hosted
from .looks import Looks
from .values import Block

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .book import Book
    from .host import Host
    from .sheets import Sheet

__all__ = ["Range"]

#: What com.sun.star.table.XCell.getError gives → what Excel shows. Everything else counts as #VALUE!, as in LibreOffice's xlsx.
_ERRORS = {
    503: "#NUM!",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


@hosted
class Range(Editing, Looks):
    """One or several areas; members that speak of a place or a value mean the first."""

    def __init__(self, sheet: Sheet, areas: list[Area]) -> None:
        self._sheet = sheet
        self.areas = areas
        self.options: dict[str, Any] = {}
        self._cells: Any = None

    @property
    def host(self) -> Host:
        return self._sheet.host

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @property
    def book(self) -> Book:
        return self._sheet.book

    @property
    def api(self) -> Any:
        """The first area as UNO's XCellRange; None where it has no cells."""
        if self._cells is None and len(self):
            self._cells = self._sheet.cells_of(self.areas[0])
        return self._cells

    # Place

    @property
    def row(self) -> int:
        return self.areas[0][0]

    @property
    def column(self) -> int:
        return self.areas[0][1]

    @property
    def shape(self) -> tuple[int, int]:
        top, left, bottom, right = self.areas[0]
        return (bottom - top + 1, right - left + 1)

    def __len__(self) -> int:
        return sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in self.areas)

    def __call__(self, row: int, column: int | None = None) -> Range:
        top, left, _, right = self.areas[0]
        if column is None:
            row, column = divmod(row - 1, right - left + 1)
            row, column = row + 1, column + 1
        place = (top + row - 1, left + column - 1)
        return Range(self._sheet, [(*place, *place)])

    @property
    def address(self) -> str:
        return ",".join(area_text(*area, absolute=True) for area in self.areas)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        text = ",".join(
            area_text(*area, row_absolute=row_absolute, column_absolute=col_absolute) for area in self.areas
        )
        return f"'[{self.book.name}]{self._sheet.name}'!{text}" if external else text

    @property
    def max_cells_per_read(self) -> None:
        """No limit: a block travels in one call."""
        return

    @property
    def max_cells_per_write(self) -> None:
        return

    # Values

    @property
    def raw_value(self) -> list[list[Any]] | None:
        """Rows of None, float, str, bool, datetime; an error is a CellError where err_to_str is asked for, else None."""
        if not len(self):
            return None
        area, cells = self.areas[0], self.api
        data = cells.getDataArray()
        formats = self.book.formats
        sheet = self._sheet.position
        special = dict.fromkeys(formats.moments(sheet, cells, data, area), "moment")
        special.update((place, "truth") for place in formats.truths(cells, data, area))
        special.update(self._errors(cells, data))
        top, left = area[:2]
        return [
            [
                self._shown(value, special.get((row, column)))
                for column, value in enumerate(values, start=left)
            ]
            for row, values in enumerate(data, start=top)
        ]

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        if not len(self):
            return
        if isinstance(value, list | tuple):
            rows = matrix(value)
            if rows and rows[0]:
                top, left = self.areas[0][:2]
                self._put((top, left, top + len(rows) - 1, left + len(rows[0]) - 1), rows)
            return
        for area in self.areas:
            self._put(area, filled(value, area))

    def _shown(self, value: Any, kind: str | None) -> Any:
        if value is None:
            return CellError(kind) if kind else None
        if value == "":
            return None
        if kind == "truth":
            return bool(value)
        if kind == "moment":
            moment = from_serial(value, since_1904=self.book.since_1904)
            return value if moment is None else moment
        return value

    def _errors(self, cells: Any, data: tuple[tuple[Any, ...], ...]) -> dict[tuple[int, int], str]:
        """The error values, if they are asked for: #N/A, which charts want by the row, in one call, others one by one."""
        top, left = self.areas[0][:2]
        places = [
            (row, column)
            for row, values in enumerate(data, start=top)
            for column, value in enumerate(values, start=left)
            if value is None
        ]
        if not places or not self.options.get("err_to_str"):
            return {}
        missing = self.host.functions.callFunction("ISNA", (cells,)) if len(places) > 1 else None
        found: dict[tuple[int, int], str] = {}
        for row, column in places:
            if missing is not None and missing[row - top][column - left]:
                found[row, column] = "#N/A"
            else:
                code = self._sheet.api.getCellByPosition(column - 1, row - 1).getError()
                found[row, column] = _ERRORS.get(code, "#VALUE!")
        return found

    def _put(self, area: Area, rows: list[list[Any]]) -> None:
        """Write a block: values in one call, formulas in one call a rectangle, formats only where a value needs one."""
        sheet, formats = self._sheet.position, self.book.formats
        block = Block.of(rows, since_1904=self.book.since_1904)
        self._sheet.refuse_when_locked([area])
        cells = self._sheet.cells_of(area)
        formulas = self._placed(area, block.formulas)
        typed = formats.keys_of(sheet, gathered(self._placed(area, block.looks_typed)))
        former_truths = self._former_truths(area, cells)
        if len(formulas) < len(rows) * len(rows[0]):
            cells.setDataArray(block.data)
        for part in gathered(formulas):
            top, left, bottom, right = part
            texts = tuple(
                tuple(block.formulas[row - area[0], column - area[1]] for column in range(left, right + 1))
                for row in range(top, bottom + 1)
            )
            (cells if part == area else self._sheet.cells_of(part)).setFormulaArray(texts)
        # Text that looks like a number has made the host turn these cells' formats into "text".
        for key in {key for _, key in typed}:
            formats.put(sheet, [part for part, own in typed if own == key], key)
        truths = self._placed(area, block.truths)
        if former_truths - truths:
            formats.put(sheet, gathered(former_truths - truths), 0)
        if truths:
            formats.put(sheet, gathered(truths), formats.truth_key())
        for with_time in (False, True):
            moments = self._placed(
                area, [place for place, timed in block.moments.items() if timed is with_time]
            )
            undated = formats.undated(sheet, gathered(moments))
            if undated:
                formats.put(sheet, undated, formats.moment_key(with_time=with_time))

    def _former_truths(self, area: Area, cells: Any) -> set[tuple[int, int]]:
        return self.book.formats.truths_in(self._sheet.position, cells, area)

    @staticmethod
    def _placed(area: Area, places: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
        return {(area[0] + row, area[1] + column) for row, column in places}

    @property
    def formula(self) -> Any:
        """``=…`` in Excel's notation, a constant as text, "" for a blank cell; literal text with ``=`` gets its apostrophe."""
        if not len(self):
            return None
        area, cells = self.areas[0], self.api
        data, natives_of = cells.getDataArray(), cells.getFormulaArray()
        constants = tuple(
            tuple(
                value if native in ("0", "1") else None for native, value in zip(natives, values, strict=True)
            )
            for natives, values in zip(natives_of, data, strict=True)
        )
        truths = self.book.formats.truths(cells, constants, area)
        top, left = area[:2]
        rows = tuple(
            tuple(
                _formula_text(native, bool(value) if (row, column) in truths else value)
                for column, (native, value) in enumerate(zip(natives, values, strict=True), start=left)
            )
            for row, (natives, values) in enumerate(zip(natives_of, data, strict=True), start=top)
        )
        return rows[0][0] if self.shape == (1, 1) else rows

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    @property
    def formula_array(self) -> str | None:
        native = self.api.getArrayFormula() if len(self) else ""
        return to_excel(native.strip("{}")) if native else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self._sheet.refuse_when_locked([self.areas[0]])
        self.api.setArrayFormula(to_native(value) if value else "")

    @property
    def has_array(self) -> bool:
        return bool(len(self) and self.api.getArrayFormula())

    # Neighbourhood

    def end(self, direction: str) -> Range:
        """Where Ctrl+arrow goes: to the end of a run of filled cells, else to the next filled one, else to the edge."""

        def is_filled(area: Area) -> list[bool]:
            return [value != "" for row in self._sheet.cells_of(area).getDataArray() for value in row]

        place = end_of_run(
            (self.row, self.column), direction, self._sheet.used_area(), self._sheet.last, is_filled
        )
        return Range(self._sheet, [(*place, *place)])

    @property
    def current_region(self) -> Range:
        cursor = self._sheet.api.createCursorByRange(self.api)
        cursor.collapseToCurrentRegion()
        return Range(self._sheet, [area_of(cursor.getRangeAddress())])

    @property
    def merge_area(self) -> Range:
        cursor = self._sheet.api.createCursorByRange(self(1, 1).api)
        cursor.collapseToMergedArea()
        return Range(self._sheet, [area_of(cursor.getRangeAddress())])

    @property
    def merge_cells(self) -> bool:
        return len(self.merge_area) > 1

    def select(self) -> None:
        if not len(self):
            return
        controller = self.book.api.getCurrentController()
        if controller is None:
            raise NotSupportedByEngine("no-window", path=self.book.fullname)
        chosen = (
            self.book.formats.ranges(self._sheet.position, self.areas) if len(self.areas) > 1 else self.api
        )
        controller.select(chosen)


def _formula_text(native: str, value: Any) -> str:
    if native in ("=TRUE()", "=FALSE()"):  # how the host keeps the constants of an xlsx file
        return native[1:-2]
    native = native[1:-1] if native.startswith("{=") else native
    if native.startswith("=") and native != value:
        return to_excel(native)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith("=") else text
