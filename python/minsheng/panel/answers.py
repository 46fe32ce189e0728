"""The panel's dialogs: called by a job in the office thread, shown and answered in the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from ..dialogs.windows import TkDialogs

if TYPE_CHECKING:
    import tkinter
    from collections.abc import Callable

    from .threads import WindowCalls

__all__ = ["PanelDialogs"]

T = TypeVar("T")


class _Window(Protocol):
    """What is asked of the panel. ``closing``: its owner wants it gone, and nothing is asked any more."""

    root: tkinter.Tk
    closing: bool

    def say(self, words: str, *, warning: bool = False) -> None: ...


class PanelDialogs(TkDialogs):
    """What is told stands in the panel, where it can be read again; what is asked is asked in front of it."""

    def __init__(self, calls: WindowCalls, window: _Window) -> None:
        self._calls = calls
        self._window = window

    def tell(self, words: str) -> None:
        """Words in the panel."""
        self._calls.post(lambda: self._window.say(words))

    def warn(self, words: str) -> None:
        """Words in the panel, in red and with a bell."""
        self._calls.post(lambda: self._window.say(words, warning=True))

    def ask(self, words: str) -> bool:
        """What was asked and answered stays to be read in the panel."""
        agreed = super().ask(words)
        self.tell(f"{words}\n（{'已确定' if agreed else '已取消'}）")
        return agreed

    def _answer(self, question: Callable[[tkinter.Tk], T]) -> T | None:
        window = self._window
        return self._calls.wait_for(lambda: None if window.closing else question(window.root))
