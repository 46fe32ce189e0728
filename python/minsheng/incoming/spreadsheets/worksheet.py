"""A worksheet part (ECMA-376 part 1, 18.3.1), guarded and read in one pass over its XML.

A row as the usual programs write it is taken apart by one pattern that names everything which may stand there; a row or a
sheet that says anything else goes through the XML parser. Both put the same cells.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from xlengines.a1 import column_letters, column_number

from ...cells.flags import CellFlag
from .package import decoded, unescaped, walk
from .refusal import MB, Limits, Refusal, Refused
from .sheet import Cells, Sheet, Styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


__all__ = ["CellKinds", "WorksheetReader"]

_NAMESPACES: Final = (
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_ROOT: Final = re.compile(rb"\s*+<worksheet(?=\s)[^<>]*+>")
_OWN_NAMESPACE: Final = re.compile(rb"\sxmlns=[\"'](?:" + b"|".join(map(re.escape, _NAMESPACES)) + rb")[\"']")
_MERGED: Final = re.compile(rb'<mergeCell ref="([A-Z]{1,3}+)([0-9]{1,7}+):([A-Z]{1,3}+)([0-9]{1,7}+)"')
_BLANK_ROWS: Final = re.compile(
    rb'(?:<c r="[A-Z]{1,3}+[0-9]{1,7}+"[^<>]*+(?:(?<=/)>|></c>)|<row r="[0-9]{1,7}+"[^<>]*+>|</row>)*+'
)
#: The column of a cell (not of a row), its row, other attributes, formula, value or text; the end of a row; or all the rest
#: of a text that is not written as usual.
_TOKEN: Final = re.compile(
    r'<(?:c r="([A-Z]++)|row r=")([0-9]++)"([^>]*+)>'
    r"(?(1)(?:(<f(?=[ />])[^<>]*+(?:(?<=/)>|>[^<]*+</f>)|)"
    r'(?:(?:<v>|<is><t>|<is><t xml:space="preserve">)([^<]*+)(?:</v>|</t></is>)|<v/>|)</c>|(?<=/>))|)'
    r"|</row>|([\s\S]++)"
)
_ATTRIBUTES: Final = re.compile(r'(?: [a-z]{1,9}+="[^"]{0,40}+")*+ ?/?')
_ATTRIBUTE: Final = re.compile(r' ([a-z]{1,9}+)="([^"]*+)"')
_REFERENCE: Final = re.compile(r"([A-Z]{1,3}+)([0-9]{1,7}+)")
_STYLE: Final = re.compile(r"[0-9]{1,6}+")
_ROW_NUMBER: Final = re.compile(r"[1-9][0-9]{0,6}+")
_HIDDEN: Final = re.compile(r' hidden="(?:1|true)"')

_COLUMNS: Final = {column_letters(number): number - 1 for number in range(1, 703)}
_PLAIN: Final = ("n", 0)
_NUMBER, _SHARED, _TEXT, _OTHER = range(4)
_TEXTS: Final = ("str", "inlineStr")
_USUAL: Final = {_PLAIN: _NUMBER, ("s", 0): _SHARED, **{(told, 0): _TEXT for told in _TEXTS}}
_FORMULA: Final = frozenset({CellFlag.FORMULA})
_UNCOMPUTED: Final = frozenset({CellFlag.UNCOMPUTED})
_SIGNS_OF_CONTENT: Final = (b"<v>", b"<is>", b"<f", b't="e"')
_TRUE: Final = ("1", "true")
#: Rows are read together, about so many bytes at a time: enough for a form, and never much memory.
_STRETCH: Final = 1 << 16
_KINDS_KEPT: Final = 1000


class CellKinds:
    """What the attributes of a cell say: its type, and its style where that changes what a number shows (else 0).

    ``usual`` maps attributes as they are written to _NUMBER, _SHARED or _TEXT, or to _OTHER for all the rest; it is learned as
    they are met, a dozen in an office's file.
    """

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.usual: dict[str, int] = {}

    def told(self, attributes: Mapping[str, str]) -> tuple[str, int]:
        """Type and style of a cell with these attributes."""
        style = attributes.get("s", "0")
        number, told = int(style) if _STYLE.fullmatch(style) else 0, attributes.get("t", "n")
        return told, number if told == "n" and self.styles.changes(number) else 0

    def learn(self, attributes: str) -> int:
        """The kind of attributes that were not met before. Raises ValueError where they are not written as usual."""
        if not _ATTRIBUTES.fullmatch(attributes):
            raise ValueError(attributes)
        if len(self.usual) > _KINDS_KEPT:
            self.usual.clear()
        kind = _USUAL.get(self.told(dict(_ATTRIBUTE.findall(attributes))), _OTHER)
        self.usual[attributes] = kind
        return kind


class WorksheetReader:
    """Reads the sheets of one workbook. Raises Refused for what is damaged or too large."""

    def __init__(self, strings: Sequence[str], kinds: CellKinds, *, since_1904: bool) -> None:
        self._strings = strings
        self.kinds = kinds
        self._since_1904 = since_1904
        self._left = Limits.WALKED_BYTES

    def read(self, title: str, xml: bytes) -> Sheet:
        """The sheet that a guarded part holds."""
        cells = Cells()
        if not self._read_usual(xml, cells):
            cells = Cells()
            self._parse(xml, _Walk(self, cells))
        return cells.sheet(title)

    def _parse(self, xml: bytes, following: _Walk) -> None:
        """Parse a sheet or a row that is not written as usual."""
        self._left -= len(xml)
        if self._left < 0:
            limit = f"{Limits.WALKED_BYTES // MB}MB"
            raise Refused(Refusal.TOO_LARGE, "工作表内容太多", limit)
        walk(xml, following.start, following.end, following.characters)

    def _read_usual(self, xml: bytes, cells: Cells) -> bool:
        """Whether the sheet is written as usual; then its cells have been put."""
        start, end = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
        root = _ROOT.match(xml)
        if root is None or not root.end() <= start < end or _has_more_than_tags(xml):
            return False
        head, tail = xml[root.end() : start], xml[end:]
        merged = _MERGED.findall(tail)
        if (
            not _OWN_NAMESPACE.search(root[0])
            or sum(map(xml.count, _NAMESPACES)) > 1
            or b"<sheetData" in head
            or b"<sheetData" in tail
            or b' hidden="' in head
            or len(merged) != tail.count(b"<mergeCell ")
            or not tail.rstrip().endswith(b"</worksheet>")
        ):
            return False
        for left, top, right, bottom in merged:
            cells.merge(
                int(top) - 1,
                column_number(left.decode()) - 1,
                int(bottom) - 1,
                column_number(right.decode()) - 1,
            )
        return self._read_rows(xml, start + len(b"<sheetData>"), end, cells)

    def _read_rows(self, xml: bytes, position: int, end: int, cells: Cells) -> bool:
        """Whether all rows could be read, a stretch of whole ones at a time."""
        while position < end:
            stop = xml.rfind(b"</row>", position, min(position + _STRETCH, end))
            if stop < 0:
                stop = xml.find(b"</row>", position, end)
            stop = end if stop < 0 else stop + len(b"</row>")
            stretch = xml[position:stop]
            if not self._read_stretch(stretch, cells):
                whole = b"<sheetData>" + stretch + b"</sheetData>"
                self._parse(whole, _Walk(self, cells))
            position = stop
        return True

    def _read_stretch(self, stretch: bytes, cells: Cells) -> bool:
        """Whether rows are written as usual; what has been put of others will be put again."""
        if not any(sign in stretch for sign in _SIGNS_OF_CONTENT) and _BLANK_ROWS.fullmatch(stretch):
            return True
        if len(stretch) > 2 * _STRETCH and stretch.count(b"<c") > Limits.COLUMNS:
            raise Refused(Refusal.TOO_LARGE, "有一行的格子太多", f"{Limits.COLUMNS}格")
        found = _TOKEN.findall(decoded(stretch))
        if found[-1][5]:
            return False
        try:
            others = self._put_usual(found, cells)
        except (LookupError, ValueError):
            return False
        for row, column, attributes, formula, raw in others:
            kind = self.kinds.told(dict(_ATTRIBUTE.findall(attributes)))
            self.put(cells, (row, column), kind, unescaped(raw), formula=bool(formula))
        return True

    def _put_usual(  # noqa: PLR0912 - the time of a 汇总 of a thousand files goes here
        self, found: Iterable[tuple[str, ...]], cells: Cells
    ) -> list[tuple[int, int, str, str, str]]:
        """Put the cells that are plain texts and numbers, stored or computed. The others are given back: row, column,
        attributes, formula, value. Raises LookupError or ValueError where something is not written as usual.
        """
        strings, usual, columns, flags = self._strings, self.kinds.usual, _COLUMNS, cells.flags
        others = []
        expected, row, values, width = "", -1, None, cells.width
        for letters, digits, attributes, formula, raw, _ in found:
            if not letters:
                if digits:
                    expected, row, values = digits, int(digits) - 1, None
                    if "<" in attributes:
                        raise ValueError(attributes)
                    if "hidden" in attributes and _HIDDEN.search(attributes):
                        cells.hidden_rows.add(row)
                continue
            if not (raw or formula or 't="e"' in attributes):
                continue
            kind, column = usual.get(attributes), columns[letters]
            if kind is None:
                kind = self.kinds.learn(attributes)
            if digits != expected:
                raise ValueError(digits)
            text = raw
            if kind == _SHARED and raw:
                text = strings[int(raw) if raw.isdecimal() else len(strings)]
            if kind == _OTHER or text[:1] == "=" or (kind == _TEXT and "&" in text):
                others.append((row, column, attributes, formula, raw))
                continue
            if values is None or column >= width:
                values, width = cells.open_row(row, column)
            if formula:
                flags[row, column] = _FORMULA if raw or kind == _TEXT else _UNCOMPUTED
                if not raw:
                    continue
            if kind != _NUMBER:
                values[column] = text
            elif raw.isdecimal():
                values[column] = float(raw)
            else:
                values[column] = number_of(unescaped(raw))
        return others

    def put(
        self, cells: Cells, place: tuple[int, int], kind: tuple[str, int], raw: str, *, formula: bool
    ) -> None:
        """One cell of a ``kind`` with the characters that are stored as its value."""
        told, style = kind
        if told == "e":
            cells.put_error(*place, raw)
            return
        value, flags = self._value(told, raw), []
        if formula:
            # A text formula may well have come out as an empty text: then it is computed, and blank.
            flags.append(CellFlag.FORMULA if raw or told in _TEXTS else CellFlag.UNCOMPUTED)
        if style and isinstance(value, float):
            value, flag = self.kinds.styles.shown(style, value, since_1904=self._since_1904)
            flags += [flag] if flag else []
        if value != "" or flags:
            cells.put(*place, value, *flags)

    def _value(self, told: str, raw: str) -> Any:
        """Characters that make no value of their type stay what they are."""
        if told == "s":
            if raw and not (raw.isdecimal() and int(raw) < len(self._strings)):
                raise Refused(Refusal.DAMAGED, "文字表不完整")
            return self._strings[int(raw)] if raw else ""
        if told == "n":
            return number_of(raw)
        if told == "b" and raw:
            return raw in _TRUE
        if told == "d":
            with suppress(ValueError):
                return datetime.fromisoformat(raw).replace(tzinfo=None)
        return raw


def _has_more_than_tags(xml: bytes) -> bool:
    """Whether comments, CDATA or instructions stand between the tags. A single byte is found much faster than two."""
    return (b"!" in xml and b"<!" in xml) or (b"?" in xml and b"<?" in xml)


def number_of(raw: str) -> float | str:
    """A stored number, or its characters where they are none."""
    try:
        number = float(raw)
    except ValueError:
        return raw
    return number if isfinite(number) and "_" not in raw else raw


class _Walk:
    """Follows the elements of a sheet, or of rows of one. A cell or row without a reference stands right behind the one
    before it."""

    def __init__(self, reader: WorksheetReader, cells: Cells) -> None:
        self._reader, self._cells = reader, cells
        self._in_data = False
        self._row = self._column = -1
        self._hidden = False
        self._kind = _PLAIN
        self._formula = False
        self._element = ""
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "sheetData":
            self._in_data = True
        elif name == "mergeCell" and not self._in_data:
            self._merge(attributes.get("ref", ""))
        elif name == "col" and not self._in_data and attributes.get("hidden") in _TRUE:
            first, last = (int(attributes.get(end, "0").zfill(1)[:6]) for end in ("min", "max"))
            self._cells.hidden_columns |= set(range(first - 1, min(last, Limits.COLUMNS)))
        elif not self._in_data:
            return
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if _ROW_NUMBER.fullmatch(number) else self._row + 1
            self._column = -1
            self._hidden = attributes.get("hidden") in _TRUE
        elif name == "c":
            self._start_cell(attributes)
        elif name == "f":
            self._formula = True
        elif name in ("v", "t", "rPh") and self._element != "rPh":
            self._element = name

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            self._row, self._column = _place(reference)
        self._kind = self._reader.kinds.told(attributes)
        self._formula, self._text = False, []

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        self._cells.merge(*_place(first), *_place(last or first))

    def characters(self, text: str) -> None:
        """Text between tags, a piece at a time."""
        if self._element in ("v", "t"):
            self._text.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == self._element:
            self._element = ""
        elif name == "sheetData":
            self._in_data = False
        elif name == "c" and self._in_data:
            place, raw = (self._row, self._column), "".join(self._text)
            if raw or self._formula or self._kind[0] == "e":
                self._reader.put(self._cells, place, self._kind, raw, formula=self._formula)
                if self._hidden:
                    self._cells.hidden_rows.add(self._row)


def _place(reference: str) -> tuple[int, int]:
    """``B7`` → (6, 1). Raises Refused for what is no cell of a sheet."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or (column := column_number(match[1])) > Limits.COLUMNS or match[2].strip("0") == "":
        raise Refused(Refusal.DAMAGED, f"单元格的地址“{reference[:20]}”读不通")
    return int(match[2]) - 1, column - 1
