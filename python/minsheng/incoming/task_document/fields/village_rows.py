"""A 任务分解 table with a row for each village: the townships report, so that their villages are added up."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from ....domain.quantity import plain
from ...numbers import read_cell_number
from ..files.blocks import Cell
from ..words.labels import is_column_of_units, is_total

__all__ = ["by_township"]

_VILLAGES: Final = re.compile(
    r"(?:行政|自然)?村.{0,4}|社区.{0,4}|小区.{0,2}|(?:建设|实施|项目)?(?:地点|点位|村点)"
)


def by_township(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """The rows with one for each township, its villages and their numbers as its note; unchanged where it is no such table,
    or where any number cannot be read."""
    header = rows[0] if rows else ()
    at = _townships(header)
    if at is None or any(len(row) != len(header) or any(cell.span > 1 for cell in row) for row in rows[1:-1]):
        return rows
    parts: dict[str, list[tuple[str, Decimal]]] = {}
    totals: list[tuple[Cell, ...]] = []
    for row in rows[1:]:
        last = read_cell_number(row[-1].text)
        if any(is_total(cell.word) for cell in row[: at + 2]):
            totals.append((Cell(next(cell.word for cell in row if is_total(cell.word))), row[-1]))
        elif last is None or last.note or len(row) != len(header) or not (row[at].word and row[at + 1].word):
            return rows
        else:
            parts.setdefault(row[at].word, []).append((row[at + 1].word, last.value))
    if not any(len(villages) > 1 for villages in parts.values()):
        return rows
    summed = [
        (Cell(name), Cell(f"{plain(sum((n for _, n in villages), Decimal(0)))}（{_listed(villages)}）"))
        for name, villages in parts.items()
    ]
    return [(header[at], header[-1]), *summed, *totals]


def _townships(header: tuple[Cell, ...]) -> int | None:
    """The column of the townships: a column of villages stands right of it, and one of numbers behind that."""
    for at in range(len(header) - 2):
        if is_column_of_units(header[at].word) and _VILLAGES.fullmatch(header[at + 1].word):
            return at
    return None


def _listed(villages: list[tuple[str, Decimal]]) -> str:
    return "、".join(f"{name}{plain(number)}" for name, number in villages)
