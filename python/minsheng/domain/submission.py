"""What a unit's 填报表 says, read from the file and not yet judged against a master."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from .finding import Finding
from .period import Period
from .report import RowKey, Words

__all__ = ["Locked", "NodeRow", "ReportRow", "Submission"]


class Locked(NamedTuple):
    """The locked cells of a row as they stand in the file now, None or empty where they cannot be read: 项目名称, 单位,
    全年任务, 上月累计."""

    title: str = ""
    measured_in: str = ""
    share: Decimal | None = None
    before: Decimal | None = None


class ReportRow(NamedTuple):
    """One row of sheet 填报 (a tuple, because a 汇总 makes thousands of them); ``key`` is what its 序号 and 承担单位 say.

    ``value`` None is a blank cell; ``refused`` says that a value stood there that could not be read (a finding tells).
    """

    key: RowKey
    value: Decimal | None
    refused: bool = False
    words: Words = Words()
    locked: Locked = Locked()
    cell: str = ""
    sheet: str = ""

    @property
    def reported(self) -> tuple[Decimal | None, bool, Words]:
        """What the unit filled in."""
        return self.value, self.refused, self.words

    @property
    def is_blank(self) -> bool:
        """Whether it filled in nothing."""
        return self.value is None and not self.refused and not self.words


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

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in."""
        return self.done is None and self.done_on is None and not self.note


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
        rows = frozenset((row.key, *row.reported) for row in self.rows)
        nodes = frozenset(replace(row, cell="", sheet="") for row in self.nodes)
        return rows, nodes

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all has been filled in."""
        return all(row.is_blank for row in self.rows) and all(row.is_blank for row in self.nodes)
