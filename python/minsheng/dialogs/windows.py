"""Windows for a job that has none of its own: each stands in front of whatever program holds the book.

Tk is loaded with the first of them, after the work of a button that has nothing to ask.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tkinter
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["WindowDialogs"]


class WindowDialogs:
    def tell(self, words: str) -> None:
        from . import message

        with _root() as root:
            message.shown(root, words)

    def warn(self, words: str) -> None:
        from . import message

        with _root() as root:
            message.shown(root, words, warning=True)

    def ask(self, words: str) -> bool:
        from . import message

        with _root() as root:
            return message.agreed(root, words)

    def ask_text(self, words: str, proposal: str) -> str | None:
        from . import message

        with _root() as root:
            return message.typed(root, words, proposal)

    def choose_file(self, words: str, endings: tuple[str, ...]) -> Path | None:
        from . import files

        with _root() as root:
            return files.chosen_file(root, words, endings)

    def choose_new_file(self, words: str, proposal: str) -> Path | None:
        from . import files

        with _root() as root:
            return files.chosen_new_file(root, words, proposal)

    def choose_folder(self, words: str, start: Path | None) -> Path | None:
        from . import files

        with _root() as root:
            return files.chosen_folder(root, words, start)


@contextmanager
def _root() -> Iterator[tkinter.Tk]:
    """An invisible window that keeps a dialog in front."""
    from .looks import new_root

    root = new_root()
    try:
        root.withdraw()
        root.attributes("-topmost", True)
        yield root
    finally:
        root.destroy()
