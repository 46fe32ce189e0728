"""The master as a 汇总 asks it: units by any of their names, what each has to report, what stands already; and whose a
file is by it, by what the file says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ...cells.labels import letters_alone
from ..catalogue import submission as rules
from ..change import Place, Standing, Value
from ..duties import NodeDuty, ReportDuty, duties_by_unit, node_duties, recipients
from ..finding import Finding
from ..history import History
from ..lateness.measures import numbers_of
from ..master import Master
from ..naming import UnitNames
from ..period import Period
from ..project import ReportingUnit, UnitKind
from ..report import Report, RowKey
from ..submission import Submission
from ..succession import Succession

__all__ = ["Identified", "Register", "identify"]

_OFFICES = re.compile(r"(?:人民政府|政府|街道办事处|办事处|街道办|管委会)$")


class Register:
    """Looks things up in one master; computed once, asked for every row of every file.

    ``history`` None: what was merged before is not known, and nothing passes for typed by hand. ``month`` is the one whose files
    are looked at.
    """

    def __init__(self, master: Master, history: History | None = None, month: int = 12) -> None:
        self.master = master
        self.master_id = master.id
        self.files = history.files if history else ()
        self.made = frozenset((form.unit, form.period) for form in history.made) if history else frozenset()
        duties = duties_by_unit(master, month)
        self.recipients = recipients(master, duties, month)
        self.succession = Succession(master.document.units)
        self._numbers = numbers_of(master, month) if self.succession.ended else {}
        self.standing = Standing(master)
        self._written = history.written if history else None
        self._units = _Names(master)
        self._duties = {unit: {duty.key: duty for duty in own} for unit, own in duties.items()}
        self._nodes: dict[str, tuple[NodeDuty, ...]] = {}
        self._reports: dict[RowKey, dict[int, Report]] = {}
        for report in master.reports:
            self._reports.setdefault(report.key.row, {})[report.month] = report
        self.leads = {
            project.number: project.lead_unit for project in master.document.projects if project.is_led
        }
        self.cancelled = {project.number for project in master.document.projects if project.cancelled}
        self.titles = {letters_alone(project.title): project.number for project in master.document.projects}

    def unit_named(self, name: str) -> ReportingUnit | None:
        """The unit with this name or alias; None also where it could be either of two."""
        return self._units.unit(name)

    def duties(self, unit: ReportingUnit) -> dict[RowKey, ReportDuty]:
        """What ``unit``'s file reports."""
        return self._duties[unit.name]

    def nodes(self, unit: ReportingUnit) -> tuple[NodeDuty, ...]:
        """The nodes that ``unit`` ticks."""
        if unit.name not in self._nodes:
            self._nodes[unit.name] = node_duties(self.master, unit)
        return self._nodes[unit.name]

    def reports(self, row: RowKey) -> Mapping[int, Report]:
        """What stands in the master for one row, by month."""
        return self._reports.get(row, {})

    def followed(self, row: RowKey) -> Mapping[int, Decimal]:
        """The numbers that a report of the month follows, by month: with those of a unit that ended, for its heir."""
        if row in self._numbers:
            return self._numbers[row]
        return {month: r.value for month, r in self.reports(row).items() if r.value is not None}

    def is_by_hand(self, place: Place, standing: Value) -> bool:
        """Whether what stands at ``place`` was typed by somebody rather than merged."""
        if standing is None or standing == "" or self._written is None:
            return False
        return self._written.get(place) != standing


class _Names:
    """The units by their names: as they are written, then without what is no part of a name (spaces, punctuation,
    政府 and 办事处) where that leaves one unit."""

    def __init__(self, master: Master) -> None:
        self._exact = UnitNames(master.document.units)
        self._folded: dict[str, set[ReportingUnit]] = {}
        self._found: dict[str, ReportingUnit | None] = {}
        units = master.document.units
        aliases = [(alias, unit) for unit in units for alias in unit.aliases]
        for name, named in (*aliases, *((unit.name, unit) for unit in units)):
            self._folded.setdefault(letters_alone(name), set()).add(named)

    def unit(self, name: str) -> ReportingUnit | None:
        if name not in self._found:
            self._found[name] = self._exact.unit(name.strip()) or self._like(name)
        return self._found[name]

    def _like(self, name: str) -> ReportingUnit | None:
        key = letters_alone(name)
        alike = self._folded.get(key) or self._folded.get(_OFFICES.sub("", key)) or ()
        return next(iter(alike)) if len(alike) == 1 else None


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
    ended = unit.ended
    if ended is not None and submission.period.month >= ended:
        heirs = "、".join(register.succession.heirs(unit.name))
        return rules.UNIT_ENDED.finding(
            unit=unit.name, file=submission.file, month=ended, heirs=heirs, period=submission.period.label
        )
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
        unit=unit.name if same_unit else None,
        file=submission.file,
        sealed=f"{unit.name}{period.label}",
        printed=printed,
    )
