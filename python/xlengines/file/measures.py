"""Widths of columns and heights of rows, in points, as a sheet's part says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .namespaces import MAIN

if TYPE_CHECKING:
    from .sheet_part import SheetPart

__all__ = ["column_points", "row_points", "set_row_points"]

#: A character is 7 pixels of 0.75 points wide in the default font, and a column has 5 pixels around its characters.
_PIXEL, _DIGIT, _PADDING = 0.75, 7, 5
_DEFAULT_CHARACTERS, _DEFAULT_POINTS = 8.43, 15.0


def column_points(part: SheetPart, column: int) -> float:
    """The width of a column in points, as Excel shows it in its default font."""
    characters = _DEFAULT_CHARACTERS
    default = part.root.find(f"{MAIN}sheetFormatPr")
    if default is not None:
        characters = float(default.get("defaultColWidth", characters))
    for node in part.root.iter(f"{MAIN}col"):
        if int(node.get("min", "0")) <= column <= int(node.get("max", "0")):
            if node.get("hidden") in ("1", "true"):
                return 0.0
            # The width of a file has the padding in it already.
            return float(node.get("width", characters)) * _DIGIT * _PIXEL
    return (characters * _DIGIT + _PADDING) * _PIXEL


def row_points(part: SheetPart, row: int) -> float:
    """The height of a row in points."""
    node = part.row_node(row)
    if node is not None and node.get("ht") is not None:
        return float(node.get("ht", "0"))
    default = part.root.find(f"{MAIN}sheetFormatPr")
    return _DEFAULT_POINTS if default is None else float(default.get("defaultRowHeight", _DEFAULT_POINTS))


def set_row_points(part: SheetPart, row: int, points: float) -> None:
    """Fix the row's height, as setting it in a program does."""
    if points == row_points(part, row):
        return
    node = part.row_node(row, make=True)
    if node is not None:
        node.set("ht", f"{points:g}")
        node.set("customHeight", "1")
        part.changed = True
