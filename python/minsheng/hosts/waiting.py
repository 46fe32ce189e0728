"""A program that takes no calls, because a cell is being edited or a dialog is open: what has to be put back waits for it."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    import xlwings as xw

__all__ = ["PATIENCE", "Insistence", "SavedFlag"]

#: Seconds in which a job that must put something back goes on trying, each try as long as the engine's own patience.
PATIENCE = 600.0
_PAUSE = 0.05

_Result = TypeVar("_Result")


class Insistence:
    """Calls that are made again and again while the program takes none, for ``PATIENCE`` seconds all told; when that is
    over, each fails at once. Between two tries ``ask``, if any, tells somebody to make the program free, and returns when
    they have read it."""

    def __init__(self, ask: Callable[[str], None] | None = None) -> None:
        self._ask = ask
        self._until = time.monotonic() + PATIENCE
        self._over: Exception | None = None

    def __call__(self, work: Callable[[], _Result]) -> _Result:
        """``work``, which may be begun more than once; whatever it raises but that the program is busy."""
        from xlengines.excel import is_busy

        if self._over is not None:
            raise self._over
        while True:
            try:
                return work()
            except Exception as failure:
                if not is_busy(failure):
                    raise
                if time.monotonic() > self._until:
                    self._over = failure
                    raise
            if self._ask is not None:
                self._ask(
                    "Excel 正忙，或者正在编辑单元格，程序在等它。\n\n"
                    "请先结束单元格编辑（按回车或 Esc）、关掉 Excel 的对话框，再点“确定”，程序就接着收尾。"
                )
            time.sleep(_PAUSE)


class SavedFlag:
    """Whether ``book`` counted as saved when this was made; not where its program cannot say."""

    def __init__(self, book: xw.Book, insist: Insistence) -> None:
        from xlengines.unsaved import is_saved

        self._book, self._insist = book, insist
        self._was = False
        with suppress(Exception):
            self._was = insist(lambda: is_saved(book))

    def put_back(self) -> None:
        """Let it count so again, after what is none of its content (Excel keeps the mode of calculation in the book and
        counts a change of it) or was put back."""
        from xlengines.unsaved import mark_saved

        if self._was:
            with suppress(Exception):
                self._insist(lambda: mark_saved(self._book))
