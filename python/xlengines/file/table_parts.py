"""The tables (“插入—表格”) of a sheet, as far as writing into cells concerns them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..a1 import parse_area
from .package_part import Relations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..a1 import Area
    from .sheet_part import SheetPart

__all__ = ["fixed_rows"]


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
