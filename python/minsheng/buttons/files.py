"""The buttons that make files: the clerk says where they go, and is told what stands there now."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..dialogs import bullets
from ..hosts import open_for_a_person
from .amending import amend
from .besides import besides
from .next_year import ask_last_year, ask_same, older_than
from .settings import ask_period, folder_of, offer_to_remember

if TYPE_CHECKING:
    import xlwings as xw

    from ..dialogs import Dialogs
    from ..jobs import Progress

__all__ = ["bulletin", "dispatch", "export_pdf", "import_document", "reply"]


def import_document(book: xw.Book | None, dialogs: Dialogs, progress: Progress) -> str | None:
    """导入任务书: ask for the document and for the new master's place, build it and open it beside ``book``. A document
    that reads doubtfully is offered as a 核对稿 first, which comes back by this button too; on an open master of its year it
    may amend that one, and an older master's units and settings may go over. A .doc or .wps is converted first, where there
    is a LibreOffice and the clerk says so."""
    from ..jobs.converting import as_docx, can_convert, refused_as_old

    old_kinds = (".doc", ".wps", ".rtf") if can_convert() else ()
    source = dialogs.choose_file("请选择任务书或改好的核对稿", (".docx", ".txt", ".xlsx", *old_kinds))
    if source is None:
        return None
    old = refused_as_old(source) if old_kinds else None
    if old is None or not dialogs.ask(
        f"{old.message}\n\n要用这台电脑上的 LibreOffice 把它转成 .docx 再读吗？原来的文件不动。"
    ):
        return _imported(source, book, dialogs, progress)
    with as_docx(source, progress) as converted:
        return _imported(converted, book, dialogs, progress)


def _imported(source: Path, book: xw.Book | None, dialogs: Dialogs, progress: Progress) -> str | None:
    from ..jobs.importing import doubts_in
    from ..jobs.importing import import_document as job

    doubts, year = doubts_in(source, progress)
    if doubts and dialogs.ask(
        f"这份任务书有{doubts}处读不准。要先生成核对稿，改好以后再导入吗？\n\n选“否”就直接生成总表，读不准的地方列在“导入核对”里。"
    ):
        return _review(source, book, dialogs, progress)
    older = None if book is None else older_than(book, year)
    if (
        book is not None
        and older is False
        and dialogs.ask(
            f"现在打开的“{book.name}”是总表。要按这份任务书修订它吗？\n\n选“否”就生成一份新的总表。"
        )
    ):
        return amend(book, source, dialogs, progress)
    target = dialogs.choose_new_file("总表存到哪里", f"{source.stem}_民生实事总表.xlsx")
    if target is None:
        return None
    last = ask_last_year(book if older else None, target.parent, year, dialogs)
    done = job(source, target, progress=progress, last=last, is_same=partial(ask_same, dialogs))
    _open("总表", target, book, dialogs)
    errors = sum(finding.severity == "error" for finding in done.findings)
    return (
        f"已生成总表：{done.document.year}年，{len(done.document.projects)}个项目。\n"
        f"有{len(done.findings)}处读法请在“导入核对”里过目，其中{errors}处必须处理。"
    )


def _review(source: Path, book: xw.Book | None, dialogs: Dialogs, progress: Progress) -> str | None:
    """Write the 核对稿 where the clerk says, and open it beside ``book``."""
    from ..jobs.importing import read_for_review

    target = dialogs.choose_new_file("核对稿存到哪里", f"{source.stem}_核对稿.xlsx")
    if target is None:
        return None
    done = read_for_review(source, target, progress=progress)
    _open("核对稿", target, book, dialogs)
    return (
        f"已生成核对稿：{len(done.document.projects)}个项目，{len(done.findings)}处要核对，都列在“核对”工作表里。\n"
        f"读对了的打√，读错了的直接改；保存并关闭以后，再点“导入任务书”，选“{target.name}”。"
    )


def _open(what: str, path: Path, book: xw.Book | None, dialogs: Dialogs) -> None:
    """Show the clerk what was made; where that fails it is made all the same."""
    with besides(dialogs, f"{what}已经生成，但没有打开：\n{path}"):
        open_for_a_person(path, beside=book)


def dispatch(book: xw.Book, dialogs: Dialogs, progress: Progress) -> str | None:
    """生成填报表: one file for each reporting unit, of the month and in the folder that the clerk chooses."""
    from ..jobs.dispatching import dispatch as job
    from ..jobs.noting import note

    period = ask_period(book, dialogs)
    if period is None:
        return None
    folder = dialogs.choose_folder(f"{period.label}填报表放到哪个文件夹", folder_of(book))
    if folder is None:
        return None
    done = job(book, period, folder, progress)
    with besides(dialogs, "填报表已经生成，但没有记进“汇总记录”，没有报来的单位暂时不算缺报。"):
        note(book, done.unnoted)
    offer_to_remember(book, dialogs, period)
    words = f"已生成{len(done.placed.written)}份{period.label}填报表，放在：\n{folder}"
    if done.placed.kept:
        words += f"\n\n有{len(done.placed.kept)}份已存在且内容不同，没有覆盖：\n" + bullets(done.placed.kept)
    return words


def export_pdf(book: xw.Book, dialogs: Dialogs, progress: Progress) -> str | None:
    """导出PDF: 汇总表, another sheet for leaders or the whole book, as the program that holds the book prints it."""
    from ..jobs.printing import printable, to_pdf

    part = dialogs.ask_text(f"输出哪些？可以填：{'、'.join(printable())}。", printable()[0])
    if part is None:
        return None
    target = dialogs.choose_new_file("PDF存到哪里", f"{Path(book.name).stem}_{part.strip()}.pdf")
    if target is None:
        return None
    to_pdf(book, target, part.strip())
    return f"已输出：\n{target}"


def bulletin(book: xw.Book, dialogs: Dialogs, progress: Progress) -> str | None:
    """通报: a draft in Word, of the month that the clerk chooses."""
    from ..jobs.notices import bulletin as job

    period = ask_period(book, dialogs)
    if period is None:
        return None
    target = dialogs.choose_new_file("通报存到哪里", f"{period.label}民生实事通报.docx")
    if target is None:
        return None
    job(book, period, target, progress)
    offer_to_remember(book, dialogs, period)
    return f"通报初稿已写到：\n{target}"


def reply(book: xw.Book, dialogs: Dialogs, progress: Progress) -> str | None:
    """反馈: a page to print and a text to send for each unit, of the month and in the folder that the clerk chooses."""
    from ..jobs.replying import reply as job

    period = ask_period(book, dialogs)
    if period is None:
        return None
    folder = dialogs.choose_folder(f"{period.label}反馈单放到哪个文件夹（不要放在收件夹里）", folder_of(book))
    if folder is None:
        return None
    done = job(book, period, folder, progress)
    offer_to_remember(book, dialogs, period)
    words = f"已为{len(done.replies.replies)}家写好{period.label}反馈单（.xlsx 打印，.txt 贴到微信里），放在：\n{folder}"
    if done.placed.kept:
        words += (
            f"\n\n有{len(done.placed.kept)}个文件已存在且内容不同，没有覆盖；要重新写，请先把它们移走：\n"
            + bullets(done.placed.kept)
        )
    if done.replies.unknown:
        reasons = [refusal.what.reason for refusal in done.replies.unknown]
        words += f"\n\n有{len(reasons)}份退回的文件看不出是哪个单位的，请您去问：\n" + bullets(reasons)
    return words
