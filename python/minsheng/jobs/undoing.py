"""撤销: the last merge, amendment or repair that changed something, taken back exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..domain.change import Change, NodeKey, Standing, Value, line
from ..domain.fields import SOURCE
from ..domain.report import ReportKey
from ..errors import MasterDamaged
from ..sheets.log_entries import AMEND, MERGE, REPAIR, Amended, Undone
from ..sheets.log_sheet import appended, is_repair
from . import unwatched
from .amending import take_back
from .kept_copies import take_back_repair
from .merging import change_writes, logged, now_and_who
from .reading import Job, read_for, require

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import xlwings as xw

    from ..domain.amending.differences import Difference
    from ..domain.period import Period
    from ..sheets.open_master import OpenMaster
    from . import Progress
    from .kept_copies import RepairedSheet

__all__ = ["Kept", "Undo", "has_place", "undo"]


@dataclass(frozen=True)
class Kept:
    """A place that shows something else by now than the merge wrote, and is left as it is; ``gone``: the master has no
    such place any more."""

    change: Change
    now: Value
    gone: bool = False

    def __str__(self) -> str:
        """One line: 第2项丹东6月：汇总填的是0.6，现在是0.9."""
        now = "总表里已经没有这一行" if self.gone else f"现在是{line(self.now) or '空白'}"
        return f"{self.change.subject}：汇总填的是{line(self.change.new) or '空白'}，{now}"


@dataclass(frozen=True)
class Undo:
    """``batch`` that was taken back, and ``what`` it was: 汇总, 修订 or 修复; ``restored`` changes, and ``left`` ones whose cell
    was changed by hand since."""

    batch: int
    period: Period
    restored: tuple[Change | Difference | RepairedSheet, ...]
    left: tuple[Kept | Difference | RepairedSheet, ...]
    what: str = MERGE


def undo(book: xw.Book, progress: Progress = unwatched) -> Undo:
    """Merge the inverses of the last merge's changes, amend the last amendment away, or put back what the last repair changed.
    A place that no longer shows what was written is left as it is.

    MasterDamaged where nothing is left to take back.
    """
    master = read_for(book, progress=progress)
    entries = master.log.last_batch() if master.log else []
    if any(map(is_repair, entries)):  # which may have left a master that is not whole
        sheets, worked_on = take_back_repair(book, master, entries)
        return Undo(entries[0].batch, entries[0].period, tuple(sheets), tuple(worked_on), REPAIR)
    require(master, Job.UNDO, book.app.engine.name)
    log = master.needed_log()
    if not entries:
        raise MasterDamaged(
            "没有可以撤销的汇总。", "“汇总记录”里没有尚未撤销、且改过数据的汇总、修订或修复。"
        )
    batch, period = entries[0].batch, entries[0].period
    if any(isinstance(entry.what, Amended) for entry in entries):
        back, stays = take_back(book, master, log, batch)
        return Undo(batch, period, tuple(back), tuple(stays), AMEND)
    restored: list[Change] = []
    left: list[Kept] = []
    standing = Standing(master.master)
    for entry in entries:
        if isinstance(change := entry.what, Change):
            gone = not has_place(master, change)
            now = None if gone else standing.value(change.place)
            if now == change.new and not gone:
                restored.append(change)
            else:
                left.append(Kept(change, now, gone))
    inverses = [change.inverse() for change in restored]
    inverses += _sources(standing, restored, left, log.sources_before(batch))
    rows = logged(log, period, now_and_who(), [Undone(batch)])
    master.apply(book, [*change_writes(master, log, inverses, rows), *appended(master, rows)])
    return Undo(batch, period, tuple(restored), tuple(left))


def has_place(master: OpenMaster, change: Change) -> bool:
    """Whether the master still has the change's row."""
    sheet = master.projects.get(change.key.project)
    if sheet is None:
        return False
    if isinstance(change.key, NodeKey):
        return 1 <= change.key.node <= len(sheet.node_rows)
    table = sheet.tables.get(change.key.measure)
    return table is not None and change.key.unit in table.rows


def _sources(
    standing: Standing, restored: list[Change], left: list[Kept], before: Mapping[ReportKey, str]
) -> Iterator[Change]:
    """Where the words came from that stand again. 0.2.0 logged that only where somebody had written it."""
    kept_places = {kept.change.key for kept in left}
    logged_places = {change.key for change in restored if change.field == SOURCE.name}
    after = {report.key: report for report in standing.after(c.inverse() for c in restored).reports}
    for key in dict.fromkeys(change.key for change in restored):
        if isinstance(key, NodeKey) or key in kept_places or key in logged_places or key not in after:
            continue
        if after[key].words and before.get(key, after[key].file) != after[key].file:
            yield Change(key, SOURCE.name, after[key].file, before[key])
