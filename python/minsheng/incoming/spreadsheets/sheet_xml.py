"""A worksheet part walked cell by cell (ECMA-376 part 1, 18.3.1): where its contents end and which cells are odd."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ...cells.flags import CellFlag, FlaggedCells
from ...domain.catalogue import submission as rules
from .a1 import column_number
from .refusal import Refused
from .xml_part import walk

__all__ = ["CellScan"]

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class CellScan:
    """``last_row`` and ``last_column`` (from 0) span the cells that have contents; -1 where there is none.

    A cell or row without a reference stands right behind the one before it.
    """

    def __init__(self, odd_styles: Mapping[int, CellFlag]) -> None:
        self._flagged_styles = odd_styles
        self.last_row = self.last_column = -1
        self._cells: dict[tuple[int, int], frozenset[CellFlag]] = {}
        self._errors: dict[tuple[int, int], str] = {}
        self._row = self._column = -1
        self._kind = ""
        self._style = 0
        self._formula = self._valued = self._in_value = False
        self._text = ""

    def read(self, xml: bytes) -> None:
        walk(xml, self._start, self._end, self._characters)

    def flags(self) -> FlaggedCells:
        return FlaggedCells(self._cells, self._errors)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = int(attributes["r"]) - 1 if attributes.get("r", "").isdigit() else self._row + 1
            self._column = -1
        elif name == "c":
            reference = attributes.get("r")
            match = _REFERENCE.fullmatch(reference) if reference is not None else None
            if match:
                self._column, self._row = column_number(match[1]) - 1, int(match[2]) - 1
            elif reference is None:
                self._column += 1
            else:
                raise Refused(rules.DAMAGED, reason=f"单元格的地址“{reference[:20]}”读不通")
            self._kind = attributes.get("t", "")
            style = attributes.get("s", "0")
            self._style = int(style) if style.isdigit() else 0
            self._formula = self._valued = False
            self._text = ""
        elif name == "f":
            self._formula = True
        elif name in ("v", "is"):
            self._in_value = True

    def _characters(self, text: str) -> None:
        if self._in_value:
            self._text += text
            self._valued = True

    def _end(self, name: str) -> None:
        if name in ("v", "is"):
            self._in_value = False
        elif name == "c":
            self._finish_cell()

    def _finish_cell(self) -> None:
        if self._valued or self._formula or self._kind == "e":
            self.last_row = max(self.last_row, self._row)
            self.last_column = max(self.last_column, self._column)
        odd: set[CellFlag] = set()
        if self._kind == "e":
            odd.add(CellFlag.ERROR)
            self._errors[self._row, self._column] = self._text
        elif self._formula:
            # A text formula may well have come out as an empty text: then it is computed, and blank.
            computed = self._valued or self._kind == "str"
            odd.add(CellFlag.FORMULA if computed else CellFlag.UNCOMPUTED)
        if self._style in self._flagged_styles and self._kind in ("", "n"):
            odd.add(self._flagged_styles[self._style])
        if odd:
            self._cells[self._row, self._column] = frozenset(odd)
