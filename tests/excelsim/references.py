"""A1 text and numbers; formulas and names that follow inserted and deleted rows (by openpyxl's tokenizer)."""

from __future__ import annotations

import re

from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.utils import get_column_letter, range_boundaries

__all__ = ["COLUMNS", "ROWS", "Box", "box_of", "moved_formula", "quoted", "text_of"]

ROWS, COLUMNS = 1048576, 16384
#: (top, left, bottom, right), both ends included.
Box = tuple[int, int, int, int]

_END = re.compile(r"(\$?[A-Za-z]{0,3})(\$?)(\d+)")


def box_of(text: str) -> Box:
    """``B2:D4``, ``A:C``, ``1:2`` → Box; ValueError for anything else."""
    left, top, right, bottom = range_boundaries(text.replace("$", ""))
    return (top or 1, left or 1, bottom or ROWS, right or COLUMNS)


def text_of(box: Box) -> str:
    """``$B$2:$D$4``; whole rows and columns as ``$1:$2`` and ``$A:$C``."""
    top, left, bottom, right = box
    if (left, right) == (1, COLUMNS) and (top, bottom) != (1, ROWS):
        return f"${top}:${bottom}"
    if (top, bottom) == (1, ROWS) and (left, right) != (1, COLUMNS):
        return f"${get_column_letter(left)}:${get_column_letter(right)}"
    start = f"${get_column_letter(left)}${top}"
    return start if (top, left) == (bottom, right) else f"{start}:${get_column_letter(right)}${bottom}"


def quoted(sheet: str) -> str:
    """A sheet's name as references carry it: in apostrophes unless it is a plain word."""
    plain = re.fullmatch(r"[^\W\d][\w.]*", sheet)
    if plain and not re.fullmatch(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*", sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def moved_formula(formula: str, own_sheet: str, sheet: str, at: int, by: int) -> str:
    """``formula`` of ``own_sheet`` after ``by`` rows came in above row ``at`` of ``sheet`` (``by`` < 0: -by rows went)."""
    if not formula.startswith("="):
        return formula
    tokens = Tokenizer(formula)
    for token in tokens.items:
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            continue
        where, mark, area = token.value.rpartition("!")
        named = where.strip("'").replace("''", "'") if mark else own_sheet
        if named == sheet and re.fullmatch(r"[$A-Za-z0-9:]+", area) and _END.search(area):
            token.value = f"{where}{mark}{_moved(area, at, by)}"
    return "=" + "".join(token.value for token in tokens.items)


def _moved(area: str, at: int, by: int) -> str:
    """The two ends of an area, the lower one kept inside where rows below it go."""
    ends = area.split(":")
    rows = [int(found[3]) for end in ends if (found := _END.fullmatch(end))]
    if len(rows) != len(ends):
        return area
    first, last = rows[0], rows[-1]
    if by < 0 and at <= first and last < at - by:
        return "#REF!"
    new = (_new_row(first, at, by, low=True), _new_row(last, at, by, low=False))
    parts = []
    for end, row in zip(ends, new if len(ends) == 2 else new[:1], strict=True):
        found = _END.fullmatch(end)
        assert found is not None
        parts.append(f"{found[1]}{found[2]}{row}")
    return ":".join(parts)


def _new_row(row: int, at: int, by: int, *, low: bool) -> int:
    if by >= 0:
        return row + by if row >= at else row
    if row < at:
        return row
    if row >= at - by:
        return row + by
    return at if low else at - 1
