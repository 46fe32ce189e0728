"""A workbook open on the plain-file engine, for the length of a block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlwings as xw

import xlengines

__all__ = ["opened"]


@contextmanager
def opened(path: Path) -> Iterator[xw.Book]:
    app = xlengines.file_engine().apps.add(add_book=False)
    try:
        yield app.books.open(str(path))
    finally:
        app.quit()
