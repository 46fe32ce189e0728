"""Several files of one unit and month, here or merged before: which one counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, TypeVar

from ..catalogue import submission as rules
from ..change import shown
from ..finding import Finding
from ..quantity import plain
from ..report import RowKey, Words
from ..submission import NodeRow, ReportRow
from .register import Identified

__all__ = ["Settled", "latest", "settle"]

_SHOWN = 6


@dataclass
class Settled:
    """One file a unit; the others with the sentence that says what became of them."""

    chosen: list[Identified] = field(default_factory=list)
    superseded: list[tuple[Identified, str]] = field(default_factory=list)
    refused: list[tuple[Identified, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class Dated(Protocol):
    """What says of itself when it was made: on 报送日期, or by the time of saving."""

    @property
    def sent_on(self) -> date | None:
        """报送日期, None where it says none."""

    @property
    def saved_at(self) -> datetime | None:
        """The time of saving in UTC, None where it says none."""


AnyDated = TypeVar("AnyDated", bound=Dated)


@dataclass(frozen=True)
class _Version:
    """Files that report the same: ``file`` stands for them; ``sent_on`` and ``saved_at`` are their latest times."""

    file: Identified
    sent_on: date | None
    saved_at: datetime | None


def settle(files: list[Identified]) -> Settled:
    """Same content: one of them. Different: the one that says of itself that it is later. Equal or unknown times: none,
    until the clerk decides."""
    by_unit: dict[str, list[Identified]] = defaultdict(list)
    for file in files:
        by_unit[file.unit.name].append(file)
    settled = Settled()
    for unit in sorted(by_unit):
        if len(by_unit[unit]) == 1:
            settled.chosen.append(by_unit[unit][0])
            continue
        versions = _versions(by_unit[unit], settled)
        if len(versions) == 1:
            settled.chosen.append(versions[0].file)
            continue
        winner = latest(versions)
        if winner is None:
            _refuse_all(versions, settled)
        else:
            _supersede(versions, winner, settled)
    return settled


def _versions(files: list[Identified], settled: Settled) -> list[_Version]:
    """The different contents, each by its latest file, in an order that does not depend on names unless the bytes are
    the same."""
    alike: dict[tuple[object, ...], list[Identified]] = {}
    by_content = sorted(files, key=lambda file: (file.submission.sha256, file.submission.file))
    for file in sorted(by_content, key=_made, reverse=True):
        alike.setdefault(file.submission.content, []).append(file)
    for first, *copies in alike.values():
        for copy in copies:
            newer = first.submission.file
            settled.superseded.append((copy, f"与“{newer}”内容相同，只取一份。"))
            settled.findings.append(
                rules.SAME_CONTENT.finding(file=copy.submission.file, unit=copy.unit.name, newer=newer)
            )
    return [
        _Version(
            group[0],
            max((file.submission.sent_on for file in group if file.submission.sent_on), default=None),
            max((file.submission.saved_at for file in group if file.submission.saved_at), default=None),
        )
        for group in alike.values()
    ]


def _made(file: Identified) -> tuple[date, float]:
    saved_at = file.submission.saved_at
    return file.submission.sent_on or date.min, saved_at.timestamp() if saved_at else 0.0


def latest(versions: Sequence[AnyDated]) -> AnyDated | None:
    """The latest of them: by 报送日期 where every one has it, then by the time of saving where every one left has it.

    None in a tie, or where that is not known.
    """
    left = list(versions)
    dates = [version.sent_on for version in left if version.sent_on is not None]
    if len(dates) == len(left):
        left = [version for version in left if version.sent_on == max(dates)]
    if len(left) == 1:
        return left[0]
    times = [version.saved_at for version in left if version.saved_at is not None]
    if len(times) < len(left):
        return None
    left = [version for version in left if version.saved_at == max(times)]
    return left[0] if len(left) == 1 else None


def _supersede(versions: list[_Version], winner: _Version, settled: Settled) -> None:
    newer = winner.file.submission.file
    settled.chosen.append(winner.file)
    for version in versions:
        if version is winner:
            continue
        old = version.file
        settled.superseded.append((old, f"被较晚的“{newer}”取代。"))
        settled.findings.append(
            rules.SUPERSEDED.finding(
                file=old.submission.file,
                unit=old.unit.name,
                newer=newer,
                differs=_differences([old, winner.file]),
            )
        )


def _refuse_all(versions: list[_Version], settled: Settled) -> None:
    files = [version.file for version in versions]
    unit = files[0].unit.name
    names = "、".join(sorted(file.submission.file for file in files))
    differs = _differences(files)
    for file in files:
        finding = rules.TWO_VERSIONS.finding(
            file=file.submission.file, unit=unit, files=names, differs=differs
        )
        settled.refused.append((file, finding.message))
        settled.findings.append(finding)


def _differences(files: Iterable[Identified]) -> str:
    """The places in which versions differ, with what each says."""
    rows: dict[RowKey, list[str]] = defaultdict(list)
    nodes: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    words = False
    texts: dict[RowKey, Words] = {}
    for file in sorted(files, key=lambda file: file.submission.file):
        for row in file.submission.rows:
            rows[row.key].append(_shown(row))
            words = words or texts.setdefault(row.key, row.words) != row.words
        for node in file.submission.nodes:
            nodes[node.project, node.phrase, node.text].append(_tick(node))
    found = [
        f"第{key.project}项{key.unit}（{'、'.join(values)}）"
        for key, values in sorted(rows.items())
        if len(set(values)) > 1
    ]
    found += [
        f"第{project}项“{phrase}”节点（{'、'.join(ticks)}）"
        for (project, phrase, _), ticks in sorted(nodes.items())
        if len(set(ticks)) > 1
    ]
    if len(found) > _SHOWN:
        found = [*found[:_SHOWN], f"等{len(found)}处"]
    if words:
        found.append("文字说明")
    return "，".join(found) or "行数不同"


def _shown(row: ReportRow) -> str:
    if row.refused:
        return "读不准"
    return "空" if row.value is None else plain(row.value)


def _tick(node: NodeRow) -> str:
    return f"{shown(node.done) or '空'}{node.done_on or ''}{node.note[:10]}"
