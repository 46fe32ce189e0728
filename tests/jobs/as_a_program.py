"""Rows and columns put in and taken out of a workbook file as a spreadsheet program does it: formulas, names, rules and
merged cells follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from xlengines.a1 import parse_cell

__all__ = ["columns_deleted", "columns_inserted", "edited", "rows_deleted", "rows_inserted"]

_REFERENCE = re.compile(
    r'"(?:[^"]|"")*"'
    r"|(?P<sheet>(?:'(?:[^']|'')+'|[\w.]+)!)?(?P<a>\$?[A-Z]{1,3}\$?\d+)(?::(?P<b>\$?[A-Z]{1,3}\$?\d+))?(?![\w(.!])"
    r"|[^\W\d][\w.]*"
)
#: Where a line (row or column, from 1) goes; None where it is taken out.
Move = Callable[[int], int | None]


@contextmanager
def edited(path: Path) -> Iterator[Workbook]:
    """The file changed behind the product's back, as another program would."""
    workbook = load_workbook(path)
    yield workbook
    workbook.save(path)


def rows_inserted(path: Path, sheet: str, row: int, count: int = 1) -> None:
    """Put ``count`` blank rows above ``row``."""
    _moved(path, sheet, lambda line: line + count if line >= row else line, rows=True)


def rows_deleted(path: Path, sheet: str, row: int, count: int = 1) -> None:
    """Take out ``count`` rows from ``row`` on."""
    _moved(path, sheet, lambda line: _without(line, row, count), rows=True)


def columns_inserted(path: Path, sheet: str, column: int, count: int = 1) -> None:
    """Put ``count`` blank columns left of ``column``."""
    _moved(path, sheet, lambda line: line + count if line >= column else line, rows=False)


def columns_deleted(path: Path, sheet: str, column: int, count: int = 1) -> None:
    """Take out ``count`` columns from ``column`` on."""
    _moved(path, sheet, lambda line: _without(line, column, count), rows=False)


def _without(line: int, first: int, count: int) -> int | None:
    return line if line < first else None if line < first + count else line - count


def _moved(path: Path, sheet: str, move: Move, *, rows: bool) -> None:
    with edited(path) as workbook:
        page = workbook[sheet]
        _cells(page, move, rows=rows)
        for other in workbook:
            for line in other.iter_rows():
                for cell in line:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        cell.value = _formula(cell.value, sheet, other is page, move, rows)
            for name in other.defined_names.values():
                name.attr_text = _formula(name.attr_text or "", sheet, False, move, rows)
        for name in workbook.defined_names.values():
            name.attr_text = _formula(name.attr_text or "", sheet, False, move, rows)
        _areas(page, move, rows=rows)


def _cells(page: Worksheet, move: Move, *, rows: bool) -> None:
    kept = dict(page._cells)
    page._cells.clear()
    for (row, column), cell in sorted(kept.items()):
        line = move(row if rows else column)
        if line is not None:
            cell.row, cell.column = (line, column) if rows else (row, line)
            page._cells[cell.row, cell.column] = cell
    sizes: Any = page.row_dimensions if rows else page.column_dimensions
    for key, size in sorted(sizes.items(), key=lambda item: size_order(item[0]), reverse=True):
        del sizes[key]
        line = move(key if rows else parse_cell(f"{key}1")[1])
        if line is not None:
            size.index = line if rows else letter(line)
            if not rows and size.min:
                size.min = size.max = line
            sizes[size.index] = size


def size_order(key: Any) -> int:
    """The number of a row's or column's key."""
    return key if isinstance(key, int) else parse_cell(f"{key}1")[1]


def _areas(page: Worksheet, move: Move, *, rows: bool) -> None:
    merged, page.merged_cells = page.merged_cells.ranges, MultiCellRange()
    for area in merged:
        text = _reference(area.coord, move, rows)
        if text != "#REF!" and ":" in text:
            page.merged_cells.add(text)
    standing, page.conditional_formatting = page.conditional_formatting, ConditionalFormattingList()
    for formats in standing:
        texts = [_reference(area.coord, move, rows) for area in formats.sqref.ranges]
        kept = " ".join(text for text in texts if text != "#REF!")
        for rule in formats.rules if kept else ():
            rule.formula = [_formula(f"={text}", page.title, True, move, rows)[1:] for text in rule.formula]
            page.conditional_formatting.add(kept, rule)
    for validation in page.data_validations.dataValidation:
        texts = [_reference(area.coord, move, rows) for area in validation.sqref.ranges]
        validation.sqref = MultiCellRange(" ".join(text for text in texts if text != "#REF!"))


def _formula(text: str, sheet: str, is_own: bool, move: Move, rows: bool) -> str:
    """A formula after the move of ``sheet``; ``is_own``: it stands there, and needs no sheet's name to mean it."""

    def moved(match: re.Match[str]) -> str:
        if match["a"] is None:
            return match[0]
        named = match["sheet"]
        if named is None:
            if not is_own:
                return match[0]
        elif named[:-1].strip("'").replace("''", "'") != sheet:
            return match[0]
        area = match["a"] if match["b"] is None else f"{match['a']}:{match['b']}"
        return (named or "") + _reference(area, move, rows)

    return _REFERENCE.sub(moved, text)


def _reference(area: str, move: Move, rows: bool) -> str:
    start, _, end = area.partition(":")
    (top, left), (bottom, right) = parse_cell(start), parse_cell(end or start)
    lines = [
        new for line in (range(top, bottom + 1) if rows else range(left, right + 1)) if (new := move(line))
    ]
    if not lines:
        return "#REF!"
    corners = [_at(start, lines[0], rows), _at(end or start, lines[-1], rows)]
    return corners[0] if not end else ":".join(corners)


def _at(cell: str, line: int, rows: bool) -> str:
    match = re.fullmatch(r"(\$?)([A-Z]+)(\$?)(\d+)", cell)
    assert match is not None
    return (
        f"{match[1]}{match[2]}{match[3]}{line}" if rows else f"{match[1]}{letter(line)}{match[3]}{match[4]}"
    )
