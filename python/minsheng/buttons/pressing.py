"""What happens around the work of every button: the calling book, a host held still, one sentence if it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..dialogs import Dialogs, current
from ..errors import MinshengError, UsageError
from ..hosts import sentences
from ..jobs.progress import told_to
from ..log import log_file, note_failure
from ..quiet import Asking, Quiet

if TYPE_CHECKING:
    from collections.abc import Callable

    import xlwings as xw

__all__ = ["press"]


def press(
    name: str,
    work: Callable[[Any, Dialogs], str | None],
    *,
    keeps_selection: bool = True,
    needs_book: bool = True,
) -> None:
    """Run one button's work on the calling book; whatever goes wrong ends in one sentence.

    ``work`` gives the words to tell the clerk at the end, None where there are none: the clerk gave up, or sees it.
    Without ``needs_book`` it gets None where no book is open.
    """
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
