"""A UNO connection on which no call waits for ever."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING, Any

from . import bridge

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

__all__ = ["Allowance", "Line"]

_TICK = 0.25


class Line:
    """``context`` is the other side's component context.

    A call that outlasts its allowance is cut off by closing the connection, which makes it raise; nothing else would free
    the thread that waits for an answer. ``given_up`` is told.
    """

    def __init__(self, accept: str, seconds: float, given_up: Callable[[], None]) -> None:
        self._given_up = given_up
        self._deadlines: list[float] = []
        self._closed = threading.Event()
        bridge.uno()
        self._connection = bridge.local_service("com.sun.star.connection.Connector").connect(accept)
        threading.Thread(target=self._watch, daemon=True, name="libreoffice-line").start()
        try:
            with self.allowing(seconds):
                factory = bridge.local_service("com.sun.star.bridge.BridgeFactory")
                link = factory.createBridge("", "urp", self._connection, None)
                self.context: Any = link.getInstance("StarOffice.ComponentContext")
        except BaseException:
            self.close()
            raise

    @property
    def closed(self) -> bool:
        """Whether the line was given up or has broken."""
        return self._closed.is_set()

    @property
    def idle(self) -> bool:
        """Whether no call is under way that has an allowance."""
        return not self._deadlines

    def allowing(self, seconds: float) -> Allowance:
        """A block in which calls may take so long together; inside another block this one counts."""
        return Allowance(self._deadlines, seconds)

    def close(self) -> None:
        """Give the line up; a second time does nothing."""
        if not self._closed.is_set():
            self._closed.set()
            with contextlib.suppress(Exception):  # the other side may be gone already
                self._connection.close()

    def _watch(self) -> None:
        while not self._closed.wait(_TICK):
            latest = self._deadlines[-1:]
            if latest and time.monotonic() > latest[0]:
                self.close()
                self._given_up()


class Allowance:
    """A class, since UNO's exceptions cannot pass through a generator that is a context manager."""

    def __init__(self, deadlines: list[float], seconds: float) -> None:
        self._deadlines = deadlines
        self._seconds = seconds

    def __enter__(self) -> None:
        self._deadlines.append(time.monotonic() + self._seconds)

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._deadlines.pop()
