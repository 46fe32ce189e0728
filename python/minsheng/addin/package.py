"""The .xlam: a workbook with one empty sheet, the ribbon and the macros, in an Open Packaging archive.

Dates and order are fixed and nothing is deflated: the same sources give the same bytes, whatever zlib is at work.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from .names import PROJECT_NAME
from .source import stored
from .vba_project import Kind, Module, vba_project
from .xlwings_module import NAME as XLWINGS
from .xlwings_module import taken

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ADDIN", "MACRO_WORKBOOK", "modules_of", "package", "packed"]

#: Content types of the main part: what a file with macros is for.
ADDIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
MACRO_WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"

#: What Excel's own list of add-ins shows.
_TITLE = "民生实事"
_ABOUT = "民生实事台账：汇总、校验、逾期着色、汇总表、通报。宏只启动安装时登记的 Python，不联网。"
_DATE = "2024-01-01T00:00:00Z"
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPC = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "xl/styles.xml": f"{_SPREADSHEET}.styles+xml",
    "xl/vbaProject.bin": "application/vnd.ms-office.vbaProject",
    "xl/worksheets/sheet1.xml": f"{_SPREADSHEET}.worksheet+xml",
}
_ROOT_RELATIONS = {
    f"{_OFFICE}/relationships/officeDocument": "xl/workbook.xml",
    f"{_OPC}/relationships/metadata/core-properties": "docProps/core.xml",
    f"{_OFFICE}/relationships/extended-properties": "docProps/app.xml",
    "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility": "customUI/customUI14.xml",
}
_WORKBOOK_RELATIONS = {
    f"{_OFFICE}/relationships/worksheet": "worksheets/sheet1.xml",
    f"{_OFFICE}/relationships/styles": "styles.xml",
    "http://schemas.microsoft.com/office/2006/relationships/vbaProject": "vbaProject.bin",
}


def packed(macros: Path, ribbon: Path) -> bytes:
    """The add-in from a folder of VBA sources (UTF-8) and a customUI14 file, with xlwings' module added.

    ValueError for a source that VBA could not hold; LookupError for an xlwings of another version.
    """
    modules = [*modules_of(macros), Module(XLWINGS, Kind.CODE, stored(taken(), XLWINGS))]
    return package(modules, ribbon.read_bytes(), ADDIN)


def modules_of(macros: Path) -> list[Module]:
    """The ``.cls`` (the workbook and its sheet) and ``.bas`` of a folder, in the order of a project."""
    return [
        Module(path.stem, kind, stored(path.read_text(encoding="utf-8"), path.name))
        for pattern, kind in (("*.cls", Kind.DOCUMENT), ("*.bas", Kind.CODE))
        for path in sorted(macros.glob(pattern))
    ]


def package(modules: list[Module], ribbon: bytes, main: str) -> bytes:
    """The archive's bytes. ``modules`` has two documents, the workbook first: ThisWorkbook and its one sheet."""
    book, sheet = sorted(
        (module.name for module in modules if module.kind is Kind.DOCUMENT),
        key=lambda name: name != "ThisWorkbook",
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(main),
        "_rels/.rels": _relations(_ROOT_RELATIONS),
        "customUI/customUI14.xml": ribbon,
        "docProps/app.xml": f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>minsheng</Application></Properties>',
        "docProps/core.xml": _core_properties(),
        "xl/_rels/workbook.xml.rels": _relations(_WORKBOOK_RELATIONS),
        "xl/styles.xml": _STYLES,
        "xl/vbaProject.bin": vba_project("MinshengLedger", modules),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships">'
        f"<workbookPr codeName={quoteattr(book)}/><bookViews><workbookView/></bookViews>"
        f'<sheets><sheet name="{PROJECT_NAME}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetPr codeName={quoteattr(sheet)}/><sheetData/></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.create_system = 0
            archive.writestr(entry, content if isinstance(content, bytes) else _DECLARATION + content)
    return out.getvalue()


def _content_types(main: str) -> str:
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>'
        for part, kind in ({"xl/workbook.xml": main} | _PARTS).items()
    )
    return (
        f'<Types xmlns="{_OPC}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: dict[str, str]) -> str:
    return (
        f'<Relationships xmlns="{_OPC}/relationships">'
        + "".join(
            f'<Relationship Id="rId{index}" Type="{kind}" Target="{target}"/>'
            for index, (kind, target) in enumerate(targets.items(), start=1)
        )
        + "</Relationships>"
    )


def _core_properties() -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_OPC}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(_TITLE)}</dc:title><dc:description>{escape(_ABOUT)}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_DATE}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_DATE}</dcterms:modified></cp:coreProperties>'
    )


_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="等线"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
