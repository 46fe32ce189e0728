"""Cell references as text: parsing, writing, shifting inside formulas."""

from __future__ import annotations

import re

__all__ = ["area_text", "cell_text", "parse_area", "parse_cell", "refers_to_cells", "shifted"]

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)")
_AREA = re.compile(r"\$?([A-Za-z]{1,3})?\$?(\d+)?(?::\$?([A-Za-z]{1,3})?\$?(\d+)?)?")
_TOKEN = re.compile(
    r'"(?:[^"]|"")*"'  # text
    r"|'(?:[^']|'')*'!?"  # quoted sheet
    r"|(?P<abs_col>\$?)(?P<col>[A-Za-z]{1,3})(?P<abs_row>\$?)(?P<row>\d+)(?![\w(.])"
    r"|[^\W\d][\w.]*\(?"  # functions, names, sheets
    r"|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
)
_LITERAL = re.compile(r'"(?:[^"]|"")*"')
_WORD = re.compile(r"(?<![\w.])(?:\$?[A-Za-z]{1,3}\$?\d+|[^\W\d][\w.]*+(?!\s*\())|[!\[\]']|#REF")
_CONSTANTS = frozenset({"TRUE", "FALSE", "E"})


def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_cell(text: str) -> tuple[int, int]:
    """``B7`` → (7, 2); ValueError for anything else."""
    match = _CELL.fullmatch(text)
    if match is None:
        raise ValueError(f"not a cell: {text!r}")
    return int(match[2]), column_number(match[1])


def parse_area(text: str) -> tuple[int, int, int, int]:
    """``A1:C3``, ``A1``, ``A:C`` or ``1:3`` → (top, left, bottom, right), corners in either order."""
    match = _AREA.fullmatch(text)
    if match is None or not any(match.groups()):
        raise ValueError(f"not an area: {text!r}")
    first_column, first_row, last_column, last_row = match.groups()
    single = ":" not in text
    if single and not (first_column and first_row):  # "loc" may be a name, only "LOC:LOC" is a column
        raise ValueError(f"not an area: {text!r}")
    left = column_number(first_column) if first_column else 1
    right = (
        column_number(last_column)
        if last_column
        else (left if single or (first_column and not last_row) else MAX_COLUMN)
    )
    top = int(first_row) if first_row else 1
    bottom = int(last_row) if last_row else (top if single else MAX_ROW)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def cell_text(row: int, column: int, *, absolute: bool = False) -> str:
    sign = "$" if absolute else ""
    return f"{sign}{column_letters(column)}{sign}{row}"


def area_text(top: int, left: int, bottom: int, right: int, *, absolute: bool = False) -> str:
    start, end = cell_text(top, left, absolute=absolute), cell_text(bottom, right, absolute=absolute)
    return start if start == end else f"{start}:{end}"


def shifted(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads ``rows`` below and ``columns`` right of where it was written (a shared formula's child)."""

    def move(match: re.Match[str]) -> str:
        if match["col"] is None:
            return match[0]
        row = int(match["row"]) + (0 if match["abs_row"] else rows)
        column = column_number(match["col"]) + (0 if match["abs_col"] else columns)
        if not (1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN):
            return "#REF!"
        return f"{match['abs_col']}{column_letters(column)}{match['abs_row']}{row}"

    return _TOKEN.sub(move, formula)


def refers_to_cells(formula: str) -> bool:
    """Whether a formula depends on anything but literals: ``100+20`` does not, ``A1+1`` and ``TODAY()`` do."""
    bare = _LITERAL.sub("", formula)
    if "(" in bare and re.search(
        r"\b(?:NOW|TODAY|RAND|RANDBETWEEN|INDIRECT|OFFSET|CELL|INFO)\(", bare, re.IGNORECASE
    ):
        return True
    return any(word.upper() not in _CONSTANTS for word in _WORD.findall(bare))
