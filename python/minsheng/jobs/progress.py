"""How far a job is, for whoever watches: the status bar of an open program. Nobody is told unless they ask."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["step", "told_to"]

_LISTENER: ContextVar[Callable[[str], None] | None] = ContextVar("progress", default=None)


def step(words: str) -> None:
    """What begins now."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(words)


@contextmanager
def told_to(listener: Callable[[str], None]) -> Iterator[None]:
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)
