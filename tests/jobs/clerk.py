"""A unit's clerk, played: fills in the very file that was sent out, through the plain-file engine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlengines
from minsheng.sheets import layout
from minsheng.sheets.image import SheetImage

__all__ = ["fill_in", "type_into_master"]


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


def type_into_master(path: Path, sheet: str, cell: str, value: Any) -> None:
    """Type a value into the master by hand."""
    app = xlengines.file_engine().apps.add(add_book=False)
    try:
        book = app.books.open(str(path))
        book.sheets[sheet].range(cell).value = value
        book.save()
    finally:
        app.quit()
