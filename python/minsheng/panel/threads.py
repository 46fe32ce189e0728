"""The panel's two threads: one owns the window, one talks to office programs; and the dialogs that pass between them.

tkinter answers in its own thread alone, which comes by every few milliseconds to see what there is to do. Excel's objects
belong to the thread that fetched them (xlwings calls CoInitialize in it before it looks for Excel), and LibreOffice's
connection counts one caller at a time. While that thread waits for a program or a person, the window stays alive.
"""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ..dialogs.windows import TkDialogs

if TYPE_CHECKING:
    import tkinter
    from collections.abc import Callable

__all__ = ["OfficeThread", "PanelDialogs", "WindowCalls"]

T = TypeVar("T")


class WindowCalls:
    """Calls that the office thread has for the thread that owns the window."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Callable[[], object]] = SimpleQueue()

    def post(self, call: Callable[[], object]) -> None:
        """To be made in the window's thread, whenever it comes by."""
        self._queue.put(call)

    def wait_for(self, call: Callable[[], T]) -> T:
        """Made in the window's thread; its result here, however long a person takes. Never called by that thread."""
        answer: Future[T] = Future()
        self._queue.put(partial(_settle, answer, call))
        return answer.result()

    def make_waiting(self) -> None:
        """The window's thread: make the calls that wait. One may show a dialog and come by again meanwhile."""
        while True:
            try:
                call = self._queue.get_nowait()
            except Empty:
                return
            call()


class OfficeThread:
    """Does one piece of work after the other."""

    def __init__(self, window: WindowCalls) -> None:
        self._window = window
        self._waiting: SimpleQueue[tuple[Callable[[], Any], Callable[[Future[Any]], None]]] = SimpleQueue()
        # A daemon: a program that never answers must not keep the panel from ending.
        Thread(target=self._work, daemon=True, name="office").start()

    def do(self, work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
        """Do ``work`` here when all before it is done; ``then`` gets its outcome in the window's thread."""
        self._waiting.put((work, then))

    def _work(self) -> None:
        while True:
            work, then = self._waiting.get()
            outcome: Future[Any] = Future()
            _settle(outcome, work)
            self._window.post(partial(then, outcome))


class _Window(Protocol):
    """What is asked of the panel. ``closing``: its owner wants it gone, and nothing is asked any more."""

    root: tkinter.Tk
    closing: bool

    def say(self, words: str, *, warning: bool = False) -> None: ...


class PanelDialogs(TkDialogs):
    """Called by a job in the office thread, shown and answered in the window's: what is told stands in the panel, where it can
    be read again; what is asked is asked in front of it."""

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


def _settle(future: Future[T], work: Callable[[], T]) -> None:
    """Do the work; what it gives or raises belongs to the one who waits for ``future``."""
    try:
        future.set_result(work())
    except BaseException as failure:  # noqa: BLE001 - it belongs to the one who waits
        future.set_exception(failure)
