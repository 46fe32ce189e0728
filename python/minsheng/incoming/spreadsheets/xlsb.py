"""An .xlsb, read record by record (MS-XLSB): its cells, and what is odd about them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from ...cells.dates import as_date
from ...cells.flags import CellFlag, FlaggedCells
from ...cells.number_formats import flag_of_format, is_date_format
from ...domain.catalogue import submission as rules
from . import limits, properties
from .grid import Grid, laid_out, not_too_many, refuse_too_many_cells
from .record_numbers import ERRORS, rk_number
from .refusal import Refused
from .relations import sheet_part, targets

if TYPE_CHECKING:
    from .package import Package

__all__ = ["XlsbFile"]

_WORKBOOK, _RELATIONS, _STYLES = "xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/styles.bin"
_STRINGS, _MACROS = "xl/sharedStrings.bin", "xl/vbaProject.bin"
#: Walked record by record, so smaller than what is only searched.
_PART_BYTES: Final = 4 * limits.MB

_ROW, _STRING_ITEM, _SHEET, _PROPERTIES, _FORMAT, _XF, _XFS_BEGIN, _XFS_END = (
    0,
    19,
    156,
    153,
    44,
    47,
    617,
    618,
)
_RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED_TEXT = 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = 8, 9, 10, 11
_CELLS: Final = frozenset(range(_RK, _FORMULA_ERROR + 1))
_FORMULAS: Final = frozenset({_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL})


class XlsbFile:
    """Raises Refused for what is hostile, damaged or too large."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.has_macros = _MACROS in package
        self.seal_words = properties.seal_words(package)
        self.saved_at = properties.saved_at(package)
        self._left = limits.RECORDS
        self._since_1904 = False
        self._sheets = self._sheet_parts()
        self._flagged_styles: dict[int, CellFlag] = {}
        self._date_styles: set[int] = set()
        self._read_styles()
        self._strings = [
            _text(content, 1)[0]
            for kind, content in self._records(package.read(_STRINGS, _PART_BYTES))
            if kind == _STRING_ITEM
        ]

    def grids(self) -> Iterator[Grid]:
        for title, part in self._sheets.items():
            yield self._read_sheet(title, self._package.read(part, _PART_BYTES))

    def _sheet_parts(self) -> dict[str, str]:
        places = targets(self._package.read(_RELATIONS, _PART_BYTES))
        found: dict[str, str] = {}
        for kind, content in self._records(self._package.read(_WORKBOOK, _PART_BYTES)):
            if kind == _PROPERTIES:
                self._since_1904 = bool(content[:1] and content[0] & 1)
            elif kind == _SHEET:
                place, after = _text(content, 8)
                title = _text(content, after)[0]
                found[title] = sheet_part(places, place, title, self._package)
        not_too_many(len(found))
        return found

    def _read_styles(self) -> None:
        codes: dict[int, str] = {}
        formats: list[int] = []
        inside = False
        for kind, content in self._records(self._package.read(_STYLES, _PART_BYTES)):
            if kind in (_XFS_BEGIN, _XFS_END):
                inside = kind == _XFS_BEGIN
            elif kind == _FORMAT:
                codes[int.from_bytes(content[:2], "little")] = _text(content, 2)[0]
            elif kind == _XF and inside:
                formats.append(int.from_bytes(content[2:4], "little"))
        for index, number in enumerate(formats):
            code = codes.get(number, "")
            if is_date_format(number, code):
                self._date_styles.add(index)
            elif (odd := flag_of_format(number, code)) is not None:
                self._flagged_styles[index] = odd

    def _read_sheet(self, title: str, part: bytes) -> Grid:
        values: dict[tuple[int, int], Any] = {}
        odd: dict[tuple[int, int], frozenset[CellFlag]] = {}
        errors: dict[tuple[int, int], str] = {}
        row = -1
        for kind, content in self._records(part):
            if kind == _ROW:
                row = int.from_bytes(content[:4], "little")
            elif kind in _CELLS and len(content) >= 9:
                column, style = struct.unpack_from("<II", content)
                place, style = (row, column), style & 0xFFFFFF
                signs = {CellFlag.FORMULA} if kind in _FORMULAS else set()
                if kind in (_ERROR, _FORMULA_ERROR):
                    values[place], errors[place] = "", ERRORS.get(content[8], "错误值")
                    signs.add(CellFlag.ERROR)
                else:
                    value = self._value(kind, content)
                    is_number = isinstance(value, float)
                    if is_number and style in self._date_styles:
                        value = as_date(value, since_1904=self._since_1904) or value
                    elif is_number and style in self._flagged_styles:
                        signs.add(self._flagged_styles[style])
                    values[place] = value
                if signs:
                    odd[place] = frozenset(signs)
                refuse_too_many_cells(len(values))
        return Grid(title, laid_out(values), FlaggedCells(odd, errors).within)

    def _records(self, part: bytes) -> Iterator[tuple[int, bytes]]:
        """Type and content of each record; numbers of 7 bits a byte, the lowest first (2.1.4)."""
        position, size = 0, len(part)
        while position < size:
            self._left -= 1
            if self._left < 0:
                raise Refused(rules.TOO_LARGE, what="内容太多", limit=f"{limits.RECORDS}条记录")
            kind, position = _number(part, position, 2)
            length, position = _number(part, position, 4)
            if position + length > size:
                raise Refused(rules.DAMAGED, reason="表格的内容被截断")
            yield kind, part[position : position + length]
            position += length

    def _value(self, kind: int, content: bytes) -> Any:
        """What a cell holds, from the ninth byte of its record on."""
        if kind in (_TEXT, _FORMULA_TEXT):
            return _text(content, 8)[0]
        if kind in (_BOOL, _FORMULA_BOOL):
            return bool(content[8])
        if kind == _RK and len(content) >= 12:
            return rk_number(struct.unpack_from("<I", content, 8)[0])
        if kind in (_REAL, _FORMULA_NUMBER) and len(content) >= 16:
            return struct.unpack_from("<d", content, 8)[0]
        index = int.from_bytes(content[8:12], "little")
        if kind != _SHARED_TEXT or index >= len(self._strings):
            raise Refused(rules.DAMAGED, reason="表格的内容读不通")
        return self._strings[index]


def _number(part: bytes, position: int, most: int) -> tuple[int, int]:
    number = 0
    for index in range(most):
        if position >= len(part):
            raise Refused(rules.DAMAGED, reason="表格的内容被截断")
        byte = part[position]
        position += 1
        number |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            break
    return number, position


def _text(content: bytes, start: int) -> tuple[str, int]:
    """A wide string (length, UTF-16 characters) and where it ends; a length of all ones is no string (2.5.168)."""
    length = int.from_bytes(content[start : start + 4], "little")
    stop = start + 4 + (0 if length == 0xFFFFFFFF else 2 * length)
    if stop > len(content):
        raise Refused(rules.DAMAGED, reason="表格的文字读不通")
    return content[start + 4 : stop].decode("utf-16-le", "replace"), stop
