"""What the number formats of a workbook make of the numbers in its cells: a date, or something else than is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from ...cells.dates import as_date
from ...cells.flags import CellFlag
from ...cells.number_formats import flag_of_format, is_date_format

__all__ = ["Styles"]


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
