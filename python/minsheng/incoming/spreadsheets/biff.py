"""An .xls or .et, read record by record (MS-XLS, BIFF8): its cells, and what is odd about them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ...cells.dates import as_date
from ...cells.flags import CellFlag, FlaggedCells
from ...cells.number_formats import flag_of_format, is_date_format
from ...domain.catalogue import submission as rules
from ...domain.finding import Severity
from . import compound, limits
from .biff_strings import plain_string, shared_strings
from .grid import Grid, laid_out, not_too_many, refuse_too_many_cells
from .record_numbers import ERRORS, rk_number
from .refusal import Refused

__all__ = ["BiffFile"]

_BOF, _EOF, _SHEET, _FILE_PASS, _DATE_MODE, _CONTINUE = 0x809, 0x0A, 0x85, 0x2F, 0x22, 0x3C
_FORMAT, _XF, _SHARED_STRINGS = 0x41E, 0xE0, 0xFC
_NUMBER, _LABEL, _BOOL_OR_ERROR, _RK, _MULTIPLE_RK = 0x203, 0x204, 0x205, 0x27E, 0xBD
_SHARED_LABEL, _RICH_LABEL, _FORMULA, _RESULT_TEXT = 0xFD, 0xD6, 0x06, 0x207
_BIFF8, _WORKSHEET = 0x600, 0
_HEAD = struct.Struct("<HH")
_PLACE = struct.Struct("<HHH")


@dataclass
class _Cells:
    """The cells of one sheet as they are met. ``pending`` is the formula whose text follows in a record of its own."""

    values: dict[tuple[int, int], Any] = field(default_factory=dict)
    odd: dict[tuple[int, int], frozenset[CellFlag]] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    pending: tuple[int, int] | None = None


class BiffFile:
    """Raises Refused for what is encrypted, damaged, too old or too large."""

    def __init__(self, data: bytes) -> None:
        self._stream = compound.workbook_stream(data)
        self.has_macros = compound.has_macros(data)
        self.saved_at = compound.saved_at(data)
        self.seal_words: dict[str, str] = {}
        self._left = limits.RECORDS
        self._since_1904 = False
        self._sheets: list[tuple[str, int]] = []
        self._strings: list[str] = []
        self._flagged_styles: dict[int, CellFlag] = {}
        self._date_styles: set[int] = set()
        self._read_globals()
        not_too_many(len(self._sheets))

    def grids(self) -> Iterator[Grid]:
        for title, start in self._sheets:
            cells = self._read_sheet(start)
            yield Grid(title, laid_out(cells.values), FlaggedCells(cells.odd, cells.errors).within)

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
                raise Refused(rules.TOO_LARGE, what="内容太多", limit=f"{limits.RECORDS}条记录")
            yield kind, stream[position : position + size]
            position += size
            depth += (kind == _BOF) - (kind == _EOF)
            if depth <= 0:
                return
        raise Refused(rules.DAMAGED, reason="旧式表格的内容被截断")

    def _read_globals(self) -> None:
        formats: dict[int, str] = {}
        styles: list[int] = []
        segments: list[bytes] = []
        before = -1
        for index, (kind, content) in enumerate(self._records(0)):
            if index == 0 and kind != _BOF:
                raise Refused(rules.DAMAGED, reason="旧式表格的开头读不通")
            if index == 0 and int.from_bytes(content[:2], "little") != _BIFF8:
                raise Refused(rules.NOT_A_TABLE, reason="是很旧的表格格式", severity=Severity.ERROR)
            if kind == _FILE_PASS:
                raise Refused(rules.ENCRYPTED)
            if kind == _SHEET and len(content) > 6 and content[5] == _WORKSHEET:
                self._sheets.append((plain_string(content[6:], 1), int.from_bytes(content[:4], "little")))
            elif kind == _XF:
                styles.append(int.from_bytes(content[2:4], "little"))
            elif kind == _FORMAT:
                formats[int.from_bytes(content[:2], "little")] = plain_string(content[2:])
            elif kind == _DATE_MODE:
                self._since_1904 = content[:1] == b"\x01"
            elif kind == _SHARED_STRINGS or (
                kind == _CONTINUE and segments and before in (_SHARED_STRINGS, _CONTINUE)
            ):
                segments.append(content)
            before = kind
        self._strings = shared_strings(segments) if segments else []
        for index, number in enumerate(styles):
            code = formats.get(number, "")
            if is_date_format(number, code):
                self._date_styles.add(index)
            elif (odd := flag_of_format(number, code)) is not None:
                self._flagged_styles[index] = odd

    def _read_sheet(self, start: int) -> _Cells:
        cells = _Cells()
        for kind, content in self._records(start):
            if kind == _RESULT_TEXT and cells.pending is not None:
                cells.values[cells.pending] = plain_string(content)
                cells.pending = None
            elif len(content) >= _PLACE.size and kind in _READERS:
                row, column, style = _PLACE.unpack_from(content)
                _READERS[kind](self, cells, (row, column), style, content)
                refuse_too_many_cells(len(cells.values))
        return cells

    def _put_number(self, cells: _Cells, place: tuple[int, int], style: int, number: float) -> None:
        if style in self._date_styles:
            cells.values[place] = as_date(number, since_1904=self._since_1904) or number
            return
        cells.values[place] = number
        if style in self._flagged_styles:
            cells.odd[place] = cells.odd.get(place, frozenset()) | {self._flagged_styles[style]}

    def _number(self, cells: _Cells, place: tuple[int, int], style: int, content: bytes) -> None:
        if len(content) >= 14:
            self._put_number(cells, place, style, struct.unpack_from("<d", content, 6)[0])

    def _rk(self, cells: _Cells, place: tuple[int, int], style: int, content: bytes) -> None:
        if len(content) >= 10:
            self._put_number(cells, place, style, rk_number(struct.unpack_from("<I", content, 6)[0]))

    def _several(self, cells: _Cells, place: tuple[int, int], _style: int, content: bytes) -> None:
        """A run of numbers: format and number (6 bytes) for each column, then the last column."""
        pairs = content[4:-2]
        for index in range(len(pairs) // 6):
            style, raw = struct.unpack_from("<HI", pairs, 6 * index)
            self._put_number(cells, (place[0], place[1] + index), style, rk_number(raw))

    def _shared(self, cells: _Cells, place: tuple[int, int], _style: int, content: bytes) -> None:
        index = int.from_bytes(content[6:10], "little")
        if index >= len(self._strings):
            raise Refused(rules.DAMAGED, reason="文字表不完整")
        cells.values[place] = self._strings[index]

    def _text(self, cells: _Cells, place: tuple[int, int], _style: int, content: bytes) -> None:
        cells.values[place] = plain_string(content[6:])

    def _bool_or_error(self, cells: _Cells, place: tuple[int, int], _style: int, content: bytes) -> None:
        if len(content) < 8:
            return
        if content[7]:
            self._put_error(cells, place, content[6])
        else:
            cells.values[place] = bool(content[6])

    def _formula(self, cells: _Cells, place: tuple[int, int], style: int, content: bytes) -> None:
        """The stored result: a number, or the kind of another result where its last two bytes say so (2.5.133)."""
        result = content[6:14]
        cells.pending = None
        if len(result) < 8:
            return
        cells.odd[place] = frozenset({CellFlag.FORMULA})
        if result[6:] != b"\xff\xff":
            # Writers that cannot compute leave 0 behind; nothing must turn into 0.
            if result == bytes(8):
                cells.odd[place] = frozenset({CellFlag.UNCOMPUTED})
            self._put_number(cells, place, style, struct.unpack("<d", result)[0])
        elif result[0] == 0:
            cells.pending = place
            cells.values[place] = ""
        elif result[0] == 1:
            cells.values[place] = bool(result[2])
        elif result[0] == 2:
            self._put_error(cells, place, result[2])

    def _put_error(self, cells: _Cells, place: tuple[int, int], code: int) -> None:
        cells.values[place] = ""
        cells.odd[place] = frozenset({CellFlag.ERROR})
        cells.errors[place] = ERRORS.get(code, "错误值")


_READERS: Final = {
    _NUMBER: BiffFile._number,
    _RK: BiffFile._rk,
    _MULTIPLE_RK: BiffFile._several,
    _SHARED_LABEL: BiffFile._shared,
    _LABEL: BiffFile._text,
    _RICH_LABEL: BiffFile._text,
    _BOOL_OR_ERROR: BiffFile._bool_or_error,
    _FORMULA: BiffFile._formula,
}
