"""Tables of a 填报表 found by the labels of their header, wherever rows, columns and sheets have been moved to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from xlengines.a1 import cell_text

from ...cells.labels import label as label_of
from ...domain.catalogue import submission as rules
from ..spreadsheets.sheet import Sheet
from .refusals import FormRefused

__all__ = ["Header", "find_header"]

#: A header stands at the top of a sheet; further down there are only rows.
_HEADER_ROWS: Final = 200
_LONGEST_LABEL: Final = 20


@dataclass(frozen=True)
class Header:
    """``row`` from 0 and label → column from 0."""

    row: int
    columns: dict[str, int]


def find_header(sheet: Sheet, labels: Sequence[str], needed: Sequence[str]) -> Header | None:
    """The first row that has all ``needed`` labels, spaces inside them apart; None where there is none.

    Raises FormRefused where one of ``labels`` stands there twice: no guess is made which column is meant.
    """
    top = sheet.rows[:_HEADER_ROWS]
    for row, cells in enumerate(top):
        if all(label in cells for label in needed):
            return Header(row, _columns(sheet, row, labels))
    for row, cells in enumerate(top):
        words = {label_of(cell) for cell in cells if isinstance(cell, str) and len(cell) < _LONGEST_LABEL}
        if words.issuperset(needed):
            return Header(row, _columns(sheet, row, labels))
    return None


def _columns(sheet: Sheet, row: int, labels: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, cell in enumerate(sheet.rows[row]):
        label = label_of(cell)
        if label not in labels:
            continue
        if label in columns:
            raise FormRefused(
                rules.LABEL_TWICE, label=label, sheet=sheet.name, cell=cell_text(row + 1, column + 1)
            )
        columns[label] = column
    return columns
