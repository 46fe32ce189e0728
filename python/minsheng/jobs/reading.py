"""How a job gets at the master in an open book, and what of it the job's result depends on: where that could not be read,
the job refuses by name."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ..domain.checks import Case
from ..domain.checks.units import units_without_a_form
from ..errors import MasterDamaged
from ..sheets import layout, marks, summary_sheet
from ..sheets.gaps import MARKS, PRINTED, PROJECTS, SETTINGS, Gap, refusal
from ..sheets.open_master import OpenMaster
from . import unwatched

if TYPE_CHECKING:
    import xlwings as xw

    from . import Progress

__all__ = ["Job", "is_master", "read_for", "require"]


class Job(StrEnum):
    """The jobs that refuse, in the words of their refusal. 校验 and show go on: saying what is missing is their work."""

    MERGE = "汇总"
    UNDO = "撤销"
    COLOUR = "着色"
    CLEAR_COLOUR = "清除着色"
    SUMMARISE = "刷新"
    BULLETIN = "生成通报"
    DISPATCH = "生成填报表"
    NOTE = "记入汇总记录"
    EXPORT = "导出"
    REMIND = "生成催报单"
    REPLY = "生成反馈单"
    AMEND = "修订总表"
    FOLLOW = "沿用设置"


_MODEL: Final = frozenset({PROJECTS, SETTINGS})
_NEEDS: Final = {
    Job.MERGE: _MODEL | {layout.NAME_DETAILS, layout.NAME_LOG},
    Job.UNDO: _MODEL | {layout.NAME_DETAILS, layout.NAME_LOG},
    Job.COLOUR: _MODEL | {MARKS},
    Job.CLEAR_COLOUR: frozenset({MARKS}),
    Job.SUMMARISE: _MODEL | {PRINTED, layout.NAME_SUMMARY, layout.NAME_LOG, layout.PARAM_PAPER},
    Job.BULLETIN: _MODEL | {layout.NAME_LOG},
    Job.DISPATCH: _MODEL,
    Job.NOTE: frozenset({layout.NAME_LOG}),
    Job.EXPORT: _MODEL,
    Job.REMIND: _MODEL | {layout.NAME_LOG},
    Job.REPLY: _MODEL | {layout.NAME_LOG},
    Job.FOLLOW: frozenset(
        {
            SETTINGS,
            layout.NAME_CONTAINMENTS,
            layout.NAME_RULES,
            layout.PARAM_INBOX,
            layout.PARAM_ON_TIME_DAY,
            layout.PARAM_PAPER,
        }
    ),
    Job.AMEND: _MODEL | {MARKS, PRINTED, layout.NAME_DETAILS, layout.NAME_LOG},
}
#: What shows a judgement beside the marks: brought up to date by every job that changes it. Gone altogether, a sheet of
#: these cannot go stale.
_OVERVIEWS: Final = frozenset(
    {
        layout.NAME_SUMMARY, layout.NAME_HOME, layout.NAME_COUNTS, layout.NAME_DUE, layout.NAME_SENT_BY_TOWNSHIPS,
        layout.NAME_SENT_BY_BUREAUS, *layout.VIEWS, layout.NAME_HEATMAP, layout.PARAM_ON_TIME_DAY,
    }
)  # fmt: skip
#: These write into the master; an input whose value only a program knows would go stale in it.
_CHANGING: Final = frozenset({Job.MERGE, Job.UNDO, Job.COLOUR, Job.CLEAR_COLOUR, Job.SUMMARISE, Job.AMEND})
#: These go to units by name, or tell how the units of 设置 stand: a name that it does not know would be left out.
_TO_UNITS: Final = frozenset({Job.DISPATCH, Job.REMIND, Job.REPLY, Job.BULLETIN})
#: A plain file computes nothing: what a formula with references would give is not known there.
_ENGINES_WITHOUT_CALCULATION: Final = frozenset({"file"})


def read_for(book: xw.Book, job: Job | None = None, progress: Progress = unwatched) -> OpenMaster:
    """The open master, whole as far as ``job`` depends on it (None: as far as it can be read).

    NotAMaster; MasterDamaged with the sheet and cell of everything that is missing.
    """
    progress("读取总表")
    master = OpenMaster.read(book)
    if job is not None:
        require(master, job, book.app.engine.name)
    progress("计算并写入")
    return master


def is_master(book: xw.Book) -> bool:
    """Whether a book carries the 总表's id: a single question, for a list of open books."""
    return layout.NAME_ID in book.names


def require(master: OpenMaster, job: Job, engine: str) -> None:
    """MasterDamaged, with everything that is missing at once, where the result of ``job`` on ``engine`` would depend on it."""
    off = {code for code, severity in master.settings.settings.severities.items() if severity is None}
    missed = [gap for gap in master.gaps if _is_missed(master, job, gap) and gap.finding.code not in off]
    if job in _TO_UNITS and not master.lacks(SETTINGS):
        nameless = units_without_a_form(Case(master.master, date.min))
        missed += [Gap(SETTINGS, master.locate(finding)) for finding in nameless]
    if missed:
        raise refusal(missed, job)
    if master.referencing and job in _CHANGING and engine in _ENGINES_WITHOUT_CALCULATION:
        raise MasterDamaged(
            f"没有{job}：总表的填数格里有公式，直接处理文件时不知道它现在的值：{'、'.join(master.referencing)}。",
            "请在 Excel 里把这些格子改成数值（复制后“选择性粘贴—数值”），保存后再试。",
        )


def _is_missed(master: OpenMaster, job: Job, gap: Gap) -> bool:
    if gap.part in _NEEDS[job]:
        return True
    if job not in _CHANGING or job is Job.CLEAR_COLOUR:
        return False
    if gap.part == MARKS:
        return not gap.gone and marks.has_status_marks(master)
    shown = job is Job.SUMMARISE or _summary_may_be_filled(master)
    return shown and (gap.part == layout.NAME_LOG or (not gap.gone and gap.part in _OVERVIEWS))


def _summary_may_be_filled(master: OpenMaster) -> bool:
    """Whether 汇总表 shows a judgement, or nobody can tell."""
    return summary_sheet.summary_is_filled(master) or any(
        gap.part == layout.NAME_SUMMARY and not gap.gone for gap in master.gaps
    )
