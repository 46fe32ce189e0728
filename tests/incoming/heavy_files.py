"""Files that are small to send and large to read: each within the rules of its format, or close to them."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from incoming.binary_files import compound_file, xlsb
from incoming.form_files import form, packed, parts, sheet_part
from incoming.hostile_files import HOSTILE, many_empty_rows

__all__ = ["HEAVY"]

MB = 1 << 20
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SAVED = Path(__file__).parents[1] / "golden" / "submissions"


def with_part(name: str, content: bytes) -> bytes:
    return packed(parts(form()) | {name: content})


def with_rows(rows: bytes) -> bytes:
    return sheet_part(form(), lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))


def inside(part: str, end: bytes, content: bytes) -> bytes:
    """The form with ``content`` before the end tag of a part's root."""
    return with_part(part, parts(form())[part].replace(end, content + end))


def strings(items: bytes) -> bytes:
    return with_part("xl/sharedStrings.xml", b"<sst " + MAIN + b">" + items + b"</sst>")


def styles(count: int) -> bytes:
    percent = b'<numFmts count="1"><numFmt numFmtId="164" formatCode="0%"/></numFmts>'
    formats = b'<xf numFmtId="9"/>' * count
    return with_part(
        "xl/styles.xml",
        b"<styleSheet " + MAIN + b">" + percent + b"<cellXfs>" + formats + b"</cellXfs></styleSheet>",
    )


def cells(rows: int, columns: str = "ABCDEFGHIJKL") -> bytes:
    return with_rows(
        b"".join(
            b'<row r="%d">' % row
            + b"".join(b'<c r="%s%d"><v>1</v></c>' % (column.encode(), row) for column in columns)
            + b"</row>"
            for row in range(30, rows + 30)
        )
    )


def text_row(column: str, text: bytes) -> bytes:
    return with_rows(
        b'<row r="30"><c r="A30"><v>1</v></c><c r="C30" t="inlineStr"><is><t>'
        + "丹东".encode()
        + b'</t></is></c><c r="%s30" t="inlineStr"><is><t>%s</t></is></c></row>' % (column.encode(), text)
    )


def reports(rows: int) -> bytes:
    """Row after row of a project that the unit has no part in, with a number that cannot be read."""
    return with_rows(
        b"".join(
            b'<row r="%d"><c r="A%d"><v>9</v></c><c r="G%d" t="inlineStr"><is><t>x</t></is></c></row>'
            % (row, row, row)
            for row in range(30, rows + 30)
        )
    )


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


BOF, EOF = 0x809, 0x0A


