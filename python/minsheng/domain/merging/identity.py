"""Whose file it is: unit, month and master, by what the file says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..catalogue import submission as rules
from ..duties import recipients
from ..finding import Finding
from ..master import Master
from ..period import Period
from ..project import ReportingUnit
from ..submission import Submission

__all__ = ["Identified", "identify", "unit_named"]


@dataclass(frozen=True, slots=True)
class Identified:
    """A file that belongs to this master: its unit and month, and what is worth saying about how it was recognised."""

    submission: Submission
    unit: ReportingUnit
    period: Period
    findings: tuple[Finding, ...] = ()


def unit_named(units: tuple[ReportingUnit, ...], name: str) -> ReportingUnit | None:
    """The unit with this name or alias, "政府" and "办事处" being no part of a name."""
    bare = name.removesuffix("人民政府").removesuffix("政府").removesuffix("办事处")
    for unit in units:
        if name == unit.name or bare == unit.name or name in unit.aliases or bare in unit.aliases:
            return unit
    return None


def identify(master: Master, submission: Submission) -> Identified | Finding:
    """The file's place in this master, or the finding that says why it has none."""
    if submission.unreadable:
        return submission.findings[0]
    where: dict[str, Any] = {"file": submission.file}
    if submission.master_id is not None and submission.master_id != master.id:
        return rules.OTHER_MASTER.finding(**where)
    if submission.unit is None or submission.period is None:
        return rules.NAMELESS.finding(**where)
    unit = unit_named(master.document.units, submission.unit)
    if unit is None or unit not in recipients(master):
        return rules.UNKNOWN_UNIT.finding(unit=submission.unit, **where)
    if submission.period.year != master.year:
        return rules.OTHER_YEAR.finding(
            unit=unit.name, year=submission.period.year, expected=master.year, **where
        )
    notes = (
        ()
        if submission.sealed
        else (rules.UNSEALED.finding(unit=unit.name, period=submission.period.label, **where),)
    )
    return Identified(submission, unit, submission.period, notes)
