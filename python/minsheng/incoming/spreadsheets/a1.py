"""Cell addresses as people read them."""

from __future__ import annotations

__all__ = ["a1", "column_number", "letters"]


def letters(column: int) -> str:
    """``1`` → ``A``, ``28`` → ``AB``."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """``A`` → ``1``, ``AB`` → ``28``."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def a1(row: int, column: int) -> str:
    """The address of a cell counted from 0."""
    return f"{letters(column + 1)}{row + 1}"
