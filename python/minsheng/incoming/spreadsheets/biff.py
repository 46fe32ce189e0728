"""An .xls or .et: streams in a compound file (MS-CFB), read record by record (MS-XLS, BIFF8)."""

from __future__ import annotations

import io
import struct
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import olefile

from ...cells.flags import CellFlag
from .refusal import Limits, Refusal, Refused
from .sheet import Cells, Sheet, Styles, not_too_many

__all__ = ["ERRORS", "BiffFile", "rk_number", "stream_names"]

#: The summary information of a compound file (MS-OLEPS).
_SUMMARY = "\x05SummaryInformation"
_SUMMARY_BYTES = 1 << 16
_LAST_SAVED, _FILE_TIME = 0x0D, 0x40
#: A file time counts tenths of microseconds from here, and stops before the year 10000.
_FIRST_DAY, _LAST_TICK = datetime(1601, 1, 1, tzinfo=UTC), 2_650_467_744_000_000_000
#: MS-XLS 2.5.10, MS-XLSB 2.5.97.2.
ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
#: Flags of a string.
_WIDE, _PHONETIC, _RICH = 1, 4, 8
#: Types of records.
_BOF, _EOF, _SHEET, _FILE_PASS, _DATE_MODE, _CONTINUE = 0x809, 0x0A, 0x85, 0x2F, 0x22, 0x3C
_FORMAT, _XF, _SHARED_STRINGS = 0x41E, 0xE0, 0xFC
_NUMBER, _LABEL, _BOOL_OR_ERROR, _RK, _MULTIPLE_RK = 0x203, 0x204, 0x205, 0x27E, 0xBD
_SHARED_LABEL, _RICH_LABEL, _FORMULA, _RESULT_TEXT = 0xFD, 0xD6, 0x06, 0x207
_ROW, _COLUMNS, _MERGED = 0x208, 0x7D, 0xE5
#: What stands in records.
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
        with _opened(data) as container:
            self._stream = _workbook_stream(container)
            self.has_macros = bool(container.exists("_VBA_PROJECT_CUR"))
            self.saved_at = _saved_at(container)
        self.properties: dict[str, str] = {}
        self._left = Limits.RECORDS
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
                raise Refused(Refusal.TOO_LARGE, "内容太多", f"{Limits.RECORDS}条记录")
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
                self._places.append((_plain_string(content[6:], 1), int.from_bytes(content[:4], "little")))
            elif kind == _XF:
                formats.append(int.from_bytes(content[2:4], "little"))
            elif kind == _FORMAT:
                codes[int.from_bytes(content[:2], "little")] = _plain_string(content[2:])
            elif kind == _DATE_MODE:
                self._since_1904 = content[:1] == b"\x01"
            elif kind == _SHARED_STRINGS or (
                kind == _CONTINUE and segments and before in (_SHARED_STRINGS, _CONTINUE)
            ):
                segments.append(content)
            before = kind
        self._strings = _shared_strings(segments) if segments else []
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
                self._cells.put(*self._pending, _plain_string(content))
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
            self._cells.hidden_columns |= set(range(first, min(last + 1, Limits.COLUMNS)))

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
        self._put_text(content, _plain_string(content[6:]))

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


def rk_number(raw: int) -> float:
    """A number packed into 32 bits (MS-XLS 2.5.217): two flags, then an integer or the upper bits of a float."""
    if raw & 2:
        value = float(raw >> 2 if raw < 1 << 31 else (raw >> 2) - (1 << 30))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))[0]
    return value / 100 if raw & 1 else value


def _plain_string(raw: bytes, length_bytes: int = 2) -> str:
    """A string that is whole: length, flags, characters (MS-XLS 2.5.294)."""
    if len(raw) <= length_bytes:
        return ""
    length = int.from_bytes(raw[:length_bytes], "little")
    text = raw[length_bytes + 1 :]
    if raw[length_bytes] & _WIDE:
        return text[: 2 * length].decode("utf-16-le", "replace")
    return text[:length].decode("latin-1")


def _shared_strings(segments: Sequence[bytes]) -> list[str]:
    """The table of shared strings of an .xls from its record and the records that continue it (2.5.293, 2.5.296).

    However many strings the table claims to have, only those that are there are read.
    """
    reader = _Segments(segments)
    reader.skip(4)
    claimed = reader.number(4)
    strings: list[str] = []
    while len(strings) < claimed and not reader.at_end():
        strings.append(_shared_string(reader))
        if len(strings) > Limits.RECORDS:
            raise Refused(Refusal.TOO_LARGE, "文字太多", f"{Limits.RECORDS}条")
    return strings


