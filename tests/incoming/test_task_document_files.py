"""Files that are no 任务书, or would do harm: one clear sentence each, and what to do."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from docx import Document

from incoming.task_document_writers import SAMPLE, seed_text, write_seed_docx, write_template
from minsheng.errors import HostileFile, MinshengError, NotATaskDocument, UnreadableFile
from minsheng.incoming.task_document import read

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "says", "asks"),
    [
        ("a.txt", b"", "空文件", "重新取得"),
        ("a.docx", b"   \r\n\t ", "空文件", "重新取得"),
        ("a.txt", b"\xef\xbb\xbf", "空文件", "重新取得"),
        ("a.doc", COMPOUND + utf16("WordDocument"), ".doc", "另存为 .docx"),
        ("a.wps", COMPOUND + utf16("WordDocument"), ".wps", "另存为 .docx"),
        ("a.docx", COMPOUND + utf16("EncryptedPackage"), "密码", "去掉密码"),
        ("a.xls", COMPOUND + utf16("Workbook"), ".xls", "另存为 .xlsx"),
        ("a.pdf", b"%PDF-1.7\n" + b"x" * 100, "PDF", "另存为 .docx"),
        ("任务书.txt", b"\xff\xd8\xff\xe0" + b"x" * 100, "图片", "Word 原稿"),
        ("任务书.docx", b"\x89PNG\r\n\x1a\n" + b"x" * 100, "图片", "Word 原稿"),
        ("a.heic", b"\0\0\0\x18ftypheic" + b"x" * 100, "图片", "Word 原稿"),
        ("a.rtf", b"{\\rtf1\\ansi ...}", "RTF", "另存为 .docx"),
        ("a.rar", b"Rar!\x1a\x07" + b"x" * 100, "RAR", "解压"),
        ("a.doc", b"<html><body>1.</body></html>", "网页", "另存为 .docx"),
        ("a.txt", bytes(range(128, 256)) * 40, "编码", "UTF-8"),
    ],
)  # fmt: skip
def test_other_files_are_named_and_the_way_out_is_told(
    tmp_path: Path, name: str, content: bytes, says: str, asks: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    assert says in refused.value.message
    assert asks in refused.value.advice


def package(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"ppt/presentation.xml": b"<p/>"}, "演示文稿"),
        ({"照片/1.jpg": b"x"}, "压缩包"),
        ({"xl/workbook.bin": b"x"}, ".xlsb"),
        ({"word/document.xml": b"<w:document"}, "损坏"),
        ({"word/document.xml": b"<a/>"}, "没有正文"),
        ({"[Content_Types].xml": b"<Types/>"}, "没有正文"),
    ],
)
def test_packages_that_are_no_document(tmp_path: Path, parts: dict[str, bytes], says: str) -> None:
    path = tmp_path / "任务书.docx"
    path.write_bytes(package(parts))
    with pytest.raises(UnreadableFile, match=says):
        read(path)


@pytest.mark.parametrize(
    "text", ["今天天气很好。", "会议通知\n\n1.时间：明天\n2.地点：会议室\n", "合同\n甲方：某某\n乙方：某某\n"]
)
def test_a_text_without_projects_is_no_task_document(tmp_path: Path, text: str) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotATaskDocument, match="没有找到实事项目"):
        read(path)


def test_a_document_of_pictures_alone(tmp_path: Path) -> None:
    document = Document()
    document.add_picture(io.BytesIO(blank_png()))
    document.save(str(tmp_path / "任务书.docx"))
    with pytest.raises(NotATaskDocument, match="只有图片"):
        read(tmp_path / "任务书.docx")


def blank_png() -> bytes:
    """One white pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_an_empty_template(tmp_path: Path) -> None:
    from incoming.task_document_writers import TEMPLATE

    path = tmp_path / "任务书模板.xlsx"
    path.write_bytes(TEMPLATE.read_bytes())
    with pytest.raises(NotATaskDocument, match="一个项目也没有填"):
        read(path)


