"""Compressed streams of a VBA project ([MS-OVBA] 2.4.1): chunks of 4096 bytes, literals and back references."""

from __future__ import annotations

import struct
from collections import defaultdict

__all__ = ["CHUNK", "Incompressible", "compress"]

#: Bytes of source in a chunk.
CHUNK = 4096

_SIGNATURE = 0x01
_HEADER_SIGNATURE = 0b011 << 12
_COMPRESSED = 1 << 15
_SHORTEST_COPY = 3


class Incompressible(ValueError):
    """A last chunk that grows beyond 4096 bytes: the format could only hold it with zeros added to its end."""


def compress(data: bytes) -> bytes:
    """The container for ``data``; decompressing it gives exactly ``data``. Incompressible."""
    out = bytearray([_SIGNATURE])
    for start in range(0, len(data), CHUNK):
        out += _chunk(data[start : start + CHUNK])
    return bytes(out)


def _chunk(data: bytes) -> bytes:
    tokens = _tokens(data)
    if len(tokens) <= CHUNK:
        return struct.pack("<H", len(tokens) - 1 | _HEADER_SIGNATURE | _COMPRESSED) + tokens
    if len(data) < CHUNK:
        raise Incompressible(f"a last chunk of {len(data)} bytes does not compress")
    return struct.pack("<H", CHUNK - 1 | _HEADER_SIGNATURE) + data


def _tokens(data: bytes) -> bytes:
    """Groups of up to eight tokens, each behind a byte that flags which of them are copies."""
    seen: defaultdict[bytes, list[int]] = defaultdict(list)
    out = bytearray()
    position = 0
    while position < len(data):
        flags, group = 0, bytearray()
        for bit in range(8):
            if position >= len(data):
                break
            offset_bits = max((position - 1).bit_length(), 4)
            longest = (0xFFFF >> offset_bits) + _SHORTEST_COPY
            source, length = _longest_match(data, position, seen, min(longest, len(data) - position))
            if length:
                flags |= 1 << bit
                group += struct.pack(
                    "<H",
                    (position - source - 1) << (16 - offset_bits) | length - _SHORTEST_COPY,
                )
            else:
                length = 1
                group.append(data[position])
            for passed in range(position, position + length):
                seen[data[passed : passed + _SHORTEST_COPY]].append(passed)
            position += length
        out.append(flags)
        out += group
    return bytes(out)


def _longest_match(
    data: bytes, position: int, seen: defaultdict[bytes, list[int]], limit: int
) -> tuple[int, int]:
    """Where the longest earlier run of the bytes at ``position`` starts, and its length; the nearest of equals."""
    best, length = 0, 0
    if limit < _SHORTEST_COPY:
        return best, length
    for candidate in reversed(seen.get(data[position : position + _SHORTEST_COPY], [])):
        run = _SHORTEST_COPY
        while run < limit and data[candidate + run] == data[position + run]:
            run += 1
        if run > length:
            best, length = candidate, run
            if run == limit:
                break
    return best, length
