"""Values while they are computed, and what turns one kind of them into another."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Protocol

from ..values import CellError

__all__ = [
    "DIVISION",
    "NUMBER",
    "REFERENCE",
    "VALUE",
    "Area",
    "Reader",
    "Unsure",
    "as_number",
    "as_text",
    "scalar",
]

VALUE, DIVISION, NUMBER = CellError("#VALUE!"), CellError("#DIV/0!"), CellError("#NUM!")
REFERENCE = CellError("#REF!")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DIGIT = re.compile(r"[0-9０-９]")
_WHOLE = 1e15


class Unsure(Exception):
    """Programs may differ here, or it is not known what they do."""


class Area(NamedTuple):
    """Cells of a sheet by its title; rows and columns from 1, ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_cell(self) -> bool:
        """Whether the area is a single cell."""
        return self.top == self.bottom and self.left == self.right


class Reader(Protocol):
    """Where the values of cells come from: None, float, str, bool or CellError."""

    #: Parts of formulas with their operands → what they give.
    known_parts: dict[tuple[Any, ...], Any]

    def cell(self, sheet: str, row: int, column: int) -> Any:
        """The value of a cell, worked out where it holds a formula. Raises Unsure where nobody can know it."""

    def rows(self, area: Area) -> list[list[Any]]:
        """The values of an area, row by row, blanks as None."""

    def places(self, area: Area) -> dict[Any, int]:
        """Each value of an area with the place, from 0, where it stands first."""


def scalar(value: Any, reader: Reader) -> Any:
    """A single value; Unsure of several, of which programs take one by the place of the formula."""
    if type(value) is Area:
        if value[1] == value[3] and value[2] == value[4]:
            return reader.cell(value[0], value[1], value[2])
        raise Unsure
    if type(value) is list:
        raise Unsure
    return value


def as_number(value: Any) -> Any:
    """A float, or the error that arithmetic gives for what is none."""
    kind = type(value)
    if kind is float or kind is CellError:
        return value
    if value is None:
        return 0.0
    if kind is bool:
        return float(value)
    if _PLAIN.fullmatch(value):
        return float(value)
    if _DIGIT.search(value):  # a date, a percentage, a grouped number: by the program's language
        raise Unsure
    return VALUE


def as_text(value: Any) -> Any:
    """What ``&`` makes of a value; errors stay."""
    kind = type(value)
    if kind is str or kind is CellError:
        return value
    if value is None:
        return ""
    if kind is bool:
        raise Unsure
    if value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    text = f"{value:.15g}"
    if "e" in text:
        raise Unsure
    return text
