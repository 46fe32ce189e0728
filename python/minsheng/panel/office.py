"""The one thread that talks to office programs.

Excel's objects belong to the thread that fetched them (xlwings calls CoInitialize in it before it looks for Excel), and
LibreOffice's connection counts one caller at a time. While it waits for a program or a person, the window stays alive.
"""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from .crossing import Crossing

__all__ = ["OfficeThread"]

T = TypeVar("T")


class OfficeThread:
    def __init__(self, crossing: Crossing) -> None:
        self._crossing = crossing
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
            try:
                outcome.set_result(work())
            except Exception as failure:  # noqa: BLE001 - it is the window's to say
                outcome.set_exception(failure)
            self._crossing.leave(partial(then, outcome))
