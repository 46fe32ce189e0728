"""The master as a 汇总 asks it: units by any of their names, what each has to report, what stands already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ...cells.labels import letters_alone
from ..duties import NodeDuty, ReportDuty, duties_by_unit, node_duties, recipients
from ..master import Master
from ..period import Period
from ..project import ReportingUnit
from ..report import Report

__all__ = ["MergedFile", "Register", "ReportKey", "Written"]

#: (project, measure, unit, month): one cell of the master.
ReportKey = tuple[int, int, str, int]

_OFFICES = re.compile(r"(?:人民政府|政府|街道办事处|办事处|街道办|管委会)$")


@dataclass(frozen=True, slots=True)
class MergedFile:
    """A file that an earlier, standing merge took in."""

    file: str
    sha256: str
    unit: str
    period: Period


@dataclass(frozen=True)
class Written:
    """What standing merges wrote last: numbers by report, words by report and field, ticks by (project, node, field).

    Something else that stands in the master was typed by somebody.
    """

    numbers: Mapping[ReportKey, Decimal | None] = field(default_factory=dict)
    words: Mapping[tuple[ReportKey, str], str] = field(default_factory=dict)
    ticks: Mapping[tuple[int, int, str], object] = field(default_factory=dict)


class Register:
    """Looks things up in one master; computed once, asked for every row of every file.

    ``history`` lists the files of earlier merges, oldest first. ``written`` None: what they wrote is not known.
    """

    def __init__(
        self,
        master: Master,
        history: Sequence[MergedFile] = (),
        written: Written | None = None,
    ) -> None:
        self.master = master
        self.master_id = master.id
        self.history = tuple(history)
        self.recipients = recipients(master)
        self._written = written
        self._units: dict[str, ReportingUnit] = {}
        for unit in master.document.units:
            for name in unit.aliases:
                self._units.setdefault(letters_alone(name), unit)
        for unit in master.document.units:
            self._units[letters_alone(unit.name)] = unit
        self._named: dict[str, ReportingUnit | None] = {}
        self._duties = {
            unit: {(duty.project.number, duty.measure, duty.unit): duty for duty in duties}
            for unit, duties in duties_by_unit(master).items()
        }
        self._nodes: dict[str, tuple[NodeDuty, ...]] = {}
        self._reports: dict[tuple[int, int, str], dict[int, Report]] = {}
        for report in master.reports:
            key = (report.project, report.measure, report.unit)
            self._reports.setdefault(key, {})[report.month] = report
        self.titles = {letters_alone(project.title): project.number for project in master.document.projects}

    def unit_named(self, name: str) -> ReportingUnit | None:
        """The unit with this name or alias, 政府 and 办事处 being no part of a name."""
        if name not in self._named:
            key = letters_alone(name)
            self._named[name] = self._units.get(key) or self._units.get(_OFFICES.sub("", key))
        return self._named[name]

    def duties(self, unit: ReportingUnit) -> dict[tuple[int, int, str], ReportDuty]:
        """What ``unit``'s file reports, by (project, measure, unit of the row)."""
        return self._duties[unit.name]

    def nodes(self, unit: ReportingUnit) -> tuple[NodeDuty, ...]:
        """The nodes that ``unit`` ticks."""
        if unit.name not in self._nodes:
            self._nodes[unit.name] = node_duties(self.master, unit)
        return self._nodes[unit.name]

    def reports(self, project: int, measure: int, unit: str) -> Mapping[int, Report]:
        """What stands in the master for one row, by month."""
        return self._reports.get((project, measure, unit), {})

    def number_by_hand(self, key: ReportKey, standing: Decimal | None) -> bool:
        """Whether the number that stands at ``key`` was typed by somebody rather than merged."""
        return (
            standing is not None and self._written is not None and self._written.numbers.get(key) != standing
        )

    def words_by_hand(self, key: ReportKey, field: str, standing: str) -> bool:
        """The same of words."""
        return (
            bool(standing) and self._written is not None and self._written.words.get((key, field)) != standing
        )

    def tick_by_hand(self, key: tuple[int, int, str], standing: object) -> bool:
        """The same of a node's tick, date or remark."""
        return (
            standing not in (None, "")
            and self._written is not None
            and self._written.ticks.get(key) != standing
        )
