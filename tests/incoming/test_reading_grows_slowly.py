"""Twice the text takes twice the time, whatever it says: runs of the same piece, wherever a file has text.

Each run is read at a length and at four times that length. What is read in proportion takes four times as long, what tries
every start anew sixteen times; the line is drawn between, and short times are not judged at all.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from incoming.form_files import filled, packed, parts
from minsheng.incoming.forms.reading import read_bytes

LENGTH, TIMES = 150_000, 4
#: Between 4 and 16.
MOST = 9.0
#: Seconds of the processor that are too short to be compared.
NOTHING = 0.15

FORM = parts(filled({("1", "丹东"): 120}))
SHEET, BOOK, STYLES, CUSTOM, CORE = (
    "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "docProps/custom.xml", "docProps/core.xml",
)  # fmt: skip
RELATIONS, STRINGS = "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
SAVED = Path(__file__).parents[1] / "golden" / "submissions"
ODS = parts((SAVED / "dandong.ods").read_bytes())


def within(part: str, mark: bytes, before: bytes = b"", after: bytes = b"") -> Callable[[bytes], bytes]:
    """A file with a run of pieces before ``mark`` in a part."""

    def build(run: bytes) -> bytes:
        assert mark in FORM[part]
        return packed({**FORM, part: FORM[part].replace(mark, before + run + after + mark, 1)})

    return build


def strings(run: bytes) -> bytes:
    sst = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>a</t></si>'
        + run
        + b"</sst>"
    )
    relation = b'<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    return packed({**FORM, STRINGS: sst, RELATIONS: FORM[RELATIONS].replace(b"</Relationships>", relation)})


def ods(run: bytes) -> bytes:
    end = b"</office:spreadsheet>"
    return packed({**ODS, "content.xml": ODS["content.xml"].replace(end, run + end)})


def text_cell(column: bytes) -> Callable[[bytes], bytes]:
    """A run as the text of one cell of the first project's row."""

    def build(run: bytes) -> bytes:
        head, _, tail = FORM[SHEET].partition(b'<c r="' + column + b'7"')
        tail = (
            tail[tail.index(b"<c r=") :]
            if b"<c r=" in tail[: tail.index(b"</row>")]
            else tail[tail.index(b"</row>") :]
        )
        cell = b'<c r="' + column + b'7" t="inlineStr"><is><t>' + run + b"</t></is></c>"
        return packed({**FORM, SHEET: head + cell + tail})

    return build


