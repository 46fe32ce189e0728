"""The grid of a sheet: cells with content and formula, merged areas, row heights, hidden rows, a filter."""

from __future__ import annotations

import ast
import operator
import re
from copy import copy
from typing import Final

from . import entry
from .errors import ComError, refused
from .references import Box, moved_formula

__all__ = ["Cell", "Grid"]

#: Longest text of a cell, and of a text in an array that is written or read at once.
#: Source: "Excel specifications and limits" (32,767); xlwings #887 (arrays: 8,203; Formula of longer ones: 8,221).
CELL, IN_ARRAY, IN_FORMULA = 32767, 8203, 8221
_ARITHMETIC: Final = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


class Cell:
    """``content`` None, str, float, bool or entry.Error; ``formula`` with its ``=`` or empty; ``array`` part of one."""

    __slots__ = ("apostrophe", "array", "colour", "content", "format", "formula", "locked")

    def __init__(self) -> None:
        self.content: object = None
        self.formula = ""
        self.format = "General"
        self.apostrophe = ""
        self.locked = True
        self.array = False
        self.colour: int | None = None


class Grid:
    """What stands on a sheet, by (row, column) from 1."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merged: list[Box] = []
        self.widths: dict[int, float] = {}
        self.heights: dict[int, float] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        #: Rows that a filter hides, and the filter's area; None where there is no filter.
        self.filtered: set[int] = set()
        self.filter_area: Box | None = None
        self.notes: dict[tuple[int, int], str] = {}
        self.protected = False

    def cell(self, row: int, column: int) -> Cell:
        """The cell, made where there was none."""
        return self.cells.setdefault((row, column), Cell())

    @property
    def used(self) -> Box:
        """The used range; one formatted cell far away counts. Source: documentation of Worksheet.UsedRange."""
        places = [place for place, cell in self.cells.items() if _in_use(cell)]
        if not places:
            return (1, 1, 1, 1)
        rows, columns = [row for row, _ in places], [column for _, column in places]
        return (min(rows), min(columns), max(rows), max(columns))

    def merge_of(self, row: int, column: int) -> Box:
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return (top, left, bottom, right)
        return (row, column, row, column)

    def is_covered(self, row: int, column: int) -> bool:
        """Whether a merged cell lies over it."""
        return self.merge_of(row, column)[:2] != (row, column)

    def put(self, row: int, column: int, value: object, *, in_array: bool) -> None:
        """What Excel makes of ``value`` in one cell. Protection is the caller's to ask."""
        limit = IN_ARRAY if in_array else CELL
        if isinstance(value, str) and len(value) > limit:
            raise refused("应用程序定义或对象定义错误")
        # Source: documentation of Range.MergeCells: only the upper left cell of a merged area holds a value.
        # Assumed: a value written into a covered cell is dropped without a word.
        if self.is_covered(row, column):
            return
        cell = self.cell(row, column)
        if isinstance(value, entry.Error):
            cell.content, cell.formula = value, ""
            return
        try:
            content, formula, apostrophe = entry.typed(value, cell.format)
        except ValueError:
            raise refused("应用程序定义或对象定义错误") from None
        cell.format = entry.shown_format(value, cell.format)
        cell.content, cell.formula, cell.apostrophe = content, formula, apostrophe
        if formula:
            cell.content = _computed(formula)

    def refuse_locked(self, box: Box) -> None:
        """Source: run-time error 1004 on a protected sheet; unlocked cells may be written."""
        top, left, bottom, right = box
        if self.protected and any(
            (found := self.cells.get((row, column))) is None or found.locked
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ):
            raise refused(
                "您试图更改的单元格或图表位于受保护的工作表中。若要进行更改，请取消工作表保护。您可能需要输入密码。"
            )

    def refuse_part_of_an_array(self, box: Box) -> None:
        """Source: "Rules for changing array formulas" (support.microsoft.com): "You can't change part of an array"."""
        top, left, bottom, right = box
        if any(
            cell.array and top <= r <= bottom and left <= c <= right for (r, c), cell in self.cells.items()
        ):
            raise refused("无法更改部分数组。")

    def insert_rows(self, at: int, by: int) -> None:
        """``by`` rows more above row ``at``; -by rows fewer from ``at`` on. Formulas are the book's to move."""
        self.refuse_locked((at, 1, at, 1))

        def new(row: int) -> int | None:
            if row < at:
                return row
            if by < 0 and row < at - by:
                return None
            return row + by

        self.cells = {(n, c): cell for (r, c), cell in self.cells.items() if (n := new(r)) is not None}
        self.notes = {(n, c): text for (r, c), text in self.notes.items() if (n := new(r)) is not None}
        self.heights = {n: height for r, height in self.heights.items() if (n := new(r)) is not None}
        self.hidden_rows = {n for r in self.hidden_rows if (n := new(r)) is not None}
        self.filtered = {n for r in self.filtered if (n := new(r)) is not None}
        self.merged = [
            (top if top < at else top + by, left, bottom if bottom < at else bottom + by, right)
            for top, left, bottom, right in self.merged
            if new(top) is not None
        ]

    def follow(self, own: str, sheet: str, at: int, by: int) -> None:
        """The formulas of this sheet after rows of ``sheet`` have moved."""
        for cell in self.cells.values():
            if cell.formula:
                cell.formula = moved_formula(cell.formula, own, sheet, at, by)

    def copy(self) -> Grid:
        twin = copy(self)
        twin.cells = {place: _twin(cell) for place, cell in self.cells.items()}
        for name in ("merged", "widths", "heights", "hidden_rows", "hidden_columns", "filtered", "notes"):
            setattr(twin, name, copy(getattr(self, name)))
        return twin


def _in_use(cell: Cell) -> bool:
    return (
        cell.content is not None or bool(cell.formula) or cell.format != "General" or cell.colour is not None
    )


def _twin(cell: Cell) -> Cell:
    twin = Cell()
    for name in Cell.__slots__:
        setattr(twin, name, getattr(cell, name))
    return twin


def _computed(formula: str) -> object:
    """Formulas of literals, and HYPERLINK's words; the stand-in computes nothing that refers to a cell."""
    match = re.fullmatch(r'=HYPERLINK\("(?:[^"]|"")*","((?:[^"]|"")*)"\)', formula)
    if match:
        return match[1].replace('""', '"')
    try:
        return float(_value(ast.parse(formula[1:], mode="eval").body))
    except ZeroDivisionError:
        return entry.Error("#DIV/0!")
    except (SyntaxError, ValueError):
        return None


def _value(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        return _ARITHMETIC[type(node.op)](_value(node.left), _value(node.right))
    raise ValueError(node)


__all__ += ["CELL", "IN_ARRAY", "IN_FORMULA", "ComError"]
