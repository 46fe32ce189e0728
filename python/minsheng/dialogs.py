"""Words and choices on the screen, the same for every host: message, question, text, file, folder."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import tkinter
    from collections.abc import Iterator

__all__ = ["Dialogs", "WindowDialogs", "answered_by", "current"]

TITLE = "民生实事台账"


class Dialogs(Protocol):
    """What a button may ask. A dialog that is closed or cancelled gives None (``ask``: False)."""

    def tell(self, words: str) -> None: ...
    def warn(self, words: str) -> None: ...
    def ask(self, words: str) -> bool: ...
    def ask_text(self, words: str, proposal: str) -> str | None: ...
    def choose_file(self, words: str, endings: tuple[str, ...]) -> Path | None: ...
    def choose_new_file(self, words: str, proposal: str) -> Path | None: ...
    def choose_folder(self, words: str, start: Path | None) -> Path | None: ...


class WindowDialogs:
    """The system's own dialogs, in front of whatever program holds the book."""

    def tell(self, words: str) -> None:
        from tkinter import messagebox

        with _root() as root:
            messagebox.showinfo(TITLE, words, parent=root)

    def warn(self, words: str) -> None:
        from tkinter import messagebox

        with _root() as root:
            messagebox.showwarning(TITLE, words, parent=root)

    def ask(self, words: str) -> bool:
        from tkinter import messagebox

        with _root() as root:
            return bool(messagebox.askokcancel(TITLE, words, parent=root))

    def ask_text(self, words: str, proposal: str) -> str | None:
        from tkinter import simpledialog

        with _root() as root:
            return simpledialog.askstring(TITLE, words, initialvalue=proposal, parent=root)

    def choose_file(self, words: str, endings: tuple[str, ...]) -> Path | None:
        from tkinter import filedialog

        kinds = [("文件", " ".join(f"*{ending}" for ending in endings)), ("全部", "*.*")]
        with _root() as root:
            return _path(filedialog.askopenfilename(title=words, filetypes=kinds, parent=root))

    def choose_new_file(self, words: str, proposal: str) -> Path | None:
        from tkinter import filedialog

        with _root() as root:
            chosen = filedialog.asksaveasfilename(
                title=words, initialfile=proposal, defaultextension=Path(proposal).suffix, parent=root
            )
        return _path(chosen)

    def choose_folder(self, words: str, start: Path | None) -> Path | None:
        from tkinter import filedialog

        with _root() as root:
            return _path(filedialog.askdirectory(title=words, initialdir=start or "", parent=root))


def _path(chosen: str) -> Path | None:
    return Path(chosen) if chosen else None


@contextmanager
def _root() -> Iterator[tkinter.Tk]:
    """An invisible window that keeps a dialog in front."""
    import tkinter

    root = tkinter.Tk()
    try:
        root.withdraw()
        root.attributes("-topmost", True)
        yield root
    finally:
        root.destroy()


_CURRENT: ContextVar[Dialogs | None] = ContextVar("dialogs", default=None)


def current() -> Dialogs:
    """Who answers now: the system's dialogs unless ``answered_by`` says otherwise."""
    return _CURRENT.get() or WindowDialogs()


@contextmanager
def answered_by(dialogs: Dialogs) -> Iterator[None]:
    """Let ``dialogs`` answer inside the block: a panel with windows of its own, or a script."""
    token = _CURRENT.set(dialogs)
    try:
        yield
    finally:
        _CURRENT.reset(token)
