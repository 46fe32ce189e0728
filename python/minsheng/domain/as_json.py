"""The JSON of ``show``, ``check`` and the others: numbers are strings of exact decimals (design, section 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from .change import Change, Value
from .fields import VALUE, WORDS
from .finding import Finding
from .master import Master
from .project import Milestone, Project
from .quantity import Quantity, plain
from .report import Report

__all__ = ["change_json", "finding_json", "master_json", "number_json"]


def number_json(value: Decimal | None) -> str | None:
    """An exact decimal without exponent or trailing zeros; None stays None."""
    return None if value is None else plain(value)


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as every ``--json`` lists it."""
    return {
        "code": finding.code, "severity": str(finding.severity), "message": finding.message, "advice": finding.advice,
        "project": finding.project, "unit": finding.unit, "month": finding.month, "file": finding.file,
        "sheet": finding.sheet, "cell": finding.cell,
    }  # fmt: skip


def master_json(master: Master, findings: Iterable[Finding] = ()) -> dict[str, Any]:
    """The whole model, as ``show --json`` prints it."""
    reports: dict[int, list[Report]] = defaultdict(list)
    for report in master.reports:
        reports[report.project].append(report)
    return {
        "year": master.year,
        "units": [
            {"name": unit.name, "kind": str(unit.kind), "aliases": list(unit.aliases)}
            for unit in master.document.units
        ],
        "projects": [_project(project, reports[project.number]) for project in master.document.projects],
        "findings": [finding_json(finding) for finding in findings],
    }


def _project(project: Project, reports: list[Report]) -> dict[str, Any]:
    return {
        "number": project.number,
        "starred": project.starred,
        "title": project.title,
        "target": _quantity(project.target) if project.target else None,
        "more_targets": [_quantity(target) for target in project.more_targets],
        "leader": project.leader,
        "lead_unit": project.lead_unit,
        "owner": project.owner,
        "cooperating": list(project.cooperating),
        "allocations": [
            {"unit": row.unit, "quantity": plain(row.quantity), "note": row.note}
            for row in project.allocations
            if row.quantity is not None
        ],
        "allocation_total": number_json(project.allocation_total),
        "milestones": [_milestone(node) for node in project.milestones],
        "adjusted_target": number_json(project.adjusted_target),
        "reports": [_report(report) for report in reports],
    }


def _quantity(quantity: Quantity) -> dict[str, str]:
    return {"value": plain(quantity.value), "unit": quantity.unit, "relation": quantity.relation}


def _milestone(node: Milestone) -> dict[str, Any]:
    return {
        "from": node.first_month,
        "to": node.last_month,
        "text": node.text,
        "cumulative": number_json(node.cumulative),
        "done": node.done,
        "adjusted_to": node.adjusted_to.isoformat() if node.adjusted_to else None,
    }


def _report(report: Report) -> dict[str, Any]:
    words = {field.name: getattr(report.words, field.name) for field in WORDS}
    return {
        "unit": report.unit,
        "month": report.month,
        "measure": report.measure,
        "value": number_json(report.value),
        **words,
        "expected": report.words.expected or None,
    }


def change_json(change: Change) -> dict[str, Any]:
    """A change as ``merge --json`` lists it: of a number without its field, of words and ticks with it."""
    key = change.key._asdict()
    if change.field != VALUE.name:
        key["field"] = change.field
    return {**key, "old": _value(change.old), "new": _value(change.new), "file": change.file}


def _value(value: Value) -> str | bool | None:
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value
