"""A zip package from outside, read strictly: what the directory says must be what the bytes are, and its XML is guarded.

Only the parts that are asked for are unpacked, within limits and with their checksums. A package that two programs could
read in two ways (a part twice, overlapping parts, bytes before or after) is refused. The format is that of PKWARE's
APPNOTE.TXT, sections 4.3 to 4.5.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final, NamedTuple
from xml.parsers import expat

from .refusal import MB, Limits, Refusal, Refused

__all__ = ["Entry", "Package", "decoded", "guard", "read_time", "root_name", "unescaped", "walk"]

_END = struct.Struct("<4sHHHHIIH")
_END_64 = struct.Struct("<4sQHHIIQQQQ")
_LOCATOR = struct.Struct("<4sIQI")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_LOCAL = struct.Struct("<4s5H3I2H")
_EXTRA = struct.Struct("<HH")
_ENCRYPTED, _UTF8 = 0x1, 0x800
_STORED, _DEFLATED = 0, 8
#: Deflate cannot do better than 1032:1.
_BEST_RATIO: Final = 1040
#: In a field of 32 bits: the number stands in an extra field of 64 bits (4.5.3).
_SEE_64: Final = 0xFFFFFFFF
_EXTRA_64: Final = 1
#: Of XML parts: how they are encoded, and what stands before their root.
_UTF16: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_DECLARATION: Final = re.compile(rb"<\?xml\s[^<>]{0,1000}\?>")
_ENCODING: Final = re.compile(rb"\sencoding\s*+=\s*+[\"']([A-Za-z0-9._-]*+)")
_SPACE: Final = re.compile(rb"\s*+")
_NAME: Final = re.compile(rb"<[A-Za-z_:\x80-\xff]")
_REFERENCE: Final = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|([a-z]{2,4}));|&")
_BEGINNING: Final = 1 << 14
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


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
        total, start, end = self._directory()
        if total > Limits.PARTS:
            raise Refused(Refusal.TOO_LARGE, f"里面有{total}个部分", f"{Limits.PARTS}个")
        position = start
        for _ in range(total):
            position = self._read_entry(position, end)
        if position != end:
            raise Refused(Refusal.DAMAGED, "压缩包的目录长度不对")
        self._judge(start)

    def _directory(self) -> tuple[int, int, int]:
        """How many parts the directory lists, where it starts and where it ends."""
        data = self._data
        end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65557))
        if end < 0 or end + _END.size > len(data):
            raise Refused(Refusal.DAMAGED, "压缩包没有结尾")
        _, disk, first_disk, here, total, size, start, comment = _END.unpack_from(data, end)
        whole = end + _END.size + comment == len(data)
        locator = end - _LOCATOR.size
        if locator >= 0 and data.startswith(b"PK\x06\x07", locator):
            place = _LOCATOR.unpack_from(data, locator)[2]
            if place + _END_64.size > locator or not data.startswith(b"PK\x06\x06", place):
                raise Refused(Refusal.DAMAGED, "压缩包的目录不完整")
            _, length, _, _, disk, first_disk, here, total, size, start = _END_64.unpack_from(data, place)
            whole = whole and place + 12 + length == locator
            end = place
        if disk or first_disk or here != total:
            raise Refused(Refusal.DAMAGED, "压缩包的目录不完整")
        if not whole or start + size != end:
            raise Refused(Refusal.DAMAGED, "压缩包前后有多余或缺少的内容")
        return total, start, end

    def _read_entry(self, position: int, end: int) -> int:
        data = self._data
        if position + _CENTRAL.size > end:
            raise Refused(Refusal.DAMAGED, "压缩包的目录被截断")
        (
            mark, _made, _needs, flags, method, _time, _date, checksum, packed, unpacked,
            name_size, extra_size, comment_size, _disk, _internal, _external, offset,
        ) = _CENTRAL.unpack_from(data, position)  # fmt: skip
        after = position + _CENTRAL.size + name_size
        if mark != b"PK\x01\x02" or after + extra_size > end:
            raise Refused(Refusal.DAMAGED, "压缩包的目录读不通")
        if _SEE_64 in (unpacked, packed, offset):
            extra = data[after : after + extra_size]
            unpacked, packed, offset = _in_64_bits(extra, (unpacked, packed, offset))
        name = _name_of(data[position + _CENTRAL.size : after], flags)
        key = name.lower()
        if key in self.entries:
            raise Refused(Refusal.HOSTILE, f"同名的部分有两个（{name[-40:]}）")
        self.entries[key] = Entry(name, method, checksum, packed, unpacked, offset, bool(flags & _ENCRYPTED))
        return int(after + extra_size + comment_size)

    def _judge(self, directory: int) -> None:
        """Refuse bombs and parts that overlap: one stretch of bytes unpacked under many names."""
        if sum(entry.unpacked for entry in self.entries.values()) > Limits.UNPACKED_BYTES:
            raise Refused(Refusal.TOO_LARGE, "解压以后太大", f"{Limits.UNPACKED_BYTES // MB}MB")
        free = 0
        for entry in sorted(self.entries.values(), key=lambda entry: entry.offset):
            if entry.unpacked > _BEST_RATIO * entry.packed + 64:
                raise Refused(Refusal.HOSTILE, "压缩率高得不可能，像是压缩炸弹")
            if entry.offset < free:
                raise Refused(Refusal.HOSTILE, "各部分互相重叠，像是压缩炸弹")
            free = entry.offset + _LOCAL.size + len(entry.name) + entry.packed
        if free > directory:
            raise Refused(Refusal.DAMAGED, "压缩包的内容超出了目录")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.entries

    def read(self, name: str, limit: int = Limits.PART_BYTES) -> bytes:
        """A part, unpacked, its size and checksum confirmed; empty where there is no such part."""
        entry = self.entries.get(name.lower())
        return b"" if entry is None else self.unpacked(entry, limit)

    def xml(self, name: str, limit: int = Limits.WALKED_BYTES) -> bytes:
        """A part of XML, guarded; empty where there is no such part."""
        return guard(self.read(name, limit))

    def unpacked(self, entry: Entry, limit: int = Limits.PART_BYTES) -> bytes:
        """The content of one entry, if size and checksum are as the directory says."""
        if entry.encrypted:
            raise Refused(Refusal.ENCRYPTED)
        if entry.unpacked > limit:
            raise Refused(Refusal.TOO_LARGE, f"“{entry.name[-60:]}”解压以后太大", f"{limit // MB}MB")
        self.used += entry.unpacked
        content, finished = self._inflated(entry, entry.unpacked + 1)
        if not finished or len(content) != entry.unpacked or zlib.crc32(content) != entry.checksum:
            raise Refused(Refusal.DAMAGED, f"“{entry.name[-60:]}”校验不符")
        return content

    def beginning(self, entry: Entry, size: int) -> bytes:
        """The first ``size`` bytes of an entry, unconfirmed; empty where they are encrypted."""
        return b"" if entry.encrypted else self._inflated(entry, size)[0][:size]

    def _inflated(self, entry: Entry, most: int) -> tuple[bytes, bool]:
        """At most ``most`` bytes of an entry, and whether that was all of it."""
        packed = self._packed(entry)
        if entry.method == _STORED:
            return bytes(packed[:most]), len(packed) <= most
        if entry.method != _DEFLATED:
            raise Refused(Refusal.DAMAGED, "用了不认识的压缩方法")
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(packed, most)
        except zlib.error as failure:
            raise Refused(Refusal.DAMAGED, f"“{entry.name[-60:]}”解压不了") from failure
        return content, inflater.eof or not entry.unpacked

    def _packed(self, entry: Entry) -> memoryview:
        data = self._data
        if entry.offset + _LOCAL.size > len(data):
            raise Refused(Refusal.DAMAGED, "压缩包的内容被截断")
        local = _LOCAL.unpack_from(data, entry.offset)
        start = entry.offset + _LOCAL.size + local[9]
        if local[0] != b"PK\x03\x04" or _name_of(data[start - local[9] : start], local[2]) != entry.name:
            raise Refused(Refusal.HOSTILE, "压缩包的目录和内容对不上")
        start += local[10]
        if start + entry.packed > len(data):
            raise Refused(Refusal.DAMAGED, "压缩包的内容被截断")
        return memoryview(data)[start : start + entry.packed]


def _in_64_bits(extra: bytes, numbers: tuple[int, int, int]) -> tuple[int, ...]:
    """Sizes and offset of an entry, those that do not fit their fields from its extra field, where they stand in order."""
    position = 0
    while position + _EXTRA.size <= len(extra):
        kind, size = _EXTRA.unpack_from(extra, position)
        position += _EXTRA.size
        wide = extra[position : position + size]
        if kind == _EXTRA_64 and len(wide) >= 8 * numbers.count(_SEE_64):
            places = iter(range(0, len(wide), 8))
            return tuple(
                int.from_bytes(wide[(place := next(places)) : place + 8], "little")
                if number == _SEE_64
                else number
                for number in numbers
            )
        position += size
    raise Refused(Refusal.DAMAGED, "压缩包的目录不完整")


def _name_of(raw: bytes, flags: int) -> str:
    """A part's name: UTF-8 where it says so or can be, else GBK as Chinese Windows writes it; only forward slashes."""
    if raw.isascii():
        name = raw.decode("ascii")
    else:
        try:
            name = raw.decode("utf-8" if flags & _UTF8 else "gbk")
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "replace")
    return name.replace("\\", "/")


