"""An .xlsb before its cells are read, record by record (MS-XLSB): how large it is and which cells are odd."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ...domain.catalogue import submission as rules
from . import limits, properties
from .number_formats import odd_format
from .oddities import Oddities, Oddity
from .refusal import Refused
from .relations import sheet_part, targets
from .repacking import repacked, root_relations

if TYPE_CHECKING:
    from .package import Package

__all__ = ["XlsbGuard"]

_WORKBOOK, _RELATIONS, _STYLES = "xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/styles.bin"
_STRINGS = "xl/sharedStrings.bin"
_ROW, _ERROR, _FORMULA_ERROR = 0, 3, 11
#: Cells with contents: number, error, boolean, real, text, shared text; then formulas by the kind of their result.
_CELLS: Final = frozenset(range(2, 12))
_NUMBERS: Final = frozenset({2, 5, 9})
_FORMULAS: Final = frozenset({8, 9, 10, 11})
_SHEET, _FORMAT, _XF, _XFS_BEGIN, _XFS_END = 156, 44, 47, 617, 618
#: Walked record by record, so smaller than what is only searched.
_PART_BYTES: Final = 12 * limits.MB
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


class XlsbGuard:
    """Walks the sheets' records. Raises Refused for what is hostile, damaged or too large."""

    def __init__(self, package: Package) -> None:
        self.has_macros = "xl/vbaProject.bin" in package
        self.seal_words = properties.seal_words(package)
        self.saved_at = properties.saved_at(package)
        self._parts = {
            name: package.read(name, _PART_BYTES) for name in (_WORKBOOK, _RELATIONS, _STYLES, _STRINGS)
        }
        self._odd_styles = self._styles()
        places = targets(self._parts[_RELATIONS])
        self._sheets: dict[str, Oddities] = {}
        for title, place in self._bound_sheets():
            part = sheet_part(places, place, title, package)
            self._parts[part] = package.read(part, _PART_BYTES)
            self._sheets[title] = self._read_sheet(self._parts[part])

    def vetted(self) -> bytes:
        """The package for calamine: the parts that were looked at and no other."""
        parts = {name: content for name, content in self._parts.items() if content}
        return repacked(root_relations(_WORKBOOK) | parts)

    def names(self, titles: Sequence[str]) -> tuple[str, ...]:
        """The titles as the reader of cells gives them; they must be the sheets that were walked."""
        if set(titles) != set(self._sheets):
            raise Refused(rules.DAMAGED, reason="工作表的目录不完整")
        return tuple(titles)

    def oddities(self, sheet: str, columns: Sequence[int]) -> Oddities:
        return self._sheets[sheet].within(columns)

    def _bound_sheets(self) -> list[tuple[str, str]]:
        found = []
        content = self._parts[_WORKBOOK]
        for kind, start, end in _records(content):
            if kind == _SHEET:
                place, after = _text(content, start + 8, end)
                found.append((_text(content, after, end)[0], place))
        if len(found) > limits.SHEETS:
            raise Refused(rules.TOO_LARGE, what=f"有{len(found)}张工作表", limit=f"{limits.SHEETS}张")
        return found

    def _styles(self) -> dict[int, Oddity]:
        content = self._parts[_STYLES]
        codes: dict[int, str] = {}
        formats: list[int] = []
        inside = False
        for kind, start, end in _records(content):
            if kind in (_XFS_BEGIN, _XFS_END):
                inside = kind == _XFS_BEGIN
            elif kind == _FORMAT and end - start >= 6:
                codes[struct.unpack_from("<H", content, start)[0]] = _text(content, start + 2, end)[0]
            elif kind == _XF and inside and end - start >= 4:
                formats.append(struct.unpack_from("<H", content, start + 2)[0])
        return {
            index: odd
            for index, number in enumerate(formats)
            if (odd := odd_format(number, codes.get(number, ""))) is not None
        }

    def _read_sheet(self, content: bytes) -> Oddities:
        cells: dict[tuple[int, int], frozenset[Oddity]] = {}
        errors: dict[tuple[int, int], str] = {}
        row = last_row = last_column = -1
        for kind, start, end in _records(content):
            if kind == _ROW and end - start >= 4:
                row = struct.unpack_from("<I", content, start)[0]
            elif kind in _CELLS and end - start >= 8:
                column, style = struct.unpack_from("<II", content, start)
                last_row, last_column = max(last_row, row), max(last_column, column)
                odd: set[Oddity] = set()
                if kind in (_ERROR, _FORMULA_ERROR):
                    odd.add(Oddity.ERROR)
                    errors[row, column] = _ERRORS.get(content[start + 8] if end > start + 8 else -1, "错误值")
                elif kind in _FORMULAS:
                    odd.add(Oddity.FORMULA)
                if kind in _NUMBERS and (style & 0xFFFFFF) in self._odd_styles:
                    odd.add(self._odd_styles[style & 0xFFFFFF])
                if odd:
                    cells[row, column] = frozenset(odd)
        if (last_row + 1) * (last_column + 1) > limits.CELLS:
            raise Refused(rules.TOO_LARGE, what="表格的范围太大", limit=f"{limits.CELLS}格")
        return Oddities(cells, errors)


def _records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Type, beginning and end of each record; numbers of 7 bits a byte, the lowest first (MS-XLSB 2.1.4)."""
    position, size = 0, len(content)
    while position < size:
        kind, position = _varint(content, position, 2)
        length, position = _varint(content, position, 4)
        if position + length > size:
            raise Refused(rules.DAMAGED, reason="表格的内容被截断")
        yield kind, position, position + length
        position += length


def _varint(content: bytes, position: int, most: int) -> tuple[int, int]:
    number = 0
    for index in range(most):
        if position >= len(content):
            raise Refused(rules.DAMAGED, reason="表格的内容被截断")
        byte = content[position]
        position += 1
        number |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            break
    return number, position


def _text(content: bytes, start: int, end: int) -> tuple[str, int]:
    """A wide string (length, UTF-16 characters) and where it ends."""
    if start + 4 > end:
        raise Refused(rules.DAMAGED, reason="表格的目录读不通")
    length = struct.unpack_from("<I", content, start)[0]
    stop = start + 4 + 2 * (0 if length == 0xFFFFFFFF else length)
    if stop > end:
        raise Refused(rules.DAMAGED, reason="表格的目录读不通")
    return content[start + 4 : stop].decode("utf-16-le", "replace"), stop
