"""汇总: the files of an inbox into the open master."""

from __future__ import annotations

import gc
import getpass
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..cells.words import shown
from ..domain import merging
from ..domain.change import NodeKey, Standing
from ..domain.report import Report
from ..errors import MasterDamaged, UsageError
from ..sheets.entries import node_writes, number_writes
from ..sheets.log_entries import LogEntry
from ..sheets.log_sheet import MergeLog, appended
from ..sheets.places import cell_a1
from . import unwatched
from .judging import rejudged
from .periods import period_of
from .reading import Job, read_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import xlwings as xw

    from ..domain.change import Change
    from ..domain.master import Master
    from ..domain.merging import MergePlan
    from ..domain.period import Period, PeriodName
    from ..sheets.log_entries import Logged
    from ..sheets.open_master import OpenMaster
    from ..sheets.writing import Write
    from . import Progress

__all__ = ["Merge", "change_writes", "logged", "merge", "now_and_who", "planned"]


@dataclass(frozen=True)
class Merge:
    """The plan, whether it holds anything that the master does not, and whether that was written."""

    plan: MergePlan
    news: bool
    applied: bool


def merge(
    book: xw.Book,
    inbox: Path,
    period: Period | PeriodName,
    *,
    agreed: Callable[[MergePlan], bool] = lambda _plan: True,
    at: datetime | None = None,
    progress: Progress = unwatched,
) -> Merge:
    """Read ``inbox``, plan everything, ask ``agreed``, and write the changes with their log entries in one go.

    Where nothing changes and every accepted file is known already, nobody is asked and nothing is written. The inbox is
    only read. ``at`` is the time that 汇总记录 gets, now if None.
    """
    if not inbox.is_dir():
        raise UsageError(f"收件夹“{inbox}”不存在。", "请在“设置”里改正收件夹，或新建这个文件夹。")
    at, who = now_and_who(at)
    master = read_for(book, Job.MERGE, progress=progress)
    log = master.needed_log()
    period = period_of(period, master.master)
    plan = planned(master.master, inbox, period, log.history(), datetime.now().astimezone())
    _refuse_unreadable(master, plan)
    news = _news(plan, log)
    if not news or not agreed(plan):
        return Merge(plan, news=bool(news), applied=False)
    entries = logged(log, period, (at, who), news)
    writes = [*change_writes(master, log, plan.changes, entries), *appended(master, entries)]
    _refuse_changed_meanwhile(master, writes)
    master.apply(book, writes)
    return Merge(plan, news=True, applied=True)


def _news(plan: MergePlan, log: MergeLog) -> list[Logged]:
    """What the log does not say yet: files taken in, places changed, and what was refused."""
    known = {(file.sha256, file.unit, file.period) for file in log.files()}
    told = {refused.what.same for refused in log.record().refused if refused.period == plan.period}
    return [
        *(file for file in plan.merged if (file.sha256, file.unit, file.period) not in known),
        *plan.changes,
        *(refusal for refusal in plan.refusals if refusal.same not in told),
    ]


def planned(
    master: Master,
    inbox: Path,
    period: Period,
    history: merging.History | None = None,
    now: datetime | None = None,
) -> MergePlan:
    """What a 汇总 of ``inbox`` would do: every file read, judged and its changes planned."""
    from ..incoming import forms

    # Nothing here refers to itself in a circle; of thousands of rows the collector would take a sixth of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return merging.plan(master, forms.read_inbox(inbox).submissions, period, history, now)
    finally:
        if collects:
            gc.enable()


def _refuse_unreadable(master: OpenMaster, plan: MergePlan) -> None:
    """A cell that reads as blank because nobody can make a number of its words is not blank: what somebody typed there
    would be gone, and an undo could not bring it back."""
    typed = []
    for change in plan.numbers:
        if isinstance(change.key, NodeKey):
            continue
        sheet = master.projects[change.key.project]
        table = sheet.tables[change.key.measure]
        row, column = table.rows[change.key.unit], table.month_column(change.key.month)
        stands = shown(sheet.image.value(row, column)) if change.old is None else ""
        if stands.strip() not in ("", "None"):
            typed.append(f"{sheet.image.sheet}!{cell_a1(row, column)}“{stands}”")
    if typed:
        raise MasterDamaged(
            f"总表里有{len(typed)}个要填数的格子写着认不出的内容：{'、'.join(typed[:5])}。没有汇总。",
            "请把它们改成确切的数字或清空，保存后再汇总。",
        )


def _refuse_changed_meanwhile(master: OpenMaster, writes: list[Write]) -> None:
    """While the clerk is asked, the program stays open: what is typed then has been shown to nobody."""
    for sheet in sorted({write.sheet for write in writes}):
        if master.pages.image(sheet) != master.images[sheet]:
            raise UsageError(
                f"等待确认时，工作表“{sheet}”被改动过，没有汇总。", "请再点一次“汇总”，按新的内容核对。"
            )


def now_and_who(at: datetime | None = None) -> tuple[datetime, str]:
    """The time (now if None) and the person that a log row carries."""
    try:
        who = getpass.getuser()
    except (KeyError, OSError):
        who = ""
    return at or datetime.now().astimezone(), who


def logged(
    log: MergeLog,
    period: Period,
    signed: tuple[datetime, str],
    what: Iterable[Logged],
) -> list[LogEntry]:
    """``what`` as the rows of the log's next batch, with the time and person of ``now_and_who``."""
    time, who = signed
    return [LogEntry(log.next_batch, time.strftime("%Y-%m-%d %H:%M:%S"), who, period, each) for each in what]


def change_writes(
    master: OpenMaster, log: MergeLog, changes: Sequence[Change], entries: Sequence[LogEntry]
) -> list[Write]:
    """The writes that make ``changes`` in an open master, with whatever judgement it shows brought up to them and to the
    log with ``entries`` below."""
    standing = Standing(master.master)
    changed = standing.after(changes)
    after = {report.key: report for report in changed.reports}
    told = {
        change.key: after.get(change.key) or Report(*change.key)
        for change in changes
        if not isinstance(change.key, NodeKey)
    }
    return [
        *number_writes(master, changes),
        *node_writes(master, changes),
        *master.needed_details().writes(told),
        *rejudged(master, changed, log.with_entries(entries)),
    ]