def guard(part: bytes) -> bytes:
    """The part in UTF-8 without mark and declaration, nothing changed behind them.

    Raises Refused for a document type (the door to entity expansion and outside files), wherever before the root element
    it stands, for any other encoding and for what has no root element. An empty part stays empty.
    """
    part = _in_utf8(part)
    position = 0
    while part:
        match = _SPACE.match(part, position)
        position = match.end() if match else position
        if part.startswith(b"<!--", position):
            end = part.find(b"-->", position + 4)
        elif part.startswith(b"<?", position):
            end = part.find(b"?>", position + 2) - 1
        elif part.startswith(b"<!", position):
            raise Refused(Refusal.HOSTILE, "XML 里有文档类型声明（DOCTYPE）")
        elif _NAME.match(part, position):
            break
        else:
            raise Refused(Refusal.DAMAGED, "XML 读不通")
        if end < position:
            raise Refused(Refusal.DAMAGED, "XML 读不通")
        position = end + 3
    return part


def _in_utf8(part: bytes) -> bytes:
    if wide := _UTF16.get(part[:2]):
        try:
            part = part.decode(wide).encode()
        except UnicodeError as failure:
            raise Refused(Refusal.DAMAGED, "XML 读不通") from failure
    part = part.removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARATION.match(part)
    named = _ENCODING.search(declared[0]) if declared and not wide else None
    if named and named[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise Refused(Refusal.DAMAGED, "XML 不是 UTF-8 编码")
    return part[declared.end() :] if declared else part


def walk(
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parse a part that was guarded; names of elements arrive without their prefix. Raises Refused for broken XML."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        finish = end
        parser.EndElementHandler = lambda name: finish(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)
    except expat.ExpatError as failure:
        raise Refused(Refusal.DAMAGED, "XML 读不通") from failure


def _refuse(*_: object) -> None:
    raise Refused(Refusal.HOSTILE, "XML 里有文档类型声明（DOCTYPE）")


def root_name(part: bytes) -> str:
    """The name of a guarded part's root element without its prefix, empty where it cannot be told."""
    names: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, _attributes: names.append(name.rpartition(":")[2])
    with suppress(expat.ExpatError):
        parser.Parse(part[:_BEGINNING], False)
    return names[0] if names else ""


def decoded(piece: bytes) -> str:
    """A piece of a guarded part as text, its lines ended as XML has it. Raises Refused for what is not UTF-8."""
    try:
        text = piece.decode()
    except UnicodeDecodeError as failure:
        raise Refused(Refusal.DAMAGED, "XML 读不通") from failure
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def unescaped(text: str) -> str:
    """Character data as it reads: ``&lt;`` is <. Raises Refused for what stands for no character."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        character = _NAMED.get(name, "")
    else:
        code = int(decimal) if decimal else int(hexadecimal or "0", 16)
        character = chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else ""
    if not character:
        raise Refused(Refusal.DAMAGED, "XML 读不通")
    return character


def read_time(text: str) -> datetime | None:
    """An ISO time in UTC; a time without a zone is taken as UTC."""
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
