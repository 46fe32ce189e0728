"""Cell references as text: parsing, writing, shifting inside formulas."""

from __future__ import annotations

import re

__all__ = [
    "MAX_COLUMN",
    "MAX_ROW",
    "Area",
    "area_text",
    "cell_text",
    "column_letters",
    "column_number",
    "on_grid",
    "parse_area",
    "parse_cell",
    "parse_reference",
    "quoted",
    "refers_to_cells",
    "shifted",
    "unquoted",
]

#: Top, left, bottom, right: from 1, both ends included.
Area = tuple[int, int, int, int]

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)")
_AREA = re.compile(r"\$?([A-Za-z]{1,3})?\$?(\d+)?(?::\$?([A-Za-z]{1,3})?\$?(\d+)?)?")
_TOKEN = re.compile(
    r'"(?:[^"]|"")*"'  # text
    r"|'(?:[^']|'')*'!?"  # quoted sheet
    r"|\[[^\[\]]*\]"  # a table's column, another book
    r"|(?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w(.]))"
    r"|(?P<rows>\$?\d+:\$?\d+(?![\w(.]))"
    r"|(?P<abs_col>\$?)(?P<col>[A-Za-z]{1,3})(?P<abs_row>\$?)(?P<row>\d+)(?![\w(.])"
    r"|[^\W\d][\w.]*\(?"  # functions, names, sheets
    r"|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
)
_ON_A_SHEET = re.compile(
    r"=?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[^'!]+))!(?P<area>\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
)
_LITERAL = re.compile(r'"(?:[^"]|"")*"')
_FUNCTION = re.compile(r"([^\W\d][\w.]*)\s*\(")
#: A sign that only a reference has (``Sheet!A1``, ``Table[x]``, ``1:3``, ``A1#``, ``#REF!``), or a word: a cell or a name.
_REFERENCE = re.compile(r"[!\[\]':#@]|(?<![\w.])[^\W\d][\w.]*")
_CONSTANTS = frozenset({"TRUE", "FALSE"})
#: Functions whose result depends on their arguments alone. Any other may depend on the time, on cells, on macros.
_PURE = frozenset({
    "ABS", "AND", "AVERAGE", "CEILING", "CHAR", "CONCATENATE", "COUNT", "DATE", "DATEVALUE", "EXP", "FALSE", "FLOOR", "IF",
    "INT", "LEFT", "LEN", "LN", "LOG", "LOWER", "MAX", "MID", "MIN", "MOD", "NOT", "OR", "PI", "POWER", "PRODUCT", "REPT",
    "RIGHT", "ROUND", "ROUNDDOWN", "ROUNDUP", "SIGN", "SQRT", "SUM", "TEXT", "TIME", "TRIM", "TRUE", "TRUNC", "UPPER", "VALUE",
})  # fmt: skip


def column_number(letters: str) -> int:
    """``A`` → 1, ``AB`` → 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 → ``A``, 28 → ``AB``."""
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


def parse_area(text: str) -> Area:
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


def parse_reference(text: str) -> tuple[str, Area] | None:
    """``='01'!$A$8:$R$26`` → ("01", (8, 1, 26, 18)), as a defined name refers to an area of its own book; None for
    anything else."""
    match = _ON_A_SHEET.fullmatch(text.strip())
    if match is None:
        return None
    sheet = match["quoted"].replace("''", "'") if match["quoted"] else match["bare"]
    area = parse_area(match["area"])
    return (sheet, area) if on_grid(area) and "[" not in sheet else None  # "[1]01" is a sheet of another book


def quoted(sheet: str) -> str:
    """A sheet's title as references write it: ``'O''Neil'``."""
    return "'" + sheet.replace("'", "''") + "'"


def unquoted(title: str) -> str:
    """The title that a reference writes, in quotes or without."""
    return title[1:-1].replace("''", "'") if len(title) > 1 and title[0] == title[-1] == "'" else title


def on_grid(area: Area) -> bool:
    """Whether an Excel sheet has all of these cells."""
    top, left, bottom, right = area
    return top >= 1 and left >= 1 and bottom <= MAX_ROW and right <= MAX_COLUMN


def cell_text(row: int, column: int, *, absolute: bool = False) -> str:
    """(7, 2) → ``B7``, or ``$B$7``."""
    return _cell_text(row, column, absolute, absolute)


def area_text(
    top: int, left: int, bottom: int, right: int, *,
    absolute: bool = False, row_absolute: bool = False, column_absolute: bool = False,
) -> str:  # fmt: skip
    """``A1:C3``, or one cell as ``A1``; ``absolute`` is both of the others."""
    signs = (row_absolute or absolute, column_absolute or absolute)
    start, end = _cell_text(top, left, *signs), _cell_text(bottom, right, *signs)
    return start if start == end else f"{start}:{end}"


def _cell_text(row: int, column: int, row_absolute: bool, column_absolute: bool) -> str:
    return f"{'$' * column_absolute}{column_letters(column)}{'$' * row_absolute}{row}"


def shifted(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads ``rows`` below and ``columns`` right of where it was written (a shared formula's child)."""

    def move(match: re.Match[str]) -> str:
        try:
            if match["columns"]:
                return ":".join(_moved_column(end, columns) for end in match[0].split(":"))
            if match["rows"]:
                return ":".join(_moved_row(end, rows) for end in match[0].split(":"))
            if match["col"]:
                column = _moved_column(match["abs_col"] + match["col"], columns)
                return column + _moved_row(match["abs_row"] + match["row"], rows)
        except ValueError:
            return "#REF!"
        return match[0]

    return _TOKEN.sub(move, formula)


def _moved_column(text: str, by: int) -> str:
    """``A`` moved, ``$A`` not; ValueError off the sheet."""
    if text.startswith("$"):
        return text
    number = column_number(text) + by
    if not 1 <= number <= MAX_COLUMN:
        raise ValueError(text)
    return column_letters(number)


def _moved_row(text: str, by: int) -> str:
    if text.startswith("$"):
        return text
    number = int(text) + by
    if not 1 <= number <= MAX_ROW:
        raise ValueError(text)
    return str(number)


def refers_to_cells(formula: str) -> bool:
    """Whether a formula may depend on anything but its literals: ``100+20`` does not, ``A1+1`` and ``TODAY()`` do."""
    bare = _LITERAL.sub("", formula)
    if any(name.upper() not in _PURE for name in _FUNCTION.findall(bare)):
        return True
    return any(word.upper() not in _CONSTANTS for word in _REFERENCE.findall(_FUNCTION.sub("(", bare)))
