"""反馈: what each unit's file of a month gave, as a page to print and a text to send."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.duties import recipients
from ..domain.form_file import form_names, reply_names
from ..domain.reply import replies
from ..errors import UsageError
from ..outputs import Placed, place
from . import unwatched
from .periods import period_of
from .reading import Job, read_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

    from ..domain.master import Master
    from ..domain.period import Period, PeriodName
    from ..domain.reply import Replies
    from . import Progress

__all__ = ["Replying", "reply"]


@dataclass(frozen=True)
class Replying:
    """What the units are told, and what of it was put into ``folder``."""

    replies: Replies
    folder: Path
    placed: Placed


def reply(
    book: xw.Book, period: Period | PeriodName, folder: Path, progress: Progress = unwatched
) -> Replying:
    """Write the 反馈单 of ``period`` (.xlsx and .txt a unit) into ``folder``, all that are missing there or none; a file
    that stands there and differs is never overwritten. UsageError, CannotSave."""
    opened = read_for(book, Job.REPLY, progress=progress)
    master = opened.master
    period = period_of(period, master)
    _not_among_forms(book, master.settings.inbox, folder)
    found = replies(master, period, opened.needed_log().record())
    return Replying(found, folder, place(folder, _files(master, found, progress)))


def _not_among_forms(book: xw.Book, inbox: str, folder: Path) -> None:
    """UsageError where ``folder`` lies in the 收件夹 of 设置: a 汇总 would take the replies for what units have sent."""
    beside = Path(book.fullname).parent
    if not inbox or not beside.is_absolute():
        return
    among = (beside / inbox).resolve()
    if among in (folder.resolve(), *folder.resolve().parents):
        raise UsageError(f"反馈单不能放在收件夹“{among}”里，汇总时会当成交来的文件。", "请另选一个文件夹。")


def _files(master: Master, found: Replies, progress: Progress) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file."""
    from ..building import reply as building
    from ..building import reply_words

    units = recipients(master)
    forms, names = form_names(units, found.period), reply_names(units, found.period)
    for number, told in enumerate(found.replies, start=1):
        progress(f"写第{number}份，共{len(found.replies)}份")
        form = forms[told.unit.name]
        page, text = names[told.unit.name]
        yield page, building.build(told, found.period, form, master.document.title)
        words = reply_words.message(told, found.period, form)
        # Windows' notepad knows UTF-8 by its mark, and old ones break lines at \r\n alone.
        yield text, words.replace("\n", "\r\n").encode("utf-8-sig")
