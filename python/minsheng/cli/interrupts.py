"""Ctrl-C and the signals that end a process: before a job's work is saved they stop it, and all it has begun is cleared
away; from then on they only cut its words short."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

__all__ = ["Interrupts"]

_NUMBERS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Interrupts:
    """Each raises KeyboardInterrupt, unless it is held. A second one is not waited for while the first clears away."""

    def __init__(self) -> None:
        self._holding = False
        self._came = False

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Inside the block; only the main thread of a process can."""
        try:
            before = {number: signal.signal(number, self._come) for number in _NUMBERS}
        except ValueError:
            before = {}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def hold(self) -> None:
        """From here on the work stands or is being saved: what comes waits for ``release``."""
        self._holding = True

    def release(self) -> None:
        """KeyboardInterrupt if one has come meanwhile."""
        self._holding = False
        if self._came:
            raise KeyboardInterrupt

    def _come(self, number: int, frame: FrameType | None) -> None:
        again, self._came = self._came, True
        if not (self._holding or again):
            raise KeyboardInterrupt
