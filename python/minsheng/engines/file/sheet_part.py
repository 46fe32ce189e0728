"""One worksheet part: its cells as values and formulas, changed in place with everything around them left as it is."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from lxml import etree

from ..errors import EngineError, NotSupportedByEngine
from ..serial_date import from_serial, to_serial
from ..values import CellError
from .a1 import area_text, cell_text, parse_area, parse_cell, refers_to_cells, shifted
from .namespaces import MAIN, XML_SPACE
from .note_parts import NoteParts
from .package_part import serialised
from .rich_text import escaped, rich_text, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .workbook_part import WorkbookPart

__all__ = ["SheetPart", "without_stale_values"]

_DATE_FORMAT = "yyyy-mm-dd"
#: A formula with its cached value, as every known program writes it; parts of another shape go through the tree.
_CACHED = re.compile(
    rb"<c\b(?P<attributes>[^>]*)>(?P<formula><f\b[^>]*?(?:/>|>(?P<text>[^<]*)</f>))<v>[^<]*</v></c>"
)
_TYPE = re.compile(rb'\st="(?:str|n|b|e)"')


class SheetPart:
    """A sheet's tree, parsed when it is first needed."""

    def __init__(self, book: WorkbookPart, part: str) -> None:
        self.book = book
        self.part = part
        self.changed = False
        self.root = book.parse(part)
        data = self.root.find(f"{MAIN}sheetData")
        if data is None:
            raise NotSupportedByEngine(f"“{part}”不是普通工作表。", path=str(book.parts.path))
        self._data = data
        self._rows: dict[int, etree._Element] = {}
        self._cells: dict[tuple[int, int], etree._Element] = {}
        self._index()
        self._shared: dict[str, tuple[int, int, str]] | None = None
        self._array_areas: list[tuple[int, int, int, int]] | None = None
        self._notes: NoteParts | None = None

    @property
    def notes(self) -> NoteParts:
        if self._notes is None:
            self._notes = NoteParts(self)
        return self._notes

    def _index(self) -> None:
        row_number = 0
        for row in self._data:
            if row.tag != f"{MAIN}row":
                continue
            row_number = int(row.get("r") or row_number + 1)
            self._rows[row_number] = row
            column = 0
            for cell in row:
                if cell.tag != f"{MAIN}c":
                    continue
                reference = cell.get("r")
                column = parse_cell(reference)[1] if reference else column + 1
                self._cells[row_number, column] = cell

    # Reading

    def value(self, row: int, column: int) -> Any:
        """None, str, float, bool, datetime or CellError."""
        cell = self._cells.get((row, column))
        if cell is None:
            return None
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return rich_text(cell.find(f"{MAIN}is")) or None
        node = cell.find(f"{MAIN}v")
        if node is None or node.text is None:
            return "" if kind == "str" and node is not None else None
        return self._typed(kind, node.text, cell)

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
            return datetime.fromisoformat(text)
        return self._number(text, int(cell.get("s", "0")))

    def _number(self, text: str, style: int) -> float | datetime:
        number = float(text)
        if self.book.styles.is_date(style):
            moment = from_serial(number, since_1904=self.book.since_1904)
            if moment is not None:
                return moment
        return number

    def formula(self, row: int, column: int) -> str:
        """``=…`` for a formula, the constant as text, "" for a blank cell."""
        cell = self._cells.get((row, column))
        if cell is None:
            return ""
        text = self._formula_text(cell, row, column)
        if text is not None:
            return f"={text}"
        value = self.value(row, column)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, datetime):
            value = to_serial(value, since_1904=self.book.since_1904)
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        return str(value)

    def _formula_text(self, cell: etree._Element, row: int, column: int) -> str | None:
        node = cell.find(f"{MAIN}f")
        if node is None:
            return None
        if node.get("t") == "shared" and not node.text:
            top, left, text = self._shared_masters().get(node.get("si", ""), (row, column, ""))
            return shifted(text, row - top, column - left)
        return unescaped(node.text or "")

    def _shared_masters(self) -> dict[str, tuple[int, int, str]]:
        if self._shared is None:
            self._shared = {}
            for (row, column), cell in self._cells.items():
                node = cell.find(f"{MAIN}f")
                if node is not None and node.get("t") == "shared" and node.text:
                    self._shared[node.get("si", "")] = (row, column, node.text)
        return self._shared

    def used_area(self) -> tuple[int, int, int, int]:
        """Top, left, bottom, right of the cells that hold anything; A1 of an empty sheet."""
        filled = [place for place, cell in self._cells.items() if len(cell)]
        if not filled:
            return (1, 1, 1, 1)
        rows, columns = [row for row, _ in filled], [column for _, column in filled]
        return (min(rows), min(columns), max(rows), max(columns))

    def style(self, row: int, column: int) -> int:
        cell = self._cells.get((row, column))
        return int(cell.get("s", "0")) if cell is not None else 0

    def merged_areas(self) -> Iterator[tuple[int, int, int, int]]:
        for node in self.root.iter(f"{MAIN}mergeCell"):
            yield parse_area(node.get("ref", "A1"))

    @property
    def is_protected(self) -> bool:
        node = self.root.find(f"{MAIN}sheetProtection")
        return node is not None and node.get("sheet") in ("1", "true")

    # Writing

    def set_value(self, row: int, column: int, value: Any) -> None:
        """What typing would do: None or "" blanks, ``=…`` is a formula, ``'…`` literal text, a date gets a date format."""
        if value is None or value == "":
            self._blank(row, column)
        elif isinstance(value, str) and value.startswith("="):
            self.set_formula(row, column, value)
        else:
            cell = self._ready(row, column)
            self._fill(cell, value)
        self.changed = True

    def set_formula(self, row: int, column: int, formula: str) -> None:
        if not formula.startswith("="):
            self.set_value(row, column, formula)
            return
        cell = self._ready(row, column)
        node = etree.SubElement(cell, f"{MAIN}f")
        node.text = formula[1:]
        self.book.formulas_changed = True
        self.changed = True

    def set_style(self, row: int, column: int, style: int) -> None:
        if style != self.style(row, column):
            self._cell(row, column).set("s", str(style))
            self.changed = True

    def _fill(self, cell: etree._Element, value: Any) -> None:
        style = int(cell.get("s", "0"))
        if isinstance(value, bool):
            cell.set("t", "b")
            etree.SubElement(cell, f"{MAIN}v").text = str(int(value))
        elif isinstance(value, date):
            if not self.book.styles.is_date(style):
                cell.set("s", str(self.book.styles.with_number_format(style, _DATE_FORMAT)))
            etree.SubElement(cell, f"{MAIN}v").text = _number_text(
                to_serial(value, since_1904=self.book.since_1904)
            )
        elif isinstance(value, int | float) or hasattr(value, "__float__"):
            etree.SubElement(cell, f"{MAIN}v").text = _number_text(value)
        elif isinstance(value, str):
            quoted = value.startswith("'")
            text = value[1:] if quoted else value
            if quoted:
                cell.set("s", str(self.book.styles.with_quote_prefix(style, quoted=True)))
            cell.set("t", "inlineStr")
            node = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
            node.text = escaped(text)
            if node.text != node.text.strip() or "\n" in node.text:
                node.set(XML_SPACE, "preserve")
        else:
            raise EngineError(f"单元格里放不进 {type(value).__name__}。", cell=cell.get("r", ""))

    def _blank(self, row: int, column: int) -> None:
        if (row, column) in self._cells:
            self._ready(row, column)

    def _ready(self, row: int, column: int) -> etree._Element:
        """The cell emptied of value and formula, its style kept (a mark of literal text goes)."""
        self._refuse_part_of_array(row, column)
        cell = self._cell(row, column)
        node = cell.find(f"{MAIN}f")
        if node is not None:
            self._release(node)
            self.book.formulas_changed = True
        for child in list(cell):
            if child.tag in (f"{MAIN}f", f"{MAIN}v", f"{MAIN}is"):
                cell.remove(child)
        cell.attrib.pop("t", None)
        cell.attrib.pop("cm", None)
        style = int(cell.get("s", "0"))
        if style:
            cell.set("s", str(self.book.styles.with_quote_prefix(style, quoted=False)))
        return cell

    def _refuse_part_of_array(self, row: int, column: int) -> None:
        """An array's cells hold its results: one of them alone cannot be changed."""
        if self._array_around(row, column) not in (None, (row, column, row, column)):
            raise NotSupportedByEngine(
                "不能改动数组公式的一部分。", path=str(self.book.parts.path), cell=cell_text(row, column)
            )

    def _array_around(self, row: int, column: int) -> tuple[int, int, int, int] | None:
        """The area of the array formula that fills this cell."""
        for area in self._arrays():
            top, left, bottom, right = area
            if top <= row <= bottom and left <= column <= right:
                return area
        return None

    def _arrays(self) -> list[tuple[int, int, int, int]]:
        """The areas that array formulas fill, those that spill included."""
        if self._array_areas is None:
            self._array_areas = [
                parse_area(node.get("ref", "A1"))
                for node in self._data.iter(f"{MAIN}f")
                if node.get("t") == "array"
            ]
        return self._array_areas

    def _release(self, node: etree._Element) -> None:
        """Before a formula goes: the children of a shared one get formulas of their own."""
        if node.get("t") != "shared" or not node.text:
            return
        group = node.get("si", "")
        for place, cell in self._cells.items():
            child = cell.find(f"{MAIN}f")
            if (
                child is not None
                and child is not node
                and child.get("t") == "shared"
                and child.get("si") == group
            ):
                child.text = self._formula_text(cell, *place)
                child.attrib.clear()
        if self._shared:
            self._shared.pop(group, None)

    def _cell(self, row: int, column: int) -> etree._Element:
        """The cell's element, made in its place if there is none."""
        found = self._cells.get((row, column))
        if found is not None:
            return found
        parent = self._row(row)
        cell = etree.Element(f"{MAIN}c", r=cell_text(row, column))
        after = max(
            (other for (number, other) in self._columns_of(parent, row) if other < column), default=None
        )
        if after is None:
            parent.insert(0, cell)
        else:
            self._cells[row, after].addnext(cell)
        parent.attrib.pop("spans", None)
        self._cells[row, column] = cell
        self._grow(row, column)
        return cell

    def _columns_of(self, parent: etree._Element, row: int) -> Iterator[tuple[int, int]]:
        column = 0
        for cell in parent:
            if cell.tag == f"{MAIN}c":
                reference = cell.get("r")
                column = parse_cell(reference)[1] if reference else column + 1
                yield row, column

    def _row(self, number: int) -> etree._Element:
        found = self._rows.get(number)
        if found is not None:
            return found
        row = etree.Element(f"{MAIN}row", r=str(number))
        before = max((other for other in self._rows if other < number), default=None)
        if before is None:
            self._data.insert(0, row)
        else:
            self._rows[before].addnext(row)
        self._rows[number] = row
        return row

    def _grow(self, row: int, column: int) -> None:
        """Keep the declared dimension true: readers size their tables by it."""
        node = self.root.find(f"{MAIN}dimension")
        if node is None:
            return
        top, left, bottom, right = parse_area(node.get("ref", "A1"))
        node.set("ref", area_text(min(top, row), min(left, column), max(bottom, row), max(right, column)))

    # Cached values

    def drop_stale_values(self) -> None:
        """Take the cached value from every formula that refers to a cell, and from every cell that an array fills."""
        for place, cell in self._cells.items():
            text = self._formula_text(cell, *place)
            if (text is not None and refers_to_cells(text)) or self._array_around(*place):
                self._drop_value(cell)

    def _drop_value(self, cell: etree._Element) -> None:
        value = cell.find(f"{MAIN}v")
        if value is not None:
            cell.remove(value)
            cell.attrib.pop("t", None)
            self.changed = True

    def to_bytes(self) -> bytes:
        return serialised(self.root)


