"""汇总 as the clerk goes through it: what it will do, agreed to or not, what it did, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .bullets import bullets
from .proposal import proposal
from .settings import ask_inbox, ask_period, folder_of, offer_to_remember

if TYPE_CHECKING:
    import xlwings as xw

    from ..dialogs import Dialogs
    from ..domain.period import Period

__all__ = ["merge", "undo"]


def merge(book: xw.Book, dialogs: Dialogs) -> str | None:
    from ..jobs.merging import merge as job

    period = ask_period(book, dialogs)
    if period is None:
        return None
    inbox = ask_inbox(book, dialogs, period)
    if inbox is None:
        return None
    done = job(
        book, inbox, period, agreed=lambda plan: all(dialogs.ask(page) for page in proposal(plan, inbox))
    )
    if not done.applied:
        plan = done.plan
        changes = (*plan.changes, *plan.word_changes, *plan.node_changes)
        return None if changes else "没有新的变化，总表没有改动。"
    offer_to_remember(book, dialogs, period, inbox)
    errors = sum(finding.severity == "error" for finding in done.plan.findings)
    words = f"已汇总{len(done.plan.merged)}份，改动{len(done.plan.changes)}个数，记入“汇总记录”。"
    if done.plan.missing:
        words += f"\n还差{len(done.plan.missing)}份：{'、'.join(done.plan.missing)}。"
    if errors:
        words += f"\n有{errors}处问题请与填报单位核对：\n" + bullets(
            [finding.message for finding in done.plan.findings if finding.severity == "error"]
        )
    words += "\n\n总表还没有保存，核对无误后请保存。"
    if not done.plan.missing:
        return words
    if dialogs.ask(f"{words}\n\n要为没有交的单位写一份催报单吗？"):
        return _remind(book, dialogs, period)
    return None


def _remind(book: xw.Book, dialogs: Dialogs, period: Period) -> str | None:
    from ..jobs.reminding import remind as job

    folder = dialogs.choose_folder("催报单放到哪个文件夹", folder_of(book))
    if folder is None:
        return None
    done = job(book, period, folder)
    return f"催报单已写到：\n{done.workbook}\n{done.text.name} 可以直接贴到群里或邮件里：\n\n{done.message}"


def undo(book: xw.Book, dialogs: Dialogs) -> str | None:
    from ..jobs.undoing import undo as job

    if not dialogs.ask("撤销最近一次汇总，恢复汇总前的数据。确定吗？"):
        return None
    done = job(book)
    words = f"已撤销第{done.batch}批汇总（{done.period}），恢复{len(done.restored)}处。"
    if done.left:
        words += f"\n有{len(done.left)}处后来被手工改过，保留现值：\n" + bullets(
            [str(place) for place in done.left]
        )
    return words
