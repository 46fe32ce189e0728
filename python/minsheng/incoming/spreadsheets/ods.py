"""An .ods before its cells are read (OpenDocument 1.3, part 3, 9.1): how large it is and which cells are odd."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ...cells.flags import CellFlag, FlaggedCells
from ...domain.catalogue import submission as rules
from ...domain.seal import SEAL_TITLE
from . import limits
from .calamine_cells import read_cells
from .grid import Grid, not_too_many
from .properties import read_time
from .refusal import Refused
from .repacking import repacked
from .xml_part import walk

if TYPE_CHECKING:
    from .package import Package

__all__ = ["OdsFile"]

_CONTENT, _META, _MANIFEST = "content.xml", "meta.xml", "META-INF/manifest.xml"
#: Walked element by element, so smaller than what is only searched.
_PART_BYTES: Final = 4 * limits.MB


class OdsFile:
    """Walks the content once. Raises Refused for what is hostile, damaged, encrypted or too large."""

    def __init__(self, package: Package) -> None:
        self._parts = {name: package.read(name, _PART_BYTES) for name in ("mimetype", _MANIFEST, _CONTENT)}
        if b"encryption-data" in self._parts[_MANIFEST]:
            raise Refused(rules.ENCRYPTED)
        self.has_macros = any(name.startswith("basic/") and name.endswith(".xml") for name in package.entries)
        self.seal_words: dict[str, str] = {}
        self.saved_at: datetime | None = None
        self._read_meta(package.read(_META, _PART_BYTES))
        scan = _ContentScan()
        walk(self._parts[_CONTENT], scan.start, scan.end, scan.characters)
        self._sheets = scan.sheets
        not_too_many(len(self._sheets))

    def grids(self) -> Iterator[Grid]:
        package = repacked({name: content for name, content in self._parts.items() if content})
        for title, rows in read_cells(package, self._sheets, self._sheets).items():
            yield Grid(title, rows, self._sheets[title].within)

    def _read_meta(self, meta: bytes) -> None:
        key = element = ""

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal key, element
            element = name
            key = attributes.get("meta:name", "") if name == "user-defined" else ""

        def text(characters: str) -> None:
            if element == "date":
                self.saved_at = read_time(characters)
            elif key.startswith(SEAL_TITLE):
                self.seal_words[key.removeprefix(SEAL_TITLE)] = characters.strip()

        def end(_name: str) -> None:
            nonlocal key, element
            key = element = ""

        if meta:
            walk(meta, start, end, text)


class _ContentScan:
    """Follows the tables; a cell or row repeated n times counts n times if it holds anything."""

    def __init__(self) -> None:
        self.sheets: dict[str, FlaggedCells] = {}
        self._title = ""
        self._cells: dict[tuple[int, int], frozenset[CellFlag]] = {}
        self._errors: dict[tuple[int, int], str] = {}
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._last_row = self._last_column = -1
        self._spaces = 0
        self._cell: dict[str, str] | None = None
        self._text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._title = attributes.get("table:name", "")
            self._cells, self._errors = {}, {}
            self._row, self._last_row, self._last_column = 0, -1, -1
        elif name == "table-row":
            self._rows, self._column = _count(attributes, "table:number-rows-repeated"), 0
        elif name in ("table-cell", "covered-table-cell"):
            self._columns = _count(attributes, "table:number-columns-repeated")
            self._cell, self._text = attributes, ""
        elif name == "s":
            # The reader of cells writes out as many spaces as it is told.
            self._spaces += _count(attributes, "text:c")
            if self._spaces > limits.SPACES:
                raise Refused(rules.TOO_LARGE, what="里面的空格太多", limit=f"{limits.SPACES}个")

    def characters(self, text: str) -> None:
        if self._cell is not None and len(self._text) < 100:
            self._text += text

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._finish_cell(self._cell)
            self._column += self._columns
            self._cell = None
        elif name == "table-row":
            self._row += self._rows
        elif name == "table":
            self.sheets[self._title] = FlaggedCells(self._cells, self._errors)

    def _finish_cell(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("office:value-type", "")
        formula = "table:formula" in attributes
        if not (kind or formula or self._text):
            return
        self._last_row = max(self._last_row, self._row + self._rows - 1)
        self._last_column = max(self._last_column, self._column + self._columns - 1)
        if (self._last_row + 1) * (self._last_column + 1) > limits.CELLS:
            raise Refused(
                rules.TOO_LARGE, what=f"工作表“{self._title[:40]}”的范围太大", limit=f"{limits.CELLS}格"
            )
        odd: set[CellFlag] = set()
        is_error = attributes.get("calcext:value-type") == "error"
        if is_error:
            odd.add(CellFlag.ERROR)
        elif formula:
            odd.add(CellFlag.FORMULA if kind else CellFlag.UNCOMPUTED)
        if kind == "percentage":
            odd.add(CellFlag.PERCENT)
        for row in range(self._row, self._row + self._rows) if odd else ():
            for column in range(self._column, self._column + self._columns):
                self._cells[row, column] = frozenset(odd)
                if is_error:
                    self._errors[row, column] = self._text or "错误值"


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused(rules.DAMAGED, reason="重复的次数读不通")
    return int(text)
