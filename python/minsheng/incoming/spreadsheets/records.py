"""Numbers, errors and strings as the formats of records store them: .xls (MS-XLS) and .xlsb (MS-XLSB)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

from . import limits
from .refusal import Refusal, Refused

__all__ = ["ERRORS", "plain_string", "rk_number", "shared_strings"]

#: MS-XLS 2.5.10, MS-XLSB 2.5.97.2.
ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
_WIDE, _PHONETIC, _RICH = 1, 4, 8


def rk_number(raw: int) -> float:
    """A number packed into 32 bits (MS-XLS 2.5.217): two flags, then an integer or the upper bits of a float."""
    if raw & 2:
        value = float(raw >> 2 if raw < 1 << 31 else (raw >> 2) - (1 << 30))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))[0]
    return value / 100 if raw & 1 else value


def plain_string(raw: bytes, length_bytes: int = 2) -> str:
    """A string that is whole: length, flags, characters (MS-XLS 2.5.294)."""
    if len(raw) <= length_bytes:
        return ""
    length = int.from_bytes(raw[:length_bytes], "little")
    text = raw[length_bytes + 1 :]
    if raw[length_bytes] & _WIDE:
        return text[: 2 * length].decode("utf-16-le", "replace")
    return text[:length].decode("latin-1")


def shared_strings(segments: Sequence[bytes]) -> list[str]:
    """The table of shared strings of an .xls from its record and the records that continue it (2.5.293, 2.5.296).

    However many strings the table claims to have, only those that are there are read.
    """
    reader = _Segments(segments)
    reader.skip(4)
    claimed = reader.number(4)
    strings: list[str] = []
    while len(strings) < claimed and not reader.at_end():
        strings.append(_shared_string(reader))
        if len(strings) > limits.RECORDS:
            raise Refused(Refusal.TOO_LARGE, "文字太多", f"{limits.RECORDS}条")
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
