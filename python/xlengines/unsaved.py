"""Whether a book has changes that are not saved, which the public xlwings API cannot say, under one name for every host."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["is_saved", "mark_saved"]


def is_saved(book: xw.Book) -> bool:
    """Whether the program would close ``book`` without a question; False where it cannot be asked."""
    match _kind(book):
        case "excel":
            return bool(book.api.Saved)
        case "libreoffice":
            return not book.api.isModified()
    return False


def mark_saved(book: xw.Book) -> None:
    """Let ``book`` count as saved: for what was set and put back, which leaves the book as it was."""
    match _kind(book):
        case "excel":
            book.api.Saved = True
        case "libreoffice":
            book.api.setModified(False)


def _kind(book: xw.Book) -> str:
    """The engine; nothing for Excel on a Mac, which is not asked in this way."""
    name = str(book.app.engine.name)
    return "" if name == "excel" and sys.platform == "darwin" else name
