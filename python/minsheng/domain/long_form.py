"""A master as one long table, for programs that count and plot: a row for each number or judgement of a unit and month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .master import Master
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
    """By project, measure, unit in the order of the project's table, and month."""
    values = {(r.project, r.measure, r.unit, r.month): r.value for r in master.reports if r.value is not None}
    statuses = {(cell.project, 1, cell.unit, cell.month): cell.status for cell in judgement.cells}
    places = {
        (project.number, row.unit): place
        for project in master.document.projects
        for place, row in enumerate(project.rows)
    }

    def order(key: tuple[int, int, str, int]) -> tuple[int, int, int, str, int]:
        project, measure, unit, month = key
        return (project, measure, places.get((project, unit), len(places)), unit, month)

    return [
        LongRow(project, unit, month, measure, values.get(key), statuses.get(key))
        for key in sorted({*values, *statuses}, key=order)
        for project, measure, unit, month in [key]
    ]
