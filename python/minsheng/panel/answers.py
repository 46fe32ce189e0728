"""The panel's dialogs: called by a job in the office thread, shown and answered in the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from ..dialogs import files, message

if TYPE_CHECKING:
    import tkinter
    from collections.abc import Callable
    from pathlib import Path

    from .crossing import Crossing

__all__ = ["PanelDialogs", "Speaker"]

T = TypeVar("T")


class Speaker(Protocol):
    """The window that shows what is said. ``closing``: its owner wants it gone, and nothing is asked any more."""

    root: tkinter.Tk
    closing: bool

    def say(self, words: str, *, warning: bool = False) -> None: ...


class PanelDialogs:
    def __init__(self, crossing: Crossing, speaker: Speaker) -> None:
        self._crossing = crossing
        self._speaker = speaker

    def tell(self, words: str) -> None:
        self._crossing.leave(lambda: self._speaker.say(words))

    def warn(self, words: str) -> None:
        self._crossing.leave(lambda: self._speaker.say(words, warning=True))

    def ask(self, words: str) -> bool:
        """What was asked and answered stays to be read in the panel."""
        agreed = bool(self._answer(lambda root: message.agreed(root, words)))
        self.tell(f"{words}\n（{'已确定' if agreed else '已取消'}）")
        return agreed

    def ask_text(self, words: str, proposal: str) -> str | None:
        return self._answer(lambda root: message.typed(root, words, proposal))

    def choose_file(self, words: str, endings: tuple[str, ...]) -> Path | None:
        return self._answer(lambda root: files.chosen_file(root, words, endings))

    def choose_new_file(self, words: str, proposal: str) -> Path | None:
        return self._answer(lambda root: files.chosen_new_file(root, words, proposal))

    def choose_folder(self, words: str, start: Path | None) -> Path | None:
        return self._answer(lambda root: files.chosen_folder(root, words, start))

    def _answer(self, question: Callable[[tkinter.Tk], T]) -> T | None:
        speaker = self._speaker
        return self._crossing.wait_for(lambda: None if speaker.closing else question(speaker.root))
