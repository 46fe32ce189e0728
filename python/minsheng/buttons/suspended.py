"""A program whose updates are suspended while a job runs: no flicker, no recalculation between blocks, words in the
status bar."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from ..dialogs import Dialogs
from ..hosts.waiting import Insistence, SavedFlag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import xlwings as xw

__all__ = ["ResumingDialogs", "SuspendedUpdates"]

_STILL = {"screen_updating": False, "calculation": "manual"}


class SuspendedUpdates:
    """Inside its ``with`` the program neither draws nor calculates; whatever happens, all is put back at the end, the
    selection too, unless ``moves``: the job itself brings another sheet to the front.

    A program that lacks one of these settings is merely less still. One that takes no calls is waited for, it would stay
    frozen; ``ask`` tells the clerk to make it free. A book that counted as saved does so still where nothing but these
    settings has changed.
    """

    def __init__(self, book: xw.Book, words: str, ask: Callable[[str], None], *, moves: bool = False) -> None:
        self._book = book
        self._app = book.app
        self._words = words
        self._ask = ask
        self._moves = moves
        self._before: dict[str, Any] = {}
        self._selection: xw.Range | None = None
        self._in_front: xw.Book | None = None

    def __enter__(self) -> SuspendedUpdates:
        self._suspend()
        return self

    def __exit__(self, *_: object) -> None:
        self._resume()
        if self._selection is not None:
            with suppress(Exception):
                self._come_back()
                self._selection.select()

    def say(self, words: str) -> None:
        """Show in the status bar what is being done now."""
        self._words = words
        with suppress(Exception):
            self._app.status_bar = words

    @contextmanager
    def resumed(self) -> Iterator[None]:
        """The program as the clerk knows it, while they are asked: figures are looked at and scrolled to first."""
        self._resume()
        with suppress(Exception):
            self._come_back()
        try:
            yield
        finally:
            self._suspend()

    def _come_back(self) -> None:
        """Bring the clerk's book to the front where a job has opened another one beside it; where none did, nothing is raised:
        the clerk may be in another program by now."""
        if self._in_front is not None and self._app.books.active != self._in_front:
            self._in_front.activate()

    def _suspend(self) -> None:
        saved = SavedFlag(self._book, Insistence(self._ask))
        for setting, meanwhile in {"status_bar": self._words, **_STILL}.items():
            with suppress(Exception):
                self._before[setting] = getattr(self._app, setting)
                setattr(self._app, setting, meanwhile)
        saved.put_back()
        if not self._moves:
            with suppress(Exception):
                self._selection = self._app.selection
                self._in_front = self._app.books.active

    def _resume(self) -> None:
        insist = Insistence(self._ask)
        saved = SavedFlag(self._book, insist)
        for setting in (*reversed(_STILL), "status_bar"):
            if setting in self._before:
                with suppress(Exception):
                    insist(partial(setattr, self._app, setting, self._before[setting]))
        saved.put_back()


class ResumingDialogs(Dialogs):
    """Dialogs during which updates are resumed."""

    def __init__(self, dialogs: Dialogs, updates: SuspendedUpdates) -> None:
        self._dialogs = dialogs
        self._updates = updates

    def tell(self, words: str) -> None:
        with self._updates.resumed():
            self._dialogs.tell(words)

    def warn(self, words: str) -> None:
        with self._updates.resumed():
            self._dialogs.warn(words)

    def ask(self, words: str) -> bool:
        with self._updates.resumed():
            return self._dialogs.ask(words)

    def ask_text(self, words: str, proposal: str) -> str | None:
        with self._updates.resumed():
            return self._dialogs.ask_text(words, proposal)

    def choose_file(self, words: str, endings: tuple[str, ...]) -> Path | None:
        with self._updates.resumed():
            return self._dialogs.choose_file(words, endings)

    def choose_new_file(self, words: str, proposal: str) -> Path | None:
        with self._updates.resumed():
            return self._dialogs.choose_new_file(words, proposal)

    def choose_folder(self, words: str, start: Path | None) -> Path | None:
        with self._updates.resumed():
            return self._dialogs.choose_folder(words, start)
