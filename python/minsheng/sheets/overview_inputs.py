"""What a job enters into 概况: an adjusted target, 调整批准, 填报方式, 办理情况."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlengines.obstacles import merged_areas

from .writing import Write

if TYPE_CHECKING:
    from collections.abc import Mapping

    import xlwings as xw

    from .project_sheet import ProjectSheet

__all__ = ["overview_writes"]


def overview_writes(book: xw.Book, sheet: ProjectSheet, values: Mapping[str, Any]) -> list[Write]:
    """A write for each of ``values``, label of 概况 → what is to stand there, None to blank it: layout.STANDING →
    layout.CANCELLED, layout.REPORTING → one of layout.REPORTING_WORDS, layout.ADJUSTMENT_NOTE → words.

    KeyError for a label that the sheet does not have: masters of before do not have all of them.
    """
    page = book.sheets[sheet.image.sheet]
    return [
        Write(sheet.image.sheet, *_place(page, *sheet.labels[label]), [[value]])
        for label, value in values.items()
    ]


def _place(page: xw.Sheet, row: int, column: int) -> tuple[int, int]:
    """The cell of a value: a blank one is known as the cell right of its label, which may be merged over that."""
    for _, left, _, right in merged_areas(page, [(row, column, row, column)]):
        if left < column:
            return row, right + 1
    return row, column
