"""The plan of a 汇总: everything is decided here before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..as_json import finding_json, number_json
from ..catalogue import submission as rules
from ..finding import Finding, Severity
from ..master import Master
from ..period import Period
from ..submission import Submission
from .changes import NodeChange, NumberChange, WordChange
from .identity import Identified, identify
from .register import MergedFile, Register, Written
from .resubmission import settle
from .rows import RowJudge
from .ticks import TickJudge

__all__ = ["FileEntry", "MergePlan", "as_json", "plan"]


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
    """What a 汇总 of ``period`` will do. ``missing`` names the units of which no file has been accepted, now or before.

    Changes of what was typed by hand stand first, and the findings that tell of them; then all in the order of the
    document.
    """

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
    master: Master,
    submissions: Sequence[Submission],
    period: Period,
    history: Sequence[MergedFile] = (),
    written: Written | None = None,
) -> MergePlan:
    """Which of ``submissions`` count for ``period`` and what they change. Order and names of files never matter.

    ``history`` are the files of earlier, standing merges, oldest first; ``written`` what they wrote last, None
    where that is not known.
    """
    register = Register(master, history, written)
    findings: list[Finding] = []
    rejected: list[FileEntry] = []
    skipped: list[FileEntry] = []
    candidates: list[Identified] = []
    for submission in sorted(submissions, key=lambda submission: (submission.file, submission.sha256)):
        found = identify(register, submission)
        if isinstance(found, Finding):
            rejected.append(_entry(submission, reason=found.message))
            findings.append(found)
        elif found.period != period:
            finding = _skipping(register, found, period)
            skipped.append(_entry(submission, found, finding.message))
            findings.append(finding)
        else:
            candidates.append(found)
    settled = settle(candidates)
    findings += settled.findings
    rejected += [_entry(file.submission, file, reason) for file, reason in settled.refused]
    numbers: list[NumberChange] = []
    words: list[WordChange] = []
    ticks: list[NodeChange] = []
    for file in settled.chosen:
        rows, nodes = RowJudge(register, file, period), TickJudge(register, file)
        numbers += rows.numbers
        words += rows.words
        ticks += nodes.changes
        findings += [*file.findings, *_of_reading(file), *_about(register, file)]
        findings += [*rows.findings, *nodes.findings]
    merged = [_entry(file.submission, file) for file in settled.chosen]
    return MergePlan(
        period=period,
        merged=tuple(sorted(merged, key=_file_order)),
        missing=_missing(register, settled.chosen, period),
        superseded=tuple(
            sorted(
                (_entry(file.submission, file, reason) for file, reason in settled.superseded),
                key=_file_order,
            )
        ),
        rejected=tuple(sorted(rejected, key=_file_order)),
        skipped=tuple(skipped),
        changes=tuple(sorted(numbers, key=lambda c: (not c.by_hand, c.project, c.measure, c.unit, c.month))),
        word_changes=tuple(
            sorted(words, key=lambda c: (not c.by_hand, c.project, c.measure, c.unit, c.month, c.field))
        ),
        node_changes=tuple(sorted(ticks, key=lambda c: (not c.by_hand, c.project, c.node, c.field))),
        findings=tuple(
            sorted(master.settings.as_set(findings), key=lambda finding: finding.code not in _HAND_MADE)
        ),
    )


_HAND_MADE = (rules.BY_HAND.code, rules.WORDS_BY_HAND.code)


def _skipping(register: Register, file: Identified, asked: Period) -> Finding:
    """A file of another month: known from that month's merge, or to be merged yet."""
    known = any(
        entry.period == file.period and entry.sha256 == file.submission.sha256 for entry in register.history
    )
    return rules.OTHER_MONTH.finding(
        file=file.submission.file, unit=file.unit.name, month=file.period.month, other=file.period.label,
        asked=asked.label, severity=Severity.INFO if known else None,
    )  # fmt: skip


def _of_reading(file: Identified) -> list[Finding]:
    """The findings of reading, with the unit and month that are known by now."""
    return [
        replace(finding, unit=finding.unit or file.unit.name, month=file.period.month)
        for finding in file.submission.findings
    ]


def _about(register: Register, file: Identified) -> list[Finding]:
    """What is worth saying of an accepted file as a whole."""
    name, unit = file.submission.file, file.unit.name
    found = []
    if file.submission.is_blank:
        found.append(rules.BLANK_FORM.finding(file=name, unit=unit, month=file.period.month))
    merged = [entry for entry in register.history if (entry.unit, entry.period) == (unit, file.period)]
    digest = file.submission.sha256
    if merged and merged[-1].sha256 != digest and any(entry.sha256 == digest for entry in merged):
        found.append(
            rules.RETURNED.finding(
                file=name, unit=unit, month=file.period.month, period=file.period.label, newer=merged[-1].file
            )
        )
    return found


def _missing(register: Register, chosen: Sequence[Identified], period: Period) -> tuple[str, ...]:
    arrived = {file.unit.name for file in chosen}
    arrived |= {entry.unit for entry in register.history if entry.period == period}
    return tuple(unit.name for unit in register.recipients if unit.name not in arrived)


def _entry(submission: Submission, file: Identified | None = None, reason: str = "") -> FileEntry:
    unit = file.unit.name if file else submission.unit
    period = file.period if file else submission.period
    return FileEntry(submission.file, submission.sha256, unit, period, reason)


def _file_order(entry: FileEntry) -> tuple[str, str]:
    return (entry.file, entry.sha256)


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
                "old": number_json(c.old), "new": number_json(c.new), "file": c.file,
            }
            for c in merge_plan.changes
        ],
        "findings": [finding_json(finding) for finding in merge_plan.findings],
    }  # fmt: skip