def _shared_string(reader: _Segments) -> str:
    length, flags = reader.number(2), reader.number(1)
    runs = reader.number(2) if flags & _RICH else 0
    phonetic = reader.number(4) if flags & _PHONETIC else 0
    text = reader.characters(length, wide=bool(flags & _WIDE))
    reader.skip(4 * runs + phonetic)
    return text


class _Segments:
    """Reads on over the borders of records. Characters that run on begin anew with a byte of flags."""

    def __init__(self, segments: Sequence[bytes]) -> None:
        self._segments = segments
        self._index = self._place = 0

    def at_end(self) -> bool:
        """Whether nothing is left in any record."""
        while self._index < len(self._segments) and self._place >= len(self._segments[self._index]):
            self._index, self._place = self._index + 1, 0
        return self._index >= len(self._segments)

    def number(self, size: int) -> int:
        """A number of ``size`` bytes, which never runs on over a border. Raises Refused at the end."""
        if self.at_end():
            raise Refused(Refusal.DAMAGED, "文字表被截断")
        segment = self._segments[self._index]
        raw = segment[self._place : self._place + size]
        self._place += size
        return int.from_bytes(raw, "little")

    def skip(self, size: int) -> None:
        """Pass over so many bytes, as far as there are any."""
        while size > 0 and not self.at_end():
            step = min(size, len(self._segments[self._index]) - self._place)
            self._place += step
            size -= step

    def characters(self, count: int, *, wide: bool) -> str:
        """So many characters, of two bytes or of one. Raises Refused where they end before."""
        parts: list[str] = []
        while count > 0:
            if self.at_end():
                raise Refused(Refusal.DAMAGED, "文字表被截断")
            if parts:
                wide = bool(self.number(1) & _WIDE)
            segment = self._segments[self._index]
            size = min(count * (2 if wide else 1), len(segment) - self._place)
            size -= size % 2 if wide else 0
            raw = segment[self._place : self._place + size]
            self._place = len(segment) if not size else self._place + size
            parts.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            count -= size // 2 if wide else size
        return "".join(parts)


@contextmanager
def _opened(data: bytes) -> Iterator[olefile.OleFileIO]:
    """olefile raises whatever a broken file makes it stumble over; all of that is damage."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            yield container
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        OverflowError,
        MemoryError,
        RecursionError,
    ) as failure:
        raise Refused(Refusal.DAMAGED, "旧式表格的结构读不通") from failure


def stream_names(data: bytes) -> tuple[str, ...]:
    """The names of the top streams, in lower case."""
    with _opened(data) as container:
        return tuple(
            path[0].lower() for path in container.listdir(streams=True, storages=True) if len(path) == 1
        )


def _workbook_stream(container: olefile.OleFileIO) -> bytes:
    """The records of the workbook. Raises Refused where there is no such stream."""
    for name in ("Workbook", "Book"):
        if container.exists(name):
            return bytes(container.openstream(name).read())
    raise Refused(Refusal.DAMAGED, "没有工作簿")


def _saved_at(container: olefile.OleFileIO) -> datetime | None:
    """The time of the last save in the summary information, in UTC; None where there is none.

    Read here by MS-OLEPS 2.21, because the library believes every count that a broken file gives.
    """
    if not container.exists(_SUMMARY):
        return None
    properties = bytes(container.openstream(_SUMMARY).read(_SUMMARY_BYTES))
    if len(properties) < 48:
        return None
    section = int.from_bytes(properties[44:48], "little")
    count = min(int.from_bytes(properties[section + 4 : section + 8], "little"), 100)
    for index in range(count):
        place = section + 8 + 8 * index
        if int.from_bytes(properties[place : place + 4], "little") != _LAST_SAVED:
            continue
        start = section + int.from_bytes(properties[place + 4 : place + 8], "little")
        kind = int.from_bytes(properties[start : start + 4], "little")
        ticks = int.from_bytes(properties[start + 4 : start + 12], "little")
        if kind == _FILE_TIME and 0 < ticks < _LAST_TICK:
            return _FIRST_DAY + timedelta(microseconds=ticks // 10)
    return None
