"""A connection to one LibreOffice: what every object of the engine talks through, and where UNO's failures get names."""

from __future__ import annotations

import threading
import time
from functools import cached_property, wraps
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

from ..completeness import complete
from ..errors import EngineError, HostGone
from . import bridge
from .process import OfficeProcess

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Host", "hosted"]

T = TypeVar("T")

_START_SECONDS = 60
_ANSWER_SECONDS = 15
_ENDING_SECONDS = 5

_CALLED_BY_XLWINGS = ("__call__", "__len__", "__iter__", "__contains__")

_GONE = "LibreOffice 已经退出，或者没有响应。请重新打开它，再试一次；磁盘上的文件没有改动。"


class Host:
    """A LibreOffice that answers. ``process`` is set where it was started here, and is ended with the connection."""

    def __init__(self, accept: str, process: OfficeProcess | None, seconds: float) -> None:
        self.accept = accept
        self.process = process
        self.context = _connected(accept, process, seconds)
        self.desktop = self.create("com.sun.star.frame.Desktop")
        self.is_open = True

    @classmethod
    def started(cls, *, visible: bool) -> Host:
        process, accept = OfficeProcess.listening(visible=visible)
        try:
            return cls(accept, process, _START_SECONDS)
        except BaseException:
            process.end()
            raise

    @classmethod
    def attached(cls, accept: str) -> Host:
        """A LibreOffice that listens on ``accept`` (``pipe,name=…`` or ``socket,host=…,port=…``); HostGone if none."""
        return cls(accept, None, _ANSWER_SECONDS)

    def create(self, service: str) -> Any:
        return self.context.getServiceManager().createInstanceWithContext(service, self.context)

    @cached_property
    def functions(self) -> Any:
        """The host's sheet functions, which take a whole range in one call."""
        return self.create("com.sun.star.sheet.FunctionAccess")

    def alive(self) -> bool:
        if not self.is_open or (self.process is not None and not self.process.alive()):
            return False
        try:
            self.within(_ANSWER_SECONDS, self.desktop.getCurrentFrame)
        except Exception:  # noqa: BLE001 - a broken bridge raises what it likes
            return False
        return True

    def close(self) -> None:
        """End what was started here; leave alone what was running already."""
        if not self.is_open:
            return
        self.is_open = False
        if self.process is None:
            return
        try:
            self.within(_ENDING_SECONDS, self.desktop.terminate)
            self.process.wait(_ENDING_SECONDS)
        except Exception:  # noqa: BLE001 - it is ended either way
            pass
        finally:
            self.process.end()

    def within(self, seconds: float, call: Callable[[], T]) -> T:
        """The result of a call that may hang; after ``seconds`` HostGone, and a process of our own is ended."""
        return _within(seconds, call, self.process)

    def named(self, failure: Exception) -> Exception:
        """A failure of UNO, or one that a broken bridge causes, as a named error; any other unchanged."""
        of_uno = bridge.is_uno_failure(failure)
        if not of_uno and not isinstance(failure, AttributeError | SystemError):
            return failure
        if not self.alive():
            if self.process is not None:
                self.process.end()
            return HostGone(_GONE)
        if not of_uno:
            return failure
        error = EngineError("LibreOffice 拒绝了这一步操作。")
        error.add_note(f"{type(failure).__name__}: {failure}")
        return error


def _connected(accept: str, process: OfficeProcess | None, seconds: float) -> Any:
    """The remote component context; tried again while a process of our own is still starting."""
    bridge.uno()
    resolver = bridge.local_service("com.sun.star.bridge.UnoUrlResolver")
    address = f"uno:{accept};urp;StarOffice.ComponentContext"
    deadline = time.monotonic() + seconds
    while True:
        try:
            left = max(0.1, deadline - time.monotonic())
            return _within(left, lambda: resolver.resolve(address), process)
        except Exception as failure:
            if not bridge.is_uno_failure(failure):
                raise
            text = str(failure)
        starting = process is not None and process.alive() and time.monotonic() < deadline
        if not starting:
            where = "新启动的 LibreOffice" if process else f"“{accept}”上的 LibreOffice"
            error = HostGone(f"连不上{where}。请确认它正在运行，再试一次。")
            error.add_note(text)
            raise error
        time.sleep(0.02)


def _within(seconds: float, call: Callable[[], T], process: OfficeProcess | None) -> T:
    results: list[T] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as failure:  # noqa: BLE001 - handed over to the caller's thread
            failures.append(failure)

    thread = threading.Thread(target=run, daemon=True, name="libreoffice-call")
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        if process is not None:
            process.end()
        raise HostGone(_GONE)
    if failures:
        raise failures[0]
    return results[0]


def hosted(implementation: type[T]) -> type[T]:
    """Make an engine class whole: UNO's failures get names on the way out, what it lacks is refused by name.

    UNO's own exceptions cannot pass through a context manager (they refuse ``__traceback__``).
    """
    for part in implementation.__mro__:
        if part.__module__.startswith(__package__):
            _name_failures(part)
    complete(implementation, "libreoffice")
    return implementation


def _name_failures(part: type) -> None:
    for name, member in list(vars(part).items()):
        if (name.startswith("_") and name not in _CALLED_BY_XLWINGS) or name == "host":
            continue
        if isinstance(member, FunctionType):
            setattr(part, name, _naming(member))
        elif isinstance(member, property):
            setter = _naming(member.fset) if member.fset else None
            setattr(part, name, property(_naming(member.fget), setter, doc=member.__doc__))


def _naming(call: Any) -> Any:
    @wraps(call)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return call(self, *args, **kwargs)
        except Exception as failure:
            named = self.host.named(failure)
            if named is failure:
                raise
        raise named

    return wrapper
