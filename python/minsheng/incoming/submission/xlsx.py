"""An .xlsx or .xlsm before its cells are read: which sheets, how large, and what the reader of cells does not see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ...domain.catalogue import submission as rules
from . import limits, properties
from .a1 import column_number, letters
from .number_formats import odd_format
from .oddities import Oddities, Oddity
from .refusal import Refused
from .relations import sheet_part, targets
from .sheet_xml import CellScan
from .xml_part import guard, walk

if TYPE_CHECKING:
    from .package import Package

__all__ = ["XlsxGuard"]

_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLES, _STRINGS, _MACROS = "xl/styles.xml", "xl/sharedStrings.xml", "xl/vbaProject.bin"

#: A reference so far out that the rectangle of cells has to be measured.
_FAR: Final = re.compile(rb'\br="(?:[A-Z]{3}\d|[A-Z]{0,2}\d{4})')
_CELL_WITH_CONTENT: Final = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
#: Parts above this size are only searched, not walked cell by cell.
_WALKED_BYTES: Final = 8 * limits.MB

_ODD_FORMAT: Final = re.compile(
    rb'numFmtId="(?:9|10)"|formatCode="[^"]*(?:%|,(?![#0?])|\xe4\xb8\x87|\xe4\xba\xbf|\xe5\x8d\x83|\xe7\x99\xbe)'
)


class XlsxGuard:
    """Looks at the package that calamine is about to read. ``sheets`` maps title → part, in order.

    Raises Refused for what is hostile, damaged or too large.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self.sheets = self._sheet_parts()
        self.has_macros = _MACROS in package
        self.seal_words = properties.seal_words(package)
        self.saved_at = properties.saved_at(package)
        for part in (_STYLES, _STRINGS):
            guard(package.read(part))
        self._parts = {name: self._measured(part) for name, part in self.sheets.items()}

    def names(self, titles: Sequence[str]) -> tuple[str, ...]:
        """The titles as the reader of cells gives them; they must be the sheets that were looked at."""
        if set(titles) != set(self.sheets):
            raise Refused(rules.DAMAGED, reason="工作表的目录不完整")
        return tuple(titles)

    def oddities(self, sheet: str, columns: Sequence[int]) -> Oddities:
        """The odd cells of some columns (from 0) of a sheet."""
        xml = self._parts[sheet]
        odd_styles = self._odd_styles()
        if not odd_styles and _usual(xml) and not _odd_in(tuple(columns)).search(xml):
            return Oddities()
        if len(xml) > _WALKED_BYTES:
            raise Refused(
                rules.TOO_LARGE, what=f"工作表“{sheet}”内容太多", limit=f"{_WALKED_BYTES // limits.MB}MB"
            )
        scan = CellScan(odd_styles)
        scan.read(xml)
        return scan.oddities().within(columns)

    def _sheet_parts(self) -> dict[str, str]:
        titles: dict[str, str] = {}

        def sheet(name: str, attributes: dict[str, str]) -> None:
            if name == "sheet":
                place = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                titles[attributes.get("name", "")] = place

        walk(self._package.read(_WORKBOOK), sheet)
        if len(titles) > limits.SHEETS:
            raise Refused(rules.TOO_LARGE, what=f"有{len(titles)}张工作表", limit=f"{limits.SHEETS}张")
        places = targets(self._package.read(_RELATIONS))
        return {title: sheet_part(places, place, title, self._package) for title, place in titles.items()}

    def _measured(self, part: str) -> bytes:
        """A sheet's XML, after its rectangle of contents was found small enough to be laid out in memory."""
        xml = self._package.read(part)
        guard(xml)
        if _FAR.search(xml) is None and (_usual(xml) or len(xml) < _WALKED_BYTES // 64):
            return xml
        if _usual(xml):
            last_row = last_column = 0
            for match in _CELL_WITH_CONTENT.finditer(xml):
                last_row = max(last_row, int(match[2]))
                last_column = max(last_column, column_number(match[1].decode()))
        elif len(xml) > _WALKED_BYTES:
            raise Refused(rules.TOO_LARGE, what="工作表内容太多", limit=f"{_WALKED_BYTES // limits.MB}MB")
        else:
            scan = CellScan(frozenset())
            scan.read(xml)
            last_row, last_column = scan.last_row + 1, scan.last_column + 1
        if last_row * last_column > limits.CELLS:
            raise Refused(
                rules.TOO_LARGE,
                what=f"单元格{letters(last_column)}{last_row}有内容，表格太大",
                limit=f"{limits.CELLS}格",
            )
        return xml

    def _odd_styles(self) -> dict[int, Oddity]:
        """Cell formats (index into cellXfs) that show another number than the stored one."""
        styles = self._package.read(_STYLES)
        if not _ODD_FORMAT.search(styles):
            return {}
        return _odd_styles(styles)


def _odd_styles(styles: bytes) -> dict[int, Oddity]:
    codes: dict[str, str] = {}
    formats: list[str] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            formats.append(attributes.get("numFmtId", "0"))

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    walk(styles, start, end)
    return {
        index: odd
        for index, number in enumerate(formats)
        if (odd := odd_format(int(number) if number.isdigit() else 0, codes.get(number, ""))) is not None
    }


def _usual(xml: bytes) -> bool:
    """Whether every cell begins with ``<c r="``, as the usual programs write it: then searching will do."""
    return xml.count(b"<c ") == xml.count(b'<c r="') and b"<c>" not in xml and b":c " not in xml


@lru_cache(maxsize=32)
def _odd_in(columns: tuple[int, ...]) -> re.Pattern[bytes]:
    """A formula in one of the columns, or an error anywhere."""
    names = "|".join(letters(column + 1) for column in columns)
    return re.compile(rf'\br="(?:{names})\d+"[^>]*>\s*<f|\bt="e"'.encode())
