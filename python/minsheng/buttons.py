"""One function a ribbon button: the calling book, the job, a message that a clerk understands.

Every button shows its progress in the status bar, puts screen updating, calculation and the selection back whatever
happens (and while it asks), and never saves: the book is its owner's.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .dialogs import Dialogs, current
from .domain.period import Period
from .errors import MinshengError, UsageError
from .hosts import open_for_a_person, sentences
from .jobs.progress import told_to
from .log import log_file, note_failure
from .quiet import Asking, Quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import xlwings as xw

    from .domain.merging import MergePlan

__all__ = [
    "bulletin",
    "check",
    "clear_colour",
    "colour",
    "dispatch",
    "export_pdf",
    "import_document",
    "merge",
    "open_settings",
    "refresh_summary",
    "show_help",
    "undo",
]

#: A message box holds about so many lines before its buttons leave the screen.
_MOST_LINES = 15
_FEW_LINES = 6


def import_document() -> None:
    """导入任务书: ask for the document and for the new master's place, build it and open it. No book need be open."""
    _click("导入任务书", _import, needs_book=False)


def dispatch() -> None:
    """生成填报表: one file for each reporting unit."""
    _click("生成填报表", _dispatch)


def merge() -> None:
    """汇总: say what will be done, and do it when the clerk agrees."""
    _click("汇总", _merge)


def undo() -> None:
    """撤销汇总: take the last merge back."""
    _click("撤销汇总", _undo)


def check() -> None:
    """校验: list what is wrong."""
    _click("校验", _check)


def colour() -> None:
    """逾期着色: judge and mark every project sheet."""
    _click("逾期着色", _colour)


def clear_colour() -> None:
    """清除着色: take the marks away."""
    _click("清除着色", _clear)


def refresh_summary() -> None:
    """刷新汇总表."""
    _click("刷新汇总表", _summarise)


def export_pdf() -> None:
    """导出PDF: 汇总表, another sheet for leaders or the whole book, as the program that holds the book prints it."""
    _click("导出PDF", _export_pdf)


def bulletin() -> None:
    """通报: a draft in Word."""
    _click("通报", _bulletin)


def open_settings() -> None:
    """设置: bring the sheet to the front."""
    _click("设置", _settings, keeps_selection=False)


def show_help() -> None:
    """帮助: what each button does."""
    from .tab import BUTTONS

    lines = [f"{button.label}：{button.tip}" for button in BUTTONS if button.does != "show_help"]
    current().tell("\n".join(lines) + "\n\n更多说明见安装文件夹里的《使用手册》。")


def _click(
    name: str,
    work: Callable[[Any, Dialogs], str | None],
    *,
    keeps_selection: bool = True,
    needs_book: bool = True,
) -> None:
    """Run one button's work on the calling book; whatever goes wrong ends in one sentence."""
    dialogs = current()
    try:
        with sentences():
            book = _calling_book() if needs_book else _calling_book_if_any()
            if book is None:
                words = work(book, dialogs)
            else:
                quiet = Quiet(book.app, f"民生实事：正在{name}……", keeps_selection=keeps_selection)
                with quiet, told_to(lambda step: quiet.say(f"民生实事：{name}，{step}……")):
                    words = work(book, Asking(dialogs, quiet))
    except MinshengError as failure:
        dialogs.warn(f"{name}没有完成。\n\n{failure}")
    except Exception as failure:  # noqa: BLE001 - the last resort: a sentence for the clerk, the details for the log
        note_failure(failure)
        dialogs.warn(f"{name}没有完成，总表没有改动。\n\n请把日志发给维护人员：\n{log_file()}")
    else:
        if words:
            dialogs.tell(words)


def _calling_book() -> xw.Book:
    import xlwings as xw

    try:
        return xw.Book.caller()
    except Exception as failure:
        raise UsageError("没有打开的工作簿。", "请先打开民生实事总表，再点按钮。") from failure


def _calling_book_if_any() -> xw.Book | None:
    try:
        return _calling_book()
    except UsageError:
        return None


def _import(book: xw.Book | None, dialogs: Dialogs) -> str | None:
    from .jobs.importing import import_document as job

    source = dialogs.choose_file("请选择任务书", (".docx", ".txt", ".xlsx"))
    if source is None:
        return None
    target = dialogs.choose_new_file("总表存到哪里", f"{source.stem}_民生实事总表.xlsx")
    if target is None:
        return None
    done = job(source, target)
    open_for_a_person(target, beside=book)
    errors = sum(finding.severity == "error" for finding in done.findings)
    return (
        f"已生成总表：{done.document.year}年，{len(done.document.projects)}个项目。\n"
        f"有{len(done.findings)}处读法请在“导入核对”里过目，其中{errors}处必须处理。"
    )


