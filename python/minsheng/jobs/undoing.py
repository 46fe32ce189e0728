"""撤销汇总: the last merge that changed something, taken back exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..domain.quantity import plain
from ..domain.report import Report
from ..errors import MasterDamaged
from ..sheets import log_sheet
from ..sheets.cells import read_date
from ..sheets.writing import apply
from .merging import TICKS, WORDS, entry_writes, now_and_who
from .reading import read_for_change

if TYPE_CHECKING:
    import xlwings as xw

    from ..domain.master import Master
    from ..domain.project import Milestone
    from ..sheets.log_sheet import LogEntry

__all__ = ["Undo", "undo"]

_WORD_FIELDS = {label: field for field, label in WORDS.items()}
_TICK_FIELDS = {label: field for field, label in TICKS.items()}
_DONE = {"已完成": True, "未完成": False, "": None}


@dataclass(frozen=True)
class Undo:
    """``batch`` that was taken back; ``restored`` entries, and ``left`` ones whose cell was changed by hand since."""

    batch: int
    period: str
    restored: tuple[LogEntry, ...]
    left: tuple[LogEntry, ...]


def undo(book: xw.Book) -> Undo:
    """Put back what stood before the last merge. A cell that no longer shows what the merge wrote is left as it is.

    MasterDamaged where no merge is left to take back.
    """
    master = read_for_change(book)
    log = log_sheet.MergeLog.of(master)
    entries = log.last_batch()
    if not entries:
        raise MasterDamaged("没有可以撤销的汇总。", "“汇总记录”里没有尚未撤销、且改过数据的汇总。")
    changed = master.master
    restored: list[LogEntry] = []
    left: list[LogEntry] = []
    for entry in entries:
        if entry.content == log_sheet.FILE_ENTRY:
            continue
        back = _taken_back(changed, entry)
        (left if back is None else restored).append(entry)
        changed = back or changed
    at, who = now_and_who()
    row = log_sheet.undone_entry(log.next_batch, entries[0].batch, entries[0].period, at, who)
    apply(book, entry_writes(master, changed, {}) + log_sheet.appended(master, [row]), master.images)
    return Undo(entries[0].batch, entries[0].period, tuple(restored), tuple(left))


def _taken_back(master: Master, entry: LogEntry) -> Master | None:
    """The master with one entry undone, None where the cell shows something else by now."""
    if entry.content in _TICK_FIELDS:
        return _tick_back(master, entry)
    reports = {(r.project, r.unit, r.month, r.measure): r for r in master.reports}
    key = (entry.project or 0, entry.unit, entry.place or 0, entry.measure or 1)
    report = reports.get(key) or Report(*key)
    if entry.content == log_sheet.NUMBER:
        standing = "" if report.value is None else plain(report.value)
        back = replace(report, value=_decimal(entry.old))
    else:
        field = _WORD_FIELDS[entry.content]
        standing = getattr(report, field)
        words: dict[str, Any] = {field: entry.old}
        back = replace(report, **words)
    if standing != entry.new:
        return None
    reports[key] = back
    return replace(master, reports=tuple(reports.values()))


def _tick_back(master: Master, entry: LogEntry) -> Master | None:
    field = _TICK_FIELDS[entry.content]
    projects = list(master.document.projects)
    for index, project in enumerate(projects):
        if project.number != entry.project or not (1 <= (entry.place or 0) <= len(project.milestones)):
            continue
        nodes = list(project.milestones)
        node = nodes[(entry.place or 1) - 1]
        if _shown(node, field) != entry.new:
            return None
        ticks: dict[str, Any] = {field: _value(field, entry.old)}
        nodes[(entry.place or 1) - 1] = replace(node, **ticks)
        projects[index] = replace(project, milestones=tuple(nodes))
        return replace(master, document=replace(master.document, projects=tuple(projects)))
    return None


def _shown(node: Milestone, field: str) -> str:
    value = getattr(node, field)
    if value is None:
        return ""
    return {True: "已完成", False: "未完成"}[value] if field == "done" else str(value)


def _value(field: str, text: str) -> object:
    if field == "done":
        return _DONE[text]
    return read_date(text) if field == "done_on" else text


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
