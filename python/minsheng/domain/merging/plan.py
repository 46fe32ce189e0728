"""The plan of a 汇总: everything is decided here before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..as_json import finding_json
from ..catalogue import submission as rules
from ..duties import recipients
from ..finding import Finding
from ..master import Master
from ..period import Period
from ..quantity import plain
from ..submission import Submission
from .identity import Identified, identify
from .judging import NodeChange, NumberChange, WordChange, judge_nodes, judge_rows
from .resubmission import settle

__all__ = [
    "FileEntry",
    "MergePlan",
    "MergedFile",
    "NodeChange",
    "NumberChange",
    "WordChange",
    "as_json",
    "plan",
]


@dataclass(frozen=True, slots=True)
class MergedFile:
    """A file that an earlier, standing merge took in."""

    file: str
    sha256: str
    unit: str
    period: Period


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file and what became of it; ``reason`` is a Chinese sentence, empty for a merged file."""

    file: str
    sha256: str
    unit: str | None
    period: Period | None
    reason: str = ""


@dataclass(frozen=True)
class MergePlan:
    """What a 汇总 of ``period`` will do. ``missing`` names units whose file has not come."""

    period: Period
    merged: tuple[FileEntry, ...] = ()
    missing: tuple[str, ...] = ()
    superseded: tuple[FileEntry, ...] = ()
    rejected: tuple[FileEntry, ...] = ()
    skipped: tuple[FileEntry, ...] = ()
    changes: tuple[NumberChange, ...] = ()
    word_changes: tuple[WordChange, ...] = ()
    node_changes: tuple[NodeChange, ...] = ()
    findings: tuple[Finding, ...] = ()


def plan(
    master: Master, submissions: tuple[Submission, ...], period: Period, history: tuple[MergedFile, ...] = ()
) -> MergePlan:
    """Which of ``submissions`` count for ``period`` and what they change. Order and names of files never matter."""
    ordered = sorted(submissions, key=lambda submission: (submission.file, submission.sha256))
    findings: list[Finding] = [finding for submission in ordered for finding in submission.findings]
    rejected: list[FileEntry] = []
    skipped: list[FileEntry] = []
    candidates: list[Identified] = []
    for submission in ordered:
        found = identify(master, submission)
        if isinstance(found, Finding):
            rejected.append(_entry(submission, found.message))
            findings += [] if submission.unreadable else [found]
        elif found.period != period:
            known = any(file.period == found.period and file.sha256 == submission.sha256 for file in history)
            finding = rules.OTHER_MONTH.finding(
                file=submission.file, unit=found.unit.name, month=found.period.month, other=found.period.label,
                asked=period.label, severity=None if known else rules.OTHER_MONTH_NEW,
            )  # fmt: skip
            skipped.append(_entry(submission, finding.message))
            findings.append(finding)
        else:
            findings += found.findings
            candidates.append(found)
    settled = settle(candidates)
    findings += settled.findings
    rejected += [_entry(file.submission, reason) for file, reason in settled.refused]
    superseded = [_entry(file.submission, reason) for file, reason in settled.superseded]
    changes: list[NumberChange] = []
    word_changes: list[WordChange] = []
    node_changes: list[NodeChange] = []
    for file in settled.chosen:
        numbers, words, found_in_rows = judge_rows(master, file, period)
        nodes, found_in_nodes = judge_nodes(master, file)
        changes += numbers
        word_changes += words
        node_changes += nodes
        findings += [*found_in_rows, *found_in_nodes]
    arrived = {file.unit.name for file in settled.chosen}
    return MergePlan(
        period=period,
        merged=tuple(_entry(file.submission, "") for file in settled.chosen),
        missing=tuple(unit.name for unit in recipients(master) if unit.name not in arrived),
        superseded=tuple(superseded),
        rejected=tuple(rejected),
        skipped=tuple(skipped),
        changes=tuple(sorted(changes, key=lambda c: (c.project, c.measure, c.unit, c.month))),
        word_changes=tuple(
            sorted(word_changes, key=lambda c: (c.project, c.measure, c.unit, c.month, c.field))
        ),
        node_changes=tuple(sorted(node_changes, key=lambda c: (c.project, c.node, c.field))),
        findings=tuple(findings),
    )


def _entry(submission: Submission, reason: str) -> FileEntry:
    return FileEntry(submission.file, submission.sha256, submission.unit, submission.period, reason)


def as_json(merge_plan: MergePlan) -> dict[str, Any]:
    """The document of ``merge --json``."""

    def entries(files: tuple[FileEntry, ...]) -> list[dict[str, Any]]:
        return [
            {
                "file": entry.file, "sha256": entry.sha256, "unit": entry.unit,
                "period": str(entry.period) if entry.period else None, "reason": entry.reason,
            }
            for entry in files
        ]  # fmt: skip

    return {
        "merged": entries(merge_plan.merged),
        "missing": list(merge_plan.missing),
        "superseded": entries(merge_plan.superseded),
        "rejected": entries(merge_plan.rejected),
        "skipped": entries(merge_plan.skipped),
        "changes": [
            {
                "project": c.project, "unit": c.unit, "month": c.month, "measure": c.measure,
                "old": _number(c.old), "new": _number(c.new), "file": c.file,
            }
            for c in merge_plan.changes
        ],
        "findings": [finding_json(finding) for finding in merge_plan.findings],
    }  # fmt: skip


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
