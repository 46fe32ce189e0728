"""Workbooks from .xlsx and back, by openpyxl: independent of the product's own engines."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook as Written
from openpyxl import load_workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula

from . import entry
from .cells import Grid
from .workbook import Name, Workbook
from .worksheet import HIDDEN, VERY_HIDDEN, VISIBLE, Worksheet

if TYPE_CHECKING:
    from .application import Application

__all__ = ["blank", "opened", "saved"]

_VISIBLE = {"visible": VISIBLE, "hidden": HIDDEN, "veryHidden": VERY_HIDDEN}


def opened(app: Application, path: str) -> Workbook:
    """The file as Excel would show it: values as they are stored, formulas with the values that were kept beside them."""
    loaded, kept = load_workbook(path), load_workbook(path, data_only=True)
    book = Workbook(app, path, path)
    book._structure_locked = bool(loaded.security and loaded.security.lockStructure)
    for theirs in loaded.worksheets:
        paper = theirs.page_setup.paperSize
        book._sheets.append(
            Worksheet(
                book, theirs.title, _grid(theirs, kept[theirs.title]), visible=_VISIBLE[theirs.sheet_state],
                paper=int(paper) if paper else 1,
            )
        )  # fmt: skip
    active = loaded.worksheets.index(loaded.active) if loaded.active in loaded.worksheets else 0
    book._current = book._sheets[active]
    named = [(None, name, one) for name, one in loaded.defined_names.items()]
    for ours, theirs in zip(book._sheets, loaded.worksheets, strict=True):
        named += [(ours, name, one) for name, one in theirs.defined_names.items()]
        for title, area in (("Print_Area", theirs.print_area), ("Print_Titles", theirs.print_titles)):
            if area:
                book._names.append(Name(book, ours, title, f"={area}", visible=True))
    book._names += [
        Name(book, scope, name, f"={one.attr_text}", visible=not one.hidden) for scope, name, one in named
    ]
    book._names.sort(key=lambda one: one._label.lower())
    return book


def blank(app: Application, name: str) -> Workbook:
    """A new workbook that was never saved."""
    book = Workbook(app, name, "")
    book._sheets = [Worksheet(book, "Sheet1", Grid())]
    book._current = book._sheets[0]
    return book


def _grid(theirs: Any, kept: Any) -> Grid:
    grid = Grid()
    grid.protected = bool(theirs.protection.sheet)
    grid.merged = [(box.min_row, box.min_col, box.max_row, box.max_col) for box in theirs.merged_cells.ranges]
    for letter, dimension in theirs.column_dimensions.items():
        first = dimension.min or coordinate_to_tuple(f"{letter}1")[1]
        for column in range(first, (dimension.max or first) + 1):
            if dimension.width:
                grid.widths[column] = dimension.width
            if dimension.hidden:
                grid.hidden_columns.add(column)
    for row, dimension in theirs.row_dimensions.items():
        if dimension.height:
            grid.heights[row] = dimension.height
        if dimension.hidden:
            grid.hidden_rows.add(row)
    if theirs.auto_filter.ref:
        left, top, right, bottom = range_boundaries(theirs.auto_filter.ref)
        grid.filter_area = (top, left, bottom, right)
        if theirs.auto_filter.filterColumn:
            grid.filtered = {row for row in grid.hidden_rows if top < row <= bottom}
            grid.hidden_rows -= grid.filtered
    arrays = []
    for row in theirs.iter_rows():
        for one in row:
            if one.value is None and not one.has_style and not one.comment:
                continue
            _take(grid, one, kept, arrays)
    for left, top, right, bottom in arrays:
        for place in ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)):
            grid.cell(*place).array = (top, left) != (bottom, right)
    return grid


def _take(grid: Grid, one: Any, kept: Any, arrays: list[Any]) -> None:
    cell = grid.cell(one.row, one.column)
    cell.format, cell.locked = one.number_format, bool(one.protection.locked)
    fill = one.fill.start_color.rgb if one.fill and one.fill.fill_type == "solid" else None
    if isinstance(fill, str) and len(fill) == 8:
        cell.colour = int(fill[6:8] + fill[4:6] + fill[2:4], 16)
    if one.comment:
        grid.notes[one.row, one.column] = one.comment.text
    value = one.value
    if isinstance(value, ArrayFormula):
        arrays.append(range_boundaries(value.ref))
        value = value.text
    if isinstance(value, str) and one.data_type == "f":
        cell.formula = value if value.startswith("=") else f"={value}"
        cell.content = _content(kept.cell(one.row, one.column))
    else:
        cell.content = _content(one)
        cell.apostrophe = "'" if one.quotePrefix else ""


def _content(one: Any) -> object:
    value, kind = one.value, one.data_type
    if value is None or kind == "f":
        return None
    if kind == "e":
        return entry.Error(value)
    if hasattr(value, "hour") and not hasattr(value, "year"):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    if isinstance(value, datetime):
        return entry.serial(value)
    if isinstance(value, bool | str):
        return value
    return float(value)


def saved(book: Workbook, path: str) -> None:
    """Write the book to ``path``: cells, sheets, names and what was hidden; looks as far as they came from the file."""
    source = book._source
    target: Any = load_workbook(source) if source and Path(source).exists() else Written()
    wanted = [sheet._name for sheet in book._sheets]
    for theirs in list(target.worksheets):
        if theirs.title not in wanted:
            target.remove(theirs)
    for ours in book._sheets:
        theirs = target[ours._name] if ours._name in target.sheetnames else target.create_sheet(ours._name)
        _give(ours._grid, theirs)
        theirs.sheet_state = {number: word for word, number in _VISIBLE.items()}[ours._visible]
    target._sheets.sort(key=lambda theirs: wanted.index(theirs.title))
    for holder in (target, *target.worksheets):
        holder.defined_names.clear()
    for one in book._names:
        if one._label in ("Print_Area", "Print_Titles"):
            continue
        holder = target[one._scope._name] if one._scope else target
        holder.defined_names[one._label] = DefinedName(one._label, attr_text=one._refers.removeprefix("="))
    target.save(path)


def _give(grid: Grid, theirs: Any) -> None:
    for row in theirs.iter_rows():
        for one in row:
            if (one.row, one.column) not in grid.cells and one.value is not None:
                one.value = None
    covered = {place for place in grid.cells if grid.is_covered(*place)}
    for (row, column), cell in grid.cells.items():
        if (row, column) in covered:
            continue
        one = theirs.cell(row, column)
        value = cell.formula or cell.content
        if entry.is_date(cell.format) and isinstance(value, float):
            value = entry.moment(value)
        one.value = str(value) if isinstance(value, entry.Error) else value
        if isinstance(value, str) and not cell.formula and value.startswith("="):
            one.data_type = "s"
        one.number_format = cell.format
        if cell.colour is not None:
            red, green, blue = cell.colour & 255, cell.colour >> 8 & 255, cell.colour >> 16 & 255
            one.fill = PatternFill("solid", start_color=f"{red:02X}{green:02X}{blue:02X}")
