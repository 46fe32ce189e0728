"""The books that a person has open, as the panel offers them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from .. import hosts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import xlwings as xw

    from ..hosts import OpenBook

__all__ = ["Choice", "choices", "labels", "preferred"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A book that is open, and whether it is a 总表."""

    book: OpenBook
    is_master: bool


def choices() -> list[Choice]:
    """What is open now, masters first. To be called in the office thread."""
    found = [Choice(book, _is_master(opened)) for book, opened in hosts.open_books()]
    return sorted(found, key=lambda choice: not choice.is_master)


def _is_master(book: xw.Book) -> bool:
    from ..jobs.reading import is_master

    with suppress(Exception):  # a book that closes this moment is none
        return is_master(book)
    return False


def preferred(offered: Sequence[Choice], before: OpenBook | None) -> Choice | None:
    """The book that was chosen before, as long as it is open; else the first master, else the first book."""
    for choice in offered:
        if choice.book == before:
            return choice
    return offered[0] if offered else None


def labels(offered: Sequence[Choice]) -> list[str]:
    """A line for each book, no two alike: name, program, and the folder where names are the same."""
    names = [choice.book.name for choice in offered]
    lines = []
    for choice in offered:
        words = [choice.book.program] + ([] if choice.is_master else ["不是总表"])
        if names.count(choice.book.name) > 1:
            words.insert(0, str(PurePath(choice.book.fullname).parent))
        lines.append(f"{choice.book.name}（{'，'.join(words)}）")
    return [
        line if lines.count(line) == 1 else f"{line} {offered[place].book.pid}"
        for place, line in enumerate(lines)
    ]
