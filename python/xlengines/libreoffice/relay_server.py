"""What LibreOffice's own Python runs for a relay (relay.py): ``uno`` here, asked for from there, over this process's pipes.

Standard library only, and nothing of this package: that Python may be as old as 3.8, and knows no other library. Each request is a
pickle (count, verb, number of an object, rest, numbers let go of, number of a turn or 0), each answer (count, good, value). Plain
values and tuples of them cross as they are, enumerations by their names, everything else as the number of an object that is kept
here meanwhile.
"""

from __future__ import annotations

import itertools
import operator
import pickle
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import uno  # only there

if TYPE_CHECKING:
    from collections.abc import Callable

_PLAIN = (type(None), bool, int, float, str, bytes)
_VERBS: dict[str, Callable[..., Any]] = {
    "get": getattr,
    "set": setattr,
    "call": lambda thing, name, arguments: getattr(thing, name)(*arguments),
    "item": operator.getitem,
    "put": operator.setitem,
    "length": len,
    "items": tuple,
    "has": operator.contains,
    "same": operator.eq,
    "words": str,
}


class Turn:
    """UNO's XCallback (see errand.py): in the thread that calls it, requests are answered until it is over."""

    def __init__(self, answer: Callable[[Any], None]) -> None:
        self._answer = answer
        self._begun = threading.Event()
        self.requests: SimpleQueue[Any] = SimpleQueue()

    def wait(self, seconds: float) -> bool:
        """Whether LibreOffice has called within ``seconds``."""
        return self._begun.wait(seconds)

    def over(self) -> None:
        """Let LibreOffice go on."""
        self.requests.put(None)

    def getTypes(self) -> tuple[Any, ...]:  # noqa: N802 - UNO's own name
        """The interfaces, as pyuno asks for them."""
        names = ("lang.XTypeProvider", "awt.XCallback")
        return tuple(uno.getTypeByName(f"com.sun.star.{name}") for name in names)

    def getImplementationId(self) -> Any:  # noqa: N802 - UNO's own name
        """None of its own, as UNO wants it now."""
        return uno.ByteSequence(b"")

    def notify(self, _data: Any) -> None:
        """Called by LibreOffice."""
        self._begun.set()
        while True:
            request = self.requests.get()
            if request is None:
                break
            self._answer(request)


class Server:
    """``kept`` are the objects that the other side knows by number; 0 is the module ``uno``."""

    def __init__(self, answers: Any) -> None:
        self._answers = answers
        self._numbers = itertools.count(1)
        self._kept: dict[int, Any] = {0: uno}
        self._failure = uno.getClass("com.sun.star.uno.Exception")
        self._one_at_a_time = threading.Lock()
        self._verbs = {**_VERBS, "turn": lambda _: Turn(self.answer)}

    def answer(self, request: Any) -> None:
        """Do what is asked and say what came of it."""
        count, verb, number, rest, gone, _ = request
        try:
            arguments = [self._back(one) for one in rest]
            good, value = True, self._out(self._verbs[verb](self._kept[number], *arguments))
        except BaseException as failure:  # noqa: BLE001 - it belongs to the other side
            of_uno = isinstance(failure, self._failure)
            words = str(getattr(failure, "Message", "")) if of_uno else str(failure)
            good, value = False, (of_uno, type(failure).__name__, words)
        for one in gone:
            self._kept.pop(one, None)
        with self._one_at_a_time:
            pickle.dump((count, good, value), self._answers, 4)
            self._answers.flush()

    def turn(self, number: int) -> Any:
        """The turn of that number."""
        return self._kept[number]

    def _out(self, value: Any) -> Any:
        told: Any
        if isinstance(value, _PLAIN):
            told = ("plain", value)
        elif isinstance(value, (tuple, list)):
            rows = all(isinstance(one, _PLAIN) or _is_row(one) for one in value)
            told = ("plain", tuple(value)) if rows else ("tuple", [self._out(one) for one in value])
        elif isinstance(value, uno.Enum):
            told = ("enum", value.typeName, value.value)
        elif isinstance(value, uno.ByteSequence):
            told = ("plain", value.value)
        elif callable(value):
            told = ("method",)
        else:
            number = next(self._numbers)
            self._kept[number] = value
            told = ("object", number)
        return told

    def _back(self, told: Any) -> Any:
        kind, what = told[0], told[1]
        if kind == "tuple":
            return tuple(self._back(one) for one in what)
        if kind == "enum":
            return uno.Enum(what, told[2])
        return self._kept[what] if kind == "object" else what


def _is_row(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(one, _PLAIN) for one in value)


def main() -> None:
    """Answer until nobody asks any more."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing else is to stand between the answers
    server = Server(answers)
    with ThreadPoolExecutor(16) as threads:
        while True:
            try:
                request = pickle.load(asked)
            except EOFError:
                break
            if request[-1]:
                server.turn(request[-1]).requests.put(request)
            else:
                threads.submit(server.answer, request)


if __name__ == "__main__":
    main()
