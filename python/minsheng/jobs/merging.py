"""汇总: the files of an inbox into the open master."""

from __future__ import annotations

import gc
import getpass
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..cells.words import shown
from ..domain import merging
from ..domain.merging.changes import TICKS, WORDS, tick_shown
from ..domain.quantity import plain
from ..domain.report import Report
from ..errors import MasterDamaged, UsageError
from ..sheets import log_sheet
from ..sheets.address import cell_a1
from ..sheets.entries import detail_files, detail_writes, node_writes, number_writes
from ..sheets.image import SheetImage
from ..sheets.writing import apply
from .dispatching import in_master_year
from .judging import rejudged
from .merge_history import files_of_reports, merged_files, written
from .needs import Job
from .progress import unwatched
from .reading import read_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import xlwings as xw

    from ..domain.master import Master
    from ..domain.merging import MergePlan
    from ..domain.period import Period
    from ..sheets.log_sheet import LogEntry
    from ..sheets.open_master import OpenMaster
    from ..sheets.writing import Write
    from .progress import Progress

__all__ = ["Merge", "entry_writes", "merge", "now_and_who", "planned"]


@dataclass(frozen=True)
class Merge:
    """The plan, whether it holds anything that the master does not, and whether that was written."""

    plan: MergePlan
    news: bool
    applied: bool


