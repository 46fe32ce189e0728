"""Tables of a 填报表 found by the labels of their header, wherever rows, columns and sheets have been moved to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xlengines.a1 import cell_text

from ...cells.labels import label
from ...domain.catalogue import submission as rules
from .refusals import FormRefused

if TYPE_CHECKING:
    from ...domain.fields import Field
    from ..spreadsheets.sheet import Sheet

__all__ = ["Header", "find_header"]

#: A header stands at the top of a sheet; further down there are only rows.
_HEADER_ROWS: Final = 200
_LONGEST_LABEL: Final = 20


@dataclass(frozen=True, slots=True)
class Header:
    """``row`` from 0; the name of a field → its column from 0, where the table has it."""

    row: int
    columns: dict[str, int]


def find_header(sheet: Sheet, fields: Sequence[Field], needed: Collection[str]) -> Header | None:
    """The first row that has the labels of all ``needed`` fields, spaces inside them apart; None where there is none.

    Raises FormRefused where the label of one of ``fields`` stands there twice: no guess is made which column is meant.
    """
    labels = [field.label for field in fields if field.name in needed]
    top = sheet.rows[:_HEADER_ROWS]
    for row, cells in enumerate(top):
        if all(word in cells for word in labels):
            return Header(row, _columns(sheet, row, fields))
    for row, cells in enumerate(top):
        words = {label(cell) for cell in cells if isinstance(cell, str) and len(cell) < _LONGEST_LABEL}
        if words.issuperset(labels):
            return Header(row, _columns(sheet, row, fields))
    return None


def _columns(sheet: Sheet, row: int, fields: Sequence[Field]) -> dict[str, int]:
    names = {field.label: field.name for field in fields}
    columns: dict[str, int] = {}
    for column, cell in enumerate(sheet.rows[row]):
        word = label(cell)
        name = names.get(word)
        if name in columns:
            cell_name = cell_text(row + 1, column + 1)
            raise FormRefused(rules.LABEL_TWICE, label=word, sheet=sheet.name, cell=cell_name)
        if name is not None:
            columns[name] = column
    return columns
