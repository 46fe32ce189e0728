"""Words and choices on the screen, the same for every host: message, question, text, file, folder."""

from __future__ import annotations

import importlib.util
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from ..errors import NoWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Dialogs", "answered_by", "current", "need_windows"]


class Dialogs(Protocol):
    """What a button may ask. A dialog that is closed or cancelled gives None (``ask``: False)."""

    def tell(self, words: str) -> None: ...
    def warn(self, words: str) -> None: ...
    def ask(self, words: str) -> bool: ...
    def ask_text(self, words: str, proposal: str) -> str | None: ...
    def choose_file(self, words: str, endings: tuple[str, ...]) -> Path | None: ...
    def choose_new_file(self, words: str, proposal: str) -> Path | None: ...
    def choose_folder(self, words: str, start: Path | None) -> Path | None: ...


_CURRENT: ContextVar[Dialogs | None] = ContextVar("dialogs", default=None)


def need_windows() -> None:
    """NoWindow where this Python can show none: to be called before a module that imports tkinter."""
    if None in (importlib.util.find_spec("_tkinter"), importlib.util.find_spec("tkinter")):
        raise NoWindow(
            f"这个 Python（{sys.executable}）没有带 tkinter，打不开窗口。",
            "Windows 请用 python.org 的安装程序，勾选“tcl/tk and IDLE”；Debian、Ubuntu 请安装 python3-tk。",
        )


def current() -> Dialogs:
    """Who answers now: windows of our own unless ``answered_by`` says otherwise. NoWindow where there can be none."""
    answering = _CURRENT.get()
    if answering is None:
        need_windows()
        from .windows import WindowDialogs

        answering = WindowDialogs()
    return answering


@contextmanager
def answered_by(dialogs: Dialogs) -> Iterator[None]:
    """Let ``dialogs`` answer inside the block: a panel with windows of its own, or a script. Counts in this thread alone."""
    token = _CURRENT.set(dialogs)
    try:
        yield
    finally:
        _CURRENT.reset(token)
