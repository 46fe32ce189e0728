"""What 汇总记录 says, made up: forms that were made, files that came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from minsheng.domain.history import MadeForm, MergedFile
from minsheng.domain.master import Master
from minsheng.domain.period import Period
from minsheng.domain.record import Received, Record

__all__ = ["arrival", "asked", "logged"]


def arrival(unit: str, period: Period, day: date) -> Received:
    return Received(1, day, MergedFile(f"{unit}.xlsx", "0" * 64, unit, period))


def logged(
    came: Mapping[int, Iterable[str]] = {},
    made: Mapping[int, Iterable[str]] = {},
) -> Record:
    """Month of 2024 → the units whose file came, and those for which a form was made."""
    return Record(
        received=tuple(
            arrival(unit, Period(2024, month), date(2024, 12, 31))
            for month, units in came.items()
            for unit in sorted(units)
        ),
        made=tuple(
            MadeForm(f"{unit}.xlsx", "0" * 64, unit, Period(2024, month))
            for month, units in made.items()
            for unit in sorted(units)
        ),
    )


def asked(master: Master, *months: int) -> Record:
    """Forms were made for every unit, of these months."""
    return logged(made={month: [unit.name for unit in master.document.units] for month in months})
