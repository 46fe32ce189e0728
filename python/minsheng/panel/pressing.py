"""One button, pressed on one book."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from .. import buttons
from ..dialogs import answered_by
from ..errors import MinshengError
from ..hosts import book_of, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..dialogs import Dialogs
    from ..hosts import OpenBook
    from ..tab import Button

__all__ = ["press"]


def press(button: Button, book: OpenBook | None, dialogs: Dialogs) -> None:
    """Do what the button does; all that there is to say goes to ``dialogs``. To be called in the office thread."""
    with answered_by(dialogs):
        try:
            with sentences(), _calling(book):
                getattr(buttons, button.does)()
        except MinshengError as failure:
            dialogs.warn(f"{button.label}没有完成。\n\n{failure}")


@contextmanager
def _calling(wanted: OpenBook | None) -> Iterator[None]:
    """Let ``xw.Book.caller()`` be the book inside the block, fetched anew: a person may have closed it since."""
    import xlwings as xw

    if wanted is None:
        yield
        return
    book_of(wanted).set_mock_caller()
    try:
        yield
    finally:
        delattr(xw.Book, "_mock_caller")  # xlwings can set it but not take it back
