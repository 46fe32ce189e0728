"""What stands on a sheet, read in two calls: values and formulas of its used range."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..cells.labels import label as folded
from ..errors import MasterDamaged
from .places import Area, cell_a1

if TYPE_CHECKING:
    from collections.abc import Sequence

    import xlwings as xw

__all__ = ["Block", "Header", "SheetImage", "formula_text", "is_formula", "rows_of"]


#: Far more than a sheet of ours comes to in years.
_MOST_CELLS = 3_000_000


def is_formula(text: str) -> bool:
    """Whether what a host gives as a cell's formula is one, and no constant."""
    return text.startswith("=")


def rows_of(block: Any, height: int, width: int) -> list[list[Any]]:
    """xlwings gives a bare value, a flat tuple or a tuple of tuples: always rows of columns here."""
    if height == 1 and width == 1:
        while isinstance(block, list | tuple):
            block = block[0]
        return [[block]]
    if block and not isinstance(block[0], list | tuple):
        block = [block] if height == 1 else [[value] for value in block]
    return [list(row) for row in block]


@dataclass(frozen=True)
class SheetImage:
    """Values and formulas of the used range, addressed by the sheet's own rows and columns (from 1).

    ``value`` gives None outside the used range; ``formula`` gives "" for a blank cell, the constant's text for a
    constant and "=…" for a formula, as the host does.
    """

    sheet: str
    top: int
    left: int
    values: list[list[Any]]
    formulas: list[list[str]]

    @classmethod
    def read(cls, sheet: xw.Sheet, a1: str | None = None) -> SheetImage:
        """The used range of a sheet, or the area ``a1`` alone. MasterDamaged where the range has no end: a stray value
        far below makes every program read all the blanks before it."""
        cells = sheet.range(a1) if a1 else sheet.used_range
        return cls.of(cells, sheet.name, sheet.book.app.engine.impl)

    @classmethod
    def of(cls, cells: xw.Range, tab: str, engine: Any) -> SheetImage:
        """The same of ``cells``, of which it is known what the sheet is called and which engine holds it."""
        height, width = cells.shape
        if height * width > _MOST_CELLS:
            last = cell_a1(cells.row + height - 1, cells.column + width - 1)
            raise MasterDamaged(
                f"工作表“{tab}”太大：离表格很远的地方还有内容，一直用到了 {last}。",
                "请在这张表里按 Ctrl+End 找到它，把表格以外多余的行和列删除，保存后再试。",
            )
        # A program may give errors as blanks where nobody asks for them.
        raw = rows_of(cells.options(err_to_str=True).raw_value, height, width)
        values = engine.clean_value_data(raw, datetime, None, None, True)
        formulas = rows_of(cells.formula, height, width)
        texts = [
            # Most cells are blank.
            [
                formula_text(value, formula) if formula else ""
                for value, formula in zip(value_row, formula_row, strict=True)
            ]
            for value_row, formula_row in zip(values, formulas, strict=True)
        ]
        return cls(tab, cells.row, cells.column, values, texts)

    @property
    def bottom(self) -> int:
        """The last row that was read."""
        return self.top + len(self.values) - 1

    @property
    def right(self) -> int:
        """The last column that was read."""
        return self.left + (len(self.values[0]) if self.values else 0) - 1

    def value(self, row: int, column: int) -> Any:
        """What a cell holds; None for a blank one and outside of what was read."""
        return _at(self.values, row - self.top, column - self.left, None)

    def formula(self, row: int, column: int) -> str:
        """A cell's formula, or its constant as text; "" for a blank one and outside of what was read."""
        return str(_at(self.formulas, row - self.top, column - self.left, ""))

    def text(self, row: int, column: int) -> str:
        """The cell as a label: text without white space around it, "" for a blank one, whole floats without ".0"."""
        value = self.value(row, column)
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value).strip()

    def label(self, row: int, column: int) -> str:
        """The cell as one of our labels: spaces make no difference."""
        return folded(self.text(row, column))

    def block(self, area: Area) -> Block:
        """The table at ``area``, seen through this image."""
        return Block(self, area)


def _at(rows: list[list[Any]], row: int, column: int, outside: Any) -> Any:
    if row < 0 or column < 0 or row >= len(rows) or column >= len(rows[row]):
        return outside
    return rows[row][column]


def formula_text(value: Any, formula: Any) -> str:
    """What a host gives as a cell's formula; literal text that begins with ``=`` is told apart by an apostrophe, which
    some hosts leave out."""
    text = "" if formula is None else str(formula)
    return f"'{text}" if is_formula(text) and value == text else text


@dataclass(frozen=True, slots=True)
class Header:
    """Where the labels of a table stand. ``columns``: every label's, the first of equal ones; ``missing``: a label that is
    wanted, the column where it ought to stand, and what stands there; ``twice``: a wanted label and its second column."""

    columns: dict[str, int]
    missing: tuple[tuple[str, int, str], ...]
    twice: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Block:
    """A named table on a sheet: its first row is the header, columns are found by label."""

    image: SheetImage
    area: Area

    @property
    def header_row(self) -> int:
        """The block's first row."""
        return self.area.top

    @property
    def rows(self) -> range:
        """The rows below the header, inside the name."""
        return range(self.area.top + 1, self.area.bottom + 1)

    def columns(self) -> dict[str, int]:
        """Label → column, the first of equal labels; blank header cells are passed over."""
        found: dict[str, int] = {}
        for column in range(self.area.left, self.area.right + 1):
            label = self.image.label(self.header_row, column)
            if label:
                found.setdefault(label, column)
        return found

    def header(self, labels: Sequence[str]) -> Header:
        """Where ``labels`` stand, which are given in the order in which they were laid out."""
        columns = self.columns()
        twice = [
            (text, column)
            for column in range(self.area.left, self.area.right + 1)
            if (text := self.image.label(self.header_row, column)) in labels and columns[text] != column
        ]
        missing: list[tuple[str, int, str]] = []
        before = self.area.left - 1
        for label in labels:
            if label in columns:
                before = columns[label]
                continue
            # The first column after the label before it that holds somebody's own words; else where it would begin.
            here, text = before + 1, self.image.text(self.header_row, before + 1)
            if here <= self.area.right and self.image.label(self.header_row, here) not in labels:
                missing.append((label, here, text))
                before = here
            else:
                missing.append((label, max(before, self.area.left), ""))
        return Header(columns, tuple(missing), tuple(twice))

    def rows_in_use(self, column: int) -> range:
        """The rows below the header down to the last one with something in ``column``, also beyond the name: tables
        that jobs fill grow downwards."""
        rows = range(self.header_row + 1, self.image.bottom + 1)
        last = next((row for row in reversed(rows) if self.image.text(row, column)), self.header_row)
        return range(self.header_row + 1, last + 1)

    def cell(self, row: int, column: int) -> str:
        """The cell as text: ``B7``."""
        return cell_a1(row, column)
