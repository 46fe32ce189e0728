"""The period and the inbox that a clerk chose, kept in 设置 for the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..sheets import layout
from ..sheets.writing import Write, apply
from .reading import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    import xlwings as xw

    from ..domain.period import Period

__all__ = ["inbox_words", "remember"]


def remember(book: xw.Book, *, period: Period | None = None, inbox: str | None = None) -> None:
    """Write what is given into 设置; a parameter whose row was deleted there is passed over."""
    settings = read_settings(book)
    cells, image = settings.cells, settings.image
    chosen = {
        layout.PARAM_PERIOD: None if period is None else str(period),
        layout.PARAM_INBOX: inbox,
    }
    writes = [
        Write(image.sheet, *cells[parameter], [[words]])
        for parameter, words in chosen.items()
        if words is not None and parameter in cells
    ]
    apply(book, writes, {image.sheet: image})


def inbox_words(inbox: Path, beside: Path | None) -> str:
    """A folder as 设置 names it: from the master's own folder where it lies below, so that both can be moved together."""
    if beside is not None and inbox.is_relative_to(beside):
        return inbox.relative_to(beside).as_posix()
    return str(inbox)
