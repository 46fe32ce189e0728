"""What a month's reports come to in words: the 催报单 for units whose 填报表 has not come, and a draft of the 通报."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from ..domain.lateness.judge import judge
from ..domain.open_refusals import open_refusals
from ..domain.reminder import Reminder, reminder
from ..errors import TargetExists, UsageError
from ..outputs import Outputs
from . import unwatched
from .periods import period_of
from .reading import Job, read_for

if TYPE_CHECKING:
    from pathlib import Path

    import xlwings as xw

    from ..domain.period import Period, PeriodName
    from . import Progress

__all__ = ["Reminding", "bulletin", "remind"]


@dataclass(frozen=True)
class Reminding:
    """The list, its words to be sent, and the two files that hold it (.xlsx, .txt)."""

    reminder: Reminder
    message: str
    workbook: Path
    text: Path


def remind(
    book: xw.Book, period: Period | PeriodName, folder: Path, progress: Progress = unwatched
) -> Reminding:
    """Write the 催报单 of ``period`` into ``folder``, under a name that is still free. CannotSave."""
    from ..building import reminder as building

    opened = read_for(book, Job.REMIND, progress=progress)
    master = opened.master
    period = period_of(period, master)
    record = opened.needed_log().record()
    refusals = open_refusals(master, record)
    found = reminder(master, period, record, refusals)
    words = building.message(found)
    workbook, text = _free_names(folder, f"{period.label}催报单")
    today = datetime.now().astimezone().date()
    with Outputs() as outputs:
        outputs.add(workbook, building.build(found, master.document.title, today))
        # Windows' notepad knows UTF-8 by its mark, and old ones break lines at \r\n alone.
        outputs.add(text, words.replace("\n", "\r\n").encode("utf-8-sig"))
        outputs.put()
    return Reminding(found, words, workbook, text)


def bulletin(
    book: xw.Book, period: Period | PeriodName, target: Path, progress: Progress = unwatched
) -> None:
    """Write the 通报 of ``period``, judged at its end, to ``target`` (.docx), which must not exist yet."""
    from ..building import bulletin as building

    if target.suffix.lower() != ".docx":
        raise UsageError(f"通报是 Word 文档，文件名要以 .docx 结尾，而不是“{target.name}”。")
    opened = read_for(book, Job.BULLETIN, progress=progress)
    master = opened.master
    period = period_of(period, master)
    if target.exists():
        raise TargetExists(f"“{target.name}”已经存在，没有覆盖。", "请换一个文件名，或先把原来的移走。")
    late = reminder(master, period, opened.needed_log().record())
    building.build(master, judge(master, period.last_day), late, target)


def _free_names(folder: Path, name: str) -> tuple[Path, Path]:
    """A pair of names of which neither is taken: 2024年06月催报单, else 2024年06月催报单_2 and so on."""
    for number in count(1):
        stem = name if number == 1 else f"{name}_{number}"
        workbook, text = folder / f"{stem}.xlsx", folder / f"{stem}.txt"
        if not (workbook.exists() or text.exists()):
            return workbook, text
    raise AssertionError
