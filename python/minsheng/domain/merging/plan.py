"""The plan of a 汇总: everything is decided here before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from ..catalogue import submission as rules
from ..catalogue import submission_rows as row_rules
from ..catalogue.refusals import TO_SENDER
from ..change import FIELDS, Change, NodeKey
from ..fields import SOURCE, VALUE
from ..finding import Finding, Severity
from ..history import History, MergedFile
from ..master import Master
from ..period import Period
from ..refusal import Refusal
from ..submission import Submission
from .register import Identified, Register, identify
from .rows import RowJudge, TickJudge
from .versions import latest, settle

__all__ = ["FileEntry", "MergePlan", "plan"]

#: A file's clock may be ahead of ours, and its day be another one.
_CLOCKS_DIFFER = timedelta(days=1)
_HAND_MADE = (row_rules.BY_HAND.code, row_rules.WORDS_BY_HAND.code)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file that is not merged; ``reason`` is a Chinese sentence that says why."""

    file: str
    sha256: str
    unit: str | None
    period: Period | None
    reason: str


@dataclass(frozen=True)
class MergePlan:
    """What a 汇总 of ``period`` will do. ``missing`` names the units of which no file has been accepted, now or
    before, and was asked for: a form was made for them, or another unit's came.

    Changes of what was typed by hand stand first, and the findings that tell of them; then all in the order of the
    document: numbers, words, nodes.
    """

    period: Period
    merged: tuple[MergedFile, ...] = ()
    missing: tuple[str, ...] = ()
    superseded: tuple[FileEntry, ...] = ()
    rejected: tuple[FileEntry, ...] = ()
    skipped: tuple[FileEntry, ...] = ()
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def numbers(self) -> tuple[Change, ...]:
        """The changes of numbers."""
        return tuple(change for change in self.changes if change.field == VALUE.name)

    @property
    def words(self) -> tuple[Change, ...]:
        """The changes of what units wrote beside their numbers."""
        return tuple(c for c in self.changes if _kind(c) == 1 and c.field != SOURCE.name)

    @property
    def ticks(self) -> tuple[Change, ...]:
        """The changes of what is recorded of nodes."""
        return tuple(change for change in self.changes if isinstance(change.key, NodeKey))

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What was sent and is not taken in, in the order of the findings."""
        files: dict[str, FileEntry | MergedFile] = {}
        for entries in (self.merged, self.superseded, self.rejected):
            files |= {entry.file: entry for entry in entries}
        return tuple(
            _refusal(finding, files[finding.file], self.period)
            for finding in self.findings
            if finding.code in TO_SENDER and finding.file in files
        )

    def listed(self) -> tuple[tuple[str, tuple[Change, ...]], ...]:
        """The changes by what they are to a clerk, each group with its title: what was typed by hand, what an earlier
        merge wrote, what was blank. Which file words came from is told only where somebody had written it."""
        told = [change for change in self.changes if change.by_hand or change.field != SOURCE.name]
        return (
            ("改动手工填的", tuple(c for c in told if c.by_hand)),
            ("改动以前汇总的", tuple(c for c in told if not c.by_hand and not c.is_filling)),
            ("新填入的", tuple(c for c in told if c.is_filling)),
        )


def plan(
    master: Master,
    submissions: Sequence[Submission],
    period: Period,
    history: History | None = None,
    now: datetime | None = None,
) -> MergePlan:
    """Which of ``submissions`` count for ``period`` and what they change. Order and names of files never matter.

    ``history`` is what earlier merges did, None where that is not known; ``now`` (with its zone) is what no file can
    have been made after, None where nobody asks.
    """
    register = Register(master, history, period.month)
    findings: list[Finding] = []
    rejected: list[FileEntry] = []
    skipped: list[FileEntry] = []
    candidates: list[Identified] = []
    for submission in sorted(submissions, key=lambda submission: (submission.file, submission.sha256)):
        found = identify(register, submission)
        if isinstance(found, Finding):
            rejected.append(_entry(submission, found.message))
            findings.append(found)
        elif found.period != period:
            finding = _skipping(register, found, period)
            skipped.append(_entry(submission, finding.message, found))
            findings.append(finding)
        else:
            candidates.append(_without_future(found, now))
    settled = settle(candidates)
    findings += settled.findings
    rejected += [_entry(file.submission, reason, file) for file, reason in settled.refused]
    superseded = [_entry(file.submission, reason, file) for file, reason in settled.superseded]
    merged: list[MergedFile] = []
    changes: list[Change] = []
    for file in settled.chosen:
        rows, ticks = RowJudge(register, file), TickJudge(register, file)
        planned = [*rows.changes, *ticks.changes]
        newer = _newer(register, file)
        if planned and newer is not None:
            finding = rules.OLDER_THAN_MERGED.finding(
                file=file.submission.file, unit=file.unit.name, month=period.month, newer=newer.file
            )
            superseded.append(_entry(file.submission, finding.message, file))
            findings += [*file.findings, finding]
            continue
        merged.append(_merged(file))
        changes += planned
        findings += [*file.findings, *_of_reading(register, file), *_about(register, file)]
        findings += [*rows.findings, *ticks.findings]
    return MergePlan(
        period=period,
        merged=tuple(sorted(merged, key=_file_order)),
        missing=_missing(register, settled.chosen, period),
        superseded=tuple(sorted(superseded, key=_file_order)),
        rejected=tuple(sorted(rejected, key=_file_order)),
        skipped=tuple(skipped),
        changes=tuple(sorted(changes, key=_change_order)),
        findings=tuple(
            sorted(master.settings.as_set(findings), key=lambda finding: finding.code not in _HAND_MADE)
        ),
    )


def _without_future(file: Identified, now: datetime | None) -> Identified:
    """A file without what it says of times that have not come: they would make it the latest for ever."""
    submission = file.submission
    if now is None:
        return file
    told = []
    if submission.sent_on is not None and submission.sent_on > (now + _CLOCKS_DIFFER).date():
        told.append(f"报送日期{submission.sent_on}")
        submission = replace(submission, sent_on=None)
    if submission.saved_at is not None and submission.saved_at > now + _CLOCKS_DIFFER:
        told.append(f"保存时间{submission.saved_at:%Y-%m-%d}")
        submission = replace(submission, saved_at=None)
    if not told:
        return file
    finding = rules.MADE_IN_FUTURE.finding(
        file=submission.file, unit=file.unit.name, month=file.period.month, told="、".join(told)
    )
    return replace(file, submission=submission, findings=(*file.findings, finding))


def _newer(register: Register, file: Identified) -> MergedFile | None:
    """The file of the same unit and month that was merged before and says that it is later; None where there is none, or
    none that is known to be."""
    submission = file.submission
    earlier = [
        entry
        for entry in register.files
        if (entry.unit, entry.period) == (file.unit.name, file.period) and entry.sha256 != submission.sha256
    ]
    later = [entry for entry in earlier if latest((entry, submission)) is entry]
    return latest(later) or later[-1] if later else None


def _skipping(register: Register, file: Identified, asked: Period) -> Finding:
    """A file of another month: known from that month's merge, or to be merged yet."""
    known = any(
        entry.period == file.period and entry.sha256 == file.submission.sha256 for entry in register.files
    )
    return rules.OTHER_MONTH.finding(
        file=file.submission.file,
        unit=file.unit.name,
        month=file.period.month,
        other=file.period.label,
        asked=asked.label,
        severity=Severity.INFO if known else None,
    )


