"""One worksheet part: its cells as values and formulas, changed in place with everything around them left as it is."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from lxml import etree

from ..a1 import cell_text, on_grid, parse_area, refers_to_cells
from ..errors import NotAWorkbook, NotSupportedByEngine
from ..values import CellError, from_serial, to_serial
from .formula_groups import FormulaGroups
from .formula_places import rewrite_tree
from .grid import Grid, child
from .namespaces import MAIN, XML_SPACE
from .package_part import serialised
from .rich_text import escaped, rich_text, unescaped
from .table_parts import fixed_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ..a1 import Area
    from .grid import Place
    from .workbook_part import WorkbookPart

__all__ = ["SheetPart"]

_DATE_FORMAT, _TIME_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
_FORMULA = f"{MAIN}f"
#: More than a cell of Excel can hold: Excel would cut it off, or call the file damaged.
_LONGEST_TEXT, _LONGEST_FORMULA = 32_767, 8_192


class SheetPart:
    """A sheet's tree, parsed when it is first needed."""

    def __init__(self, book: WorkbookPart, part: str) -> None:
        self.book = book
        self.part = part
        self.changed = False
        self.root = book.parse(part)
        data = self.root.find(f"{MAIN}sheetData")
        if data is None:
            raise NotSupportedByEngine("not-a-worksheet", part=part, path=str(book.parts.path))
        try:
            self._grid = Grid(self.root, data)
        except ValueError as failure:
            raise NotAWorkbook("damaged-part", part=part, path=str(book.parts.path)) from failure
        self._groups = FormulaGroups(self._grid)
        self._fixed: list[Area] | None = None

    # Reading

    def value(self, place: Place) -> Any:
        """None, str, float, bool, datetime or CellError."""
        return self._held(place, self._grid.find(place))

    def values(self, area: Area) -> list[list[Any]]:
        """The rows of an area, each as ``value`` gives its cells."""
        rows: list[list[Any]] = _blank(area, None)
        top, left = area[:2]
        for place, cell in self._grid.filled(area):
            rows[place[0] - top][place[1] - left] = self._held(place, cell)
        return rows

    def formulas(self, area: Area) -> list[list[str]]:
        """The rows of an area, each as ``formula`` gives its cells."""
        rows: list[list[str]] = _blank(area, "")
        top, left = area[:2]
        for place, cell in self._grid.filled(area):
            rows[place[0] - top][place[1] - left] = self._formula(place, cell)
        return rows

    def _held(self, place: Place, cell: etree._Element | None) -> Any:
        if cell is None or not len(cell):  # most cells of a sheet have a look and nothing else
            return None
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return rich_text(child(cell, "is")) or None
        node = child(cell, "v")
        if node is None or node.text is None:
            return "" if kind == "str" and node is not None else None
        try:
            return self._typed(kind, node.text, cell)
        except ValueError as failure:
            raise NotAWorkbook(
                "wrong-content",
                text=node.text[:40],
                path=str(self.book.parts.path),
                cell=cell_text(*place),
            ) from failure

    def _typed(self, kind: str, text: str, cell: etree._Element) -> Any:
        if kind == "s":
            return self.book.shared_string(int(text))
        if kind == "e":
            return CellError(text)
        if kind == "str":
            return unescaped(text)
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "d":
            return datetime.fromisoformat(text).replace(tzinfo=None)
        return self._number(text, int(cell.get("s", "0")))

    def _number(self, text: str, style: int) -> float | datetime:
        number = float(text)
        if self.book.styles.is_date(style):
            moment = from_serial(number, since_1904=self.book.since_1904)
            if moment is not None:
                return moment
        return number

    def formula(self, place: Place) -> str:
        """``=…`` for a formula, the constant as text, "" for a blank cell."""
        cell = self._grid.find(place)
        return "" if cell is None or not len(cell) else self._formula(place, cell)

    def _formula(self, place: Place, cell: etree._Element) -> str:
        # A cell with one thing in it has a formula or a constant.
        if len(cell) > 1 or cell[0].tag == _FORMULA:
            text = self._groups.text(place)
            if text is not None:
                return f"={text}"
        value = self._held(place, cell)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, datetime):
            value = to_serial(value, since_1904=self.book.since_1904)
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        return str(value)

    def constant(self, place: Place) -> Any:
        """``value``, with a date as the number that it is kept as."""
        cell = self._grid.find(place)
        if cell is None or not len(cell):
            return None
        if cell.get("t", "n") != "n":
            return self._held(place, cell)
        node = child(cell, "v")
        return None if node is None or not node.text else float(node.text)

    def has_array(self, place: Place) -> bool:
        """Whether a cell belongs to an array formula or a data table."""
        return self._groups.around(place) is not None

    def used_area(self) -> Area:
        """The rectangle of the cells that hold anything; A1 of an empty sheet."""
        return self._grid.used_area()

    def within(self, area: Area) -> list[Place]:
        """The places of an area that have a cell."""
        return self._grid.within(area)

    def style(self, place: Place) -> int:
        """The index of a cell's style; where the cell does not stand in the file that of its row, else of its column."""
        return self._grid.style(place)

    def merged_areas(self) -> Iterator[Area]:
        """The merged areas, in the order of the file."""
        for node in self.root.iter(f"{MAIN}mergeCell"):
            yield parse_area(node.get("ref", "A1"))

    def styles_in(self, area: Area) -> Iterator[int]:
        """The styles of an area's cells, row by row."""
        return (self._grid.style(place) for row in _rows(area) for place in row)

    @property
    def fixed_areas(self) -> list[Area]:
        """Header and total rows of the sheet's tables, which only their owner may change."""
        if self._fixed is None:
            self._fixed = list(fixed_rows(self))
        return self._fixed

    @property
    def is_protected(self) -> bool:
        """Whether the sheet is protected against changes."""
        node = self._protection
        return node is not None and node.get("sheet") in ("1", "true")

    @property
    def keeps_looks(self) -> bool:
        """Whether protection covers the cells' formats too; it does unless it says that it does not."""
        node = self._protection
        return self.is_protected and node is not None and node.get("formatCells", "1") in ("1", "true")

    @property
    def _protection(self) -> etree._Element | None:
        return self.root.find(f"{MAIN}sheetProtection")

    # Writing

    def put(self, cells: Iterable[tuple[Place, Any]]) -> None:
        """What typing would do, in all cells or in none: None or "" blanks, ``=…`` is a formula, ``'…`` literal text, a
        date gets a date format."""
        cells = list(cells)
        places = {place for place, _ in cells}
        for place, value in cells:
            self._refuse(place, value, places)
        for place, value in cells:
            if value is None or value == "":
                if self._grid.find(place) is not None:
                    self._emptied(place)
            else:
                self._fill(self._emptied(place), value)
        if cells:
            self.changed = True
            self.book.calculated.clear()

    def _refuse(self, place: Place, value: Any, together: set[Place]) -> None:
        if not on_grid((*place, *place)):
            raise self._cannot("off-grid", place)
        area = self._groups.around(place)
        if area is not None and not together.issuperset(self._grid.within(area)):
            raise self._cannot("part-of-array", place)
        for top, left, bottom, right in self.fixed_areas:
            inside = top <= place[0] <= bottom and left <= place[1] <= right
            if inside and value != self.value(place):
                raise self._cannot("table-header", place)
        if isinstance(value, str):
            longest = _LONGEST_FORMULA if value.startswith("=") else _LONGEST_TEXT
            if len(value) > longest:
                raise self._cannot("text-too-long", place, length=len(value), longest=longest)
        elif isinstance(value, int | float) and not _is_finite(value):
            raise self._cannot("not-finite", place)
        elif value is not None and not isinstance(value, date) and not hasattr(value, "__float__"):
            raise self._cannot("no-such-value", place, kind=type(value).__name__)

    def _cannot(self, code: str, place: Place, **facts: Any) -> NotSupportedByEngine:
        cell = cell_text(*place) if min(place) > 0 else str(place)
        return NotSupportedByEngine(code, path=str(self.book.parts.path), cell=cell, **facts)

    def set_style(self, place: Place, style: int) -> None:
        """Give a cell a style by its index; the cell is made where there is none."""
        if style != self.style(place):
            self._grid.made(place).set("s", str(style))
            self.changed = True

    def _fill(self, cell: etree._Element, value: Any) -> None:
        if isinstance(value, str) and value.startswith("="):
            etree.SubElement(cell, f"{MAIN}f").text = escaped(value[1:])
            self.book.formulas_changed = True
        elif isinstance(value, str):
            self._fill_text(cell, value)
        elif isinstance(value, bool):
            cell.set("t", "b")
            etree.SubElement(cell, f"{MAIN}v").text = str(int(value))
        elif isinstance(value, date):
            serial = to_serial(value, since_1904=self.book.since_1904)
            style = int(cell.get("s", "0"))
            if not self.book.styles.is_date(style):
                code = _TIME_FORMAT if serial % 1 else _DATE_FORMAT
                cell.set("s", str(self.book.styles.with_number_format(style, code)))
            etree.SubElement(cell, f"{MAIN}v").text = _number_text(serial)
        else:
            etree.SubElement(cell, f"{MAIN}v").text = _number_text(value)

    def _fill_text(self, cell: etree._Element, value: str) -> None:
        if value.startswith("'"):
            style = self.book.styles.with_quote_prefix(int(cell.get("s", "0")), quoted=True)
            cell.set("s", str(style))
        cell.set("t", "inlineStr")
        node = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
        node.text = escaped(value.removeprefix("'"))
        if node.text != node.text.strip() or "\n" in node.text:
            node.set(XML_SPACE, "preserve")

    def _emptied(self, place: Place) -> etree._Element:
        """The cell without value and formula, its style kept (a mark of literal text goes)."""
        cell = self._grid.made(place)
        node = cell.find(f"{MAIN}f")
        if node is not None:
            self._groups.release(place)
            self.book.formulas_changed = True
        for part in list(cell):
            if part.tag in (f"{MAIN}f", f"{MAIN}v", f"{MAIN}is"):
                cell.remove(part)
        for name in ("t", "cm", "vm"):  # the kind of the value, and what it holds beyond its text
            cell.attrib.pop(name, None)
        style = int(cell.get("s", "0"))
        if style:
            cell.set("s", str(self.book.styles.with_quote_prefix(style, quoted=False)))
        return cell

    def row_node(self, number: int, *, make: bool = False) -> etree._Element | None:
        """The row's element, None where there is none (with ``make`` it is made in its place)."""
        return self._grid.made_row(number) if make else self._grid.row(number)

    def rewrite_formulas(self, change: Callable[[str], str]) -> None:
        """Put each formula of cells, rules, validations and sparklines through ``change``, without its ``=``."""
        if rewrite_tree(self.root, change):
            self._groups = FormulaGroups(self._grid)
            self.changed = True

    def select_tab(self, selected: bool) -> None:
        """Whether the sheet's tab is among the selected ones: what a person types goes to all of these."""
        for view in self.root.iter(f"{MAIN}sheetView"):
            if selected:
                view.set("tabSelected", "1")
            else:
                view.attrib.pop("tabSelected", None)
            self.changed = True

    # Cached values

    def formula_texts(self) -> dict[Place, str]:
        """The formulas without their ``=``; "" where an array or a data table fills a cell."""
        return self._groups.texts()

    def show_values(self, values: Mapping[Place, Any] | None = None) -> None:
        """Let every formula show its value of ``values``; those of which it is None, or all without ``values``, show
        nothing if they may depend on anything."""
        for place, value in (dict.fromkeys(self._groups.texts()) if values is None else values).items():
            if value is not None:
                self._show(self._grid.made(place), value)
            elif (
                not (text := self._groups.text(place)) or refers_to_cells(text) or self._groups.around(place)
            ):
                self._drop_value(self._grid.made(place))

    def _show(self, cell: etree._Element, value: Any) -> None:
        kind, text = _shown(value)
        node = child(cell, "v")
        if node is not None and (node.text or "", cell.get("t", "n")) == (text, kind):
            return
        if node is None:
            node = etree.SubElement(cell, f"{MAIN}v")
        node.text = text
        cell.attrib.pop("vm", None)
        if kind == "n":
            cell.attrib.pop("t", None)
        else:
            cell.set("t", kind)
        self.changed = True

    def _drop_value(self, cell: etree._Element) -> None:
        value = child(cell, "v")
        if value is not None:
            cell.remove(value)
            for name in ("t", "vm"):
                cell.attrib.pop(name, None)
            self.changed = True

    def to_bytes(self) -> bytes:
        """The part as it goes into the package."""
        return serialised(self.root)


def _blank(area: Area, blank: Any) -> list[list[Any]]:
    top, left, bottom, right = area
    return [[blank] * (right - left + 1) for _ in range(top, bottom + 1)]


def _rows(area: Area) -> Iterator[list[Place]]:
    top, left, bottom, right = area
    for row in range(top, bottom + 1):
        yield [(row, column) for column in range(left, right + 1)]


def _shown(value: Any) -> tuple[str, str]:
    """The kind and the text of a formula's value in the file."""
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, CellError):
        return "e", str(value)
    if isinstance(value, str):
        return "str", escaped(value)
    return "n", _number_text(value)


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _number_text(value: Any) -> str:
    if isinstance(value, int) and abs(value) < 10**15:
        return str(value)
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
