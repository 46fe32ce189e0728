"""An .xls (or .et) before its cells are read, record by record (MS-XLS): how large it is and which cells are odd."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from ...domain.catalogue import submission as rules
from . import compound, limits
from .number_formats import odd_format
from .oddities import Oddities, Oddity
from .refusal import Refused

__all__ = ["BiffGuard"]

_BOF, _EOF, _BOUND_SHEET, _FILE_PASS = 0x0809, 0x000A, 0x0085, 0x002F
_FORMAT, _XF = 0x041E, 0x00E0
_NUMBER, _LABEL, _BOOL_OR_ERROR, _RK, _MULTIPLE_RK = 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD
_SHARED_LABEL, _RICH_LABEL, _FORMULA = 0x00FD, 0x00D6, 0x0006
_CELLS: Final = frozenset(
    {_NUMBER, _LABEL, _BOOL_OR_ERROR, _RK, _MULTIPLE_RK, _SHARED_LABEL, _RICH_LABEL, _FORMULA}
)
_HEAD = struct.Struct("<HH")
_PLACE = struct.Struct("<HHH")
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


class BiffGuard:
    """Walks all records once. ``sheets`` counts the sheets of the workbook, in the order of their tabs."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._stream = compound.workbook_stream(data)
        self.has_macros = compound.has_macros(data)
        self.seal_words: dict[str, str] = {}
        self.saved_at: datetime | None = compound.saved_at(data)
        self._formats: dict[int, str] = {}
        self._styles: list[int] = []
        self._starts: list[int] = []
        self._read_globals()
        if len(self._starts) > limits.SHEETS:
            raise Refused(rules.TOO_LARGE, what=f"有{len(self._starts)}张工作表", limit=f"{limits.SHEETS}张")
        self._odd_styles = {
            index: odd
            for index, number in enumerate(self._styles)
            if (odd := odd_format(number, self._formats.get(number, ""))) is not None
        }
        self._sheets = [self._read_sheet(start) for start in self._starts]

    def vetted(self) -> bytes:
        """The file for calamine: a compound file is not taken apart."""
        return self._data

    def names(self, titles: Sequence[str]) -> tuple[str, ...]:
        """The titles as the reader of cells gives them; they must be the sheets that were walked."""
        if len(titles) != len(self._sheets):
            raise Refused(rules.DAMAGED, reason="工作表的目录不完整")
        self._titles = tuple(titles)
        return self._titles

    def oddities(self, sheet: str, columns: Sequence[int]) -> Oddities:
        found = self._sheets[self._titles.index(sheet)]
        return found.within(columns)

    def _records(self, start: int) -> Iterator[tuple[int, int, int]]:
        """Type, beginning and end of each record up to the end of the substream at ``start``."""
        stream, position, depth = self._stream, start, 0
        while position + _HEAD.size <= len(stream):
            kind, size = _HEAD.unpack_from(stream, position)
            position += _HEAD.size
            if position + size > len(stream):
                break
            yield kind, position, position + size
            position += size
            depth += (kind == _BOF) - (kind == _EOF)
            if depth == 0:
                return
        raise Refused(rules.DAMAGED, reason="旧式表格的内容被截断")

    def _read_globals(self) -> None:
        for kind, start, end in self._records(0):
            if kind == _FILE_PASS:
                raise Refused(rules.ENCRYPTED)
            if kind == _BOUND_SHEET and end - start >= 6:
                self._starts.append(struct.unpack_from("<I", self._stream, start)[0])
            elif kind == _XF and end - start >= 4:
                self._styles.append(struct.unpack_from("<H", self._stream, start + 2)[0])
            elif kind == _FORMAT and end - start >= 5:
                number = struct.unpack_from("<H", self._stream, start)[0]
                self._formats[number] = _format_code(self._stream[start + 2 : end])

    def _read_sheet(self, start: int) -> Oddities:
        cells: dict[tuple[int, int], frozenset[Oddity]] = {}
        errors: dict[tuple[int, int], str] = {}
        last_row = last_column = -1
        for kind, begin, end in self._records(start):
            if kind not in _CELLS or end - begin < _PLACE.size:
                continue
            row, column, style = _PLACE.unpack_from(self._stream, begin)
            last = (end - begin - 6) // 6 - 1 + column if kind == _MULTIPLE_RK else column
            last_row, last_column = max(last_row, row), max(last_column, last)
            if kind == _MULTIPLE_RK:
                self._note_several(cells, row, column, self._stream[begin + 4 : end - 2])
                continue
            odd, error = self._oddity(kind, self._stream[begin + 6 : end])
            if style in self._odd_styles and kind in (_NUMBER, _RK, _FORMULA):
                odd |= {self._odd_styles[style]}
            if error:
                errors[row, column] = error
            if odd:
                cells[row, column] = odd
        if (last_row + 1) * (last_column + 1) > limits.CELLS:
            raise Refused(rules.TOO_LARGE, what="表格的范围太大", limit=f"{limits.CELLS}格")
        return Oddities(cells, errors)

    def _note_several(
        self, cells: dict[tuple[int, int], frozenset[Oddity]], row: int, first: int, pairs: bytes
    ) -> None:
        """A run of numbers: format and number (6 bytes) for each column."""
        for index in range(len(pairs) // 6):
            odd = self._odd_styles.get(struct.unpack_from("<H", pairs, index * 6)[0])
            if odd is not None:
                cells[row, first + index] = frozenset({odd})

    def _oddity(self, kind: int, rest: bytes) -> tuple[frozenset[Oddity], str]:
        if kind == _BOOL_OR_ERROR and len(rest) >= 2 and rest[1]:
            return frozenset({Oddity.ERROR}), _ERRORS.get(rest[0], "错误值")
        if kind != _FORMULA or len(rest) < 8:
            return frozenset(), ""
        result = rest[:8]
        if result[6:8] == b"\xff\xff" and result[0] == 2:
            return frozenset({Oddity.ERROR}), _ERRORS.get(result[2], "错误值")
        # Writers that cannot compute leave 0 behind; nothing must turn into 0.
        if result == bytes(8):
            return frozenset({Oddity.UNCOMPUTED}), ""
        return frozenset({Oddity.FORMULA}), ""


def _format_code(raw: bytes) -> str:
    """A unicode string: length, flags, characters."""
    if len(raw) < 3:
        return ""
    length, wide = struct.unpack_from("<H", raw)[0], raw[2] & 1
    text = raw[3 : 3 + length * (2 if wide else 1)]
    return text.decode("utf-16-le" if wide else "latin-1", "replace")
