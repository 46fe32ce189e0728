"""Cell addresses: A1 text to numbers and back. Rows and columns count from 1, ranges include both ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Area", "cell_a1", "column_letters", "parse_reference"]

_REFERENCE = re.compile(
    r"=?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[^'!]+))!"
    r"\$?(?P<left>[A-Z]{1,3})\$?(?P<top>\d+)(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d+))?"
)


def column_letters(column: int) -> str:
    """``1`` → ``A``, ``28`` → ``AB``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def a1(self) -> str:
        """``B7`` or ``B7:D9``, without the sheet."""
        start = cell_a1(self.top, self.left)
        end = cell_a1(self.bottom, self.right)
        return start if start == end else f"{start}:{end}"


def cell_a1(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"


def parse_reference(text: str) -> Area | None:
    """The area that a defined name refers to (``='01'!$A$8:$R$26``); None for formulas, constants and #REF!."""
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        return None
    sheet = match["quoted"].replace("''", "'") if match["quoted"] else match["bare"]
    top, left = int(match["top"]), column_number(match["left"])
    bottom = int(match["bottom"]) if match["bottom"] else top
    right = column_number(match["right"]) if match["right"] else left
    return Area(sheet, top, left, bottom, right)
