"""A master as one long table, for programs that count and plot: a row for each number or judgement of a unit and month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .master import Master
from .report import ReportKey
from .status import Judgement, Status

__all__ = ["LongRow", "long_form"]


@dataclass(frozen=True, slots=True)
class LongRow:
    """``value`` is cumulative, None for 未报; ``status`` is that of section 8's table, None outside it and for a second
    measure, which is not judged."""

    project: int
    unit: str
    month: int
    measure: int
    value: Decimal | None
    status: Status | None


def long_form(master: Master, judgement: Judgement) -> list[LongRow]:
    """By project, measure, unit in the order of the project's table, and month; cancelled projects are left out."""
    cancelled = {project.number for project in master.document.projects if project.cancelled}
    values = {
        report.key: report.value
        for report in master.reports
        if report.value is not None and report.project not in cancelled
    }
    statuses = {ReportKey(cell.project, cell.unit, cell.month): cell.status for cell in judgement.cells}
    places = {
        (project.number, row.unit): place
        for project in master.document.projects
        for place, row in enumerate(project.rows)
    }

    def order(key: ReportKey) -> tuple[int, int, int, str, int]:
        place = places.get((key.project, key.unit), len(places))
        return (key.project, key.measure, place, key.unit, key.month)

    return [
        LongRow(*key, values.get(key), statuses.get(key)) for key in sorted({*values, *statuses}, key=order)
    ]
