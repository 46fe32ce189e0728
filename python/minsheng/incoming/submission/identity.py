"""What a form says of itself in print: unit, month and number over the table, and the date of its sign-off line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from ...domain.period import Period
from ...domain.typed import stripped
from .grid import Grid
from .values import read_date

__all__ = ["Printed", "printed_identity"]

#: What each of the texts below begins with.
_BEGINNING: Final = re.compile(r"\s*(?:填报单位|[报填][送报]月份|总表编号|报送日期)")
_LONGEST: Final = 200
_UNIT: Final = re.compile(r"填报单位(?:\(盖?章?\))?:?(.*)", re.DOTALL)
_MONTH: Final = re.compile(r"(?:报送|填报)月份:?(.*)", re.DOTALL)
_NUMBER: Final = re.compile(r"总表编号:?\s*([0-9a-f]{12})?")
_SENT: Final = re.compile(r"报送日期:?(.*)", re.DOTALL)
_PERIOD: Final = re.compile(r"(\d{4})[-年./](\d{1,2})(?:月份?|(?:[-./]\d{1,2})?)?")


@dataclass(frozen=True, slots=True)
class Printed:
    """None where the form does not say it, or not so that it can be read."""

    unit: str | None = None
    period: Period | None = None
    master_id: str | None = None
    sent_on: date | None = None


def printed_identity(grid: Grid, header_row: int, end_row: int) -> Printed:
    """Read what stands over row ``header_row`` and from ``end_row`` on (both from 0)."""
    unit: str | None = None
    period: Period | None = None
    master_id: str | None = None
    sent_on: date | None = None
    for row in (*range(header_row), *range(end_row, len(grid.rows))):
        cells = grid.rows[row]
        for column, value in enumerate(cells):
            if (
                value == ""
                or not isinstance(value, str)
                or not _BEGINNING.match(value)
                or len(value) > _LONGEST
            ):
                continue
            text = stripped(value)
            if unit is None and (match := _UNIT.fullmatch(text)):
                unit = str(_told(match[1], cells, column)).strip() or None
            elif period is None and (match := _MONTH.fullmatch(text)):
                period = _period(_told(match[1], cells, column))
            elif master_id is None and (match := _NUMBER.match(text)):
                master_id = match[1]
            elif row >= end_row and sent_on is None and (match := _SENT.fullmatch(text)):
                sent_on = read_date(_told(match[1], cells, column))
    return Printed(unit, period, master_id, sent_on)


def _told(rest: str, cells: list[Any], column: int) -> Any:
    """What is told behind a label: in its own cell, else in the next cell to the right that is not blank."""
    if rest.strip():
        return rest.strip()
    return next((cell for cell in cells[column + 1 :] if cell != ""), "")


def _period(told: Any) -> Period | None:
    if isinstance(told, datetime | date):
        return Period(told.year, told.month)
    match = _PERIOD.fullmatch(re.sub(r"\s+", "", stripped(str(told))))
    try:
        return Period(int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None
