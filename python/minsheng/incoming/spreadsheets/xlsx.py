"""An .xlsx or .xlsm before its cells are read: which sheets, how large, and what the reader of cells does not see.

A sheet as the usual programs write it is only searched (a county's files must not take longer than their reading);
an unusual one is walked element by element. Patterns begin with plain bytes: that is what makes a search fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from ...cells.flags import CellFlag, FlaggedCells
from ...cells.number_formats import flag_of_format
from ...domain.catalogue import submission as rules
from ...domain.seal import SEAL_SHEET
from . import limits, properties
from .a1 import column_number, letters
from .calamine_cells import read_cells
from .grid import Area, Grid, not_too_many
from .refusal import Refused
from .relations import sheet_part, targets
from .repacking import repacked, root_relations
from .sheet_xml import CellScan
from .xml_part import guard, walk

if TYPE_CHECKING:
    from .package import Package

__all__ = ["XlsxFile"]

_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLES, _STRINGS, _MACROS = "xl/styles.xml", "xl/sharedStrings.xml", "xl/vbaProject.bin"

#: A cell that does not begin like all others, or one so far out that the rectangle of contents has to be measured.
_REMARKABLE_CELL: Final = re.compile(rb'<c(?! r="[A-Z]{1,2}\d{1,3}"|[A-Za-z])')
_UNUSUAL_CELL: Final = re.compile(rb'<c(?! r="[A-Z]{1,3}\d{1,7}"|[A-Za-z])')
_EMPTY_CELL: Final = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"[^<>]*(?:(?<=/)>|></c>)')
_EMPTY_ROW: Final = re.compile(rb'<row [^<>]*>(?:<c r="[A-Z]{1,3}\d{1,7}"[^<>]*(?:(?<=/)>|></c>))*</row>')
_MERGED: Final = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_PLACE: Final = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_STYLES_ROOT: Final = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_NAMESPACE: Final = b"/spreadsheetml/2006/main"
_SHEET_BYTES: Final = limits.PART_BYTES

#: One of these stands in every styles part that has a format showing another number than is stored.
_SIGNS_OF_ODD_FORMATS: Final = (
    b"%", b",", b'numFmtId="9"', b'numFmtId="10"', *(scale.encode() for scale in "万亿千百"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sheet:
    xml: bytes
    is_unusual: bool


class XlsxFile:
    """``sheets`` maps title → contents, in order. Raises Refused for what is hostile, damaged or too large."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.has_macros = _MACROS in package
        self.seal_words = properties.seal_words(package)
        self.saved_at = properties.saved_at(package)
        self._plain_parts = {
            _WORKBOOK: guard(package.read_alike(_WORKBOOK, limits.WORKBOOK_BYTES)),
            _RELATIONS: guard(package.read_alike(_RELATIONS, limits.RELATIONS_BYTES)),
            _STYLES: guard(package.read_alike(_STYLES, limits.STYLES_BYTES)),
            _STRINGS: guard(package.read(_STRINGS, limits.STRINGS_BYTES)),
        }
        self._flagged_styles = _flagged_styles(self._plain_parts[_STYLES])
        self._left = _SHEET_BYTES
        self._places = self._sheet_parts()
        # The seal is known from the properties already; its hidden sheet then need not be read.
        self.sheets = {
            title: self._measured(part)
            for title, part in self._places.items()
            if not (self.seal_words and title == SEAL_SHEET)
        }

    def grids(self) -> Iterator[Grid]:
        parts = root_relations(_WORKBOOK)
        parts |= {name: content for name, content in self._plain_parts.items() if content}
        if _STYLES in parts:
            parts[_STYLES] = _number_formats(parts[_STYLES])
        parts |= {self._places[title]: sheet.xml for title, sheet in self.sheets.items()}
        for title, rows in read_cells(repacked(parts), self._places, self.sheets).items():
            yield Grid(title, rows, partial(self._flags, title), partial(self._merged, title))

    def _flags(self, title: str, columns: Sequence[int]) -> FlaggedCells:
        """The odd cells of some columns (from 0) of a sheet."""
        sheet = self.sheets[title]
        # An error's text begins with #, and a single byte is found faster than the cell's type.
        has_errors = b"#" in sheet.xml and b't="e"' in sheet.xml
        if not (
            sheet.is_unusual or self._flagged_styles or has_errors or _has_formula(sheet.xml, tuple(columns))
        ):
            return FlaggedCells()
        if len(sheet.xml) > limits.WALKED_BYTES:
            limit = f"{limits.WALKED_BYTES // limits.MB}MB"
            raise Refused(rules.TOO_LARGE, what=f"工作表“{title}”内容太多", limit=limit)
        scan = CellScan(self._flagged_styles)
        scan.read(sheet.xml)
        return scan.flags().within(columns)

    def _merged(self, title: str) -> tuple[Area, ...]:
        """The merged areas of a sheet."""
        found = _MERGED.findall(self.sheets[title].xml)
        return tuple(
            (
                int(top) - 1,
                column_number(left.decode()) - 1,
                int(bottom) - 1,
                column_number(right.decode()) - 1,
            )
            for left, top, right, bottom in found
        )

    def _sheet_parts(self) -> dict[str, str]:
        titles = _titles(self._plain_parts[_WORKBOOK])
        not_too_many(len(titles))
        places = targets(self._plain_parts[_RELATIONS])
        return {title: sheet_part(places, place, title, self._package) for title, place in titles.items()}

    def _measured(self, part: str) -> _Sheet:
        """A sheet, after its rectangle of contents was found small enough to be laid out in memory."""
        packed = self._package.read(part, self._left)
        self._left -= len(packed)
        xml = guard(packed)
        is_alone = xml.count(_NAMESPACE) == 1
        if is_alone and _REMARKABLE_CELL.search(xml) is None:
            return _Sheet(xml, is_unusual=False)
        unusual = not is_alone or _UNUSUAL_CELL.search(xml) is not None
        # Whole columns that somebody has painted: a hundred thousand rows with nothing in them.
        sheet = _Sheet(xml if unusual else _EMPTY_CELL.sub(b"", _EMPTY_ROW.sub(b"", xml)), unusual)
        rows, columns = _extent(sheet)
        if rows * columns > limits.CELLS:
            what = f"在{letters(columns)}{rows}那么远的地方有内容，表格的范围太大"
            raise Refused(rules.TOO_LARGE, what=what, limit=f"{limits.CELLS}格")
        return sheet


