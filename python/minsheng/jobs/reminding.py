"""催报: the list of the units whose 填报表 of a month has not come, ready to print and to send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from ..domain.open_refusals import open_refusals
from ..domain.reminder import Reminder, reminder
from ..outputs import Outputs
from .dispatching import in_master_year
from .needs import Job
from .progress import unwatched
from .reading import read_for

if TYPE_CHECKING:
    from pathlib import Path

    import xlwings as xw

    from ..domain.period import Period
    from .progress import Progress

__all__ = ["Reminding", "remind"]


@dataclass(frozen=True)
class Reminding:
    """The list, its words to be sent, and the two files that hold it (.xlsx, .txt)."""

    reminder: Reminder
    message: str
    workbook: Path
    text: Path


def remind(book: xw.Book, period: Period, folder: Path, progress: Progress = unwatched) -> Reminding:
    """Write the 催报单 of ``period`` into ``folder``, under a name that is still free. CannotSave."""
    from ..building import reminder as building

    opened = read_for(book, Job.REMIND, progress=progress)
    master = opened.master
    in_master_year(period, master.year)
    record = opened.needed_log().record()
    refusals = open_refusals(master, record)
    found = reminder(master, period, record.units_by_month(master.year), refusals)
    words = building.message(found)
    workbook, text = _free_names(folder, f"{period.label}催报单")
    today = datetime.now().astimezone().date()
    with Outputs() as outputs:
        outputs.add(workbook, building.build(found, master.document.title, today))
        # Windows' notepad knows UTF-8 by its mark, and old ones break lines at \r\n alone.
        outputs.add(text, words.replace("\n", "\r\n").encode("utf-8-sig"))
        outputs.put()
    return Reminding(found, words, workbook, text)


def _free_names(folder: Path, name: str) -> tuple[Path, Path]:
    """A pair of names of which neither is taken: 2024年06月催报单, else 2024年06月催报单_2 and so on."""
    for number in count(1):
        stem = name if number == 1 else f"{name}_{number}"
        workbook, text = folder / f"{stem}.xlsx", folder / f"{stem}.txt"
        if not (workbook.exists() or text.exists()):
            return workbook, text
    raise AssertionError
