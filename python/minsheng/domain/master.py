"""The 总表 as values: the document with what the year has added to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .document import Containment, TaskDocument
from .finding import Finding, Severity
from .period import Cycle, Period, month_end
from .project import Milestone
from .report import Report

__all__ = ["Master", "Paper", "Settings"]


class Paper(StrEnum):
    """What the sheets for leaders print on."""

    A3 = "A3"
    A4 = "A4"


@dataclass(frozen=True, slots=True)
class Settings:
    """Sheet 设置. ``near_days``: a node is 临期 when its deadline is at most so many days ahead. ``on_time_day``: a month's
    file is on time when it is merged by this day of the month after. ``paper`` is what the sheets for leaders print on.
    A late project's light is red from ``red_gap`` points of its target behind the plan, or ``red_days`` days late, on.
    ``cycle`` is how often the units report.

    ``severities`` overrides the catalogue by code; None switches a rule off.
    """

    as_of: date | None = None
    period: Period | None = None
    inbox: str = ""
    near_days: int = 10
    red_gap: Decimal = Decimal(10)
    red_days: int = 30
    on_time_day: int = 5
    cycle: Cycle = Cycle.MONTH
    paper: Paper = Paper.A4
    containments: tuple[Containment, ...] = ()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)

    def as_set(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings with the severity that 设置 gives their rule, those of rules that are switched off left out."""
        for finding in findings:
            severity = self.severities.get(finding.code, finding.severity)
            if severity is not None:
                yield finding if severity is finding.severity else replace(finding, severity=severity)


@dataclass(frozen=True, slots=True)
class Master:
    """What the sheets of a master say: the document, the settings, and what was reported."""

    document: TaskDocument
    settings: Settings = field(default_factory=Settings)
    reports: tuple[Report, ...] = ()
    stored_id: str = ""

    @property
    def id(self) -> str:
        """The id that files carry: the one stored at import, so that an edited title does not orphan them."""
        return self.stored_id or self.document.id

    @property
    def year(self) -> int:
        """The year of its document."""
        return self.document.year

    def collected_months(self) -> tuple[int, ...]:
        """The months of which the master holds a number of a project that counts, in order (words without a number do
        not count)."""
        cancelled = {project.number for project in self.document.projects if project.cancelled}
        return tuple(
            sorted(
                {
                    report.month
                    for report in self.reports
                    if report.value is not None and report.project not in cancelled
                }
            )
        )

    def due(self, node: Milestone) -> date:
        """The day that a node falls due: its deadline, the adjusted one where there is one, or the end of the 报送周期
        that holds it."""
        return self.settings.cycle.falls_due(node.deadline(self.year))

    def as_of(self, asked: date | None = None) -> date:
        """The day that lateness is judged on: asked for, else 设置, else the end of the latest collected month,
        else 1 January of the year."""
        if asked is not None:
            return asked
        if self.settings.as_of is not None:
            return self.settings.as_of
        months = self.collected_months()
        return month_end(self.year, months[-1]) if months else date(self.year, 1, 1)
