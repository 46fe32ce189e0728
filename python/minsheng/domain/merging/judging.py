"""What a file's rows change in the master, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Any

from ..catalogue import submission as rules
from ..duties import NodeDuty, ReportDuty, node_duties, report_duties
from ..finding import Finding, Rule
from ..master import Master
from ..period import Period
from ..quantity import PERCENT, is_counted, plain
from ..report import Report
from ..submission import ReportRow
from .identity import Identified, unit_named

__all__ = ["NodeChange", "NumberChange", "WordChange", "judge_nodes", "judge_rows"]


@dataclass(frozen=True, slots=True)
class NumberChange:
    project: int
    unit: str
    month: int
    measure: int
    old: Decimal | None
    new: Decimal | None
    file: str


@dataclass(frozen=True, slots=True)
class WordChange:
    """``field`` is progress, problem or expected."""

    project: int
    unit: str
    month: int
    measure: int
    field: str
    old: str
    new: str
    file: str


@dataclass(frozen=True, slots=True)
class NodeChange:
    """``node`` from 1; ``field`` is done, done_on or note."""

    project: int
    node: int
    field: str
    old: bool | date | str | None
    new: bool | date | str | None
    file: str


def judge_rows(
    master: Master, file: Identified, period: Period
) -> tuple[list[NumberChange], list[WordChange], list[Finding]]:
    """The changes of numbers and words; a blank number changes nothing, a refused one neither."""
    duties = {
        (duty.project.number, duty.measure, duty.unit): duty for duty in report_duties(master, file.unit)
    }
    reports = {(r.project, r.measure, r.unit, r.month): r for r in master.reports}
    numbers: list[NumberChange] = []
    words: list[WordChange] = []
    findings: list[Finding] = []
    seen: set[tuple[int, int, str]] = set()
    for row in file.submission.rows:
        unit = unit_named(master.document.units, row.unit)
        key = (row.project, row.measure, unit.name if unit else row.unit)
        duty = duties.get(key)
        place: dict[str, Any] = {
            "project": row.project,
            "unit": key[2],
            "month": period.month,
            "file": file.submission.file,
            "cell": row.cell,
        }
        if duty is None:
            if row.value is not None or row.refused:
                findings.append(rules.NO_PART.finding(**place))
            continue
        if key in seen:
            findings.append(rules.ROW_TWICE.finding(**place))
            continue
        seen.add(key)
        standing = reports.get((*key, period.month)) or Report(row.project, key[2], period.month, row.measure)
        if row.value is not None:
            earlier = [
                r
                for month in range(1, period.month)
                if (r := reports.get((*key, month))) and r.value is not None
            ]
            faults = _faults(duty, row, row.value, earlier, place)
            findings += faults
            refused = any(fault.code in _REFUSING for fault in faults)
            if not refused and standing.value != row.value:
                numbers.append(
                    NumberChange(*_report_place(standing), standing.value, row.value, file.submission.file)
                )
        words += [
            WordChange(*_report_place(standing), field, getattr(standing, field), new, file.submission.file)
            for field in ("progress", "problem", "expected")
            if (new := getattr(row, field)) and new != getattr(standing, field)
        ]
    return numbers, words, findings


_REFUSING = frozenset({rules.FRACTION.code, rules.SHARE_AS_FRACTION.code})


def _report_place(report: Report) -> tuple[int, str, int, int]:
    return (report.project, report.unit, report.month, report.measure)


def _faults(
    duty: ReportDuty, row: ReportRow, value: Decimal, earlier: list[Report], place: dict[str, Any]
) -> list[Finding]:
    """The findings about one number, given the unit's earlier ones in order of months."""
    found: list[Finding] = []

    def say(rule: Rule, **words: Any) -> None:
        found.append(rule.finding(**place, text=plain(value), measured_in=duty.measured_in, **words))

    is_level = duty.measured_in == PERCENT or (duty.measure == 1 and duty.project.is_level)
    if duty.measured_in == PERCENT and 0 < value <= 1:
        say(rules.SHARE_AS_FRACTION)
    if is_counted(duty.measured_in) and value % 1:
        say(rules.FRACTION)
    before = earlier[-1].value if earlier else None
    if not is_level:
        if before is not None and value < before:
            say(rules.FELL, before=plain(before), before_month=earlier[-1].month)
        if value > duty.share:
            say(rules.OVER_TARGET, share=plain(duty.share))
        if before is not None and _is_leap(value - before, earlier):
            say(rules.LEAP, increase=plain(value - before))
    if row.before is not None and before is not None and row.before != before:
        say(rules.BEFORE_ALTERED, before=plain(before), stands=plain(row.before))
    return found


def _is_leap(increase: Decimal, earlier: list[Report]) -> bool:
    """More than three times the median of the unit's earlier monthly increases, of which there must be three."""
    values = [Decimal(0), *(report.value for report in earlier if report.value is not None)]
    increases = [after - before for before, after in pairwise(values)]
    return len(increases) >= 3 and increase > 3 * median(increases) > 0


def judge_nodes(master: Master, file: Identified) -> tuple[list[NodeChange], list[Finding]]:
    """The ticks that change; a blank tick changes nothing."""
    duties: dict[tuple[int, str], list[NodeDuty]] = {}
    for duty in node_duties(master, file.unit):
        duties.setdefault((duty.project.number, duty.node.phrase), []).append(duty)
    changes: list[NodeChange] = []
    findings: list[Finding] = []
    for row in file.submission.nodes:
        matching = duties.get((row.project, row.phrase), [])
        found = next(
            (d for d in matching if d.node.text == row.text), matching[0] if len(matching) == 1 else None
        )
        if found is None:
            if row.done is not None:
                findings.append(
                    rules.UNKNOWN_NODE.finding(
                        project=row.project,
                        unit=file.unit.name,
                        file=file.submission.file,
                        cell=row.cell,
                        text=row.phrase,
                    )
                )
            continue
        news = {"done": row.done, "done_on": row.done_on, "note": row.note or None}
        changes += [
            NodeChange(row.project, found.index, field, getattr(found.node, field), new, file.submission.file)
            for field, new in news.items()
            if new is not None and new != getattr(found.node, field)
        ]
    return changes, findings
