"""汇总 as the clerk goes through it: what it will do, agreed to or not, what it did, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dialogs import bullets
from .besides import besides
from .proposal import nothing_new, proposal
from .settings import ask_inbox, ask_period, folder_of, offer_to_remember

if TYPE_CHECKING:
    import xlwings as xw

    from ..dialogs import Dialogs
    from ..domain.merging import MergePlan
    from ..domain.period import Period
    from ..jobs import Progress

__all__ = ["merge", "undo"]


def merge(book: xw.Book, dialogs: Dialogs, progress: Progress) -> str | None:
    """汇总: say what will be done, do it when the clerk agrees, and offer a 催报单 for who is missing."""
    from ..jobs.merging import merge as job

    period = ask_period(book, dialogs)
    if period is None:
        return None
    inbox = ask_inbox(book, dialogs, period)
    if inbox is None:
        return None
    done = job(
        book,
        inbox,
        period,
        agreed=lambda plan: all(dialogs.ask(page) for page in proposal(plan, inbox)),
        progress=progress,
    )
    if done.news and not done.applied:
        return None
    if done.applied:
        offer_to_remember(book, dialogs, period, inbox)
    words = _done_words(done.plan) if done.applied else nothing_new(done.plan, inbox)
    if not done.plan.missing:
        return words
    if dialogs.ask(f"{words}\n\n要为没有交的单位写一份催报单吗？"):
        with besides(dialogs, "催报单没有写成，其余已经完成。"):
            return _remind(book, dialogs, period, progress)
    return None


def _done_words(plan: MergePlan) -> str:
    words = f"已汇总{len(plan.merged)}份，改动{len(plan.numbers)}个数，记入“汇总记录”。"
    if plan.missing:
        words += f"\n还差{len(plan.missing)}份：{'、'.join(plan.missing)}。"
    errors = [finding.message for finding in plan.findings if finding.severity == "error"]
    if errors:
        words += f"\n有{len(errors)}处问题请与填报单位核对：\n{bullets(errors)}"
    return f"{words}\n\n总表还没有保存，核对无误后请保存。"


def _remind(book: xw.Book, dialogs: Dialogs, period: Period, progress: Progress) -> str | None:
    from ..jobs.notices import remind as job

    folder = dialogs.choose_folder("催报单放到哪个文件夹", folder_of(book))
    if folder is None:
        return None
    done = job(book, period, folder, progress)
    return f"催报单已写到：\n{done.workbook}\n{done.text.name} 可以直接贴到群里或邮件里：\n\n{done.message}"


def undo(book: xw.Book, dialogs: Dialogs, progress: Progress) -> str | None:
    """撤销汇总: take the last 汇总 back when the clerk agrees; what stays because it was changed since is named."""
    from ..jobs.undoing import undo as job

    if not dialogs.ask("撤销最近一次汇总、修订或修复，恢复之前的样子。确定吗？"):
        return None
    done = job(book, progress)
    words = f"已撤销第{done.batch}批{done.what}（{done.period}），恢复{len(done.restored)}处。"
    if done.left:
        words += f"\n有{len(done.left)}处后来被手工改过，保留现值：\n" + bullets(
            [str(place) for place in done.left]
        )
    return words
