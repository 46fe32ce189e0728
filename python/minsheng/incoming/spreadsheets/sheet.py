"""A sheet of any kind of file: its cells in a rectangle, what their number formats make of them, and what is to be known of
them beside their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final

from xlengines.a1 import cell_text

from ...cells.dates import as_date
from ...cells.flags import CellFlag, FlaggedCells
from ...cells.number_formats import flag_of_format, is_date_format
from .refusal import Limits, Refusal, Refused

__all__ = ["Area", "Cells", "Sheet", "Styles", "not_too_many"]

#: First row, first column, last row, last column, from 0.
Area = tuple[int, int, int, int]
Place = tuple[int, int]
#: What WPS stores as the text of a cell that shows a picture.
_PICTURE: Final = "=DISPIMG("


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows[row][column]`` from 0, all of one length, "" where a cell is blank, else str, float, bool, datetime or time.

    ``merged`` are the areas of cells that span several, inside the rectangle; ``hidden_rows`` (with contents) and
    ``hidden_columns``, from 0, are what nobody sees.
    """

    name: str
    rows: list[list[Any]]
    flags: FlaggedCells = field(default_factory=FlaggedCells)
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


class Cells:
    """The cells of a sheet as a reader meets them, from 0 and in any order.

    Raises Refused as soon as the rectangle that they span is larger than may be laid out.
    """

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self.width = 0
        self.flags: dict[Place, frozenset[CellFlag]] = {}
        self.errors: dict[Place, str] = {}
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()

    def put(self, row: int, column: int, value: Any, *flags: CellFlag) -> None:
        """One cell that is not blank, or that is flagged."""
        if isinstance(value, str) and value.startswith(_PICTURE):
            self.put_error(row, column, "（图片）")
            return
        self.open_row(row, column)[0][column] = value
        if flags:
            self.flags[row, column] = self.flags.get((row, column), frozenset()) | frozenset(flags)

    def put_error(self, row: int, column: int, text: str) -> None:
        """A cell that shows an error such as ``#REF!``."""
        self.put(row, column, "", CellFlag.ERROR)
        self.errors[row, column] = text or "错误值"

    def open_row(self, row: int, column: int) -> tuple[list[Any], int]:
        """The cells of a row up to ``column`` at least, to be filled in, and how many they are."""
        rows, width = self.rows, self.width
        if row == len(rows) and column < width and row * width < Limits.CELLS - width:
            rows.append([""] * width)
            return rows[row], width
        self.reach(row, column)
        while len(rows) <= row:
            rows.append([""] * self.width)
        cells = rows[row]
        if len(cells) < self.width:
            cells.extend([""] * (self.width - len(cells)))
        return cells, self.width

    def merge(self, *area: int) -> None:
        """One merged area: first row, first column, last row, last column."""
        if len(self.merged) >= Limits.MERGED:
            raise Refused(Refusal.TOO_LARGE, "合并的单元格太多", f"{Limits.MERGED}处")
        top, left, bottom, right = area
        self.merged.append((top, left, bottom, right))

    def reach(self, row: int, column: int) -> None:
        """Make sure that there is such a cell and that the rectangle up to it may be laid out."""
        if row < 0 or column < 0:
            raise Refused(Refusal.DAMAGED, "有的格子不在任何一行里")
        width = max(self.width, column + 1)
        if max(len(self.rows), row + 1) * width > Limits.CELLS:
            what = f"在{cell_text(row + 1, column + 1)}那么远的地方有内容，表格的范围太大"
            raise Refused(Refusal.TOO_LARGE, what, f"{Limits.CELLS}格")
        self.width = width

    def sheet(self, name: str) -> Sheet:
        """The sheet with all cells that were put."""
        width, rows = self.width, self.rows
        for cells in rows:
            if len(cells) < width:
                cells.extend([""] * (width - len(cells)))
        flags = FlaggedCells(self.flags, self.errors)
        hidden = frozenset(
            row for row in self.hidden_rows if row < len(rows) and any(cell != "" for cell in rows[row])
        )
        return Sheet(name, rows, flags, self._areas(), hidden, frozenset(self.hidden_columns))

    def _areas(self) -> tuple[Area, ...]:
        """The merged areas inside the rectangle of contents. Raises Refused where they overlap more than it can hold."""
        rows, width = len(self.rows), self.width
        areas = [
            (top, left, min(bottom, rows - 1), min(right, width - 1))
            for top, left, bottom, right in self.merged
            if 0 <= top <= bottom and 0 <= left <= right and top < rows and left < width
        ]
        if sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in areas) > rows * width:
            raise Refused(Refusal.DAMAGED, "合并的单元格互相重叠")
        return tuple(areas)


def not_too_many(sheets: int) -> None:
    """Raises Refused for more sheets than are read."""
    if sheets > Limits.SHEETS:
        raise Refused(Refusal.TOO_LARGE, f"有{sheets}张工作表", f"{Limits.SHEETS}张")


class Styles:
    """``formats`` is the number format of each cell style, ``codes`` the text of those formats that are not built in."""

    def __init__(self, formats: Sequence[int] = (), codes: Mapping[int, str] | None = None) -> None:
        codes = codes or {}
        self._dates: set[int] = set()
        self._flagged: dict[int, CellFlag] = {}
        for style, number in enumerate(formats):
            code = codes.get(number, "")
            if is_date_format(number, code):
                self._dates.add(style)
            elif (flag := flag_of_format(number, code)) is not None:
                self._flagged[style] = flag

    def changes(self, style: int) -> bool:
        """Whether numbers of this style show something else than is stored."""
        return style in self._dates or style in self._flagged

    def shown(
        self, style: int, number: float, *, since_1904: bool
    ) -> tuple[float | datetime | time, CellFlag | None]:
        """What a stored number is (a part of a day is a time), with the flag of a format that shows another one."""
        if style in self._dates:
            if 0 <= number < 1:
                return _as_time(number), None
            day = as_date(number, since_1904=since_1904)
            return (number, CellFlag.SCALED) if day is None else (day, None)
        return number, self._flagged.get(style)


def _as_time(part_of_a_day: float) -> time:
    return (datetime(1900, 1, 1) + timedelta(days=part_of_a_day)).time()  # noqa: DTZ001 - a sheet knows no time zones
