"""The documents of every ``--json``: numbers are strings of exact decimals (design, section 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .fields import VALUE, WORDS
from .quantity import plain

if TYPE_CHECKING:
    from .change import Change, Value
    from .finding import Finding
    from .history import MergedFile
    from .master import Master
    from .merging import FileEntry, MergePlan
    from .project import Milestone, Project
    from .quantity import Quantity
    from .report import Report
    from .status import Judgement

__all__ = ["finding_json", "judgement_json", "master_json", "plan_json"]


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
        "allocation_total": _number(project.allocation_total),
        "milestones": [_milestone(node) for node in project.milestones],
        "adjusted_target": _number(project.adjusted_target),
        "reports": [_report(report) for report in reports],
    }


def _quantity(quantity: Quantity) -> dict[str, str]:
    return {"value": plain(quantity.value), "unit": quantity.unit, "relation": quantity.relation}


def _milestone(node: Milestone) -> dict[str, Any]:
    return {
        "from": node.first_month,
        "to": node.last_month,
        "text": node.text,
        "cumulative": _number(node.cumulative),
        "done": node.done,
        "adjusted_to": node.adjusted_to.isoformat() if node.adjusted_to else None,
    }


def _report(report: Report) -> dict[str, Any]:
    words = {field.name: getattr(report.words, field.name) for field in WORDS}
    return {
        "unit": report.unit,
        "month": report.month,
        "measure": report.measure,
        "value": _number(report.value),
        **words,
        "expected": report.words.expected or None,
    }


def judgement_json(judgement: Judgement) -> dict[str, Any]:
    """The judgement as ``colour --json`` prints it: decimals as strings, dates in ISO form."""
    return {
        "as_of": judgement.as_of.isoformat(),
        "cells": [
            {"project": cell.project, "unit": cell.unit, "month": cell.month, "status": str(cell.status)}
            for cell in judgement.cells
        ],
        "nodes": [
            {
                "project": node.project, "index": node.index, "month": node.month, "status": str(node.status),
                "days_late": node.days_late, "reached_month": node.reached_month,
            }
            for node in judgement.nodes
        ],
        "projects": [
            {
                "project": project.project, "status": str(project.status), "light": str(project.light),
                "schedule": None if project.schedule is None else str(project.schedule),
                "plan": _number(project.plan), "actual": _number(project.actual),
                "rate": _number(project.rate),
            }
            for project in judgement.projects
        ],
    }  # fmt: skip


def plan_json(plan: MergePlan) -> dict[str, Any]:
    """The document of ``merge --json``; ``changes`` are those of numbers."""
    return {
        "merged": [_file(entry, "") for entry in plan.merged],
        "missing": list(plan.missing),
        "superseded": [_file(entry, entry.reason) for entry in plan.superseded],
        "rejected": [_file(entry, entry.reason) for entry in plan.rejected],
        "skipped": [_file(entry, entry.reason) for entry in plan.skipped],
        "changes": [_change(change) for change in plan.numbers],
        "words": [_change(change) for change in plan.words],
        "ticks": [_change(change) for change in plan.ticks],
        "findings": [finding_json(finding) for finding in plan.findings],
    }


def _file(entry: FileEntry | MergedFile, reason: str) -> dict[str, Any]:
    return {
        "file": entry.file,
        "sha256": entry.sha256,
        "unit": entry.unit,
        "period": str(entry.period) if entry.period else None,
        "reason": reason,
    }


def _change(change: Change) -> dict[str, Any]:
    """A change as ``merge --json`` lists it: of a number without its field, of words and ticks with it."""
    key = change.key._asdict()
    if change.field != VALUE.name:
        key["field"] = change.field
    return {**key, "old": _value(change.old), "new": _value(change.new), "file": change.file}


def _value(value: Value) -> str | bool | None:
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value


def _number(value: Decimal | None) -> str | None:
    """An exact decimal without exponent or trailing zeros; None stays None."""
    return None if value is None else plain(value)
