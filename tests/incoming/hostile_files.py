"""Files made to do harm, or broken in transit."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from incoming.form_files import form, packed, parts, sheet_part

__all__ = ["HOSTILE", "before_root_xml", "bomb", "many_empty_rows", "wide"]

DTD = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


def with_part(name: str, content: bytes) -> bytes:
    return packed(parts(form()) | {name: content})


def before_root(data: bytes, part: str, insert: bytes) -> bytes:
    contents = parts(data)
    return packed(contents | {part: before_root_xml(contents[part], insert)})


def before_root_xml(xml: bytes, insert: bytes) -> bytes:
    start = re.search(rb"<[A-Za-z]", xml)
    assert start is not None
    return xml[: start.start()] + insert + xml[start.start() :]


def wide(xml: bytes) -> bytes:
    """The part in UTF-16, as a package may have it."""
    text = xml.decode().removeprefix('<?xml version="1.0" encoding="UTF-8"?>')
    return ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


def far_cell(reference: str, content: bytes = b"<v>1</v>") -> bytes:
    row = re.sub(r"[A-Z]", "", reference)
    line = f'<row r="{row}"><c r="{reference}">'.encode() + content + b"</c></row></sheetData>"
    return sheet_part(form(), lambda xml: xml.replace(b"</sheetData>", line))


def unreferenced_far_row() -> bytes:
    """Cells without an address of their own, in a row that says it is the last one."""
    line = b'<row r="1048576">' + b"<c><v>1</v></c>" * 200 + b"</row></sheetData>"
    return sheet_part(form(), lambda xml: xml.replace(b"</sheetData>", line))


def declared_size() -> bytes:
    return sheet_part(
        form(), lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml)
    )


def many_empty_rows(count: int = 100_000, cell: str = '<c r="{column}{row}" s="5"/>') -> bytes:
    """Formatted rows without anything in them, as a clerk gets by painting whole columns."""
    lines = [
        f'<row r="{row}">'
        + "".join(cell.format(column=column, row=row) for column in "ABCDEFGHIJKL")
        + "</row>"
        for row in range(20, count + 20)
    ]
    return sheet_part(
        form(), lambda xml: xml.replace(b"</sheetData>", "".join(lines).encode() + b"</sheetData>")
    )


def bomb() -> bytes:
    """A sheet of 4 GB of blanks in 4 MB: the size is declared as it is."""
    return _lying(megabytes=500, declared=None)


def lying_bomb() -> bytes:
    """The same, but the directory says that it is small."""
    return _lying(megabytes=100, declared=5000)


def _lying(megabytes: int, declared: int | None) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b" " * (1 << 20)
    body = (
        packer.compress(b"<worksheet>")
        + b"".join(packer.compress(block) for _ in range(megabytes))
        + packer.flush()
    )
    data = packed(parts(form()) | {"xl/worksheets/sheet1.xml": b"@"}, zipfile.ZIP_STORED)
    size = megabytes * (1 << 20) + 11 if declared is None else declared
    return _with_entry(data, b"xl/worksheets/sheet1.xml", body, size)


def _with_entry(data: bytes, name: bytes, body: bytes, size: int) -> bytes:
    """The package with one part's bytes and declared size replaced, everything else in order."""
    out, directory = io.BytesIO(), []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for info in package.infolist():
            raw = info.filename.encode()
            content = package.read(info)
            method, packed_bytes, unpacked = (8, body, size) if raw == name else (0, content, len(content))
            head = (20, 0, method, 0, 0, zlib.crc32(content), len(packed_bytes), unpacked, len(raw))
            directory.append(
                struct.pack("<4sH5H3I5H2I", b"PK\x01\x02", 20, *head, 0, 0, 0, 0, 0, out.tell()) + raw
            )
            out.write(struct.pack("<4s5H3I2H", b"PK\x03\x04", *head, 0) + raw + packed_bytes)
    start = out.tell()
    listing = b"".join(directory)
    out.write(
        listing
        + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(directory), len(directory), len(listing), start, 0)
    )
    return out.getvalue()


