"""逾期着色 and 刷新汇总表: both show one judgement, so that marks, 汇总表 and formulas always speak of the same day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..domain.home import unit_records
from ..domain.lateness.judge import judge
from ..domain.status import Judgement
from ..hosts.waiting import Insistence
from ..sheets import home_sheet, log_sheet, marks, summary_sheet
from ..sheets.writing import Write, refuse_hindered
from . import unwatched
from .printing import lay_on_paper
from .reading import Job, read_for

if TYPE_CHECKING:
    from datetime import date

    import xlwings as xw

    from ..domain.master import Master
    from ..sheets.open_master import OpenMaster
    from . import Progress

__all__ = ["Shown", "clear_colour", "colour", "rejudged", "summarise"]


def colour(book: xw.Book, as_of: date | None = None, progress: Progress = unwatched) -> Judgement:
    """Judge on ``as_of`` (else 设置, else the latest collected month) and mark every project sheet."""
    master = read_for(book, Job.COLOUR, progress=progress)
    judgement = judge(master.master, master.master.as_of(as_of))
    writes = marks.status_marks(master, judgement)
    if summary_sheet.summary_is_filled(master):
        writes += _overview(master, master.master, judgement, master.needed_log())
    master.apply(book, writes + summary_sheet.judged_date_writes(master, as_of))
    return judgement


def clear_colour(book: xw.Book, progress: Progress = unwatched) -> Judgement:
    """Empty the status marks of every project sheet; what is shown then is a judgement of nothing.

    The day that 着色 was asked for goes too, unless 汇总表 still shows its judgement.
    """
    master = read_for(book, Job.CLEAR_COLOUR, progress=progress)
    writes = marks.clear_status_marks(master)
    if not summary_sheet.summary_is_filled(master):
        writes += summary_sheet.judged_date_writes(master, None)
    master.apply(book, writes)
    return Judgement(master.master.as_of(), (), (), ())


def summarise(book: xw.Book, as_of: date | None = None, progress: Progress = unwatched) -> Judgement:
    """Judge and refresh 汇总表, its views and 首页, on the paper of 设置; 镇乡进度 follows by formulas. Marks that are shown
    are judged anew."""
    master = read_for(book, Job.SUMMARISE, progress=progress)
    judgement = judge(master.master, master.master.as_of(as_of))
    writes = _overview(master, master.master, judgement, master.needed_log())
    if marks.has_status_marks(master):
        writes += marks.status_marks(master, judgement)
    writes += summary_sheet.judged_date_writes(master, as_of)
    # What stands in the way is told, and a printer asked for its paper, before anything is changed.
    refuse_hindered(master.pages, [*writes, *master.mends])
    lay_on_paper(master)
    master.apply(book, writes)
    # All is written: a program that is busy now is waited for.
    Insistence()(lambda: summary_sheet.fit_summary_rows(book, master, master.master, judgement))
    return judgement


class Shown(NamedTuple):
    """Where a master shows a judgement: by the marks of its project sheets, in 汇总表."""

    by_marks: bool
    in_summary: bool

    @classmethod
    def by(cls, open_master: OpenMaster) -> Shown:
        """What ``open_master`` shows now."""
        return cls(marks.has_status_marks(open_master), summary_sheet.summary_is_filled(open_master))


def rejudged(
    open_master: OpenMaster, changed: Master, log: log_sheet.MergeLog, shown: Shown | None = None
) -> list[Write]:
    """The writes that bring whatever judgement is ``shown`` (None: now) up to ``changed`` and ``log``, so that no stale
    status stays behind."""
    judgement = judge(changed, changed.as_of())
    shown = shown or Shown.by(open_master)
    writes: list[Write] = []
    if shown.by_marks:
        writes += marks.status_marks(open_master, judgement)
    if shown.in_summary:
        writes += _overview(open_master, changed, judgement, log)
    return writes + summary_sheet.judged_date_writes(open_master, None)


def _overview(
    open_master: OpenMaster, changed: Master, judgement: Judgement, log: log_sheet.MergeLog
) -> list[Write]:
    """汇总表, its views and 首页 as ``judgement`` of ``changed`` has them."""
    records = unit_records(changed, log.record(), judgement.as_of)
    return [
        *summary_sheet.summary_writes(open_master, changed, judgement),
        *summary_sheet.view_writes(open_master, changed),
        *home_sheet.home_writes(open_master, changed, judgement, records),
    ]