def _extent(sheet: _Sheet) -> tuple[int, int]:
    """How many rows and columns the contents of a sheet span."""
    if not sheet.is_unusual:
        places = _PLACE.findall(sheet.xml)
        columns = {column for column, _ in places}
        return (
            max((int(row) for _, row in places), default=0),
            max((column_number(column.decode()) for column in columns), default=0),
        )
    if len(sheet.xml) > limits.WALKED_BYTES:
        raise Refused(rules.TOO_LARGE, what="工作表内容太多", limit=f"{limits.WALKED_BYTES // limits.MB}MB")
    scan = CellScan({})
    scan.read(sheet.xml)
    return scan.last_row + 1, scan.last_column + 1


def _has_formula(xml: bytes, columns: tuple[int, ...]) -> bool:
    return _formula_in(columns).search(xml) is not None


@lru_cache(maxsize=32)
def _formula_in(columns: tuple[int, ...]) -> re.Pattern[bytes]:
    names = "|".join(letters(column + 1) for column in columns)
    return re.compile(rf'r="(?:{names})\d+"[^<>]*>\s*<f'.encode())


@lru_cache(maxsize=128)
def _titles(workbook: bytes) -> dict[str, str]:
    """Title → relationship id of each sheet. Kept, because the files of an office are much alike here."""
    titles: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            title = attributes.get("name", "")
            titles[title] = next((value for key, value in attributes.items() if key.endswith(":id")), "")

    walk(workbook, sheet)
    return titles


def _number_formats(styles: bytes) -> bytes:
    """The styles that say whether a number is a date, the rest left out: half the time of opening a small file. Styles
    written in an unusual way are left as they are."""
    formats = _section(styles, b"numFmts")
    cells = _section(styles, b"cellXfs")
    if not cells or _STYLES_ROOT not in styles or b"<!" in styles:
        return styles
    return b"".join((_STYLES_ROOT, b">", formats, cells, b"</styleSheet>"))


def _section(xml: bytes, name: bytes) -> bytes:
    """The one element called ``name``, empty where there is none."""
    start, end = xml.find(b"<" + name), xml.find(b"</" + name + b">")
    return xml[start : end + len(name) + 3] if 0 <= start < end else b""


@lru_cache(maxsize=128)
def _flagged_styles(styles: bytes) -> dict[int, CellFlag]:
    """Cell formats (index into cellXfs) that show another number than the stored one."""
    if not any(sign in styles for sign in _SIGNS_OF_ODD_FORMATS):
        return {}
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
        if (odd := flag_of_format(int(number) if number.isdigit() else 0, codes.get(number, ""))) is not None
    }
