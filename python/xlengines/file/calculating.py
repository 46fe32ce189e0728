"""Computing the formulas of a workbook on disk, as far as its engine is sure of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..calculation.operands import Unsure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .grid import Place
    from .sheet_part import SheetPart
    from .workbook_part import WorkbookPart

__all__ = ["CellsOnDisk"]


class CellsOnDisk:
    """The cells of a workbook as a calculation asks for them."""

    def __init__(self, book: WorkbookPart) -> None:
        self._book = book
        self._sheets: dict[str, SheetPart] = {}

    def titles(self) -> list[str]:
        """The titles of all sheets, in the order of their tabs."""
        return self._book.titles

    def names(self) -> Iterator[tuple[str | None, str, str]]:
        """Every defined name as (sheet or None, name, what it refers to)."""
        return ((name.sheet, name.name, name.refers_to) for name in self._book.names.all())

    def formulas(self, sheet: str) -> dict[Place, str]:
        """The formulas of a sheet by their place, without the leading ``=``."""
        part = self._sheets[sheet] = self._book.sheet(sheet)
        return part.formula_texts()

    def constant(self, sheet: str, row: int, column: int) -> Any:
        """What a cell without a formula holds. Raises Unsure for a date, whose serial number is not kept."""
        value = self._sheets[sheet].constant((row, column))
        if isinstance(value, datetime):
            raise Unsure
        return value
