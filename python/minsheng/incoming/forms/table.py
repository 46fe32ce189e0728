"""A table of a 填报表: found by the labels of its header, wherever rows, columns and sheets have been moved to; and what its
sheet stores where nobody sees it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from xlengines.a1 import area_text, cell_text

from ...cells.labels import label
from ...domain.catalogue import submission as rules

if TYPE_CHECKING:
    from ...domain.fields import Field
    from ...domain.finding import Rule
    from ..spreadsheets.sheet import Area, Sheet

__all__ = ["FormRefused", "Header", "area_name", "covered_cells", "find_header", "is_hidden"]

#: A header stands at the top of a sheet; further down there are only rows.
_HEADER_ROWS: Final = 200
_LONGEST_LABEL: Final = 20


class FormRefused(Exception):
    """The workbook can be read and yet not be used, for the reason that ``rule`` says with ``words``."""

    def __init__(self, rule: Rule, **words: Any) -> None:
        super().__init__(rule.code)
        self.rule = rule
        self.words = words


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


def covered_cells(sheet: Sheet, columns: Collection[int], below: int) -> dict[tuple[int, int], Area]:
    """(row, column) from 0 → the merged area that covers it, for the cells in ``columns`` in the rows under ``below``; the
    first cell of an area, which shows its content, is not among them."""
    found: dict[tuple[int, int], Area] = {}
    for area in sheet.merged:
        top, left, bottom, right = area
        if bottom > below:
            inside = [column for column in columns if left <= column <= right]
            found |= {(row, column): area for row in range(top, bottom + 1) for column in inside}
            found.pop((top, left), None)
    return found


def area_name(area: Area) -> str:
    """``G8:G9``."""
    top, left, bottom, right = area
    return area_text(top + 1, left + 1, bottom + 1, right + 1)


def is_hidden(sheet: Sheet, row: int, column: int) -> bool:
    """Whether the cell stands in a hidden row or column."""
    return row in sheet.hidden_rows or column in sheet.hidden_columns
