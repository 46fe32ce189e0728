"""Binary workbooks made by hand: an .xlsb record by record (MS-XLSB), a compound file sector by sector (MS-CFB)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

from incoming.form_files import packed

__all__ = ["Unseen", "compound_file", "xlsb"]

Cell = tuple[str, object]


class Unseen(NamedTuple):
    """Rows, columns and areas (first row, last row, first column, last column), from 0."""

    rows: Sequence[int] = ()
    columns: Sequence[int] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()


def xlsb(
    sheets: dict[str, Sequence[Sequence[object]]],
    odd: dict[tuple[int, int], Cell] | None = None,
    unseen: Unseen | None = None,
) -> bytes:
    """A workbook of text and number cells; ``odd`` puts ("error", code), ("formula", number) or ("percent", number) into
    cells (row, column) of the first sheet, ``unseen`` hides and merges there."""
    parts = {
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": _workbook(list(sheets)),
        "xl/_rels/workbook.bin.rels": _relations(
            [
                *(("worksheet", f"worksheets/sheet{i}.bin") for i in range(1, len(sheets) + 1)),
                ("styles", "styles.bin"),
            ]
        ),
        "xl/styles.bin": _styles(),
    }
    for index, rows in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{index}.bin"] = _sheet(
            rows, (odd or {}) if index == 1 else {}, (unseen or Unseen()) if index == 1 else Unseen()
        )
    return packed(parts)


def _relations(targets: Sequence[tuple[str, str]]) -> bytes:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    lines = "".join(
        f'<Relationship Id="rId{i}" Type="{kinds}{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'.encode()


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(content)
    while True:
        size += bytes([length & 0x7F | (0x80 if length >> 7 else 0)])
        length >>= 7
        if not length:
            return head + size + content


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _workbook(names: Sequence[str]) -> bytes:
    sheets = b"".join(
        _record(156, struct.pack("<II", 0, index) + _text(f"rId{index}") + _text(name))
        for index, name in enumerate(names, 1)
    )
    return _record(131) + _record(143) + sheets + _record(144) + _record(132)


def _styles() -> bytes:
    """Two cell formats: general, and 0%."""
    formats = b"".join(_record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, 9))
    return _record(278) + _record(617, struct.pack("<I", 2)) + formats + _record(618) + _record(279)


def _sheet(rows: Sequence[Sequence[object]], odd: dict[tuple[int, int], Cell], unseen: Unseen) -> bytes:
    out = (
        _record(129)
        + _record(148, struct.pack("<4I", 0, len(rows), 0, max(map(len, rows), default=0)))
        + b"".join(_record(60, struct.pack("<4IH", column, column, 2560, 0, 1)) for column in unseen.columns)
        + _record(145)
    )
    for number, row in enumerate(rows):
        hidden = 0x10 if number in unseen.rows else 0
        out += _record(0, struct.pack("<IIHBBB", number, 0, 300, 0, hidden, 0) + bytes(4))
        for column, value in enumerate(row):
            if (number, column) in odd:
                out += _odd_cell(column, *odd[number, column])
            elif isinstance(value, str) and value:
                out += _record(6, struct.pack("<II", column, 0) + _text(value))
            elif isinstance(value, int | float):
                out += _record(5, struct.pack("<IId", column, 0, value))
    merged = b"".join(_record(176, struct.pack("<4I", *area)) for area in unseen.merged)
    return out + _record(146) + merged + _record(130)


def _odd_cell(column: int, kind: str, value: object) -> bytes:
    if kind == "error":
        return _record(3, struct.pack("<IIB", column, 0, value))
    if kind == "formula":
        return _record(9, struct.pack("<IIdH", column, 0, value, 0) + struct.pack("<I", 0) * 2)
    return _record(5, struct.pack("<IId", column, 1, value))


def compound_file(streams: dict[str, bytes]) -> bytes:
    """A compound file of up to 7 MB; streams are filled up to 4096 bytes (smaller ones would need a table of their own)."""
    sector, free, end = 512, 0xFFFFFFFF, 0xFFFFFFFE
    chains, body, entries = [], b"", [_entry("Root Entry", 5, 1, end, 0)]
    streams = {name: content + bytes(max(0, 4096 - len(content))) for name, content in streams.items()}
    names = list(streams)
    for index, (name, content) in enumerate(streams.items(), start=1):
        first, count = len(body) // sector, -(-len(content) // sector)
        chains.append((first, count))
        body += content + bytes(-len(content) % sector)
        right = index + 1 if index < len(names) else free
        entries.append(_entry(name, 2, free, first, len(streams[name]), right))
    directory = b"".join(entries) + b"".join(_entry("", 0, free, 0, 0) for _ in range(-len(entries) % 4))
    data = (len(body) + len(directory)) // sector
    tables = 1
    while data + tables > 128 * tables:
        tables += 1
    fat = [free] * 128 * tables
    for first, count in [*chains, (len(body) // sector, len(directory) // sector)]:
        fat[first : first + count] = range(first + 1, first + count + 1)
        fat[first + count - 1] = end
    places = range(data, data + tables)
    fat[data : data + tables] = [0xFFFFFFFD] * tables
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    )
    header += struct.pack("<9I", 0, tables, len(body) // sector, 0, 4096, end, 0, end, 0)
    header += struct.pack(f"<{tables}I", *places) + struct.pack("<I", free) * (109 - tables)
    return header + body + directory + struct.pack(f"<{128 * tables}I", *fat)


def _entry(name: str, kind: int, child: int, first: int, size: int, right: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le")
    length = len(raw) + 2 if name else 0
    head = raw + bytes(64 - len(raw)) + struct.pack("<HBB3I", length, kind, 1, 0xFFFFFFFF, right, child)
    return head + bytes(16 + 4 + 16) + struct.pack("<IQ", first, size)
