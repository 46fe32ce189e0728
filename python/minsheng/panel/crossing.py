"""Where two threads meet: errands that another thread has for the one that owns the window."""

from __future__ import annotations

from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Crossing"]

T = TypeVar("T")


class Crossing:
    """tkinter answers in its own thread alone, which comes here every few milliseconds to see what there is to do."""

    def __init__(self) -> None:
        self._errands: SimpleQueue[Callable[[], object]] = SimpleQueue()

    def leave(self, errand: Callable[[], object]) -> None:
        """To be done in the window's thread, whenever it comes by."""
        self._errands.put(errand)

    def wait_for(self, errand: Callable[[], T]) -> T:
        """Done in the window's thread; its result here, however long a person takes. Never called by that thread itself."""
        answer: Future[T] = Future()

        def done() -> None:
            try:
                answer.set_result(errand())
            except BaseException as failure:  # noqa: BLE001 - it belongs to the one who waits
                answer.set_exception(failure)

        self._errands.put(done)
        return answer.result()

    def do_waiting(self) -> None:
        """The window's thread: do what has been left here. An errand may show a dialog and come by again meanwhile."""
        while True:
            try:
                errand = self._errands.get_nowait()
            except Empty:
                return
            errand()