def overlapping() -> bytes:
    """Two names for the same bytes."""
    data = bytearray(packed(parts(form()), zipfile.ZIP_STORED))
    central = data.find(b"PK\x01\x02")
    following = data.find(b"PK\x01\x02", central + 4)
    data[following + 42 : following + 46] = data[central + 42 : central + 46]
    return bytes(data)


def part_twice() -> bytes:
    out = io.BytesIO(form())
    with zipfile.ZipFile(out, "a") as package, io.BytesIO() as _:
        package.writestr("XL/worksheets/SHEET1.xml", b"<worksheet/>")
    return out.getvalue()


def wrong_checksum() -> bytes:
    data = bytearray(packed(parts(form()), zipfile.ZIP_STORED))
    place = data.find("填报单位".encode())
    data[place] ^= 1
    return bytes(data)


def encrypted_part() -> bytes:
    data = bytearray(form())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def cell_with_entities() -> bytes:
    return before_root(form(), "xl/worksheets/sheet1.xml", DTD)


#: Name → (file, the codes that may be told of it).
HOSTILE: dict[str, tuple[bytes, set[str]]] = {
    "entities in the sheet": (cell_with_entities(), {"S104"}),
    "entities in the workbook": (before_root(form(), "xl/workbook.xml", DTD), {"S104"}),
    "entities in the styles": (before_root(form(), "xl/styles.xml", DTD), {"S104"}),
    "entities behind a comment": (
        before_root(form(), "xl/worksheets/sheet1.xml", b"<!--" + b"x" * 5000 + b"-->" + DTD), {"S104"},
    ),
    "entities in the properties": (before_root(form(), "docProps/custom.xml", DTD), {"S104"}),
    "another encoding": (
        sheet_part(form(), lambda xml: b'<?xml version="1.0" encoding="GBK"?>' + xml), {"S103"},
    ),
    "entities in UTF-16": (sheet_part(form(), lambda xml: wide(before_root_xml(xml, DTD))), {"S104"}),
    "entities in an encoding that hides them": (
        sheet_part(form(), lambda xml: b'<?xml version="1.0" encoding="UTF-7"?><!-- -->+ADwAIQ-DOCTYPE x>' + xml), {"S103"},
    ),
    "entities behind comments and instructions": (
        before_root(form(), "xl/worksheets/sheet1.xml", b"<!-- <a --> <?b?><!---->" * 1000 + DTD), {"S104"},
    ),
    "a comment that does not end": (
        sheet_part(form(), lambda xml: b"<!--" + xml), {"S103"},
    ),
    "the last cell of the sheet": (far_cell("XFD1048576"), {"S105"}),
    "the last cell as text": (far_cell("XFD1048576", b"<is><t>x</t></is>"), {"S105"}),
    "the last row": (far_cell("L1048576"), {"S105"}),
    "a far row without addresses": (unreferenced_far_row(), {"S105"}),
    "a bomb": (bomb(), {"S104", "S105"}),
    "a bomb that lies": (lying_bomb(), {"S103", "S104"}),
    "overlapping parts": (overlapping(), {"S104", "S103"}),
    "a part twice": (part_twice(), {"S104"}),
    "a wrong checksum": (wrong_checksum(), {"S103"}),
    "encrypted parts": (encrypted_part(), {"S102", "S108"}),
    "bytes behind the end": (form() + b"\0" * 100, {"S103"}),
    "bytes before the beginning": (b"\0" * 10 + form(), {"S101"}),
    "a sheet outside": (
        packed(parts(form()) | {"xl/_rels/workbook.xml.rels": parts(form())["xl/_rels/workbook.xml.rels"].replace(
            b"/xl/worksheets/sheet1.xml", b"../../secret.xml")}), {"S103"},
    ),
    "broken XML": (sheet_part(form(), lambda xml: xml[: len(xml) // 2]), {"S103"}),
    "an empty sheet part": (sheet_part(form(), lambda xml: b""), {"S103", "S211"}),
    "nothing": (b"", {"S107"}),
    "a program": (b"MZ" + bytes(200), {"S101"}),
}  # fmt: skip