def merge(
    book: xw.Book,
    inbox: Path,
    period: Period,
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
    master = read_for(book, Job.MERGE, progress=progress)
    in_master_year(period, master.master.year)
    log = log_sheet.MergeLog.of(master)
    standing = log.standing()
    plan = planned(master.master, inbox, period, merged_files(standing), written(standing))
    _refuse_unreadable(master, plan)
    entries = [*_entries(plan, log, at), *_sources(plan, log, at, detail_files(master))]
    if not entries or not agreed(plan):
        return Merge(plan, news=bool(entries), applied=False)
    writes = _writes(master, plan, log, entries)
    _refuse_changed_meanwhile(book, master, writes)
    apply(book, writes, master.images)
    return Merge(plan, news=True, applied=True)


def planned(
    master: Master,
    inbox: Path,
    period: Period,
    history: Sequence[merging.MergedFile] = (),
    before: merging.Written | None = None,
) -> MergePlan:
    """What a 汇总 of ``inbox`` would do: every file read, judged and its changes planned."""
    from ..incoming import forms

    # Nothing here refers to itself in a circle; of thousands of rows the collector would take a sixth of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return merging.plan(master, forms.read_inbox(inbox).submissions, period, history, before)
    finally:
        if collects:
            gc.enable()


def _refuse_unreadable(master: OpenMaster, plan: MergePlan) -> None:
    """A cell that reads as blank because nobody can make a number of its words is not blank: what somebody typed there
    would be gone, and an undo could not bring it back."""
    typed = []
    for change in plan.changes:
        sheet = master.projects[change.project]
        table = sheet.tables[change.measure]
        row, column = table.rows[change.unit], table.month_column(change.month)
        stands = shown(sheet.image.value(row, column)) if change.old is None else ""
        if stands.strip() not in ("", "None"):
            typed.append(f"{sheet.image.sheet}!{cell_a1(row, column)}“{stands}”")
    if typed:
        raise MasterDamaged(
            f"总表里有{len(typed)}个要填数的格子写着认不出的内容：{'、'.join(typed[:5])}。没有汇总。",
            "请把它们改成确切的数字或清空，保存后再汇总。",
        )


def _refuse_changed_meanwhile(book: xw.Book, master: OpenMaster, writes: list[Write]) -> None:
    """While the clerk is asked, the program stays open: what is typed then has been shown to nobody."""
    for sheet in sorted({write.sheet for write in writes}):
        if SheetImage.read(book.sheets[sheet]) != master.images[sheet]:
            raise UsageError(
                f"等待确认时，工作表“{sheet}”被改动过，没有汇总。", "请再点一次“汇总”，按新的内容核对。"
            )


def now_and_who(at: datetime | None = None) -> tuple[str, str]:
    """The time (now if None) and the person that a log row carries."""
    try:
        who = getpass.getuser()
    except (KeyError, OSError):
        who = ""
    return (at or datetime.now().astimezone()).strftime("%Y-%m-%d %H:%M:%S"), who


def _entries(plan: MergePlan, log: log_sheet.MergeLog, at: datetime | None) -> list[LogEntry]:
    """The log rows of this merge: none where nothing changes and every file is known."""
    known = {
        (entry.sha256, entry.unit, entry.period)
        for entry in log.standing()
        if entry.content == log_sheet.FILE_ENTRY
    }
    period = str(plan.period)
    new_files = [entry for entry in plan.merged if (entry.sha256, entry.unit, period) not in known]
    time, who = now_and_who(at)

    def row(content: str, **words: Any) -> LogEntry:
        return log_sheet.LogEntry(log.next_batch, time, who, period, log_sheet.MERGE, content, **words)

    files = [row(log_sheet.FILE_ENTRY, file=f.file, sha256=f.sha256, unit=f.unit or "") for f in new_files]
    numbers = [
        row(log_sheet.NUMBER, file=c.file, project=c.project, unit=c.unit, place=c.month, measure=c.measure,
            old=_shown(c.old), new=_shown(c.new))
        for c in plan.changes
    ]  # fmt: skip
    words = [
        row(WORDS[c.field], file=c.file, project=c.project, unit=c.unit, place=c.month, measure=c.measure,
            old=c.old, new=c.new)
        for c in plan.word_changes
    ]  # fmt: skip
    ticks = [
        row(
            TICKS[c.field],
            file=c.file,
            project=c.project,
            place=c.node,
            old=tick_shown(c.old),
            new=tick_shown(c.new),
        )
        for c in plan.node_changes
    ]
    return [*files, *numbers, *words, *ticks]


def _files(plan: MergePlan) -> dict[merging.ReportKey, str]:
    """The file that each report's number or words come from."""
    files = {(c.project, c.measure, c.unit, c.month): c.file for c in plan.changes}
    return files | {(c.project, c.measure, c.unit, c.month): c.file for c in plan.word_changes}


def _sources(
    plan: MergePlan, log: log_sheet.MergeLog, at: datetime | None, standing: Mapping[merging.ReportKey, str]
) -> list[LogEntry]:
    """The log rows of what somebody wrote into 文件 of 填报明细, where this merge puts its file there."""
    time, who = now_and_who(at)
    logged = files_of_reports(log.standing())
    return [
        log_sheet.LogEntry(
            log.next_batch, time, who, str(plan.period), log_sheet.MERGE, log_sheet.SOURCE, file=file,
            project=key[0], measure=key[1], unit=key[2], place=key[3], old=standing[key], new=file,
        )
        for key, file in sorted(_files(plan).items())
        if standing.get(key, "") not in ("", logged.get(key, ""))
    ]  # fmt: skip


def _shown(number: Decimal | None) -> str:
    return "" if number is None else plain(number)


def _writes(
    master: OpenMaster, plan: MergePlan, log: log_sheet.MergeLog, entries: list[LogEntry]
) -> list[Write]:
    changed = merging.merged(master.master, plan)
    return [
        *entry_writes(master, changed, _files(plan)),
        *rejudged(master, changed, log.with_entries(entries)),
        *log_sheet.appended(master, entries),
    ]


def entry_writes(
    master: OpenMaster, changed: Master, files: Mapping[tuple[int, int, str, int], str]
) -> list[Write]:
    """The writes that turn what stands in ``master`` into ``changed``: numbers, words (with the file they came from) and
    ticks."""
    old = {_key(report): report for report in master.master.reports}
    new = {_key(report): report for report in changed.reports}
    numbers: dict[tuple[int, int, str, int], Decimal | None] = {}
    details: dict[tuple[int, int, str, int], dict[str, Any]] = {}
    for key in old.keys() | new.keys():
        before = old.get(key) or Report(key[0], key[2], key[3], key[1])
        after = new.get(key) or replace(before, value=None, progress="", problem="", expected="")
        if before.value != after.value:
            numbers[key] = after.value
        if before != after:
            details[key] = _detail(after, files.get(key, ""))
    ticks = {
        (project.number, index): (node.done, node.done_on, node.note)
        for project, was in zip(changed.document.projects, master.master.document.projects, strict=True)
        for index, (node, old_node) in enumerate(
            zip(project.milestones, was.milestones, strict=True), start=1
        )
        if node != old_node
    }
    return number_writes(master, numbers) + node_writes(master, ticks) + detail_writes(master, details)


def _key(report: Report) -> tuple[int, int, str, int]:
    return (report.project, report.measure, report.unit, report.month)


def _detail(report: Report, file: str) -> dict[str, Any]:
    """The row of 填报明细: only for reports that say something in words."""
    if not (report.progress or report.problem or report.expected):
        return {}
    return {
        "项目": report.project, "单位": report.unit, "月份": report.month, "指标": report.measure,
        "本月累计": report.value, "进展说明": report.progress, "存在问题": report.problem,
        "预计完成时间": report.expected, "文件": file,
    }  # fmt: skip