def without_stale_values(content: bytes) -> bytes | None:
    """The same for a sheet that was never parsed, on its bytes; None where its shape calls for the tree."""
    if b"array" in content:
        return None
    if b"<f" not in content:
        return b"" if b":f>" not in content and b":f " not in content else None

    def drop(match: re.Match[bytes]) -> bytes:
        text = match["text"]
        # A child of a shared formula has no text of its own; its parent's refers to cells or it would not be shared.
        if text is not None and not refers_to_cells(_unescaped_xml(text)):
            return match[0]
        return b"<c" + _TYPE.sub(b"", match["attributes"]) + b">" + match["formula"] + b"</c>"

    changed, _ = _CACHED.subn(drop, content)
    leftover = changed.count(b"</f><v>") + changed.count(b"/><v>")
    kept = sum(1 for match in _CACHED.finditer(changed))
    return changed if leftover == kept else None


def _unescaped_xml(text: bytes) -> str:
    plain = text.decode("utf-8", "replace")
    return (
        plain.replace("&quot;", '"')
        .replace("&apos;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
    )


def _number_text(value: Any) -> str:
    number = float(value)
    if not math.isfinite(number):
        raise EngineError("单元格里放不进无穷大或非数。")
    if isinstance(value, int) and abs(value) < 10**15:
        return str(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
