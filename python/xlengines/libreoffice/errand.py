"""A call that LibreOffice makes in the thread of its windows.

A sheet of another document that is put in from another thread, as everything is that comes over a connection, and the work that
LibreOffice (7.4) does by itself between two calls, leave it with events and listeners that are gone: it ends now and then at the
next one. While it waits for ``notify`` here, whatever ``notify`` asks of it runs in its own thread, and nothing comes between.
"""

from __future__ import annotations

import ctypes
import threading
from typing import TYPE_CHECKING, Any

from . import bridge

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Errand"]

_TICK = 0.5


class Errand:
    """UNO's XCallback around ``call``."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self._done = threading.Event()
        self._thread = 0
        self._result: Any = None
        self._failure: BaseException | None = None

    @property
    def has_begun(self) -> bool:
        """Whether the call is under way or over."""
        return self._thread != 0

    def wait(self, still_there: Callable[[], object]) -> Any:
        """What the call gives, or raises; ``still_there`` is called now and then meanwhile and raises where nobody will answer."""
        try:
            while not self._done.wait(_TICK):
                still_there()
        except KeyboardInterrupt:
            # It stops the call, which clears away what it has begun, as if it had been made here.
            self._call = lambda: None
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(self._thread), ctypes.py_object(KeyboardInterrupt)
            )
            while not self._done.wait(_TICK):
                still_there()
            raise
        if self._failure is not None:
            raise self._failure
        return self._result

    # XTypeProvider and XCallback

    def getTypes(self) -> tuple[Any, ...]:  # noqa: N802 - UNO's own name
        """The interfaces, as pyuno asks for them."""
        names = ("lang.XTypeProvider", "awt.XCallback")
        uno: Any = bridge.uno()
        return tuple(uno.getTypeByName(f"com.sun.star.{name}") for name in names)

    def getImplementationId(self) -> Any:  # noqa: N802 - UNO's own name
        """None of its own, as UNO wants it now."""
        uno: Any = bridge.uno()
        return uno.ByteSequence(b"")

    def notify(self, _data: Any) -> None:
        """Called by LibreOffice; nothing is raised into it."""
        self._thread = threading.get_ident()
        try:
            self._result = self._call()
        except BaseException as failure:  # noqa: BLE001 - raised again where it is waited for
            self._failure = failure
        finally:
            self._done.set()
