"""An .xlsb, read record by record (MS-XLSB)."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, Final

from ...cells.flags import CellFlag
from .biff import ERRORS, rk_number
from .refusal import Limits, Refusal, Refused
from .sheet import Cells, Sheet, Styles, not_too_many
from .xlsx import OfficeFile

if TYPE_CHECKING:
    from .package import Package

__all__ = ["XlsbFile"]

_ROW, _STRING_ITEM, _COLUMNS, _MERGED, _SHEET, _PROPERTIES = 0, 19, 60, 176, 156, 153
_FORMAT, _XF, _XFS_BEGIN, _XFS_END = 44, 47, 617, 618
_RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED_TEXT = 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = 8, 9, 10, 11
#: The kinds of sheets that have cells.
_SHEETS: Final = ("worksheet",)
_CELLS: Final = frozenset(range(_RK, _FORMULA_ERROR + 1))
_FORMULAS: Final = frozenset({_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL})
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x10, 0x01


class XlsbFile(OfficeFile):
    """The records of each part give what the XML of an .xlsx gives."""

    def __init__(self, package: Package, part: str) -> None:
        super().__init__(package, part)
        self._left = Limits.RECORDS
        self._since_1904 = False
        self._places = self._sheet_parts()
        self._styles = self._read_styles(self._part_of_kind("styles"))
        strings = self._part_of_kind("sharedStrings")
        self._strings = [
            _text(content, 1)[0] for kind, content in self._records_of(strings) if kind == _STRING_ITEM
        ]

    def sheets(self, without: Collection[str] = ()) -> Iterator[Sheet]:
        """Every worksheet, in order, read when its turn comes; those called as in ``without`` are passed over."""
        for title, part in self._places.items():
            if title not in without:
                yield self._read_sheet(title, part)

    def _sheet_parts(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind, content in self._records_of(self._part):
            if kind == _PROPERTIES:
                self._since_1904 = bool(content[:1] and content[0] & 1)
            elif kind == _SHEET:
                identity, after = _text(content, 8)
                title = _text(content, after)[0]
                if (part := self._sheet_part(title, identity, _SHEETS)) is not None:
                    found[title] = part
        not_too_many(len(found))
        return found

    def _read_styles(self, part: str | None) -> Styles:
        codes: dict[int, str] = {}
        formats: list[int] = []
        inside = False
        for kind, content in self._records_of(part):
            if kind in (_XFS_BEGIN, _XFS_END):
                inside = kind == _XFS_BEGIN
            elif kind == _FORMAT:
                codes[int.from_bytes(content[:2], "little")] = _text(content, 2)[0]
            elif kind == _XF and inside:
                formats.append(int.from_bytes(content[2:4], "little"))
        return Styles(formats, codes)

    def _read_sheet(self, title: str, part: str) -> Sheet:
        cells = Cells()
        row = -1
        for kind, content in self._records_of(part):
            if kind == _ROW:
                row = int.from_bytes(content[:4], "little")
                if len(content) > 11 and content[11] & _HIDDEN_ROW:
                    cells.hidden_rows.add(row)
            elif kind in _CELLS and len(content) >= 9:
                self._read_cell(cells, row, kind, content)
            elif kind == _COLUMNS and len(content) > 16 and content[16] & _HIDDEN_COLUMN:
                first, last = struct.unpack_from("<II", content)
                cells.hidden_columns |= set(range(first, min(last + 1, Limits.COLUMNS)))
            elif kind == _MERGED and len(content) >= 16:
                top, bottom, left, right = struct.unpack_from("<IIII", content)
                cells.merge(top, left, bottom, right)
        return cells.sheet(title)

    def _read_cell(self, cells: Cells, row: int, kind: int, content: bytes) -> None:
        column, style = struct.unpack_from("<II", content)
        if kind in (_ERROR, _FORMULA_ERROR):
            cells.put_error(row, column, ERRORS.get(content[8], ""))
            return
        value = self._value(kind, content)
        flags = [CellFlag.FORMULA] if kind in _FORMULAS else []
        if isinstance(value, float):
            value, flag = self._styles.shown(style & 0xFFFFFF, value, since_1904=self._since_1904)
            flags += [flag] if flag else []
        if value != "" or flags:
            cells.put(row, column, value, *flags)

    def _records_of(self, part: str | None) -> Iterator[tuple[int, bytes]]:
        """Type and content of each record of a part; numbers of 7 bits a byte, the lowest first (2.1.4)."""
        stream = self._package.read(part, Limits.WALKED_BYTES) if part else b""
        position, size = 0, len(stream)
        while position < size:
            self._left -= 1
            if self._left < 0:
                raise Refused(Refusal.TOO_LARGE, "内容太多", f"{Limits.RECORDS}条记录")
            kind, position = _number(stream, position, 2)
            length, position = _number(stream, position, 4)
            if position + length > size:
                raise Refused(Refusal.DAMAGED, "表格的内容被截断")
            yield kind, stream[position : position + length]
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
            raise Refused(Refusal.DAMAGED, "表格的内容读不通")
        return self._strings[index]


def _number(stream: bytes, position: int, most: int) -> tuple[int, int]:
    number = 0
    for index in range(most):
        if position >= len(stream):
            raise Refused(Refusal.DAMAGED, "表格的内容被截断")
        byte = stream[position]
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
        raise Refused(Refusal.DAMAGED, "表格的文字读不通")
    return content[start + 4 : stop].decode("utf-16-le", "replace"), stop
