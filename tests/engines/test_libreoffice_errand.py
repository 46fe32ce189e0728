"""A call that is handed to another thread gives, fails and is interrupted as if it were made here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from xlengines.libreoffice import errand
from xlengines.libreoffice.errand import Errand


@contextmanager
def carried_out(call: Callable[[], object]) -> Iterator[Errand]:
    """By a thread that knows nothing of this one."""
    handed = Errand(call)
    thread = threading.Thread(target=handed.notify, args=(None,))
    thread.start()
    yield handed
    thread.join()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errand, "_TICK", 0.01)


def nothing() -> None:
    pass


def test_it_gives_what_the_call_gives() -> None:
    with carried_out(lambda: 3) as handed:
        assert handed.wait(nothing) == 3


def test_it_fails_as_the_call_fails() -> None:
    with carried_out(lambda: 1 // 0) as handed, pytest.raises(ZeroDivisionError):
        handed.wait(nothing)


def test_nobody_is_waited_for_who_is_gone() -> None:
    with pytest.raises(ZeroDivisionError):
        Errand(nothing).wait(lambda: 1 // 0)


def interrupting() -> Callable[[], None]:
    """Ctrl-C at the first look, nothing after it."""
    came: list[bool] = []

    def look() -> None:
        if not came:
            came.append(True)
            raise KeyboardInterrupt

    return look


def test_ctrl_c_stops_the_call_and_waits_until_it_has_cleared_away() -> None:
    cleared: list[bool] = []

    def call() -> None:
        try:
            while True:
                time.sleep(0.001)
        finally:
            time.sleep(0.05)
            cleared.append(True)

    with carried_out(call) as handed:
        with pytest.raises(KeyboardInterrupt):
            handed.wait(interrupting())
        assert cleared


def test_a_call_that_had_not_begun_at_ctrl_c_is_not_made() -> None:
    made: list[bool] = []
    handed = Errand(lambda: made.append(True))
    later = threading.Timer(0.1, handed.notify, (None,))
    later.start()
    with pytest.raises(KeyboardInterrupt):
        handed.wait(interrupting())
    later.join()
    assert not made
