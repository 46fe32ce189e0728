"""通报: a draft of the month's circular."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.lateness.judge import judge
from ..domain.reminder import reminder
from ..errors import TargetExists, UsageError
from .dispatching import in_master_year
from .needs import Job
from .progress import unwatched
from .reading import read_for

if TYPE_CHECKING:
    from pathlib import Path

    import xlwings as xw

    from ..domain.period import Period
    from .progress import Progress

__all__ = ["bulletin"]


def bulletin(book: xw.Book, period: Period, target: Path, progress: Progress = unwatched) -> None:
    """Write the 通报 of ``period``, judged at its end, to ``target`` (.docx), which must not exist yet."""
    from ..building import bulletin as building

    if target.suffix.lower() != ".docx":
        raise UsageError(f"通报是 Word 文档，文件名要以 .docx 结尾，而不是“{target.name}”。")
    opened = read_for(book, Job.BULLETIN, progress=progress)
    master = opened.master
    in_master_year(period, master.year)
    if target.exists():
        raise TargetExists(f"“{target.name}”已经存在，没有覆盖。", "请换一个文件名，或先把原来的移走。")
    late = reminder(master, period, opened.needed_log().record().units_by_month(master.year))
    building.build(master, judge(master, period.last_day), late, target)