def _dispatch(book: xw.Book, dialogs: Dialogs) -> str | None:
    from .jobs.dispatching import dispatch as job

    period = _period(book, dialogs)
    if period is None:
        return None
    folder = dialogs.choose_folder(f"{period.label}填报表放到哪个文件夹", _beside(book))
    if folder is None:
        return None
    done = job(book, period, folder)
    _offer_to_remember(book, dialogs, period)
    words = f"已生成{len(done.written)}份{period.label}填报表，放在：\n{folder}"
    if done.kept:
        words += f"\n\n有{len(done.kept)}份已存在且内容不同，没有覆盖：\n" + _lines(done.kept)
    return words


def _merge(book: xw.Book, dialogs: Dialogs) -> str | None:
    from .jobs.merging import merge as job

    period = _period(book, dialogs)
    if period is None:
        return None
    inbox = _inbox(book, dialogs, period)
    if inbox is None:
        return None
    done = job(
        book, inbox, period, agreed=lambda plan: all(dialogs.ask(page) for page in _proposal(plan, inbox))
    )
    if not done.applied:
        plan = done.plan
        changes = (*plan.changes, *plan.word_changes, *plan.node_changes)
        return None if changes else "没有新的变化，总表没有改动。"
    _offer_to_remember(book, dialogs, period, inbox)
    errors = sum(finding.severity == "error" for finding in done.plan.findings)
    words = f"已汇总{len(done.plan.merged)}份，改动{len(done.plan.changes)}个数，记入“汇总记录”。"
    if done.plan.missing:
        words += f"\n还差{len(done.plan.missing)}份：{'、'.join(done.plan.missing)}。"
    if errors:
        words += f"\n有{errors}处问题请与填报单位核对：\n" + _lines(
            [finding.message for finding in done.plan.findings if finding.severity == "error"]
        )
    words += "\n\n总表还没有保存，核对无误后请保存。"
    if not done.plan.missing:
        return words
    if dialogs.ask(f"{words}\n\n要为没有交的单位写一份催报单吗？"):
        return _remind(book, dialogs, period)
    return None


def _remind(book: xw.Book, dialogs: Dialogs, period: Period) -> str | None:
    from .jobs.reminding import remind as job

    folder = dialogs.choose_folder("催报单放到哪个文件夹", _beside(book))
    if folder is None:
        return None
    done = job(book, period, folder)
    return f"催报单已写到：\n{done.workbook}\n{done.text.name} 可以直接贴到群里或邮件里：\n\n{done.message}"


def _proposal(plan: MergePlan, inbox: Path) -> Iterator[str]:
    """What a 汇总 is about to do, for the clerk to agree to: page by page what somebody typed by hand and would be
    changed, every one of it, then the whole."""
    from .domain.merging import change_lines

    lines = change_lines(plan)
    for start in range(0, len(lines.by_hand), _MOST_LINES):
        page = _lines(lines.by_hand[start : start + _MOST_LINES])
        count = f"{start + 1}—{min(start + _MOST_LINES, len(lines.by_hand))}/{len(lines.by_hand)}"
        yield f"下列内容是在总表里手工填的，这次汇总会改掉（{count}）：\n{page}\n\n同意改吗？不同意则这次不汇总。"
    parts = [
        f"{plan.period.label}汇总，收件夹：{inbox}",
        f"收到{len(plan.merged)}份，改动{len(plan.changes)}个数、{len(plan.word_changes) + len(plan.node_changes)}处文字和节点。",
    ]
    if plan.missing:
        parts.append(f"没有交的{len(plan.missing)}家：{'、'.join(plan.missing)}。")
    for title, files in (
        ("不能汇总的", plan.rejected),
        ("被取代的", plan.superseded),
        ("跳过的", plan.skipped),
    ):
        if files:
            parts.append(f"{title}{len(files)}份：\n" + _lines([file.reason for file in files], _FEW_LINES))
    if lines.overwriting:
        parts.append(
            f"以前汇总过、这次会改的{len(lines.overwriting)}处：\n" + _lines(lines.overwriting, _FEW_LINES)
        )
    yield "\n".join(parts) + "\n\n确定汇总吗？"


def _undo(book: xw.Book, dialogs: Dialogs) -> str | None:
    from .jobs.undoing import undo as job

    if not dialogs.ask("撤销最近一次汇总，恢复汇总前的数据。确定吗？"):
        return None
    done = job(book)
    words = f"已撤销第{done.batch}批汇总（{done.period}），恢复{len(done.restored)}处。"
    if done.left:
        words += f"\n有{len(done.left)}处后来被手工改过，保留现值：\n" + _lines(
            [str(place) for place in done.left]
        )
    return words


