"""What 汇总记录 keeps of the forms that were made: who was asked for a month, and can be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..sheets.log_sheet import appended
from .merging import logged, now_and_who
from .reading import Job, read_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import xlwings as xw

    from ..domain.history import MadeForm

__all__ = ["note"]


def note(book: xw.Book, forms: Sequence[MadeForm], at: datetime | None = None) -> None:
    """Put ``forms``, all of one month, into 汇总记录 (``at``: now if None); those that stand there already are left out.

    MasterDamaged where the log is not whole, and whatever keeps a sheet from being written.
    """
    master = read_for(book, Job.NOTE)
    log = master.needed_log()
    known = {(form.unit, form.period) for form in log.made()}
    news = [form for form in forms if (form.unit, form.period) not in known]
    if news:
        master.apply(book, appended(master, logged(log, news[0].period, now_and_who(at), news)))
