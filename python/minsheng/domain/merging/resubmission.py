"""Several files of one unit and month: which one counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ..catalogue import submission as rules
from ..finding import Finding
from .identity import Identified

__all__ = ["Settled", "settle"]


@dataclass
class Settled:
    """One file a unit; the others with the sentence that says what became of them."""

    chosen: list[Identified] = field(default_factory=list)
    superseded: list[tuple[Identified, str]] = field(default_factory=list)
    refused: list[tuple[Identified, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def settle(files: list[Identified]) -> Settled:
    """Identical content: one of them. Different: the one that says of itself that it was saved last. Equal or unknown
    times: none, until the clerk decides."""
    by_unit: dict[str, list[Identified]] = defaultdict(list)
    for file in files:
        by_unit[file.unit.name].append(file)
    settled = Settled()
    for unit in sorted(by_unit):
        _settle_unit(by_unit[unit], settled)
    return settled


def _settle_unit(files: list[Identified], settled: Settled) -> None:
    distinct: dict[tuple[object, ...], Identified] = {}
    for file in sorted(files, key=_canonical):
        first = distinct.setdefault(file.submission.content, file)
        if first is not file:
            settled.superseded.append((file, f"与“{first.submission.file}”内容相同，只取一份。"))
    if len(distinct) == 1:
        settled.chosen.append(next(iter(distinct.values())))
        return
    # Of identical copies the latest time counts, or the order of names would.
    latest = {
        content: max(
            (
                f.submission.saved_at
                for f in files
                if f.submission.content == content and f.submission.saved_at
            ),
            default=None,
        )
        for content in distinct
    }
    times = [time for time in latest.values() if time is not None]
    newest = max(times, default=None)
    winners = [content for content, time in latest.items() if time is not None and time == newest]
    names = "、".join(sorted(file.submission.file for file in distinct.values()))
    unit = files[0].unit.name
    if len(winners) != 1 or len(times) < len(distinct):
        for file in distinct.values():
            settled.refused.append((file, f"{unit}交了内容不同的几份（{names}），分不清先后，都没有汇总。"))
            settled.findings.append(
                rules.TWO_VERSIONS.finding(file=file.submission.file, unit=unit, files=names)
            )
        return
    winner = distinct.pop(winners[0])
    settled.chosen.append(winner)
    for file in distinct.values():
        settled.superseded.append((file, f"被较晚保存的“{winner.submission.file}”取代。"))
        settled.findings.append(
            rules.SUPERSEDED.finding(
                file=file.submission.file,
                unit=unit,
                newer=winner.submission.file,
                differs=_differences(file, winner),
            )
        )


def _canonical(file: Identified) -> tuple[str, str]:
    return (file.submission.sha256, file.submission.file)


def _differences(old: Identified, new: Identified) -> str:
    """The rows in which two versions differ, as 序号."""
    before = {(r.project, r.measure, r.unit): r.value for r in old.submission.rows}
    after = {(r.project, r.measure, r.unit): r.value for r in new.submission.rows}
    rows = sorted({key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key)})
    return "第" + "、".join(str(row) for row in rows) + "项数字" if rows else "文字说明"
