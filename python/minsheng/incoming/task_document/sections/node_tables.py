"""A table that is a 进度安排: months down its first column, or along a row."""

from __future__ import annotations

from ....domain.month_phrase import read_month_phrase
from ...numbers import read_cell_number
from ..files.blocks import Cell, Table
from ..words.schedule import NodeLine, trimmed

__all__ = ["table_nodes"]


def table_nodes(table: Table) -> list[NodeLine]:
    """The nodes of a table with months down its first column or along a row; empty where it is no such table."""
    return _down(table) or _along(table)


def _down(table: Table) -> list[NodeLine]:
    rows = [row for row in table.rows if len(row) >= 2]
    found = [row for row in rows if read_month_phrase(row[0].word) is not None]
    if not found or len(found) < len(rows) - 1:
        return []
    width = len(found[0])
    numeric = width > 2 and all(len(row) == width for row in found) and any(row[-1].word for row in found)
    if numeric and all(not row[-1].word or read_cell_number(row[-1].text) for row in found):
        return [NodeLine(row[0].word, _cells(row[1:-1]), row[-1].word or "无") for row in found]
    return [NodeLine(row[0].word, _cells(row[1:])) for row in found]


def _cells(cells: tuple[Cell, ...]) -> str:
    return trimmed("，".join(filter(None, (cell.text.strip() for cell in cells))))


def _along(table: Table) -> list[NodeLine]:
    for header, below in zip(table.rows, table.rows[1:], strict=False):
        named = [read_month_phrase(cell.word) is not None for cell in header]
        if sum(named) >= 2 and sum(named) >= len(named) - 1 and len(below) == len(header):
            return [
                NodeLine(month.word, trimmed(cell.text))
                for month, cell, is_month in zip(header, below, named, strict=True)
                if is_month and cell.word
            ]
    return []
