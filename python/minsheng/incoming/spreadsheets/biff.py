"""An .xls or .et, read record by record (MS-XLS, BIFF8)."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator
from typing import Any, Final

from ...cells.flags import CellFlag
from . import compound, limits
from .records import ERRORS, plain_string, rk_number, shared_strings
from .refusal import Refusal, Refused
from .sheet import Cells, Sheet, not_too_many
from .styles import Styles

__all__ = ["BiffFile"]

_BOF, _EOF, _SHEET, _FILE_PASS, _DATE_MODE, _CONTINUE = 0x809, 0x0A, 0x85, 0x2F, 0x22, 0x3C
_FORMAT, _XF, _SHARED_STRINGS = 0x41E, 0xE0, 0xFC
_NUMBER, _LABEL, _BOOL_OR_ERROR, _RK, _MULTIPLE_RK = 0x203, 0x204, 0x205, 0x27E, 0xBD
_SHARED_LABEL, _RICH_LABEL, _FORMULA, _RESULT_TEXT = 0xFD, 0xD6, 0x06, 0x207
_ROW, _COLUMNS, _MERGED = 0x208, 0x7D, 0xE5
_BIFF8, _WORKSHEET = 0x600, 0
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_HEAD = struct.Struct("<HH")
_PLACE = struct.Struct("<HHH")
_AREA = struct.Struct("<HHHH")


class BiffFile:
    """Raises Refused for what is encrypted, damaged, too old or too large."""

    #: A damaged byte in an .xls cannot be told.
    has_checksums = False

    def __init__(self, data: bytes) -> None:
        self._stream = compound.workbook_stream(data)
        self.has_macros = compound.has_macros(data)
        self.saved_at = compound.saved_at(data)
        self.properties: dict[str, str] = {}
        self._left = limits.RECORDS
        self._since_1904 = False
        self._places: list[tuple[str, int]] = []
        self._strings: list[str] = []
        self._styles = Styles()
        self._read_globals()
        not_too_many(len(self._places))

    def sheets(self, without: Collection[str] = ()) -> Iterator[Sheet]:
        """Every worksheet, in order, read when its turn comes; those called as in ``without`` are passed over."""
        for title, start in self._places:
            if title not in without:
                reading = _SheetReading(self._strings, self._styles, since_1904=self._since_1904)
                yield reading.read(title, self._records(start))

    def _records(self, start: int) -> Iterator[tuple[int, bytes]]:
        """Type and content of each record, up to the end of the substream at ``start``."""
        stream, position, depth = self._stream, start, 0
        while position + _HEAD.size <= len(stream):
            kind, size = _HEAD.unpack_from(stream, position)
            position += _HEAD.size
            if position + size > len(stream):
                break
            self._left -= 1
            if self._left < 0:
                raise Refused(Refusal.TOO_LARGE, "内容太多", f"{limits.RECORDS}条记录")
            yield kind, stream[position : position + size]
            position += size
            depth += (kind == _BOF) - (kind == _EOF)
            if depth <= 0:
                return
        raise Refused(Refusal.DAMAGED, "旧式表格的内容被截断")

    def _read_globals(self) -> None:
        codes: dict[int, str] = {}
        formats: list[int] = []
        segments: list[bytes] = []
        before = -1
        for index, (kind, content) in enumerate(self._records(0)):
            if index == 0 and kind != _BOF:
                raise Refused(Refusal.DAMAGED, "旧式表格的开头读不通")
            if index == 0 and int.from_bytes(content[:2], "little") != _BIFF8:
                raise Refused(Refusal.TOO_OLD, "是很旧的表格格式")
            if kind == _FILE_PASS:
                raise Refused(Refusal.ENCRYPTED)
            if kind == _SHEET and len(content) > 6 and content[5] == _WORKSHEET:
                self._places.append((plain_string(content[6:], 1), int.from_bytes(content[:4], "little")))
            elif kind == _XF:
                formats.append(int.from_bytes(content[2:4], "little"))
            elif kind == _FORMAT:
                codes[int.from_bytes(content[:2], "little")] = plain_string(content[2:])
            elif kind == _DATE_MODE:
                self._since_1904 = content[:1] == b"\x01"
            elif kind == _SHARED_STRINGS or (
                kind == _CONTINUE and segments and before in (_SHARED_STRINGS, _CONTINUE)
            ):
                segments.append(content)
            before = kind
        self._strings = shared_strings(segments) if segments else []
        self._styles = Styles(formats, codes)


class _SheetReading:
    """One sheet as its records are met."""

    def __init__(self, strings: list[str], styles: Styles, *, since_1904: bool) -> None:
        self._strings, self._styles, self._since_1904 = strings, styles, since_1904
        self._cells = Cells()
        #: The formula whose text follows in a record of its own.
        self._pending: tuple[int, int] | None = None

    def read(self, title: str, records: Iterator[tuple[int, bytes]]) -> Sheet:
        """The sheet that the records of a substream make."""
        for kind, content in records:
            if kind == _RESULT_TEXT and self._pending is not None:
                self._cells.put(*self._pending, plain_string(content))
                self._pending = None
            elif len(content) >= _PLACE.size and kind in _READERS:
                _READERS[kind](self, content)
        return self._cells.sheet(title)

    def _row(self, content: bytes) -> None:
        if len(content) > 12 and content[12] & _HIDDEN_ROW:
            self._cells.hidden_rows.add(int.from_bytes(content[:2], "little"))

    def _column_range(self, content: bytes) -> None:
        if len(content) > 8 and content[8] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<HH", content)
            self._cells.hidden_columns |= set(range(first, min(last + 1, limits.COLUMNS)))

    def _merged(self, content: bytes) -> None:
        for place in range(2, len(content) - _AREA.size + 1, _AREA.size):
            top, bottom, left, right = _AREA.unpack_from(content, place)
            self._cells.merge(top, left, bottom, right)

    def _put_number(self, row: int, column: int, style: int, number: float, *flags: CellFlag) -> None:
        value, flag = self._styles.shown(style, number, since_1904=self._since_1904)
        self._cells.put(row, column, value, *flags, *((flag,) if flag else ()))

    def _number(self, content: bytes) -> None:
        if len(content) >= 14:
            row, column, style = _PLACE.unpack_from(content)
            self._put_number(row, column, style, struct.unpack_from("<d", content, 6)[0])

    def _rk(self, content: bytes) -> None:
        if len(content) >= 10:
            row, column, style = _PLACE.unpack_from(content)
            self._put_number(row, column, style, rk_number(struct.unpack_from("<I", content, 6)[0]))

    def _several(self, content: bytes) -> None:
        """A run of numbers: format and number (6 bytes) for each column, then the last column."""
        row, column, _ = _PLACE.unpack_from(content)
        pairs = content[4:-2]
        for index in range(len(pairs) // 6):
            style, raw = struct.unpack_from("<HI", pairs, 6 * index)
            self._put_number(row, column + index, style, rk_number(raw))

    def _shared(self, content: bytes) -> None:
        index = int.from_bytes(content[6:10], "little")
        if index >= len(self._strings):
            raise Refused(Refusal.DAMAGED, "文字表不完整")
        self._put_text(content, self._strings[index])

    def _text(self, content: bytes) -> None:
        self._put_text(content, plain_string(content[6:]))

    def _put_text(self, content: bytes, text: str) -> None:
        if text:
            row, column, _ = _PLACE.unpack_from(content)
            self._cells.put(row, column, text)

    def _bool_or_error(self, content: bytes) -> None:
        row, column, _ = _PLACE.unpack_from(content)
        if len(content) < 8:
            return
        if content[7]:
            self._cells.put_error(row, column, ERRORS.get(content[6], ""))
        else:
            self._cells.put(row, column, bool(content[6]))

    def _formula(self, content: bytes) -> None:
        """The stored result: a number, or the kind of another result where its last two bytes say so (2.5.133)."""
        row, column, style = _PLACE.unpack_from(content)
        result = content[6:14]
        self._pending = None
        if len(result) < 8:
            return
        if result[6:] != b"\xff\xff":
            # Writers that cannot compute leave 0 behind; nothing must turn into 0.
            flag = CellFlag.UNCOMPUTED if result == bytes(8) else CellFlag.FORMULA
            self._put_number(row, column, style, struct.unpack("<d", result)[0], flag)
        elif result[0] == 2:
            self._cells.put_error(row, column, ERRORS.get(result[2], ""))
        else:
            self._pending = (row, column) if result[0] == 0 else None
            self._cells.put(row, column, bool(result[2]) if result[0] == 1 else "", CellFlag.FORMULA)


_READERS: Final[dict[int, Any]] = {
    _NUMBER: _SheetReading._number,
    _RK: _SheetReading._rk,
    _MULTIPLE_RK: _SheetReading._several,
    _SHARED_LABEL: _SheetReading._shared,
    _LABEL: _SheetReading._text,
    _RICH_LABEL: _SheetReading._text,
    _BOOL_OR_ERROR: _SheetReading._bool_or_error,
    _FORMULA: _SheetReading._formula,
    _ROW: _SheetReading._row,
    _COLUMNS: _SheetReading._column_range,
    _MERGED: _SheetReading._merged,
}
