"""The tables (“插入—表格”) of a sheet, as far as writing into cells concerns them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..a1 import parse_area
from .namespaces import TABLE_TYPE
from .package_part import ContentTypes, Relations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..a1 import Area
    from .sheet_part import SheetPart
    from .workbook_part import WorkbookPart

__all__ = ["fixed_rows", "free_table_id", "table_names"]


def fixed_rows(sheet: SheetPart) -> Iterator[Area]:
    """Header and total rows of the sheet's tables. The table's own part repeats their texts: a cell that says something
    else makes Excel call the file damaged."""
    relations = Relations(sheet.book.parts, sheet.part)
    for part in relations.all_of_kind("table"):
        root = sheet.book.parse(part)
        top, left, bottom, right = parse_area(root.get("ref", "A1"))
        headers, totals = int(root.get("headerRowCount", "1")), int(root.get("totalsRowCount", "0"))
        if headers:
            yield (top, left, top + headers - 1, right)
        if totals:
            yield (bottom - totals + 1, left, bottom, right)


def table_names(book: WorkbookPart, sheet_part: str | None = None) -> list[str]:
    """The names that formulas use for the tables of a sheet, or of the whole book."""
    parts = ContentTypes(book.parts).parts_of(TABLE_TYPE)
    if sheet_part is not None:
        parts = Relations(book.parts, sheet_part).all_of_kind("table")
    return [book.parse(part).get("displayName", "") for part in parts]


def free_table_id(book: WorkbookPart) -> int:
    """A number that no table of the book has."""
    found = ContentTypes(book.parts).parts_of(TABLE_TYPE)
    return max((int(book.parse(part).get("id", "0")) for part in found), default=0) + 1
