"""``uno`` from LibreOffice's own Python, where this one cannot load it: on Windows and macOS LibreOffice brings a Python of its own,
whose compiled half of ``uno`` fits no other version.

That Python runs relay_server.py and is asked over pipes; what it hands out stands here as an ``_Object``. Any thread may ask while
another waits.
"""

from __future__ import annotations

import builtins
import itertools
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .process import NO_WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Enum", "Relay", "UnoFailure"]

#: ``Any`` is a member of uno's too.
_Value = Any
_ENDED = "LibreOffice's Python has ended"
_PLAIN = (type(None), bool, int, float, str, bytes)


class UnoFailure(Exception):
    """What LibreOffice, or the bridge to it, has raised; in place of ``com.sun.star.uno.Exception``."""


@dataclass(frozen=True, slots=True)
class Enum:
    """A value of a UNO enumeration."""

    typeName: str  # noqa: N815 - uno's own name
    value: str


class Relay:
    """Stands for the module ``uno``. OSError where ``python`` does not start; ImportError where it has no ``uno``."""

    Enum = Enum

    def __init__(self, python: Path) -> None:
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Future[_Value]] = {}
        self._gone: list[int] = []
        self._ended = False
        self._here = threading.local()
        self._writing = threading.Lock()
        script = Path(__file__).with_name("relay_server.py")
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self._process = subprocess.Popen(
            [str(python), "-u", str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings,
            creationflags=NO_WINDOW,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True, name="libreoffice-relay")
        self._listener.start()
        self._module = _Object(self, 0)
        try:
            self._module.getComponentContext()
        except UnoFailure as failure:
            self.close()
            raise ImportError(f"{python}: {failure}") from None

    def close(self) -> None:
        """End the other process; whoever still asks gets a UnoFailure."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what it was not given any more cannot be written
                assert stream
                stream.close()

    def getComponentContext(self) -> _Value:  # noqa: N802 - uno's own name
        """The context of the other process's own UNO runtime."""
        return self._module.getComponentContext()

    def createUnoStruct(self, name: str) -> _Value:  # noqa: N802
        """A struct by its full name."""
        return self._module.createUnoStruct(name)

    def fileUrlToSystemPath(self, url: str) -> str:  # noqa: N802
        """The path of a file URL."""
        return str(self._module.fileUrlToSystemPath(url))

    def Any(self, kind: str, value: object) -> _Value:  # noqa: N802
        """A value with its UNO type said."""
        return self.ask("call", 0, "Any", (kind, value))

    def getClass(self, name: str) -> type[Exception]:  # noqa: N802
        """Every class of UNO's exceptions is one here."""
        return UnoFailure

    def ask(self, verb: str, number: int, *rest: object) -> _Value:
        """One request and its answer. UnoFailure, also where the other process has ended; else what the other side raised."""
        told = [self.out(one) for one in rest]
        answer: Future[_Value] = Future()
        with self._writing:
            if self._ended:
                raise UnoFailure(_ENDED)
            count = next(self._numbers)
            self._waiting[count] = answer
            gone, self._gone = self._gone, []
            try:
                assert self._process.stdin
                turn = getattr(self._here, "turn", 0)
                pickle.dump((count, verb, number, told, gone, turn), self._process.stdin, 4)
                self._process.stdin.flush()
            except (OSError, ValueError):  # ValueError: closed here
                self._waiting.pop(count, None)
                raise UnoFailure(_ENDED) from None
        good, value = answer.result()
        if good:
            return self.back(value)
        of_uno, name, words = value
        kind = getattr(builtins, name, RuntimeError)
        if of_uno or not (isinstance(kind, type) and issubclass(kind, Exception)):
            raise UnoFailure(words)
        raise kind(words)

    def in_turn(self, post: Callable[[_Value], object], call: Callable[[], _Value], seconds: float) -> _Value:
        """What ``call`` gives, with all that it asks answered in the thread that calls back what ``post`` was given. UnoFailure where
        it is not called within ``seconds``."""
        turn = self.ask("turn", 0)
        try:
            post(turn)
            if not turn.wait(seconds):
                raise UnoFailure(_ENDED)
            self._here.turn = turn._number
            return call()
        finally:
            self._here.turn = 0
            turn.over()

    def _listen(self) -> None:
        assert self._process.stdout
        while True:
            try:
                count, good, value = pickle.load(self._process.stdout)
            except Exception:  # noqa: BLE001 - it has ended, in the middle of an answer perhaps
                break
            self._waiting.pop(count).set_result((good, value))
        with self._writing:
            self._ended = True  # its end of the pipe may take a request still, that nobody reads
            left, self._waiting = self._waiting, {}
        for answer in left.values():
            answer.set_result((False, (True, "", _ENDED)))

    def let_go(self, number: int) -> None:
        """The object of that number is not needed here any more; told with the next request."""
        self._gone.append(number)

    def back(self, told: _Value) -> _Value:
        """A value as the other side tells it; a ``method`` as itself."""
        match told[0]:
            case "plain":
                return told[1]
            case "enum":
                return Enum(told[1], told[2])
            case "tuple":
                return tuple(self.back(one) for one in told[1])
            case "object":
                return _Object(self, told[1])
        return _METHOD

    def out(self, value: object) -> tuple[_Value, ...]:
        """A value as the other side is told it."""
        if isinstance(value, _PLAIN):
            return ("plain", value)
        if isinstance(value, Enum):
            return ("enum", value.typeName, value.value)
        if isinstance(value, _Object):
            return ("object", value._number)
        if isinstance(value, tuple | list):
            return ("tuple", [self.out(one) for one in value])
        raise TypeError(f"a {type(value).__name__} cannot cross to LibreOffice")


_METHOD = object()


class _Object:
    """An object of the other process: its members, items and length are asked for there."""

    __slots__ = ("_number", "_relay")

    def __init__(self, relay: Relay, number: int) -> None:
        object.__setattr__(self, "_relay", relay)
        object.__setattr__(self, "_number", number)

    def __del__(self) -> None:
        if not sys.is_finalizing() and self._number:
            self._relay.let_go(self._number)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = self._relay.ask("get", self._number, name)
        if found is not _METHOD:
            return found
        relay, number = self._relay, self._number

        def method(*args: Any, of: _Object = self) -> Any:  # the object stays as long as its method
            return relay.ask("call", number, name, args)

        return method

    def __setattr__(self, name: str, value: object) -> None:
        self._relay.ask("set", self._number, name, value)

    def __getitem__(self, key: object) -> Any:
        return self._relay.ask("item", self._number, key)

    def __setitem__(self, key: object, value: object) -> None:
        self._relay.ask("put", self._number, key, value)

    def __contains__(self, key: object) -> bool:
        return bool(self._relay.ask("has", self._number, key))

    def __iter__(self) -> Any:
        return iter(self._relay.ask("items", self._number))

    def __len__(self) -> int:
        return int(self._relay.ask("length", self._number))

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Object) and bool(self._relay.ask("same", self._number, other))

    def __hash__(self) -> int:
        return id(self)

    def __str__(self) -> str:
        return str(self._relay.ask("words", self._number))
