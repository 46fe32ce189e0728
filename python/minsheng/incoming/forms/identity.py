"""What a form says of itself in print: unit, month and number over the table, and the date of its sign-off line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from ...cells.dates import read_date
from ...cells.labels import label, stripped
from ...domain.period import Period
from ..spreadsheets.sheet import Sheet

__all__ = ["Printed", "printed_identity"]

#: What each of the texts below begins with.
_BEGINNING: Final = re.compile(r"\s*(?:填报单位|[报填][送报]月份|总表编号|报送日期)")
_LONGEST: Final = 200
_FORMS: Final = {
    "unit": re.compile(r"填报单位(?:\(盖?章?\))?:?(.*)", re.DOTALL),
    "month": re.compile(r"(?:报送|填报)月份:?(.*)", re.DOTALL),
    "number": re.compile(r"总表编号:?\s*([0-9a-f]{12})?"),
    "sent": re.compile(r"报送日期:?(.*)", re.DOTALL),
}
_PERIOD: Final = re.compile(r"(\d{4})[-年./](\d{1,2})(?:月份?|(?:[-./]\d{1,2})?)?")


@dataclass(frozen=True, slots=True)
class Printed:
    """None where the form does not say it, or not so that it can be read."""

    unit: str | None = None
    period: Period | None = None
    master_id: str | None = None
    sent_on: date | None = None


def printed_identity(sheet: Sheet, header_row: int, end_row: int) -> Printed:
    """Read what stands over row ``header_row`` and from ``end_row`` on (both from 0)."""
    unit: str | None = None
    period: Period | None = None
    master_id: str | None = None
    sent_on: date | None = None
    for row in (*range(header_row), *range(end_row, len(sheet.rows))):
        cells = sheet.rows[row]
        for column, value in enumerate(cells):
            if value == "" or not isinstance(value, str) or len(value) > _LONGEST:
                continue
            kind, rest = _label(value)
            if kind == "unit" and unit is None:
                unit = str(_told(rest, cells, column)).strip() or None
            elif kind == "month" and period is None:
                period = _period(_told(rest, cells, column))
            elif kind == "number" and master_id is None:
                master_id = rest or None
            elif kind == "sent" and row >= end_row and sent_on is None:
                sent_on = read_date(_told(rest, cells, column))
    return Printed(unit, period, master_id, sent_on)


def _label(value: str) -> tuple[str, str]:
    """What a text tells (unit, month, number, sent, or nothing) and the words behind its label."""
    if not _BEGINNING.match(value):
        return "", ""
    text = stripped(value)
    for kind, form in _FORMS.items():
        if match := form.match(text):
            return kind, match[1] or ""
    return "", ""


def _told(rest: str, cells: list[Any], column: int) -> Any:
    """What is told behind a label: in its own cell, else in the next cell to the right that is not blank."""
    if rest.strip():
        return rest.strip()
    return next((cell for cell in cells[column + 1 :] if cell != ""), "")


def _period(told: Any) -> Period | None:
    if isinstance(told, datetime | date):
        return Period(told.year, told.month)
    match = _PERIOD.fullmatch(label(str(told)))
    try:
        return Period(int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None
