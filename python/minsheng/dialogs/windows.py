"""Dialogs as Tk shows them. Tk is loaded with the first of them, after the work of a button that has nothing to ask."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from . import need_windows

if TYPE_CHECKING:
    import tkinter
    from collections.abc import Callable, Iterator

__all__ = ["TkDialogs", "WindowDialogs", "chosen_file"]

T = TypeVar("T")


class TkDialogs:
    """The ``Dialogs`` of Tk; a subclass says in front of which window they stand, and in which thread."""

    def _answer(self, question: Callable[[tkinter.Tk], T]) -> T | None:
        """What ``question`` gives, asked in front of a window; None where nobody can be asked any more."""
        raise NotImplementedError

    def tell(self, words: str) -> None:
        """Words in a window, until they are read."""
        from . import message

        self._answer(lambda root: message.shown(root, words))

    def warn(self, words: str) -> None:
        """The same, with a bell and a title that asks for attention."""
        from . import message

        self._answer(lambda root: message.shown(root, words, warning=True))

    def ask(self, words: str) -> bool:
        """Whether 确定 was pressed."""
        from . import message

        return bool(self._answer(lambda root: message.agreed(root, words)))

    def ask_text(self, words: str, proposal: str) -> str | None:
        """The line that was typed; None where it was cancelled."""
        from . import message

        return self._answer(lambda root: message.typed(root, words, proposal))

    def choose_file(self, words: str, endings: tuple[str, ...]) -> Path | None:
        """A file that is there; None where it was cancelled."""
        return self._answer(lambda root: chosen_file(root, words, endings))

    def choose_new_file(self, words: str, proposal: str) -> Path | None:
        """A file to be written; the system has asked before it gives one that stands there already."""
        return self._answer(lambda root: _chosen_new_file(root, words, proposal))

    def choose_folder(self, words: str, start: Path | None) -> Path | None:
        """A folder; None where it was cancelled."""
        return self._answer(lambda root: _chosen_folder(root, words, start))


class WindowDialogs(TkDialogs):
    """For a job that has no window of its own: each stands in front of whatever program holds the book.

    NoWindow without tkinter, and from a dialog where there is no screen.
    """

    def __init__(self) -> None:
        need_windows()

    def _answer(self, question: Callable[[tkinter.Tk], T]) -> T:
        with _invisible_root() as root:
            return question(root)


@contextmanager
def _invisible_root() -> Iterator[tkinter.Tk]:
    """An invisible window that keeps a dialog in front."""
    from .looks import new_root

    root = new_root()
    try:
        root.withdraw()
        root.attributes("-topmost", True)
        yield root
    finally:
        root.destroy()


def chosen_file(parent: tkinter.Misc, words: str, endings: tuple[str, ...]) -> Path | None:
    """The system's dialog for a file that is there, titled ``words``; None where it was cancelled."""
    from tkinter import filedialog

    kinds = [("文件", " ".join(f"*{ending}" for ending in endings)), ("全部", "*.*")]
    return _path(filedialog.askopenfilename(title=words, filetypes=kinds, parent=parent))


def _chosen_new_file(parent: tkinter.Misc, words: str, proposal: str) -> Path | None:
    from tkinter import filedialog

    ending = Path(proposal).suffix
    return _path(
        filedialog.asksaveasfilename(
            title=words, initialfile=proposal, defaultextension=ending, parent=parent
        )
    )


def _chosen_folder(parent: tkinter.Misc, words: str, start: Path | None) -> Path | None:
    from tkinter import filedialog

    return _path(filedialog.askdirectory(title=words, initialdir=start or "", parent=parent))


def _path(chosen: str | tuple[()]) -> Path | None:
    return Path(chosen) if chosen else None
