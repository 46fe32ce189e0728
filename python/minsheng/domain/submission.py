"""What a unit's 填报表 says, read from the file and not yet judged against a master."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from .finding import Finding
from .period import Period
from .quantity import plain

__all__ = ["NodeRow", "ReportRow", "Submission"]


class ReportRow(NamedTuple):
    """One row of sheet 填报 (a tuple, because a 汇总 makes thousands of them).

    ``value`` None is a blank cell; ``refused`` says that a value stood there that could not be
    read (a finding tells). ``before`` (上月累计), ``title``, ``measured_in`` and ``share`` are the locked cells as they
    stand in the file now, None or empty where they cannot be read."""

    project: int
    measure: int
    unit: str
    value: Decimal | None
    refused: bool = False
    before: Decimal | None = None
    progress: str = ""
    problem: str = ""
    expected: str = ""
    cell: str = ""
    sheet: str = ""
    title: str = ""
    measured_in: str = ""
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One row of sheet 节点: the tick of a text-only or repeat node, found by project and month phrase."""

    project: int
    phrase: str
    text: str
    done: bool | None
    done_on: date | None = None
    note: str = ""
    cell: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One file. ``file`` is its path inside the inbox; ``unit``, ``period`` and ``master_id`` are what its seal says, or
    its printed header where it has none (``sealed`` False); None where it says nothing that can be read.

    ``printed_unit`` and ``printed_period`` are what its header shows. ``sent_on`` (报送日期) and ``saved_at`` (its
    properties, in UTC) are when the file itself says it was made. ``findings`` are those of reading it; ``unreadable``
    says that nothing of it can be used.
    """

    file: str
    sha256: str
    unit: str | None = None
    period: Period | None = None
    master_id: str | None = None
    sealed: bool = True
    printed_unit: str | None = None
    printed_period: Period | None = None
    sent_on: date | None = None
    saved_at: datetime | None = None
    rows: tuple[ReportRow, ...] = ()
    nodes: tuple[NodeRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    unreadable: bool = False

    @property
    def content(self) -> tuple[object, ...]:
        """What it reports, without where it stood: two files with the same content are the same report."""
        rows = sorted(
            (
                r.project, r.measure, r.unit, "" if r.value is None else plain(r.value), r.refused,
                r.progress, r.problem, r.expected,
            )
            for r in self.rows
        )  # fmt: skip
        nodes = sorted((n.project, n.phrase, n.text, str(n.done), str(n.done_on), n.note) for n in self.nodes)
        return (tuple(rows), tuple(nodes))

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all has been filled in."""
        return not any(
            row.value is not None or row.refused or row.progress or row.problem or row.expected
            for row in self.rows
        ) and not any(node.done is not None or node.done_on or node.note for node in self.nodes)
