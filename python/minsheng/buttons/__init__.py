"""What the buttons of the tab do: a book, whoever answers and whoever watches go in, words that a clerk understands
come out.

Every work puts screen updating, calculation and the selection back whatever happens (and while it asks), and never
saves: the book is its owner's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import MinshengError, UsageError
from ..hosts import sentences, working_on
from ..jobs import Progress, unwatched
from ..log import note_failure
from ..tab import BUTTONS
from . import files, judging, merging, repairing, settings
from .suspended import ResumingDialogs, SuspendedUpdates

if TYPE_CHECKING:
    from collections.abc import Callable

    import xlwings as xw

    from ..dialogs import Dialogs
    from ..tab import Button

__all__ = ["WORKS", "press"]


def _help(book: xw.Book | None, dialogs: Dialogs, progress: Progress) -> str:
    lines = [f"{button.label}：{button.tip}" for button in BUTTONS if button.does != "show_help"]
    return "\n".join(lines) + "\n\n更多说明见安装文件夹里的《使用手册》。"


#: ``Button.does`` → its work, which gives the words to tell at the end: None where the clerk gave up, or sees it.
WORKS: dict[str, Callable[[Any, Dialogs, Progress], str | None]] = {
    "import_document": files.import_document,
    "dispatch": files.dispatch,
    "merge": merging.merge,
    "undo": merging.undo,
    "check": judging.check,
    "colour": judging.colour,
    "clear_colour": judging.clear_colour,
    "refresh_summary": judging.summarise,
    "export_pdf": files.export_pdf,
    "bulletin": files.bulletin,
    "reply": files.reply,
    "open_settings": settings.show,
    "repair": repairing.repair,
    "show_help": _help,
}


def press(button: Button, book: xw.Book | None, dialogs: Dialogs, progress: Progress = unwatched) -> None:
    """Do a button's work on ``book``, None where none is open. Whatever goes wrong ends in one sentence to ``dialogs``.

    ``progress`` hears each step, as the status bar of the book's program does.
    """
    work = WORKS[button.does]
    try:
        with sentences():
            if book is not None:
                words = _on_book(button, book, dialogs, progress)
            elif button.needs_book:
                raise UsageError("没有打开的工作簿。", "请先打开民生实事总表，再点按钮。")
            else:
                words = work(None, dialogs, progress)
    except MinshengError as failure:
        dialogs.warn(f"{button.label}没有完成。\n\n{failure}")
    except Exception as failure:  # noqa: BLE001 - the last resort: a sentence for the clerk, the details for the log
        dialogs.warn(
            f"{button.label}没有完成：程序出错。请先核对总表，再决定要不要保存。\n\n{note_failure(failure)}"
        )
    else:
        if words:
            dialogs.tell(words)


def _on_book(button: Button, book: xw.Book, dialogs: Dialogs, progress: Progress) -> str | None:
    """The work, with the updates of the book's program suspended."""

    def step(words: str) -> None:
        updates.say(f"民生实事：{button.label}，{words}……")
        progress(words)

    words = f"民生实事：正在{button.label}……"
    with (
        working_on(book, button.label),
        SuspendedUpdates(book, words, dialogs.warn, moves=button.moves) as updates,
    ):
        return WORKS[button.does](book, ResumingDialogs(dialogs, updates), step)
