"""Compound files ([MS-CFB], version 3): streams in storages, in sectors of 512 bytes.

Written whole and always in the same order: directory, small streams, large streams, allocation table. No times, no class
ids, so equal streams give equal bytes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

__all__ = ["LARGEST", "Storage", "compound_file"]

_SECTOR, _MINI_SECTOR, _MINI_CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NOBODY = 0xFFFFFFFF
_ENTRIES_PER_SECTOR = _SECTOR // 4
#: The header lists so many sectors of the allocation table; a longer list (DIFAT sectors) is not written here.
_LISTED_IN_HEADER = 109
_UNUSED, _STORAGE, _STREAM, _ROOT = 0, 1, 2, 5
_RED, _BLACK = 0, 1

#: Bytes of the largest file, header included: what 109 sectors of allocation table describe.
LARGEST = (1 + _LISTED_IN_HEADER * _ENTRIES_PER_SECTOR) * _SECTOR


@dataclass
class Storage:
    """A folder: names (at most 31 UTF-16 units, none of ``/ \\ : !``) → streams or further storages."""

    children: dict[str, bytes | Storage] = field(default_factory=dict)


@dataclass
class _Entry:
    name: str
    kind: int
    colour: int = _BLACK
    left: int = _NOBODY
    right: int = _NOBODY
    child: int = _NOBODY
    start: int = 0
    size: int = 0
    content: bytes = b""

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16sIQQIQ",
            name,
            len(name) + 2 if name else 0,
            self.kind,
            self.colour,
            self.left,
            self.right,
            self.child,
            bytes(16),
            0,
            0,
            0,
            self.start,
            self.size,
        )


def compound_file(root: Storage) -> bytes:
    """The file's bytes. ValueError for a name that the format does not allow, or more than LARGEST bytes."""
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _enter(root, entries)
    small, mini_table = _small_streams(entries)
    entries[0].content, entries[0].size = small, len(small)

    sectors = _Sectors()
    directory_start = sectors.reserve(-(-len(entries) // 4))
    mini_table_start = sectors.add(_words(mini_table)) if mini_table else _END
    entries[0].start = sectors.add(small) if small else _END
    for entry in entries:
        if entry.kind == _STREAM and entry.size >= _MINI_CUTOFF:
            entry.start = sectors.add(entry.content)
    directory = b"".join(entry.packed() for entry in entries)
    directory += _Entry("", _UNUSED).packed() * (-len(entries) % 4)
    return sectors.file(
        directory, directory_start, mini_table_start, -(-len(mini_table) // _ENTRIES_PER_SECTOR)
    )


def _enter(storage: Storage, entries: list[_Entry]) -> int:
    """Append a storage's children to the directory; gives the root of their tree."""
    names = sorted(storage.children, key=_order)
    if len({_order(name) for name in names}) < len(names):
        raise ValueError(f"names that differ in case only: {names}")
    index: dict[str, int] = {}
    for name in names:
        if not name or len(name.encode("utf-16-le")) > 62 or set(name) & set("/\\:!"):
            raise ValueError(f"not a name for a stream: {name!r}")
        content = storage.children[name]
        index[name] = len(entries)
        if isinstance(content, Storage):
            entries.append(_Entry(name, _STORAGE))
            entries[index[name]].child = _enter(content, entries)
        else:
            entries.append(_Entry(name, _STREAM, start=_END, size=len(content), content=content))
    return _tree([index[name] for name in names], entries, len(names).bit_length())


def _order(name: str) -> tuple[int, tuple[int, ...]]:
    """Shorter names first, then by upper-case UTF-16 units ([MS-CFB] 2.6.4)."""
    upper = "".join(up if len(up := character.upper()) == 1 else character for character in name)
    units = upper.encode("utf-16-le")
    return len(units), struct.unpack(f"<{len(units) // 2}H", units)


def _tree(ids: list[int], entries: list[_Entry], levels: int) -> int:
    """A balanced search tree over sorted entries. Only the lowest level is red: black heights are then equal.

    The lowest level of a tree of 2ⁿ-1 entries is full, and red just as rightly as black.
    """
    if not ids:
        return _NOBODY
    middle = len(ids) // 2
    entry = entries[ids[middle]]
    entry.left = _tree(ids[:middle], entries, levels - 1)
    entry.right = _tree(ids[middle + 1 :], entries, levels - 1)
    entry.colour = _RED if levels == 1 else _BLACK
    return ids[middle]


def _small_streams(entries: list[_Entry]) -> tuple[bytes, list[int]]:
    """Streams below 4096 bytes, end to end in sectors of 64 bytes, and those sectors' allocation table."""
    body, table = bytearray(), list[int]()
    for entry in entries:
        if entry.kind == _STREAM and 0 < entry.size < _MINI_CUTOFF:
            entry.start = len(table)
            count = -(-entry.size // _MINI_SECTOR)
            table += [*range(entry.start + 1, entry.start + count), _END]
            body += entry.content.ljust(count * _MINI_SECTOR, b"\0")
    return bytes(body), table


def _words(numbers: list[int]) -> bytes:
    padded = numbers + [_FREE] * (-len(numbers) % _ENTRIES_PER_SECTOR)
    return struct.pack(f"<{len(padded)}I", *padded)


class _Sectors:
    """The file after its header. The allocation table comes first, so its length is settled last."""

    def __init__(self) -> None:
        self.body = bytearray()
        self.table: list[int] = []

    def reserve(self, count: int) -> int:
        """Room for ``count`` sectors in a chain; gives the first one's number."""
        start = len(self.table)
        self.table += [*range(start + 1, start + count), _END]
        self.body += bytes(count * _SECTOR)
        return start

    def add(self, content: bytes) -> int:
        start = self.reserve(-(-len(content) // _SECTOR))
        at = start * _SECTOR
        self.body[at : at + len(content)] = content
        return start

    def file(self, directory: bytes, directory_start: int, mini_table_start: int, mini_sectors: int) -> bytes:
        self.body[directory_start * _SECTOR : directory_start * _SECTOR + len(directory)] = directory
        fat = self.reserve_table()
        header = struct.pack(
            "<8s16sHHHHH6xIIIIIIIIII",
            bytes.fromhex("D0CF11E0A1B11AE1"),
            bytes(16),
            0x003E,
            3,
            0xFFFE,
            9,
            6,
            0,
            len(fat),
            directory_start,
            0,
            _MINI_CUTOFF,
            mini_table_start,
            mini_sectors,
            _END,
            0,
            fat[0],
        )
        return (
            header
            + struct.pack(f"<{_LISTED_IN_HEADER - 1}I", *fat[1:], *[_FREE] * (_LISTED_IN_HEADER - len(fat)))
            + bytes(self.body)
        )

    def reserve_table(self) -> list[int]:
        """Append the allocation table, which describes itself too; gives its sectors' numbers."""
        used, count = len(self.table), 0
        while count * _ENTRIES_PER_SECTOR < used + count:
            count += 1
        if count > _LISTED_IN_HEADER:
            raise ValueError(f"more than {LARGEST} bytes: such a compound file is not written here")
        self.table += [_FAT] * count
        self.body += _words(self.table)
        return list(range(used, used + count))
