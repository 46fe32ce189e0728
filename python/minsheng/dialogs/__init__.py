"""Words and choices on the screen, the same for every host: message, question, text, file, folder."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING, Protocol

from ..errors import NoWindow

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FEW_LINES", "MOST_LINES", "Dialogs", "bullets", "need_windows"]

#: A message box holds about so many lines before its buttons leave the screen.
MOST_LINES = 15
FEW_LINES = 6


class Dialogs(Protocol):
    """What a button may ask. A dialog that is closed or cancelled gives None (``ask``: False)."""

    def tell(self, words: str) -> None:
        """Words to be read."""

    def warn(self, words: str) -> None:
        """Words to be read that say what went wrong."""

    def ask(self, words: str) -> bool:
        """Whether the clerk agrees."""

    def ask_text(self, words: str, proposal: str) -> str | None:
        """A line of text, ``proposal`` unless it is typed over."""

    def choose_file(self, words: str, endings: tuple[str, ...]) -> Path | None:
        """A file that is there; ``endings`` (".docx") are offered first."""

    def choose_new_file(self, words: str, proposal: str) -> Path | None:
        """Where a file is to be written, its name ``proposal`` unless the clerk has another."""

    def choose_folder(self, words: str, start: Path | None) -> Path | None:
        """A folder, looked for from ``start``."""


def bullets(words: list[str] | tuple[str, ...], most: int = MOST_LINES) -> str:
    """A line each, at the most ``most``; then how many there are."""
    shown = [f"· {line}" for line in words[:most]]
    if len(words) > most:
        shown.append(f"……共{len(words)}条")
    return "\n".join(shown)


def need_windows() -> None:
    """NoWindow where this Python can show none: to be called before a module that imports tkinter."""
    if None in (importlib.util.find_spec("_tkinter"), importlib.util.find_spec("tkinter")):
        raise NoWindow(
            f"这个 Python（{sys.executable}）没有带 tkinter，打不开窗口。",
            "Windows 请用 python.org 的安装程序，勾选“tcl/tk and IDLE”；Debian、Ubuntu 请安装 python3-tk。",
        )
