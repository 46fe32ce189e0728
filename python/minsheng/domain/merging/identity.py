"""Whose file it is: unit, month and master, by what the file says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from ..catalogue import submission as rules
from ..finding import Finding
from ..period import Period
from ..project import ReportingUnit, UnitKind
from ..submission import Submission
from .register import Register

__all__ = ["Identified", "identify"]


@dataclass(frozen=True, slots=True)
class Identified:
    """A file that belongs to this master: its unit and month, and what is worth saying about how it was recognised."""

    submission: Submission
    unit: ReportingUnit
    period: Period
    findings: tuple[Finding, ...] = ()


def identify(register: Register, submission: Submission) -> Identified | Finding:
    """The file's place in this master, or the finding that says why it has none.

    The seal decides; where the printed header says something else the file is refused, because one of the two is wrong.
    """
    refusal = _not_ours(register, submission)
    if refusal is not None:
        return refusal
    unit = register.unit_named(submission.unit or "")
    if unit is None or unit.kind is UnitKind.JOINT or submission.period is None:
        return rules.UNKNOWN_UNIT.finding(unit=submission.unit, file=submission.file)
    if submission.sealed:
        differs = _header_differs(register, submission, unit, submission.period)
        return differs or Identified(submission, unit, submission.period)
    note = rules.UNSEALED.finding(unit=unit.name, period=submission.period.label, file=submission.file)
    return Identified(submission, unit, submission.period, (note,))


def _not_ours(register: Register, submission: Submission) -> Finding | None:
    """Why a file cannot belong to this master at all."""
    file, year = submission.file, register.master.year
    if submission.unreadable:
        return submission.findings[0]
    if submission.period is not None and submission.period.year != year:
        return rules.OTHER_YEAR.finding(
            unit=submission.unit or "填报单位", year=submission.period.year, expected=year, file=file
        )
    if submission.master_id is not None and submission.master_id != register.master_id:
        return rules.OTHER_MASTER.finding(file=file, unit=submission.unit or "填报单位")
    if submission.unit is None or submission.period is None:
        return rules.NAMELESS.finding(file=file)
    return None


def _header_differs(
    register: Register, submission: Submission, unit: ReportingUnit, period: Period
) -> Finding | None:
    printed_unit, printed_period = submission.printed_unit, submission.printed_period
    same_unit = printed_unit is None or register.unit_named(printed_unit) == unit
    same_period = printed_period in (None, period)
    if same_unit and same_period:
        return None
    printed = f"{printed_unit or unit.name}{(printed_period or period).label}"
    return rules.HEADER_DIFFERS.finding(
        unit=unit.name, file=submission.file, sealed=f"{unit.name}{period.label}", printed=printed
    )