PLACES: dict[str, tuple[Callable[[bytes], bytes], list[bytes]]] = {
    "before the root of a sheet": (
        within(SHEET, b"<worksheet"),
        [b" ", b"<!---->", b"<!--", b"<?x?>", b"<?", b"<?xml ?>", b"-->", b"<!-- - -- -", b"encoding"],
    ),
    "before the data": (
        within(SHEET, b"<sheetData>"), [b"<cols/>", b"<col ", b"<", b">", b' hidden="', b"<sheetData", b"x"],
    ),
    "in the data": (
        within(SHEET, b"</sheetData>"),
        [
            b'<c r="A1"', b'<c r="A1"/>', b'<c r="A9"></c>', b'<c r="A9"><f>', b'<c r="A9"><v>', b"<row ", b'<row r="9">',
            b'<row r="9">' + b'<c r="A9"/>' * 50, b'<row r="9"/>', b"</row>", b"<f></f>", b"<v>", b"&", b"&#", b"&lt;", b"\r", b" ",
            b'<c r="A9" t="s"><v>', b'<c r="A9" t="inlineStr"><is><t>', b"<is>", b"<c><c>", b"</sheetData>", b'<c r="A9" a="b" ',
            b'<row r="9"><c r="A9"><v>1</v></c></row>', b'<row r="9"><c><v>1</v></c></row>', b"<row><c><v/></c></row>",
        ],
    ),
    "in a row": (
        within(SHEET, b"</row>"), [b'<c r="A1"', b"<c ", b'<c r="A1"><v>1</v></c>', b'<c r="A1"><f/></c>', b"<!---->", b"<a>", b"A", b" "],
    ),
    "in the attributes of a cell": (
        within(SHEET, b"</row>", b'<c r="A1" ', b"/>"), [b"a", b'a="b" ', b' s="1', b"/", b'"', b" ", b't="e"', b"="],
    ),
    "behind the data": (
        within(SHEET, b"</worksheet>"),
        [b'<mergeCell ref="A1:B2"/>', b'<mergeCell ref="A1:A1"', b"<mergeCell ", b"<a>", b"</a>", b"<x/>", b"A1:B2"],
    ),
    "in a text": (
        text_cell(b"J"), [b"a", b" ", "　".encode(), b"&#13;", b"&amp;", b"\r\n", b"_x000D_", "\u200b".encode(), b"=", b"=DISPIMG("],
    ),
    "in a number that is text": (
        text_cell(b"G"),
        [b"1", b"1,", b"1 ", b" ", b"1.", b"-", b"1e", "万".encode(), "１".encode(), b"1\n", b"O1", b"(", b"1(", "\u200b".encode(), b"+"],
    ),
    "in a label of a row": (text_cell(b"A"), [b"1", b"-", b" ", b"1-", "填报人".encode(), "1—".encode(), "１".encode()]),
    "in a unit": (text_cell(b"C"), [b"a", b" ", "、".encode(), "丹东".encode()]),
    "above the table": (
        within(SHEET, b'<row r="1"', b'<row r="1"><c r="A1" t="inlineStr"><is><t>', b"</t></is></c></row>"),
        ["填报单位：".encode(), "填报单位".encode(), b" ", "报送日期：".encode(), "总表编号:".encode(), b"2024-", "年".encode()],
    ),
    "in the workbook": (within(BOOK, b"</workbook>"), [b"<a>", b"<sheet/>", b'<sheet name="a" ', b"<", b" ", b"</a>"]),
    "in the relations": (
        within(RELATIONS, b"</Relationships>"), [b'<Relationship Id="a" Target="b"/>', b"<Relationship ", b"../", b"<"],
    ),
    "in the styles": (
        within(STYLES, b"</cellXfs>"), [b'<xf numFmtId="164"/>', b"<xf ", b"<a>", b"</cellXfs>"],
    ),
    "in a number format": (
        within(STYLES, b"<cellXfs", b'<numFmts><numFmt numFmtId="164" formatCode="', b'"/></numFmts>'),
        [b"0", b",", b"[", b"]", b"&quot;", b"\\", b"_", b"*", b"%", b"0,", b"[h", "万".encode(), b";", b"y", b"[]"],
    ),
    "in the properties": (
        within(CUSTOM, b"</Properties>"), [b'<property name="x"/>', b"<property ", b"<a>", b"x", b"<vt:lpwstr>"],
    ),
    "in the core properties": (within(CORE, b"</cp:coreProperties>"), [b"modified", b"<modified>", b"modified>", b"<"]),
    "in the texts": (
        strings,
        [
            b"<si><t>a</t></si>", b"<si><t>", b"<si>", b"<si/>", b"<si><t/>", b"<phoneticPr ", b"<si><r><t>a</t></r></si>", b"<t>",
            b"<si><t>a</t><phoneticPr a", b"&#1", b"</sst>", b"<si><rPh>", b"\r",
        ],
    ),
    "in an .ods": (
        ods,
        [
            b'<table:table table:name="a">', b"<table:table-row/>", b"<table:table-row><table:table-cell/></table:table-row>",
            b'<table:table table:name="a"></table:table>', b"<table:table-cell>", b"<text:p>", b"<text:s/>", b"<a>", b"&amp;",
        ],
    ),
}  # fmt: skip
RUNS = [(place, piece) for place, (_, pieces) in PLACES.items() for piece in pieces]


def seconds(data: bytes) -> float:
    """Of the processor, the shorter of two readings."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        assert read_bytes(data, "收到.xlsx")
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize(
    ("place", "piece"), RUNS, ids=lambda value: value if isinstance(value, str) else repr(value)[2:42]
)
def test_a_run_of_pieces_is_read_in_proportion(place: str, piece: bytes) -> None:
    build, _ = PLACES[place]
    count = LENGTH // len(piece)
    long = seconds(build(piece * count * TIMES))
    if long > NOTHING:
        assert long < MOST * max(seconds(build(piece * count)), 0.001)


def test_a_search_that_begins_anew_at_every_piece_crosses_the_line() -> None:
    slow = re.compile(rb"<c[^>]*>x")
    taken = []
    for count in (2_000, 2_000 * TIMES):
        start = time.process_time()
        slow.search(b"<c " * count)
        taken.append(time.process_time() - start)
    assert taken[1] > MOST * taken[0]
