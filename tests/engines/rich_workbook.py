"""A macro workbook with everything on its sheets that an edit by a program is known to lose."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import xlsxwriter
import xlwings

__all__ = ["parts", "unlock", "write_parts", "write_rich_workbook"]

_CUSTOM_UI = """<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon><tabs>
<tab id="myTab" label="自己的"><group id="g" label="组"><button id="b" label="按钮" imageMso="HappyFace"/></group></tab>
</tabs></ribbon></customUI>"""
_CUSTOM_XML = '<?xml version="1.0"?><来源 xmlns="urn:example">县府办</来源>'
_CUSTOM_XML_PROPERTIES = (
    '<?xml version="1.0"?><ds:datastoreItem ds:itemID="{6F1E1E1C-0B6B-4E35-8B0E-2B4D1F0E9C11}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
)
_CONTROL_PROPERTIES = (
    '<?xml version="1.0"?><formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'objectType="CheckBox" checked="Checked" fmlaLink="$B$30" lockText="1" noThreeD="1"/>'
)
_CONTROLS = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" Requires="x14"><controls>'
    '<mc:AlternateContent><mc:Choice Requires="x14"><control shapeId="1030" r:id="rIdControl" name="勾选">'
    '<controlPr defaultSize="0" autoFill="0" autoLine="0" autoPict="0"><anchor moveWithCells="1"><from>'
    '<xdr:col xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">0</xdr:col>'
    '<xdr:colOff xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">0</xdr:colOff>'
    '<xdr:row xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">29</xdr:row>'
    '<xdr:rowOff xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">0</xdr:rowOff>'
    '</from><to><xdr:col xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">1</xdr:col>'
    '<xdr:colOff xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">0</xdr:colOff>'
    '<xdr:row xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">30</xdr:row>'
    '<xdr:rowOff xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">0</xdr:rowOff>'
    "</to></anchor></controlPr></control></mc:Choice></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>"
)  # fmt: skip
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_rich_workbook(path: Path) -> Path:
    """Sheets 数据 (all of it) and 另一张 (protected) as an .xlsm at ``path``."""
    plain = io.BytesIO()
    book = xlsxwriter.Workbook(plain)
    sheet, other = book.add_worksheet("数据"), book.add_worksheet("另一张")
    sheet.write_row(0, 0, [1, 2, 3])
    sheet.write_formula(0, 3, "=SUM(A1:C1)", None, 6)
    sheet.write_formula(1, 3, "=100+20", None, 120)
    sheet.write_string(2, 0, "文字")
    sheet.write_rich_string(3, 0, "半", book.add_format({"bold": True}), "粗")
    sheet.write_dynamic_array_formula("A6:A8", "=SORT(A1:A3)", None, 1)
    sheet.write_array_formula("C6:C7", "{=TRANSPOSE(A1:B1)}", None, 1)
    sheet.add_sparkline("F1", {"range": "数据!A1:C1"})
    sheet.conditional_format("A1:C1", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("A2:C2", {"type": "icon_set", "icon_style": "3_arrows"})
    sheet.insert_textbox("H1", "文本框")
    sheet.insert_image("H20", "点.png", {"image_data": io.BytesIO(_picture())})
    sheet.set_header("&L&G&C页眉", {"image_left": "头.png", "image_data_left": io.BytesIO(_picture())})
    sheet.write_comment("A1", "批注")
    sheet.insert_button("J1", {"caption": "旧式按钮", "macro": "Go"})
    sheet.data_validation("A5", {"validate": "list", "source": ["甲", "乙"]})
    sheet.unprotect_range("B30", "可改")
    sheet.set_paper(9)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=数据!$A$1:$C$1"})
    chart.set_style(12)
    sheet.insert_chart("H10", chart)
    sheet.add_table("L1:M3", {"columns": [{"header": "甲"}, {"header": "乙"}]})
    other.write_formula(0, 0, "=数据!A1*2", None, 2)
    other.protect()
    book.define_name("一块", "=数据!$A$1:$C$1")
    book.set_custom_property("来源", "县府办")
    with zipfile.ZipFile(Path(xlwings.__file__).parent / "quickstart.xlsm") as sample:
        book.add_vba_project(io.BytesIO(sample.read("xl/vbaProject.bin")), is_stream=True)
    book.close()
    plain.seek(0)
    with zipfile.ZipFile(plain) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    _add_what_the_writer_cannot(content)
    write_parts(path, content)
    return path


def _add_what_the_writer_cannot(content: dict[str, bytes]) -> None:
    """A ribbon, custom XML, printer settings, a form control and the workbook's own lock."""
    content["customUI/customUI14.xml"] = _CUSTOM_UI.encode()
    _relate(
        content, "_rels/.rels", "rIdRibbon", "customUI/customUI14.xml",
        "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
    )  # fmt: skip
    content["customXml/item1.xml"] = _CUSTOM_XML.encode()
    content["customXml/itemProps1.xml"] = _CUSTOM_XML_PROPERTIES.encode()
    content["customXml/_rels/item1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    )
    _relate(content, "customXml/_rels/item1.xml.rels", "rId1", "itemProps1.xml", f"{_OFFICE}/customXmlProps")
    _relate(content, "xl/_rels/workbook.xml.rels", "rIdXml", "../customXml/item1.xml", f"{_OFFICE}/customXml")
    content["xl/printerSettings/printerSettings1.bin"] = bytes(range(256)) * 4
    content["xl/ctrlProps/ctrlProp1.xml"] = _CONTROL_PROPERTIES.encode()
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    _relate(
        content, rels, "rIdPrinter", "../printerSettings/printerSettings1.bin", f"{_OFFICE}/printerSettings"
    )
    _relate(content, rels, "rIdControl", "../ctrlProps/ctrlProp1.xml", f"{_OFFICE}/ctrlProp")
    _replace(content, "xl/worksheets/sheet1.xml", rb"<pageSetup ", rb'<pageSetup r:id="rIdPrinter" ')
    _replace(content, "xl/worksheets/sheet1.xml", rb"<tableParts", _CONTROLS.encode() + b"<tableParts")
    _replace(
        content, "xl/workbook.xml", rb"<bookViews>", rb'<workbookProtection lockStructure="1"/><bookViews>'
    )
    _replace(
        content, "[Content_Types].xml", b"</Types>",
        b'<Default Extension="bin2" ContentType="application/octet-stream"/>'
        b'<Override PartName="/xl/printerSettings/printerSettings1.bin" '
        b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/>'
        b'<Override PartName="/xl/ctrlProps/ctrlProp1.xml" ContentType="application/vnd.ms-excel.controlproperties+xml"/>'
        b'<Override PartName="/customXml/itemProps1.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/></Types>',
    )  # fmt: skip


def _relate(content: dict[str, bytes], rels: str, identifier: str, target: str, kind: str) -> None:
    new = f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"/></Relationships>'
    _replace(content, rels, b"</Relationships>", new.encode())


def _replace(content: dict[str, bytes], part: str, old: bytes, new: bytes) -> None:
    assert len(re.findall(old, content[part])) == 1, (part, old)
    content[part] = content[part].replace(old, new)


def _picture() -> bytes:
    """A red square as PNG."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xff\0\0" * 8 for _ in range(8))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) + chunk(
        b"IDAT", zlib.compress(rows)
    ) + chunk(b"IEND", b"")  # fmt: skip


def unlock(path: Path) -> None:
    """Take the lock from the structure of a rich workbook, so that it takes another sheet."""
    content = parts(path)
    _replace(content, "xl/workbook.xml", b' lockStructure="1"', b"")
    write_parts(path, content)


def parts(path: Path) -> dict[str, bytes]:
    """Every part of a package."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, content: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
