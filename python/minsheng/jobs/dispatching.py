"""生成填报表: one file for each unit that reports."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from ..domain.duties import recipients
from ..domain.form_file import form_names
from ..domain.history import MadeForm
from ..outputs import Placed, place
from . import unwatched
from .periods import period_of
from .reading import Job, read_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import xlwings as xw

    from ..domain.period import Period, PeriodName
    from . import Progress

__all__ = ["Dispatch", "dispatch"]


@dataclass(frozen=True)
class Dispatch:
    """What was put into ``folder``. ``unnoted`` are the forms of units whose form of the month 汇总记录 does not know of yet:
    jobs.noting puts them there."""

    folder: Path
    placed: Placed
    unnoted: tuple[MadeForm, ...] = ()


def dispatch(
    book: xw.Book, period: Period | PeriodName, folder: Path, progress: Progress = unwatched
) -> Dispatch:
    """Write the 填报表 of ``period`` into ``folder``, all that are missing there or none; a file that stands there and
    differs is never overwritten. UsageError, CannotSave."""
    from ..building import submission

    opened = read_for(book, Job.DISPATCH, progress=progress)
    master = opened.master
    period = period_of(period, master)
    units = recipients(master, month=period.month)
    names = form_names(units, period)
    digests: dict[str, str] = {}

    def forms() -> Iterator[tuple[str, bytes]]:
        for number, unit in enumerate(units, start=1):
            progress(f"写第{number}份，共{len(units)}份")
            content = submission.build(master, unit, period)
            digests[names[unit.name]] = sha256(content).hexdigest()
            yield names[unit.name], content

    placed = place(folder, forms())
    known = {(form.unit, form.period) for form in opened.log.made()} if opened.log else set()
    unnoted = [
        MadeForm(name, "" if name in placed.kept else digests[name], unit.name, period)
        for name, unit in ((names[unit.name], unit) for unit in units)
        if (unit.name, period) not in known
    ]
    return Dispatch(folder, placed, tuple(unnoted))
