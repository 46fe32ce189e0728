"""A zip package from outside, read strictly: what the directory says must be what the bytes are.

Only the parts that are asked for are unpacked, within limits and with their checksums. A package that two programs could
read in two ways (a part twice, overlapping parts, bytes before or after) is refused, because the guard and the reader
of the cells have to see the same thing. The format is that of PKWARE's APPNOTE.TXT, sections 4.3 and 4.4.
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from typing import Final, NamedTuple

from ...domain.catalogue import submission as rules
from . import limits
from .refusal import Refused

__all__ = ["Entry", "Package"]

_END = struct.Struct("<4sHHHHIIH")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_LOCAL = struct.Struct("<4s5H3I2H")
_ENCRYPTED, _UTF8 = 0x1, 0x800
_STORED, _DEFLATED = 0, 8
#: Deflate cannot do better than 1032:1.
_BEST_RATIO: Final = 1040
_ZIP64 = 0xFFFFFFFF
#: Parts up to this size may be kept from one file to the next.
_SMALL: Final = 1 << 16


class Entry(NamedTuple):
    """One part as the directory lists it (a tuple, because every file has a dozen)."""

    name: str
    method: int
    checksum: int
    packed: int
    unpacked: int
    offset: int
    encrypted: bool


class Package:
    """The directory of a package. ``entries`` maps the lower-case name with forward slashes to the part.

    Raises Refused for what is damaged, truncated or built to deceive.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        #: Bytes that have been unpacked so far.
        self.used = 0
        self.entries: dict[str, Entry] = {}
        self._read_directory()

    def _read_directory(self) -> None:
        data = self._data
        end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65557))
        if end < 0 or end + _END.size > len(data):
            raise Refused(rules.DAMAGED, reason="压缩包没有结尾")
        _, disk, first_disk, here, total, size, start, comment = _END.unpack_from(data, end)
        if disk or first_disk or here != total or _ZIP64 in (size, start) or total == 0xFFFF:
            raise Refused(rules.DAMAGED, reason="压缩包的目录不完整")
        if end + _END.size + comment != len(data) or start + size != end:
            raise Refused(rules.DAMAGED, reason="压缩包前后有多余或缺少的内容")
        if total > limits.PARTS:
            raise Refused(rules.TOO_LARGE, what=f"里面有{total}个部分", limit=f"{limits.PARTS}个")
        position = start
        for _ in range(total):
            position = self._read_entry(position, end)
        if position != end:
            raise Refused(rules.DAMAGED, reason="压缩包的目录长度不对")
        self._judge(start)

    def _read_entry(self, position: int, end: int) -> int:
        data = self._data
        if position + _CENTRAL.size > end:
            raise Refused(rules.DAMAGED, reason="压缩包的目录被截断")
        (
            mark, _made, _needs, flags, method, _time, _date, checksum, packed, unpacked,
            name_size, extra_size, comment_size, _disk, _internal, _external, offset,
        ) = _CENTRAL.unpack_from(data, position)  # fmt: skip
        after = position + _CENTRAL.size + name_size
        if mark != b"PK\x01\x02" or after > end:
            raise Refused(rules.DAMAGED, reason="压缩包的目录读不通")
        name = _decoded(data[position + _CENTRAL.size : after], flags)
        key = name.lower()
        if key in self.entries:
            raise Refused(rules.HOSTILE, reason=f"同名的部分有两个（{name[-40:]}）")
        self.entries[key] = Entry(name, method, checksum, packed, unpacked, offset, bool(flags & _ENCRYPTED))
        return int(after + extra_size + comment_size)

    def _judge(self, directory: int) -> None:
        """Refuse bombs and parts that overlap: one stretch of bytes unpacked under many names."""
        if sum(entry.unpacked for entry in self.entries.values()) > limits.UNPACKED_BYTES:
            raise Refused(
                rules.TOO_LARGE, what="解压以后太大", limit=f"{limits.UNPACKED_BYTES // limits.MB}MB"
            )
        free = 0
        for entry in sorted(self.entries.values(), key=lambda entry: entry.offset):
            if entry.unpacked > _BEST_RATIO * entry.packed + 64:
                raise Refused(rules.HOSTILE, reason="压缩率高得不可能，像是压缩炸弹")
            if entry.offset < free:
                raise Refused(rules.HOSTILE, reason="各部分互相重叠，像是压缩炸弹")
            free = entry.offset + _LOCAL.size + len(entry.name) + entry.packed
        if free > directory:
            raise Refused(rules.DAMAGED, reason="压缩包的内容超出了目录")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.entries

    def read(self, name: str, limit: int = limits.PART_BYTES) -> bytes:
        """A part, unpacked, its size and checksum confirmed; empty where there is no such part."""
        entry = self.entries.get(name.lower())
        return b"" if entry is None else self.unpacked(entry, limit)

    def unpacked(self, entry: Entry, limit: int = limits.PART_BYTES) -> bytes:
        """The content of one entry."""
        if entry.encrypted:
            raise Refused(rules.ENCRYPTED)
        if entry.unpacked > limit:
            raise Refused(
                rules.TOO_LARGE, what=f"“{entry.name[-60:]}”解压以后太大", limit=f"{limit // limits.MB}MB"
            )
        self.used += entry.unpacked
        return _content(self._packed(entry), entry)

    def read_alike(self, name: str, limit: int) -> bytes:
        """A part of which an office's files have the very same one: unpacked once for all of them."""
        entry = self.entries.get(name.lower())
        if entry is None or entry.encrypted or entry.packed > _SMALL or entry.unpacked > _SMALL:
            return self.read(name, limit)
        return _kept_content(bytes(self._packed(entry)), entry._replace(offset=0))

    def _packed(self, entry: Entry) -> memoryview:
        data = self._data
        if entry.offset + _LOCAL.size > len(data):
            raise Refused(rules.DAMAGED, reason="压缩包的内容被截断")
        local = _LOCAL.unpack_from(data, entry.offset)
        start = entry.offset + _LOCAL.size + local[9]
        if local[0] != b"PK\x03\x04" or _decoded(data[start - local[9] : start], local[2]) != entry.name:
            raise Refused(rules.HOSTILE, reason="压缩包的目录和内容对不上")
        start += local[10]
        if start + entry.packed > len(data):
            raise Refused(rules.DAMAGED, reason="压缩包的内容被截断")
        return memoryview(data)[start : start + entry.packed]


