"""生成填报表: one file for each unit that reports."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from ..domain.duties import recipients
from ..domain.form_file import form_names
from ..domain.history import MadeForm
from ..outputs import Outputs
from . import unwatched
from .periods import period_of
from .reading import Job, read_for

if TYPE_CHECKING:
    from pathlib import Path

    import xlwings as xw

    from ..domain.period import Period, PeriodName
    from . import Progress

__all__ = ["Dispatch", "dispatch", "holds"]


@dataclass(frozen=True)
class Dispatch:
    """File names in ``folder``: written now, standing there already with the same content, or kept because they differ.
    ``unnoted`` are those of units whose form of the month 汇总记录 does not know of yet: jobs.noting puts them there."""

    folder: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]
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
    units = recipients(master)
    names = form_names(units, period)
    known = {(form.unit, form.period) for form in opened.log.made()} if opened.log else set()
    written, unchanged, kept = [], [], []
    unnoted = []
    with Outputs() as outputs:
        for number, unit in enumerate(units, start=1):
            progress(f"写第{number}份，共{len(units)}份")
            name = names[unit.name]
            content = submission.build(master, unit, period)
            target = folder / name
            if not os.path.lexists(target):
                outputs.add(target, content)
                written.append(name)
            elif holds(target, content):
                unchanged.append(name)
            else:
                kept.append(name)
            if (unit.name, period) not in known:
                digest = "" if name in kept[-1:] else sha256(content).hexdigest()
                unnoted.append(MadeForm(name, digest, unit.name, period))
        outputs.put()
    return Dispatch(folder, tuple(written), tuple(unchanged), tuple(kept), tuple(unnoted))


def holds(target: Path, content: bytes) -> bool:
    """Whether a file has just this content; one that cannot be read has another."""
    try:
        return target.read_bytes() == content
    except OSError:
        return False
