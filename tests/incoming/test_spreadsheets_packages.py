"""Packages as the programs of the world write them: parts wherever they lie, 64-bit directories, strict names; and what only
looks like a workbook is one finding for one file."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Mapping

import pytest

from incoming.binary_files import xlsb
from incoming.form_files import filled, form, only, packed, parts, row
from minsheng.incoming.forms.reading import read_bytes
from minsheng.incoming.spreadsheets.refusal import Refusal, Refused
from minsheng.incoming.spreadsheets.workbook import open_workbook

FILLED = filled({("1", "丹东"): 120})
TRANSITIONAL = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def reads(data: bytes) -> bool:
    submission = only(data)
    return not submission.findings and row(submission, 1, "丹东").value == 120


def refusal(data: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        list(open_workbook(data).sheets())
    return refused.value


class TestZip64:
    """Streaming writers and cloud drives write sizes and places in 64 bits, however small they are."""

    @pytest.mark.parametrize(("end", "sizes"), [(True, False), (False, True), (True, True)])
    def test_a_workbook_is_read(self, end: bool, sizes: bool) -> None:
        assert reads(zip64(parts(FILLED), end=end, sizes=sizes))

    @pytest.mark.parametrize(("end", "sizes"), [(True, False), (False, True), (True, True)])
    def test_an_archive_is_read(self, end: bool, sizes: bool) -> None:
        submissions = read_bytes(
            zip64({"丹东.xlsx": FILLED, "说明.txt": b"x"}, end=end, sizes=sizes), "全部.zip"
        )
        assert [submission.file for submission in submissions] == ["全部.zip/丹东.xlsx", "全部.zip/说明.txt"]
        assert row(submissions[0], 1, "丹东").value == 120

    @pytest.mark.parametrize("change", [4, -4])
    def test_an_end_that_points_elsewhere_is_damage(self, change: int) -> None:
        data = bytearray(zip64(parts(FILLED), end=True, sizes=True))
        place = data.rfind(b"PK\x06\x07") + 8
        data[place : place + 8] = struct.pack("<Q", struct.unpack_from("<Q", data, place)[0] + change)
        assert refusal(bytes(data)).refusal is Refusal.DAMAGED

    def test_a_size_that_is_nowhere_is_damage(self) -> None:
        data = zip64(parts(FILLED), end=True, sizes=True)
        start = data.index(b"PK\x01\x02")
        lost = data[start:].replace(struct.pack("<HH", 1, 16), struct.pack("<HH", 9, 16))
        assert refusal(data[:start] + lost).refusal is Refusal.DAMAGED


def zip64(contents: Mapping[str, bytes], *, end: bool, sizes: bool) -> bytes:
    """A package with a 64-bit end record, and with its sizes in 64 bits."""
    body = directory = b""
    wide = 0xFFFFFFFF
    for name, content in contents.items():
        place, raw = len(body), name.encode()
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        data = packer.compress(content) + packer.flush()
        common = (0x800, 8, 0, 0x5821, zlib.crc32(content))
        extra = struct.pack("<HHQQ", 1, 16, len(content), len(data))
        head = struct.pack("<4s5H3I2H", b"PK\x03\x04", 45, *common, wide, wide, len(raw), len(extra))
        body += head + raw + extra + data
        shown, more = ((wide, wide), extra) if sizes else ((len(data), len(content)), b"")
        line = (45, 45, *common, *shown, len(raw), len(more), 0, 0, 0, 0, place)
        directory += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", *line) + raw + more
    start, count = len(body), len(contents)
    closing = b""
    if end:
        closing = struct.pack(
            "<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(directory), start
        )
        closing += struct.pack("<4sIQI", b"PK\x06\x07", 0, start + len(directory), 1)
    closing += struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    return body + directory + closing


def with_strings(data: bytes) -> dict[str, bytes]:
    """The parts of a form whose texts are shared, as most programs save them."""
    contents = parts(data)
    strings: list[bytes] = []

    def shared(match: re.Match[bytes]) -> bytes:
        strings.append(match[1])
        return b't="s"><v>%d</v></c>' % (len(strings) - 1)

    for name in [name for name in contents if "worksheets/" in name]:
        contents[name] = re.sub(rb't="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>', shared, contents[name])
    items = b"".join(b"<si><t>" + text + b"</t></si>" for text in strings)
    contents["xl/sharedStrings.xml"] = b'<sst xmlns="' + MAIN + b'">' + items + b"</sst>"
    return related(contents, "sharedStrings", "sharedStrings.xml")


def related(
    contents: Mapping[str, bytes], kind: str, target: str, *, part: str = "xl/workbook.xml"
) -> dict[str, bytes]:
    """The parts with one more relation of the workbook, or with the target of the one of that kind changed."""
    name = part.replace("xl/", "xl/_rels/") + ".rels"
    lines = re.sub(rb"<Relationship [^>]*/%s\"[^>]*/>" % kind.encode(), b"", contents[name])
    line = (
        b'<Relationship Id="new" Type="'
        + TRANSITIONAL
        + f'/{kind}" Target="{target}"/></Relationships>'.encode()
    )
    return {**contents, name: lines.replace(b"</Relationships>", line)}


def moved(contents: Mapping[str, bytes], old: str, new: str) -> dict[str, bytes]:
    return {new if name == old else name: content for name, content in contents.items()}


class TestPartsByTheirRelationships:
    @pytest.mark.parametrize(
        ("part", "target"),
        [
            ("xl/texts/all.xml", "texts/all.xml"),
            ("xl/texts/all.xml", "/xl/texts/all.xml"),
            ("texts.xml", "../texts.xml"),
            ("texts.xml", "\\texts.xml"),
            ("xl/文字.xml", "%E6%96%87%E5%AD%97.xml"),
            ("xl/SharedStrings.XML", "sharedstrings.xml"),
        ],
    )
    def test_texts_lie_where_the_workbook_says(self, part: str, target: str) -> None:
        contents = moved(with_strings(FILLED), "xl/sharedStrings.xml", part)
        assert reads(packed(related(contents, "sharedStrings", target)))

    def test_a_date_is_a_date_wherever_the_styles_lie(self) -> None:
        contents = parts(filled({("1", "丹东"): 45356}))
        count = len(
            re.findall(
                rb"<xf ", contents["xl/styles.xml"].partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0]
            )
        )
        contents["xl/styles.xml"] = contents["xl/styles.xml"].replace(
            b"</cellXfs>", b'<xf numFmtId="14"/></cellXfs>'
        )
        sheet = "xl/worksheets/sheet1.xml"
        contents[sheet] = re.sub(rb'r="G7" s="\d+"', b'r="G7" s="%d"' % count, contents[sheet])
        elsewhere = related(moved(contents, "xl/styles.xml", "looks.xml"), "styles", "/looks.xml")
        for data in (packed(contents), packed(elsewhere)):
            (finding,) = only(data).findings
            assert (finding.code, finding.cell) == ("S301", "G7")
            assert "2024-03-05" in finding.message

    def test_the_workbook_itself_may_lie_elsewhere(self) -> None:
        contents = parts(FILLED)
        contents = moved(contents, "xl/workbook.xml", "book/main.xml")
        contents = moved(contents, "xl/_rels/workbook.xml.rels", "book/_rels/main.xml.rels")
        contents["_rels/.rels"] = contents["_rels/.rels"].replace(b"xl/workbook.xml", b"book/main.xml")
        rels = "book/_rels/main.xml.rels"
        contents[rels] = contents[rels].replace(b'Target="styles.xml"', b'Target="../xl/styles.xml"')
        assert reads(packed(contents))

    @pytest.mark.parametrize("kind", ["styles", "sharedStrings"])
    def test_a_part_that_is_named_and_not_there_is_damage(self, kind: str) -> None:
        refused = refusal(packed(related(with_strings(FILLED), kind, "nowhere.xml")))
        assert refused.refusal is Refusal.DAMAGED
        assert "nowhere.xml" in refused.reason

    @pytest.mark.parametrize(
        "target", ["../../secret.xml", "file:///etc/passwd", "", "http://example.org/sheet1.xml"]
    )
    def test_a_sheet_that_lies_outside_is_damage(self, target: str) -> None:
        contents = parts(FILLED)
        name = "xl/_rels/workbook.xml.rels"
        contents[name] = contents[name].replace(b"/xl/worksheets/sheet1.xml", target.encode())
        assert refusal(packed(contents)).refusal is Refusal.DAMAGED

    def test_an_external_sheet_is_damage_even_where_a_part_has_its_name(self) -> None:
        contents = parts(FILLED)
        name = "xl/_rels/workbook.xml.rels"
        contents[name] = contents[name].replace(
            b'Target="/xl/worksheets/sheet1.xml"', b'TargetMode="External" Target="/xl/worksheets/sheet1.xml"'
        )
        assert refusal(packed(contents)).refusal is Refusal.DAMAGED


WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "xl/workbook.xml": lambda: FILLED,
    "xl/workbook.bin": lambda: xlsb({"填报": [["序号"]]}),
}


@pytest.mark.parametrize("part", WORKBOOKS)
class TestMacros:
    """A workbook has macros by its project or by a sheet of Excel 4 (MS-XLSB 2.1.7.31 and 2.1.7.32), binary or not."""

    @pytest.mark.parametrize("kind", ["vbaProject", "xlMacrosheet", "xlIntlMacrosheet"])
    def test_are_known_by_their_relation(self, part: str, kind: str) -> None:
        contents = related(parts(WORKBOOKS[part]()), kind, "elsewhere.bin", part=part)
        assert open_workbook(packed(contents)).has_macros

    def test_are_not_seen_where_there_are_none(self, part: str) -> None:
        contents = related(parts(WORKBOOKS[part]()), "theme", "theme.xml", part=part)
        assert not open_workbook(packed(contents)).has_macros


def prefixed(xml: bytes) -> bytes:
    xml = xml.replace(b'xmlns="' + MAIN, b'xmlns:x="' + MAIN)
    return re.sub(rb"<(/?)([A-Za-z]\w*)(?=[\s>/])", rb"<\1x:\2", xml)


def strict(xml: bytes) -> bytes:
    return xml.replace(MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
        TRANSITIONAL, b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    )


@pytest.mark.parametrize("write", [prefixed, strict], ids=["prefixed", "strict"])
@pytest.mark.parametrize(
    "wanted", ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", ""]
)
def test_a_part_may_be_written_with_prefixes_or_in_the_strict_form(
    write: Callable[[bytes], bytes], wanted: str
) -> None:
    contents = with_strings(FILLED)
    assert reads(
        packed(
            {
                name: write(xml) if name == wanted or (not wanted and write is strict) else xml
                for name, xml in contents.items()
            }
        )
    )


NO_MAIN_PART = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<Relationships/>"}
NOT_WORKBOOKS: dict[str, tuple[dict[str, bytes], str]] = {
    "a text document with a workbook in it": (
        {
            **NO_MAIN_PART,
            "_rels/.rels": b'<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": b"<w/>",
            "word/embeddings/a.xlsx": FILLED,
        },
        "S101",
    ),
    "a package without a main part": ({**NO_MAIN_PART, "xl/worksheets/sheet1.xml": b"<worksheet/>"}, "S101"),
    "a main part that is something else": (
        {
            **NO_MAIN_PART,
            "_rels/.rels": b'<Relationships><Relationship Id="a" Type="x/officeDocument" Target="a.xml"/></Relationships>',
            "a.xml": b"<drawing/>",
        },
        "S101",
    ),
    "a text in the open format": ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}, "S101"),
    "a page in a fixed layout": ({"OFD.xml": b"<ofd/>", "Doc_0/Pages/Page_0/Content.xml": b"<a/>"}, "S101"),
    "a program": ({"META-INF/MANIFEST.MF": b"Manifest", "a/B.class": b"\xca\xfe\xba\xbe"}, "S101"),
    "the parts of a workbook, packed with their folder": (
        {f"丹东/{name}": content for name, content in parts(FILLED).items()}, "S108",
    ),
    "an archive of photos": ({f"{number}.jpg": b"\xff\xd8\xff\xe0" for number in range(40)}, "S108"),
    "an archive of nothing": ({}, "S108"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_WORKBOOKS)
def test_a_package_that_is_no_workbook_is_one_finding_for_one_file(name: str) -> None:
    contents, code = NOT_WORKBOOKS[name]
    (submission,) = read_bytes(packed(contents), "收到.zip")
    assert submission.unreadable
    assert [finding.code for finding in submission.findings] == [code]
    assert submission.file == "收到.zip"


@pytest.mark.parametrize("beside", ["[Content_Types].xml", "_rels/.rels", "xl/readme.txt", "mimetype"])
def test_an_archive_is_one_by_its_entries(beside: str) -> None:
    """Whatever else somebody packed with the forms."""
    submissions = read_bytes(packed({"xl/丹东.xlsx": FILLED, beside: b"<x/>"}), "全部.zip")
    (found,) = [submission for submission in submissions if submission.file == "全部.zip/xl/丹东.xlsx"]
    assert row(found, 1, "丹东").value == 120


def test_an_archive_is_not_opened_as_a_workbook() -> None:
    assert refusal(packed({"丹东.xlsx": form()})).refusal is Refusal.ARCHIVE