@lru_cache(maxsize=64)
def _kept_content(packed: bytes, entry: Entry) -> bytes:
    return _content(packed, entry)


def _content(packed: bytes | memoryview, entry: Entry) -> bytes:
    """What a part unpacks to, if size and checksum are as the directory says."""
    if entry.method == _DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(packed, entry.unpacked + 1)
        except zlib.error as failure:
            raise Refused(rules.DAMAGED, reason=f"“{entry.name[-60:]}”解压不了") from failure
        finished = inflater.eof or not entry.unpacked
    elif entry.method == _STORED:
        content, finished = bytes(packed), True
    else:
        raise Refused(rules.DAMAGED, reason="用了不认识的压缩方法")
    if not finished or len(content) != entry.unpacked or zlib.crc32(content) != entry.checksum:
        raise Refused(rules.DAMAGED, reason=f"“{entry.name[-60:]}”校验不符")
    return content


def _decoded(raw: bytes, flags: int) -> str:
    """A part's name: UTF-8 where it says so or can be, else GBK as Chinese Windows writes it; only forward slashes."""
    if raw.isascii():
        name = raw.decode("ascii")
    else:
        try:
            name = raw.decode("utf-8" if flags & _UTF8 else "gbk")
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "replace")
    return name.replace("\\", "/")
