"""The bytes of a built workbook: the same for the same content, with cached values, clean by the schema.

openpyxl writes formulas without values, stamps the zip with the time of day and orders a font's children in a way that
the schema refuses; all three are put right here, on the finished package.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lxml import etree
from openpyxl.writer.excel import ExcelWriter

from ..errors import CannotSave

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["CachedValue", "package"]

#: What a formula shows before a program computes it; None for an empty text.
CachedValue = float | int | str | bool | None

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that a rebuild gives the same bytes
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)
_FORMULA_CELL = re.compile(
    rb'<c r="(?P<cell>[A-Z]+\d+)"(?P<style> s="\d+")?(?: t="\w+")?>(?P<formula><f[ >].*?</f>)<v ?/?>(?:</v>)?</c>',
    re.DOTALL,
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FONT_ORDER = (
    "b",
    "i",
    "strike",
    "condense",
    "extend",
    "outline",
    "shadow",
    "u",
    "vertAlign",
    "sz",
    "color",
    "name",
    "family",
    "charset",
    "scheme",
)


def package(workbook: Workbook, cached: Mapping[tuple[str, str], CachedValue]) -> bytes:
    """The workbook's bytes. ``cached`` maps (sheet title, A1) to the value of the formula there. CannotSave where there is
    no room for temporary files."""
    workbook.properties.created = workbook.properties.modified = _EPOCH
    buffer = io.BytesIO()
    # Not workbook.save: it stamps the hour and compresses what is unpacked again below.
    try:
        ExcelWriter(workbook, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED)).save()
    except (OSError, etree.SerialisationError) as failure:  # it writes each sheet to a temporary file first
        raise CannotSave(
            f"临时文件夹“{tempfile.gettempdir()}”写不进去，什么也没有生成。", "请检查磁盘空间和权限后再试。"
        ) from failure
    parts = {
        f"xl/worksheets/sheet{index}.xml": sheet.title
        for index, sheet in enumerate(workbook.worksheets, start=1)
    }
    by_sheet: dict[str, dict[str, CachedValue]] = {}
    for (sheet, cell), value in cached.items():
        by_sheet.setdefault(sheet, {})[cell] = value
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(out, "w") as target:
        for info in sorted(source.infolist(), key=_reading_order):
            content = source.read(info)
            if info.filename in parts:
                content = _with_values(content, by_sheet.get(parts[info.filename], {}))
            elif info.filename == "xl/styles.xml":
                content = _with_ordered_fonts(content)
            elif info.filename == "docProps/app.xml":
                # LibreOffice believes row heights and values of what says it is Excel's; ours it fits and computes.
                content = re.sub(rb"(<Application>)[^<]*", rb"\g<1>minsheng", content)
            entry = zipfile.ZipInfo(info.filename, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, content)
    return out.getvalue()


def _reading_order(info: zipfile.ZipInfo) -> tuple[bool, str]:
    """Content types first, as programs that sniff a package expect."""
    return (info.filename != "[Content_Types].xml", info.filename)


def _with_values(content: bytes, values: Mapping[str, CachedValue]) -> bytes:
    def fill(match: re.Match[bytes]) -> bytes:
        cell = match["cell"].decode()
        if cell not in values:
            raise LookupError(f"no cached value for the formula in {cell}")
        value = values[cell]
        kind, text = "", ""
        if isinstance(value, bool):
            kind, text = ' t="b"', str(int(value))
        elif isinstance(value, str) and value.startswith("#"):
            kind, text = ' t="e"', value
        elif value is None or isinstance(value, str):
            kind, text = ' t="str"', escape(value or "")
        else:
            text = repr(value)
        style = (match["style"] or b"").decode()
        return f'<c r="{cell}"{style}{kind}>'.encode() + match["formula"] + f"<v>{text}</v></c>".encode()

    return _FORMULA_CELL.sub(fill, content)


def _with_ordered_fonts(content: bytes) -> bytes:
    root = etree.fromstring(content)
    for font in root.iter(f"{_MAIN}font"):
        font[:] = sorted(font, key=lambda child: _FONT_ORDER.index(etree.QName(child).localname))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
