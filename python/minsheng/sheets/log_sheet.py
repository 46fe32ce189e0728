"""汇总记录: the append-only log of every 汇总 and of every 撤销, exact enough to take a 汇总 back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..cells.dates import read_date
from ..cells.numbers import whole_number
from ..domain.arrival import Arrival
from ..domain.period import Period
from . import layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .open_master import OpenMaster
    from .writing import Write

__all__ = ["FILE_ENTRY", "NUMBER", "LogEntry", "MergeLog", "undone_entry"]

MERGE, UNDO = "汇总", "撤销"
FILE_ENTRY = "收到文件"
NUMBER = "本月累计"
#: 文件 of a row of 填报明细, logged where a merge changes what somebody wrote there.
SOURCE = "文件"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One row. ``content`` says what changed: FILE_ENTRY, NUMBER, a text column of the 填报表, or a node's column.

    ``place`` is the month of a report or the node (from 1) of a tick; ``old`` and ``new`` are as shown, "" for blank.
    """

    batch: int
    at: str
    who: str
    period: str
    action: str
    content: str
    file: str = ""
    sha256: str = ""
    project: int | None = None
    unit: str = ""
    place: int | None = None
    measure: int | None = None
    old: str = ""
    new: str = ""

    def as_row(self) -> dict[str, Any]:
        return {
            "批次": self.batch, "时间": self.at, "操作人": self.who, "期次": self.period, "动作": self.action,
            "文件": self.file, "SHA-256": self.sha256, "项目": self.project, "单位": self.unit or None,
            "月份": self.place, "指标": self.measure, "内容": self.content, "原值": self.old or None, "新值": self.new or None,
        }  # fmt: skip


@dataclass(frozen=True)
class MergeLog:
    """The log as it stands in an open master."""

    entries: tuple[LogEntry, ...]

    @classmethod
    def of(cls, master: OpenMaster) -> MergeLog:
        table = master.needed_table(layout.NAME_LOG, layout.LOG_COLUMNS)
        return cls(tuple(_entry(row) for row in table.rows() if whole_number(row["批次"]) is not None))

    @property
    def next_batch(self) -> int:
        return max((entry.batch for entry in self.entries), default=0) + 1

    def standing(self) -> list[LogEntry]:
        """The entries of the merges that have not been taken back, in order."""
        taken_back = {
            entry.place for entry in self.entries if entry.action == UNDO and entry.content == MERGE
        }
        return [entry for entry in self.entries if entry.action == MERGE and entry.batch not in taken_back]

    def arrivals(self) -> list[Arrival]:
        """When the files of standing merges came in; a row whose time cannot be read says nothing."""
        return [
            Arrival(entry.unit, Period.parse(entry.period), day)
            for entry in self.standing()
            if entry.content == FILE_ENTRY and (day := read_date(entry.at[:10])) is not None
        ]

    def with_entries(self, entries: Sequence[LogEntry]) -> MergeLog:
        """The log as it will stand with ``entries`` below."""
        return MergeLog((*self.entries, *entries))

    def last_batch(self) -> list[LogEntry]:
        """The entries of the latest merge that changed something and has not been taken back; empty if there is none."""
        batches: dict[int, list[LogEntry]] = {}
        for entry in self.standing():
            batches.setdefault(entry.batch, []).append(entry)
        changing = [
            batch for batch, entries in batches.items() if any(e.content != FILE_ENTRY for e in entries)
        ]
        return batches[max(changing)] if changing else []


def undone_entry(batch: int, undone: int, period: str, at: str, who: str) -> LogEntry:
    """The row that says that batch ``undone`` has been taken back."""
    return LogEntry(batch, at, who, period, UNDO, MERGE, place=undone)


def appended(master: OpenMaster, entries: Sequence[LogEntry]) -> list[Write]:
    table = master.needed_table(layout.NAME_LOG, layout.LOG_COLUMNS)
    return table.appended([entry.as_row() for entry in entries])


def _entry(row: dict[str, str]) -> LogEntry:
    return LogEntry(
        batch=int(row["批次"]), at=row["时间"], who=row["操作人"], period=row["期次"], action=row["动作"],
        content=row["内容"], file=row["文件"], sha256=row["SHA-256"], project=whole_number(row["项目"]), unit=row["单位"],
        place=whole_number(row["月份"]), measure=whole_number(row["指标"]), old=row["原值"], new=row["新值"],
    )  # fmt: skip
