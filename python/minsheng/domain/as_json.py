"""The documents of every ``--json``: numbers are strings of exact decimals (design, section 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .catalogue.refusals import TO_SENDER
from .fields import VALUE, WORDS
from .quantity import plain

if TYPE_CHECKING:
    from .change import Change, Value
    from .duties import ReportDuty
    from .finding import Finding
    from .history import MergedFile
    from .master import Master
    from .merging import FileEntry, MergePlan
    from .project import Milestone, Project
    from .quantity import Quantity
    from .refusal import Refusal
    from .reply import Line, Replies, Reply
    from .report import Report
    from .status import Judgement

__all__ = ["finding_json", "judgement_json", "master_json", "plan_json", "replies_json"]


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
        "approval": project.adjustment_note,
        "reporting": str(project.reporting),
        "cancelled": project.cancelled,
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
                "project": project.project, "status": str(project.status), "light": None if project.light is None else str(project.light),
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


def replies_json(found: Replies) -> dict[str, Any]:
    """The part of ``reply --json`` that says what the units are told."""
    return {
        "units": [_reply(reply) for reply in found.replies],
        "unknown": [_refusal(refusal.what) for refusal in found.unknown],
        "not_asked": list(found.not_asked),
    }


def _reply(reply: Reply) -> dict[str, Any]:
    return {
        "unit": reply.unit.name,
        "state": reply.state.name.lower(),
        "files": [received.file.file for received in reply.received],
        "taken": [{**_duty(line.duty), "value": _number(line.value)} for line in reply.taken],
        "refused": [_refusal(refusal) for refusal in reply.refusals],
        "blank": [_duty(line.duty) for line in reply.blank],
        "missing_months": list(reply.missing_months),
        "refused_months": list(reply.refused_months),
        "standing": [_standing(line) for line in reply.lines],
        "nodes": [
            {
                "project": line.duty.project.number,
                "index": line.duty.index,
                "due": line.due.isoformat(),
                "status": str(line.status.status),
                "days_late": line.status.days_late,
            }
            for line in reply.nodes
        ],
    }


def _duty(duty: ReportDuty) -> dict[str, Any]:
    return {"project": duty.project.number, "measure": duty.measure, "unit": duty.unit}


def _standing(line: Line) -> dict[str, Any]:
    node = line.next_node
    return {
        **_duty(line.duty),
        "value": _number(line.value),
        "by_hand": line.by_hand,
        "share": _number(line.duty.share),
        "total": _number(line.total),
        "rate": _number(line.rate),
        "pace": _number(line.pace),
        "gap": _number(line.gap),
        "status": line.status and str(line.status),
        "next": node and {"text": node.text, "due": node.due.isoformat(), "amount": _number(node.amount)},
    }


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {
        "code": refusal.code,
        "file": refusal.file,
        "sheet": refusal.sheet or None,
        "cell": refusal.cell or None,
        "project": refusal.project,
        "text": refusal.text,
        "reason": refusal.reason,
        "advice": TO_SENDER.get(refusal.code, ""),
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