def _check(book: xw.Book, dialogs: Dialogs) -> str:
    from .domain.finding import Severity
    from .jobs.checking import check as job

    done = job(book)
    errors = [finding.message for finding in done.findings if finding.severity is Severity.ERROR]
    words = f"校验完成：错误{len(errors)}个，提醒{done.count(Severity.WARNING)}个，提示{done.count(Severity.INFO)}个。"
    return f"{words}\n{_lines(errors)}\n\n详见“校验结果”，点“位置”可以跳到单元格。" if errors else words


def _colour(book: xw.Book, dialogs: Dialogs) -> str:
    from .domain.status import Status
    from .jobs.judging import colour as job

    judgement = job(book)
    counts = {status: sum(project.status is status for project in judgement.projects) for status in Status}
    return f"着色完成，截至{judgement.as_of}：" + "，".join(
        f"{status}{counts[status]}个"
        for status in (Status.OVERDUE, Status.NEAR, Status.UNCONFIRMED, Status.DONE, Status.NORMAL)
    )


def _clear(book: xw.Book, dialogs: Dialogs) -> str:
    from .jobs.judging import clear_colour as job

    job(book)
    return "已清除着色。"


def _summarise(book: xw.Book, dialogs: Dialogs) -> str:
    from .jobs.judging import summarise as job

    return f"首页、汇总表、镇乡进度已刷新，截至{job(book).as_of}。"


def _export_pdf(book: xw.Book, dialogs: Dialogs) -> str | None:
    from .jobs.printing import printable, to_pdf

    part = dialogs.ask_text(f"输出哪些？可以填：{'、'.join(printable())}。", printable()[0])
    if part is None:
        return None
    target = dialogs.choose_new_file("PDF存到哪里", f"{Path(book.name).stem}_{part.strip()}.pdf")
    if target is None:
        return None
    to_pdf(book, target, part.strip())
    return f"已输出：\n{target}"


def _bulletin(book: xw.Book, dialogs: Dialogs) -> str | None:
    from .jobs.bulletining import bulletin as job

    period = _period(book, dialogs)
    if period is None:
        return None
    target = dialogs.choose_new_file("通报存到哪里", f"{period.label}民生实事通报.docx")
    if target is None:
        return None
    job(book, period, target)
    _offer_to_remember(book, dialogs, period)
    return f"通报初稿已写到：\n{target}"


def _settings(book: xw.Book, dialogs: Dialogs) -> None:
    from .jobs.reading import settings_sheet

    settings_sheet(book).activate()


def _period(book: xw.Book, dialogs: Dialogs) -> Period | None:
    """The month to work on: that of 设置, confirmed or changed by the clerk."""
    from .jobs.reading import settings_of

    settings, year = settings_of(book)
    proposal = str(settings.period or Period(year, 1))
    answer = dialogs.ask_text("请确认期次（年-月）：", proposal)
    if answer is None:
        return None
    try:
        return Period.parse(answer)
    except ValueError:
        raise UsageError(f"“{answer}”不是期次。", f"请写成 {proposal} 的样子。") from None


def _inbox(book: xw.Book, dialogs: Dialogs, period: Period) -> Path | None:
    """The 收件夹 of 设置, relative to the master's own folder (the clerk confirms it with the 汇总); a choice without it."""
    from .jobs.reading import settings_of

    words = settings_of(book)[0].inbox
    folder = (_beside(book) or Path()) / words
    if words and folder.is_dir():
        return folder
    reason = f"“设置”里的收件夹“{words}”不存在，" if words else ""
    return dialogs.choose_folder(f"{reason}请选择{period.label}的收件夹", _beside(book))


def _offer_to_remember(book: xw.Book, dialogs: Dialogs, period: Period, inbox: Path | None = None) -> None:
    """Ask whether 设置 is to say what the clerk has just chosen instead."""
    from .jobs.reading import settings_of
    from .jobs.remembering import inbox_words, remember

    settings = settings_of(book)[0]
    new_period = None if period == settings.period else period
    folder = None if inbox is None else inbox_words(inbox, _beside(book))
    new_folder = None if inbox is None or (_beside(book) or Path()) / settings.inbox == inbox else folder
    changes = [f"本期改为 {new_period}"] * (new_period is not None)
    changes += [f"收件夹改为“{new_folder}”"] * (new_folder is not None)
    if changes and dialogs.ask(f"要把“设置”里的{'、'.join(changes)}吗？下次点按钮就按它来。"):
        try:
            with sentences():
                remember(book, period=new_period, inbox=new_folder)
        except MinshengError as failure:  # what the button was pressed for is done all the same
            dialogs.warn(f"“设置”没有改动，其余已经完成。\n\n{failure}")


def _beside(book: xw.Book) -> Path | None:
    return Path(book.fullname).parent if Path(book.fullname).is_absolute() else None


def _lines(words: list[str] | tuple[str, ...], most: int = _MOST_LINES) -> str:
    shown = [f"· {line}" for line in words[:most]]
    if len(words) > most:
        shown.append(f"……共{len(words)}条")
    return "\n".join(shown)
