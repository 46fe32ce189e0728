"""撤销汇总: the last merge that changed something, taken back exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..domain.merging.changes import cut, tick_shown
from ..domain.quantity import plain
from ..domain.report import Report
from ..errors import MasterDamaged
from ..sheets import log_sheet
from ..sheets.writing import apply
from .judging import rejudged
from .merge_history import TICK_FIELDS, WORD_FIELDS, files_of_reports, report_key, ticked
from .merging import entry_writes, now_and_who
from .needs import Job
from .progress import unwatched
from .reading import read_for

if TYPE_CHECKING:
    import xlwings as xw

    from ..domain.master import Master
    from ..sheets.log_sheet import LogEntry
    from .progress import Progress

__all__ = ["Kept", "Undo", "undo"]


@dataclass(frozen=True)
class Kept:
    """A place that shows something else by now than the merge wrote, and is left as it is."""

    entry: LogEntry
    now: str

    def __str__(self) -> str:
        entry = self.entry
        if entry.content in TICK_FIELDS:
            place = f"第{entry.project}项第{entry.place}个节点{entry.content}"
        else:
            place = f"第{entry.project}项{entry.unit}{entry.place}月{entry.content}"
        return f"{place}：汇总填的是{cut(entry.new)}，现在是{cut(self.now) or '空白'}"


@dataclass(frozen=True)
class Undo:
    """``batch`` that was taken back; ``restored`` entries, and ``left`` ones whose cell was changed by hand since."""

    batch: int
    period: str
    restored: tuple[LogEntry, ...]
    left: tuple[Kept, ...]


def undo(book: xw.Book, progress: Progress = unwatched) -> Undo:
    """Put back what stood before the last merge. A cell that no longer shows what the merge wrote is left as it is.

    MasterDamaged where no merge is left to take back.
    """
    master = read_for(book, Job.UNDO, progress=progress)
    log = log_sheet.MergeLog.of(master)
    entries = log.last_batch()
    if not entries:
        raise MasterDamaged("没有可以撤销的汇总。", "“汇总记录”里没有尚未撤销、且改过数据的汇总。")
    standing = _Standing(master.master)
    restored: list[LogEntry] = []
    left: list[Kept] = []
    for entry in entries:
        if entry.content in (log_sheet.FILE_ENTRY, log_sheet.SOURCE):
            continue
        now = standing.shown(entry)
        if now == entry.new:
            standing.put_back(entry)
            restored.append(entry)
        else:
            left.append(Kept(entry, now))
    at, who = now_and_who()
    row = log_sheet.undone_entry(log.next_batch, entries[0].batch, entries[0].period, at, who)
    files = files_of_reports(entry for entry in log.standing() if entry not in restored)
    files |= {report_key(entry): entry.old for entry in entries if entry.content == log_sheet.SOURCE}
    changed = standing.master()
    writes = [
        *entry_writes(master, changed, files),
        *rejudged(master, changed, log.with_entries([row])),
        *log_sheet.appended(master, [row]),
    ]
    apply(book, writes, master.images)
    return Undo(entries[0].batch, entries[0].period, tuple(restored), tuple(left))


class _Standing:
    """The master's reports and ticks, being put back one by one."""

    def __init__(self, master: Master) -> None:
        self._master = master
        self._reports = {(r.project, r.measure, r.unit, r.month): r for r in master.reports}
        self._nodes = {
            (project.number, index): node
            for project in master.document.projects
            for index, node in enumerate(project.milestones, start=1)
        }

    def shown(self, entry: LogEntry) -> str:
        """What stands at the entry's place now, as the log would write it; "" also where the place is gone."""
        if entry.content in TICK_FIELDS:
            node = self._nodes.get((entry.project or 0, entry.place or 0))
            return "" if node is None else tick_shown(getattr(node, TICK_FIELDS[entry.content]))
        report = self._reports.get(report_key(entry))
        if report is None:
            return ""
        if entry.content == log_sheet.NUMBER:
            return "" if report.value is None else plain(report.value)
        return str(getattr(report, WORD_FIELDS[entry.content]))

    def put_back(self, entry: LogEntry) -> None:
        """Make the entry's place say what it said before."""
        if entry.content in TICK_FIELDS:
            field = TICK_FIELDS[entry.content]
            key = (entry.project or 0, entry.place or 0)
            tick: dict[str, Any] = {field: ticked(field, entry.old)}
            self._nodes[key] = replace(self._nodes[key], **tick)
            return
        project, measure, unit, month = place = report_key(entry)
        report = self._reports.get(place) or Report(project, unit, month, measure)
        said: dict[str, Any] = (
            {"value": Decimal(entry.old) if entry.old else None}
            if entry.content == log_sheet.NUMBER
            else {WORD_FIELDS[entry.content]: entry.old}
        )
        self._reports[place] = replace(report, **said)

    def master(self) -> Master:
        projects = tuple(
            replace(
                project,
                milestones=tuple(
                    self._nodes[project.number, index] for index in range(1, len(project.milestones) + 1)
                ),
            )
            for project in self._master.document.projects
        )
        document = replace(self._master.document, projects=projects)
        return replace(self._master, document=document, reports=tuple(self._reports.values()))