def _of_reading(register: Register, file: Identified) -> list[Finding]:
    """The findings of reading, with the unit and month that are known by now. What stands in the rows of a cancelled
    project is not wanted, and need not be right."""
    return [
        replace(finding, unit=finding.unit or file.unit.name, month=file.period.month)
        for finding in file.submission.findings
        if finding.project not in register.cancelled
    ]


def _about(register: Register, file: Identified) -> list[Finding]:
    """What is worth saying of an accepted file as a whole."""
    name, unit = file.submission.file, file.unit.name
    found = []
    if file.submission.is_blank:
        found.append(rules.BLANK_FORM.finding(file=name, unit=unit, month=file.period.month))
    merged = [entry for entry in register.files if (entry.unit, entry.period) == (unit, file.period)]
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
    arrived |= {entry.unit for entry in register.files if entry.period == period}
    return tuple(
        unit.name
        for unit in register.recipients
        if unit.name not in arrived and (arrived or (unit.name, period) in register.made)
    )


def _merged(file: Identified) -> MergedFile:
    submission = file.submission
    return MergedFile(
        submission.file,
        submission.sha256,
        file.unit.name,
        file.period,
        submission.sent_on,
        submission.saved_at,
    )


def _entry(submission: Submission, reason: str, file: Identified | None = None) -> FileEntry:
    unit = file.unit.name if file else submission.unit
    period = file.period if file else submission.period
    return FileEntry(submission.file, submission.sha256, unit, period, reason)


def _refusal(finding: Finding, file: FileEntry | MergedFile, asked: Period) -> Refusal:
    """Where the header says something else than the seal, one of the two is wrong: the month is nobody's then, and the
    unit is whom the finding names."""
    doubtful = finding.code == rules.HEADER_DIFFERS.code
    own = file.period is not None and file.period.year == asked.year and not doubtful
    unit = finding.unit if doubtful else file.unit
    return Refusal.of(finding, file.sha256, unit, file.period.month if own and file.period else None)


def _file_order(entry: FileEntry | MergedFile) -> tuple[str, str]:
    return (entry.file, entry.sha256)


def _kind(change: Change) -> int:
    """0 a number, 1 words, 2 a node."""
    return 2 if isinstance(change.key, NodeKey) else int(change.field != VALUE.name)


def _change_order(change: Change) -> tuple[Any, ...]:
    key, field = change.key, list(FIELDS).index(change.field)
    place = (
        (key.project, key.node)
        if isinstance(key, NodeKey)
        else (key.project, key.measure, key.unit, key.month)
    )
    return (not change.by_hand, _kind(change), *place, field)
