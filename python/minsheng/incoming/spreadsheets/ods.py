"""An .ods (OpenDocument 1.3, part 3, 9.1), its content walked once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from math import isfinite
from typing import Any, Final

from ...cells.flags import CellFlag
from .package import Package, read_time, walk
from .refusal import Limits, Refusal, Refused
from .sheet import Cells, Sheet, not_too_many

__all__ = ["OdsFile"]

_CONTENT, _META, _MANIFEST = "content.xml", "meta.xml", "META-INF/manifest.xml"
_CELLS: Final = ("table-cell", "covered-table-cell")
_SCALES: Final = frozenset("万亿千百%‰")
_PLAIN: Final = re.compile(r"-?[0-9]{1,15}+(?:\.([0-9]{1,15}+))?")


class OdsFile:
    """Raises Refused for what is hostile, damaged, encrypted or too large."""

    has_checksums = True

    def __init__(self, package: Package) -> None:
        if b"encryption-data" in package.xml(_MANIFEST):
            raise Refused(Refusal.ENCRYPTED)
        self.has_macros = any(name.startswith("basic/") and name.endswith(".xml") for name in package.entries)
        self.properties: dict[str, str] = {}
        self.saved_at: datetime | None = None
        self._read_meta(package.xml(_META))
        self._scan = _ContentScan()
        walk(package.xml(_CONTENT), self._scan.start, self._scan.end, self._scan.characters)
        not_too_many(len(self._scan.sheets))

    def sheets(self, without: Collection[str] = ()) -> Iterator[Sheet]:
        """Every table, in order; those called as in ``without`` are passed over."""
        yield from (sheet for sheet in self._scan.sheets if sheet.name not in without)

    def _read_meta(self, meta: bytes) -> None:
        key = element = ""

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal key, element
            element = name
            key = attributes.get("meta:name", "") if name == "user-defined" else ""

        def text(characters: str) -> None:
            if element == "date":
                self.saved_at = read_time(characters)
            elif key:
                self.properties[key] = self.properties.get(key, "") + characters.strip()

        def end(_name: str) -> None:
            nonlocal key, element
            key = element = ""

        if meta:
            walk(meta, start, end, text)


class _ContentScan:
    """Follows the tables; a cell or row repeated n times counts n times if it holds anything."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._cells = Cells()
        self._title = ""
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._hidden = False
        self._spaces = 0
        self._cell: Mapping[str, str] | None = None
        self._text: list[str] = []
        #: How deep inside the cell; only the words of its own paragraphs are its text, not those of notes and shapes.
        self._depth = self._paragraph = 0
        #: Cells that were changed are kept beside the tables.
        self._changes = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._changes or name == "tracked-changes":
            self._changes += 1
        elif self._cell is not None:
            self._depth += 1
            self._start_inside(name, attributes)
        elif name in _CELLS:
            self._columns = _count(attributes, "table:number-columns-repeated")
            self._cell, self._text, self._depth, self._paragraph = attributes, [], 0, 0
        elif name == "table-row":
            self._rows, self._column = _count(attributes, "table:number-rows-repeated"), 0
            self._hidden = attributes.get("table:visibility", "visible") != "visible"
        elif name == "table-column":
            repeated = _count(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility", "visible") != "visible":
                last = min(self._column + repeated, Limits.COLUMNS)
                self._cells.hidden_columns |= set(range(self._column, last))
            self._column += repeated
        elif name == "table":
            self._title = attributes.get("table:name", "")
            self._cells = Cells()
            self._row = self._column = 0

    def _start_inside(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p" and self._depth == 1:
            self._text += ["\n"] if self._text else []
            self._paragraph = 1
        elif name == "s" and self._paragraph:
            count = _count(attributes, "text:c")
            self._spaces += count
            if self._spaces > Limits.SPACES:
                raise Refused(Refusal.TOO_LARGE, "里面的空格太多", f"{Limits.SPACES}个")
            self._text.append(" " * count)
        elif name in ("tab", "line-break") and self._paragraph:
            self._text.append("\t" if name == "tab" else "\n")

    def characters(self, text: str) -> None:
        """Text between tags, a piece at a time."""
        if self._paragraph and not self._changes:
            self._text.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._changes:
            self._changes -= 1
        elif self._cell is not None and self._depth:
            self._paragraph = 0 if self._depth == 1 else self._paragraph
            self._depth -= 1
        elif self._cell is not None:
            self._finish_cell(self._cell)
            self._column += self._columns
            self._cell = None
        elif name == "table-row":
            self._row += self._rows
        elif name == "table":
            self.sheets.append(self._cells.sheet(self._title))

    def _finish_cell(self, attributes: Mapping[str, str]) -> None:
        self._merge(attributes)
        kind, text = attributes.get("office:value-type", ""), "".join(self._text)
        formula = "table:formula" in attributes
        if not (kind or formula or text):
            return
        value, flags = _value(kind, attributes, text)
        is_error = attributes.get("calcext:value-type") == "error"
        if formula and not is_error:
            flags.append(CellFlag.FORMULA if kind else CellFlag.UNCOMPUTED)
        self._cells.reach(self._row + self._rows - 1, self._column + self._columns - 1)
        for row in range(self._row, self._row + self._rows):
            if self._hidden:
                self._cells.hidden_rows.add(row)
            for column in range(self._column, self._column + self._columns):
                if is_error:
                    self._cells.put_error(row, column, text)
                elif value != "" or flags:
                    self._cells.put(row, column, value, *flags)

    def _merge(self, attributes: Mapping[str, str]) -> None:
        rows = _count(attributes, "table:number-rows-spanned")
        columns = _count(attributes, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            self._cells.merge(self._row, self._column, self._row + rows - 1, self._column + columns - 1)


def _value(kind: str, attributes: Mapping[str, str], text: str) -> tuple[Any, list[CellFlag]]:
    """A cell's value, and the flags of a number that shows as another one."""
    stored = attributes.get("office:value", "")
    if kind in ("float", "currency", "percentage"):
        with suppress(ValueError):
            number = float(stored)
            if isfinite(number) and "_" not in stored:
                return number, _flags_of_number(kind, number, text)
        return stored, []
    if kind == "date":
        with suppress(ValueError):
            return datetime.fromisoformat(attributes.get("office:date-value", "")).replace(tzinfo=None), []
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true", []
    return text or attributes.get("office:string-value", ""), []


def _flags_of_number(kind: str, number: float, shown: str) -> list[CellFlag]:
    """What a number's format makes of it is told by what the cell shows."""
    if kind == "percentage":
        return [CellFlag.PERCENT]
    match = _PLAIN.fullmatch(shown.replace(",", ""))
    if match is None:
        return [CellFlag.SCALED] if _SCALES.intersection(shown) else []
    rounded = 0.51 * 10.0 ** -len(match[1] or "")
    return [CellFlag.SCALED] if abs(float(match[0]) - number) > rounded else []


def _count(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused(Refusal.DAMAGED, "重复的次数读不通")
    return int(text)