def xls(in_globals: bytes, sheet: bytes, titles: int = 1) -> bytes:
    """An .xls whose ``titles`` sheets are all one and the same stream of records."""
    begin, end = record(BOF, struct.pack("<HHIII", 0x600, 5, 0, 0, 0)), record(EOF)

    def listing(offset: int) -> bytes:
        names = [f"s{number}".encode("utf-16-le") for number in range(titles)]
        return b"".join(
            record(0x85, struct.pack("<IBB", offset, 0, 0) + bytes([len(name) // 2, 1]) + name)
            for name in names
        )

    head = len(begin + in_globals + listing(0) + end)
    body = record(BOF, struct.pack("<HHIII", 0x600, 16, 0, 0, 0)) + sheet + end
    return compound_file({"Workbook": begin + in_globals + listing(head) + end + body})


def xlsb_records(count: int, titles: int = 1) -> bytes:
    """An .xlsb whose sheets are all one and the same part of empty records."""
    data = xlsb({f"s{number}": [["a"]] for number in range(titles)})
    sheets = [name for name in parts(data) if "worksheets/" in name]
    return packed(parts(data) | dict.fromkeys(sheets, b"\x01\x00" * count))


def ods(table: bytes) -> bytes:
    """A filled form saved as .ods, with one more table."""
    contents = parts((SAVED / "dandong.ods").read_bytes())
    xml = contents["content.xml"]
    end = b"</office:spreadsheet>"
    more = b'<table:table table:name="z">' + table + b"</table:table>"
    return packed(contents | {"content.xml": xml.replace(end, more + end)})


def ods_cell(repeat: str, content: str = "") -> bytes:
    return (
        f'<table:table-row table:number-rows-repeated="{repeat}"><table:table-cell office:value-type="float"'
        f' office:value="1" table:number-columns-repeated="{repeat}">{content}</table:table-cell></table:table-row>'
    ).encode()


def archive(inner: bytes, count: int) -> bytes:
    return packed({f"{number}.xlsx": inner for number in range(count)}, zipfile.ZIP_STORED)


#: Name → the file.
HEAVY: dict[str, Callable[[], bytes]] = {
    "39 MB of short strings": lambda: strings(b"<si><t>a</t></si>" * (39 * MB // 17)),
    "15 MB of short strings": lambda: strings(b"<si><t>a</t></si>" * (15 * MB // 17)),
    "one string of 15 MB": lambda: strings(b"<si><t>" + b"a" * (15 * MB) + b"</t></si>"),
    "39 MB of formats": lambda: styles(39 * MB // 18),
    "7 MB of formats": lambda: styles(7 * MB // 18),
    "a workbook of many names": lambda: inside(
        "xl/workbook.xml", b"</workbook>", b"<x/>" * (2 * MB // 4 - 1000)
    ),
    "many relations": lambda: inside(
        "xl/_rels/workbook.xml.rels", b"</Relationships>", b'<Relationship Id="a" Target="c"/>' * 30000
    ),
    "cells that do not end": lambda: with_rows(b'<row r="1"><c r="AAA1"/></row>' + b'<c r="A1"' * (10 * MB // 9)),
    "rows that do not end": lambda: with_rows(b'<row r="1"><c r="AAA1"/></row>' + b"<row " * (6 * MB)),
    "empty cells in no row": lambda: with_rows(
        b'<row r="1"><c r="AAA1"/></row>' + (b"<row >" + b'<c r="A1"/>' * 999) * 3000
    ),
    "merged areas that do not end": lambda: sheet_part(
        form(), lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + b'<mergeCell ref="A1:A1"' * MB)
    ),
    "deep nesting": lambda: sheet_part(
        form(), lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + b"<a>" * (10 * MB))
    ),
    "deep nesting in the workbook": lambda: inside(
        "xl/workbook.xml", b"</workbook>", b"<a>" * 280_000 + b"</a>" * 280_000
    ),
    "many attributes": lambda: with_part(
        "xl/workbook.xml",
        parts(form())["xl/workbook.xml"].replace(
            b"<workbook ", b"<workbook " + b" ".join(b'a%d="1"' % n for n in range(150_000)) + b" "
        ),
    ),
    "blanks before a root that does not come": lambda: sheet_part(form(), lambda xml: b" " * MB + b"!" + xml),
    "30 MB of blanks before the root": lambda: sheet_part(form(), lambda xml: b" " * (30 * MB) + xml),
    "a declaration that does not end": lambda: sheet_part(
        form(), lambda xml: b"<?xml " + b"encoding " * (4 * MB)
    ),
    "a sheet that is almost too large": lambda: cells(16_600),
    "a sheet without addresses": lambda: with_rows(b"<row>" + b"<c><v>1</v></c>" * 100_000 + b"</row>"),
    "39 MB of cells of text": lambda: with_rows(
        b"".join(
            b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>' % (row, row, b"x" * 2300)
            for row in range(30, 16_000)
        )
    ),
    "16,000 rows of reports": lambda: reports(16_000),
    "1,900 rows of reports": lambda: reports(1_900),
    "a number of 4 MB": lambda: text_row("G", b"1 " * (2 * MB)),
    "words of 30 MB": lambda: text_row("J", b"w" * (30 * MB)),
    "100,000 empty formatted rows": many_empty_rows,
    "50 MB of comments": lambda: with_part("xl/comments1.xml", b"<comments>" + b"x" * (50 * MB)),
    "31 MB of comments that do not pack": lambda: packed(
        parts(form()) | {"xl/comments1.xml": os.urandom(31 * MB)}, zipfile.ZIP_STORED
    ),
    "2,000 parts": lambda: packed(parts(form()) | {f"x{number}": b"" for number in range(1_980)}),
    "xls: 1.5 million records": lambda: xls(b"", record(0x99) * 1_500_000),
    "xls: 40 sheets that are one": lambda: xls(b"", record(0x99) * 300_000, titles=40),
    "xls: many records before the sheets": lambda: xls(record(0x99) * 1_500_000, b""),
    "xls: four milliards of strings": lambda: xls(
        record(0xFC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF) + b"\x01\x00\x00a" * 2000), b""
    ),
    "xls: 5 MB of empty strings": lambda: xls(
        record(0xFC, struct.pack("<II", 0xFFFFFFF, 0xFFFFFFF) + bytes(8100)) + record(0x3C, bytes(8100)) * 650, b""
    ),
    "xlsb: two million records": lambda: xlsb_records(2 * MB - 100),
    "xlsb: 40 sheets that are one": lambda: xlsb_records(200_000, titles=40),
    "ods: cells repeated far": lambda: ods(ods_cell("9999999")),
    "ods: cells repeated as often as may be": lambda: ods(ods_cell("440")),
    "ods: repeated a negative time": lambda: ods(ods_cell("-5")),
    "ods: a milliard of spaces": lambda: ods(ods_cell("1", '<text:p><text:s text:c="999999999"/></text:p>')),
    "ods: 70,000 empty rows": lambda: ods(b"<table:table-row><table:table-cell/></table:table-row>" * 70_000),
    "an archive of bombs": lambda: archive(
        sheet_part(form(), lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + b" " * (38 * MB))), 450
    ),
    "an archive of formats": lambda: archive(styles(7 * MB // 18), 30),
    **{name: (lambda name=name: HOSTILE[name][0]) for name in HOSTILE},  # type: ignore[misc]
}  # fmt: skip
