"""What a button takes from 设置: proposed to the clerk, who may choose otherwise and have it remembered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.period import Period, PeriodName
from ..errors import UsageError
from .besides import besides

if TYPE_CHECKING:
    import xlwings as xw

    from ..dialogs import Dialogs
    from ..jobs import Progress

__all__ = ["ask_inbox", "ask_period", "folder_of", "offer_to_remember", "show"]


def show(book: xw.Book, dialogs: Dialogs, progress: Progress) -> None:
    """Bring the sheet to the front."""
    from ..jobs.settings import settings_sheet

    settings_sheet(book).activate()


def ask_period(book: xw.Book, dialogs: Dialogs) -> Period | None:
    """The month to work on: that of 设置, confirmed or changed by the clerk."""
    from ..jobs.periods import period_of_year
    from ..jobs.settings import settings_of

    settings, year = settings_of(book)
    proposal = str(settings.cycle.holding(settings.period or Period(year, 1)))
    answer = dialogs.ask_text("请确认期次（年-月）：", proposal)
    if answer is None:
        return None
    try:
        asked = PeriodName.parse(answer)
    except ValueError:
        raise UsageError(f"“{answer}”不是期次。", f"请写成 {proposal} 的样子。") from None
    return period_of_year(asked, settings, year)


def ask_inbox(book: xw.Book, dialogs: Dialogs, period: Period) -> Path | None:
    """The 收件夹 of 设置, relative to the master's own folder (the clerk confirms it with the 汇总); a choice without it."""
    from ..jobs.settings import settings_of

    words = settings_of(book)[0].inbox
    folder = (folder_of(book) or Path()) / words
    if words and folder.is_dir():
        return folder
    reason = f"“设置”里的收件夹“{words}”不存在，" if words else ""
    return dialogs.choose_folder(f"{reason}请选择{period.label}的收件夹", folder_of(book))


def offer_to_remember(book: xw.Book, dialogs: Dialogs, period: Period, inbox: Path | None = None) -> None:
    """Ask whether 设置 is to say what the clerk has just chosen instead."""
    from ..jobs.settings import inbox_words, remember, settings_of

    with besides(dialogs, "“设置”没有改动，其余已经完成。"):
        settings = settings_of(book)[0]
        new_period = None if period == settings.period else period
        folder = None if inbox is None else inbox_words(inbox, folder_of(book))
        stands = inbox is None or (folder_of(book) or Path()) / settings.inbox == inbox
        new_folder = None if stands else folder
        changes = [f"本期改为 {new_period}"] * (new_period is not None)
        changes += [f"收件夹改为“{new_folder}”"] * (new_folder is not None)
        if changes and dialogs.ask(f"要把“设置”里的{'、'.join(changes)}吗？下次点按钮就按它来。"):
            remember(book, period=new_period, inbox=new_folder)


def folder_of(book: xw.Book) -> Path | None:
    """The folder that the book lies in; None where it was never saved, or lies at a web address."""
    return Path(book.fullname).parent if Path(book.fullname).is_absolute() else None
