"""Clerks, played: one of a unit fills in the very file that was sent out, through the plain-file engine; one of the
county presses the buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlwings as xw
from openpyxl import load_workbook

import xlengines
from minsheng import buttons
from minsheng.sheets import layout
from minsheng.sheets.image import SheetImage
from minsheng.tab import BUTTONS

__all__ = ["Clerk", "fill_in", "half_done", "press", "type_into_master"]


def fill_in(path: Path, values: Mapping[tuple[str, str], Any]) -> None:
    """Type (序号, 承担单位) → 本月累计 into a 填报表."""
    app = xlengines.file_engine().apps.add(add_book=False)
    try:
        book = app.books.open(str(path))
        sheet = book.sheets[layout.SUBMISSION_SHEET]
        image = SheetImage.read(sheet)
        header = next(
            row for row in range(image.top, image.bottom + 1) if "本月累计" in image.values[row - image.top]
        )
        columns = {image.text(header, column): column for column in range(image.left, image.right + 1)}
        rows = {
            (image.text(row, columns["序号"]), image.text(row, columns["承担单位"])): row
            for row in range(header + 1, image.bottom + 1)
        }
        for key, value in values.items():
            sheet.range((rows[key], columns["本月累计"])).value = value
        book.save()
    finally:
        app.quit()


def half_done(path: Path) -> None:
    """Half of 全年任务 in every row, rounded down, with words where a row has none to do."""
    book = load_workbook(path)
    sheet = book["填报"]
    header = next(row for row in sheet.iter_rows() if any(cell.value == "本月累计" for cell in row))
    at = {cell.value: cell.column for cell in header if cell.value}
    for row in range(header[0].row + 1, sheet.max_row + 1):
        share = sheet.cell(row, at["全年任务"]).value
        if isinstance(share, int | float):
            sheet.cell(row, at["本月累计"]).value = int(share / 2) if at else None
            sheet.cell(row, at["进展说明"]).value = "已完成一半"
    book.save(path)


def type_into_master(path: Path, sheet: str, cell: str, value: Any) -> None:
    """Type a value into the master by hand."""
    app = xlengines.file_engine().apps.add(add_book=False)
    try:
        book = app.books.open(str(path))
        book.sheets[sheet].range(cell).value = value
        book.save()
    finally:
        app.quit()


@dataclass
class Clerk:
    """Answers the dialogs as told, and remembers what was said."""

    agrees: bool = True
    period: str | None = "2024-06"
    file: Path | None = None
    new_file: Path | None = None
    folder: Path | None = None
    reminders: Path | None = None
    said: list[str] = field(default_factory=list)

    def tell(self, words: str) -> None:
        self.said.append(words)

    warn = tell

    def ask(self, words: str) -> bool:
        self.said.append(words)
        return self.agrees

    def ask_text(self, words: str, proposal: str) -> str | None:
        return self.period if "期次" in words else proposal

    def choose_file(self, words: str, endings: tuple[str, ...]) -> Path | None:
        return self.file

    def choose_new_file(self, words: str, proposal: str) -> Path | None:
        return self.new_file

    def choose_folder(self, words: str, start: Path | None) -> Path | None:
        return self.reminders if "催报单" in words else self.folder


def press(book: xw.Book | None, does: str, clerk: Clerk) -> str:
    """What is said last."""
    buttons.press(next(button for button in BUTTONS if button.does == does), book, clerk)
    return clerk.said[-1] if clerk.said else ""
