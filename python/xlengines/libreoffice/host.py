"""A LibreOffice that answers: what every object of the engine talks through, and where UNO's failures get names."""

from __future__ import annotations

import threading
import time
from functools import cached_property, wraps
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

from ..base import complete
from ..errors import EngineError, HostGone
from . import bridge
from .errand import Errand
from .line import Line
from .process import OfficeProcess
from .relay import Relay

if TYPE_CHECKING:
    from collections.abc import Callable

    from .line import Allowance

__all__ = ["Host", "hosted"]

T = TypeVar("T")

_START_SECONDS = 60.0
_ANSWER_SECONDS = 15.0
_CALL_SECONDS = 120.0
_ENDING_SECONDS = 5.0

_CALLED_BY_XLWINGS = ("__call__", "__len__", "__iter__", "__contains__")


#: Lines to programs that are not ours, kept for this process's life: objects of a closed one would stand in the way of a new
#: one to the same program, since UNO finds its proxies by the identity of what they stand for.
_LINES: dict[str, Line] = {}


class Host:
    """``process`` is set where LibreOffice was started here; it is ended with the connection."""

    def __init__(self, accept: str, process: OfficeProcess | None) -> None:
        self.accept = accept
        self.process = process
        self.is_open = True
        self._there = threading.local()
        known = _LINES.get(accept)
        self._line = known if known is not None and not known.closed else self._connected()
        if process is None:
            _LINES[accept] = self._line
        self.desktop = self._first_answer()

    @classmethod
    def started(cls, *, visible: bool) -> Host:
        """A LibreOffice of our own, started and answering. HostMissing, HostGone."""
        process, accept = OfficeProcess.listening(visible=visible)
        try:
            return cls(accept, process)
        except BaseException:
            process.end()
            raise

    @classmethod
    def attached(cls, accept: str) -> Host:
        """A LibreOffice that listens on ``accept`` (``pipe,name=…`` or ``socket,host=…,port=…``); HostGone if none."""
        return cls(accept, None)

    def _connected(self) -> Line:
        """A line; tried again while a process of our own is still starting."""
        starting = self.process
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                return Line(self.accept, _START_SECONDS if starting else _ANSWER_SECONDS, self._give_up)
            except Exception as failure:
                if not bridge.is_uno_failure(failure):
                    raise
                reason = str(failure)
            if starting is None or not starting.alive() or time.monotonic() > deadline:
                break
            time.sleep(0.02)
        raise self._unreachable(reason)

    def _first_answer(self) -> Any:
        """The desktop; HostGone where the program ends while it is being attached to."""
        try:
            return self.create("com.sun.star.frame.Desktop")
        except Exception as failure:
            if not bridge.is_uno_failure(failure):
                raise
            reason = str(failure)
        self._line.close()
        raise self._unreachable(reason)

    def _unreachable(self, reason: str) -> HostGone:
        where = "" if self.process else self.accept
        error = HostGone("host-unreachable", where=where)
        error.add_note(reason)
        return error

    def create(self, service: str) -> Any:
        """A service of LibreOffice by its full name."""
        context = self._line.context
        return context.getServiceManager().createInstanceWithContext(service, context)

    @cached_property
    def functions(self) -> Any:
        """The host's sheet functions, which take a whole range in one call."""
        return self.create("com.sun.star.sheet.FunctionAccess")

    def in_its_thread(self, call: Callable[[], T]) -> T:
        """What ``call`` gives, with all that it asks of LibreOffice done in the thread of its windows (see ``errand``). HostGone."""
        if getattr(self._there, "entered", False):
            return call()

        def entered() -> T:
            self._there.entered = True
            try:
                return call()
            finally:
                self._there.entered = False

        errand, failure, start = Errand(entered), None, time.monotonic()

        def still_there() -> None:
            # Nothing is asked of LibreOffice for this: two threads at once confuse the bridge.
            ended = self._line.closed or (self.process is not None and not self.process.alive())
            if ended or (not errand.has_begun and time.monotonic() - start > _CALL_SECONDS):
                self._give_up()
                raise HostGone("host-gone")

        def post(callback: Any) -> None:
            self.create("com.sun.star.awt.AsyncCallback").addCallback(callback, None)

        result: T
        try:
            if isinstance(relay := bridge.uno(), Relay):
                result = relay.in_turn(post, entered, _CALL_SECONDS)
            else:
                post(errand)
                result = errand.wait(still_there)
        except Exception as caught:  # noqa: BLE001 - named, and raised outside
            failure = self.named(caught)
        if failure is not None:
            raise failure
        return result

    def allowing(self, seconds: float) -> Allowance:
        """A block in which calls may take so long; after that the host counts as gone, and a process of our own is ended."""
        return self._line.allowing(seconds)

    def allowing_a_call(self) -> Allowance | None:
        """The usual allowance; None inside one."""
        return self._line.allowing(_CALL_SECONDS) if self._line.idle else None

    def alive(self) -> bool:
        """Whether LibreOffice answers within a few seconds."""
        if not self.is_open or (self.process is not None and not self.process.alive()):
            return False
        try:
            with self.allowing(_ANSWER_SECONDS):
                self.desktop.getCurrentFrame()
        except Exception:  # noqa: BLE001 - a broken line raises what it likes
            return False
        return True

    def close(self) -> None:
        """End what was started here; let go of what was running already."""
        was_open, self.is_open = self.is_open, False
        if self.process is None:
            return
        try:
            if was_open:
                with self.allowing(_ENDING_SECONDS):
                    self.desktop.terminate()
                self.process.wait(_ENDING_SECONDS)
        except Exception:  # noqa: BLE001 - it is ended either way
            pass
        finally:
            self._give_up()

    def _give_up(self) -> None:
        self.is_open = False
        if self.process is not None:
            self.process.end()
        self._line.close()

    def named(self, failure: Exception) -> Exception:
        """A failure of UNO, or one that a broken line causes, as a named error; any other unchanged."""
        of_uno = bridge.is_uno_failure(failure)
        if not of_uno and not isinstance(failure, AttributeError | SystemError):
            return failure
        if not self.alive():
            self._give_up()
            return HostGone("host-gone")
        if not of_uno:
            return failure
        error = EngineError("host-refused")
        error.add_note(f"{type(failure).__name__}: {failure}")
        return error


def hosted(implementation: type[T]) -> type[T]:
    """Make an engine class whole: UNO's failures get names on the way out, what it lacks is refused by name."""
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
        host: Host = self.host
        allowance = host.allowing_a_call()
        if allowance is None:
            return call(self, *args, **kwargs)
        try:
            with allowance:
                return call(self, *args, **kwargs)
        except Exception as failure:
            named = host.named(failure)
            if named is failure:
                raise
        raise named  # outside the handler: UNO's exceptions refuse to be a cause or a context

    return wrapper
