"""导出PDF: pages as a real spreadsheet program lays them out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CannotSave
from ..sheets import layout
from ..sheets.places import Places

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["print_open_summary", "print_summary"]


def print_open_summary(book: xw.Book, target: Path) -> None:
    """汇总表 of a book that is open in a spreadsheet program, as a PDF."""
    areas = Places.of(book).areas
    book.to_pdf(str(target), include=areas[layout.NAME_SUMMARY].sheet)


def print_summary(master: Path, target: Path) -> None:
    """汇总表 of a saved master, printed through a LibreOffice that is started for it and ended again."""
    from .. import engines

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise CannotSave(
            f"PDF写不进“{target.parent}”（{failure.strerror}）。", "请换一个文件夹后再试。"
        ) from failure
    with tempfile.TemporaryDirectory() as folder:
        # A copy: a program that opens the master itself would lock it.
        copy = Path(folder) / master.name
        copy.write_bytes(master.read_bytes())
        app = engines.libreoffice_engine().apps.add(add_book=False)
        try:
            book = app.books.open(str(copy))
            _fit_rows(book)
            print_open_summary(book, target)
        finally:
            app.quit()


def _fit_rows(book: xw.Book) -> None:
    """Make the rows of 汇总表 as high as the late units' names need; a plain file could not, an open book has done it."""
    area = Places.of(book).areas[layout.NAME_SUMMARY]
    sheet = book.sheets[area.sheet]
    for row in range(area.top + 1, area.bottom + 1):
        cell = sheet.range((row, area.left))
        standing = cell.row_height or 0
        cell.rows.autofit()
        cell.row_height = max(standing, cell.row_height or 0)