def test_a_document_without_a_year_asks_for_it(tmp_path: Path) -> None:
    path = tmp_path / "任务书.txt"
    path.write_text(seed_text().replace("2024年", ""), encoding="utf-8")
    with pytest.raises(NotATaskDocument, match="哪一年") as refused:
        read(path)
    assert "--year" in refused.value.advice
    assert read(path, year=2024).document.year == 2024


def test_a_year_that_stands_in_the_text_alone_is_taken_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "任务书.txt"
    path.write_text(seed_text().replace("2024年象山县", "象山县", 1), encoding="utf-8")
    reading = read(path)
    assert reading.document.year == 2024
    assert "D111" in [finding.code for finding in reading.findings]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="打不开"):
        read(tmp_path / "没有.docx")


@pytest.mark.parametrize("name", ["任务书.docx", "任务书", "任务书.xlsx"])
def test_the_content_counts_and_not_the_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(SAMPLE.read_bytes())
    reading = read(path)
    assert len(reading.document.projects) == 33
    assert "D171" in [finding.code for finding in reading.findings]


def test_a_document_cut_off_anywhere(tmp_path: Path) -> None:
    whole = write_seed_docx(tmp_path / "任务书.docx").read_bytes()
    path = tmp_path / "断.docx"
    for cut in range(8, len(whole), len(whole) // 40):
        path.write_bytes(whole[:cut])
        with pytest.raises(UnreadableFile):
            read(path)


def test_a_template_cut_off_anywhere(tmp_path: Path) -> None:
    whole = write_template(read(SAMPLE).document, tmp_path / "任务书模板.xlsx").read_bytes()
    path = tmp_path / "断.xlsx"
    for cut in range(8, len(whole), len(whole) // 40):
        path.write_bytes(whole[:cut])
        with pytest.raises(UnreadableFile):
            read(path)


# Files built to do harm.

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_of(body: str, prolog: str = "") -> bytes:
    document = f'{prolog}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return package({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "1.新建学校">' + "".join(
        f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "&a;"}">' for n in range(9)
    ) + "]>"  # fmt: skip
    path = tmp_path / "任务书.docx"
    path.write_bytes(docx_of("<w:p><w:r><w:t>&a8;</w:t></w:r></w:p>", laughs))
    with pytest.raises(HostileFile, match="DOCTYPE"):
        read(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "任务书.docx"
    path.write_bytes(package({"word/document.xml": b"<a>" + b" " * (200 << 20) + b"</a>"}))
    with pytest.raises(UnreadableFile):
        read(path)


def test_a_part_that_lies_about_its_size(tmp_path: Path) -> None:
    data = bytearray(docx_of("<w:p/>"))
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    struct.pack_into("<I", data, at + 24, 5)
    path = tmp_path / "任务书.docx"
    path.write_bytes(bytes(data))
    with pytest.raises(UnreadableFile):
        read(path)


def test_tables_in_tables_without_end(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80
    path = tmp_path / "任务书.docx"
    path.write_bytes(docx_of(deep))
    with pytest.raises(MinshengError):
        read(path)


def test_a_cell_over_a_billion_columns(tmp_path: Path) -> None:
    cell = (
        '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p><w:r><w:t>丹东</w:t></w:r></w:p></w:tc>'
    )
    path = tmp_path / "任务书.docx"
    path.write_bytes(docx_of(f"<w:tbl><w:tr>{cell * 50}</w:tr></w:tbl>"))
    with pytest.raises(NotATaskDocument):
        read(path)


def test_a_value_in_the_last_cell_of_a_sheet(tmp_path: Path) -> None:
    whole = write_template(read(SAMPLE).document, tmp_path / "任务书模板.xlsx").read_bytes()
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    sheet = parts["xl/worksheets/sheet2.xml"]
    row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet2.xml"] = sheet.replace(b"</sheetData>", row)
    path = tmp_path / "远.xlsx"
    path.write_bytes(package(parts))
    with pytest.raises(UnreadableFile):
        read(path)


def test_a_text_too_large_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "任务书.txt"
    path.write_text("1.新建学校一所。\n责任单位：县教育局\n" * 120_000, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="太大"):
        read(path)
