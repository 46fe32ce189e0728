"""A host held still while a job runs: no flicker, no recalculation between blocks, words in the status bar."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import xlwings as xw

    from .dialogs import Dialogs

__all__ = ["Asking", "Quiet"]

_MEANWHILE = {"screen_updating": False, "calculation": "manual"}


class Quiet:
    """Inside its ``with`` the host is still; whatever happens, all is put back at the end, the selection too.

    A host that lacks one of these settings is merely less quiet.
    """

    def __init__(self, app: xw.App, words: str, *, keeps_selection: bool = True) -> None:
        self._app = app
        self._words = words
        self._keeps_selection = keeps_selection
        self._before: dict[str, Any] = {}
        self._selection: xw.Range | None = None

    def __enter__(self) -> Quiet:
        self._hush()
        return self

    def __exit__(self, *_: object) -> None:
        self._wake()
        if self._selection is not None:
            with suppress(Exception):
                self._selection.select()

    def say(self, words: str) -> None:
        """What is being done now."""
        self._words = words
        with suppress(Exception):
            self._app.status_bar = words

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """The host as the clerk knows it, while they are asked: figures are looked at and scrolled to before answering."""
        self._wake()
        try:
            yield
        finally:
            self._hush()

    def _hush(self) -> None:
        for setting, meanwhile in _MEANWHILE.items():
            with suppress(Exception):
                self._before[setting] = getattr(self._app, setting)
                setattr(self._app, setting, meanwhile)
        self.say(self._words)
        if self._keeps_selection:
            with suppress(Exception):
                self._selection = self._app.selection

    def _wake(self) -> None:
        with suppress(Exception):
            self._app.status_bar = False  # Excel's word for "back to its own text"
        for setting in reversed(_MEANWHILE):
            with suppress(Exception):
                setattr(self._app, setting, self._before[setting])


class Asking:
    """Dialogs that lift the quiet while they are open."""

    def __init__(self, dialogs: Dialogs, quiet: Quiet) -> None:
        self._dialogs = dialogs
        self._quiet = quiet

    def tell(self, words: str) -> None:
        with self._quiet.lifted():
            self._dialogs.tell(words)

    def warn(self, words: str) -> None:
        with self._quiet.lifted():
            self._dialogs.warn(words)

    def ask(self, words: str) -> bool:
        with self._quiet.lifted():
            return self._dialogs.ask(words)

    def ask_text(self, words: str, proposal: str) -> str | None:
        with self._quiet.lifted():
            return self._dialogs.ask_text(words, proposal)

    def choose_file(self, words: str, endings: tuple[str, ...]) -> Path | None:
        with self._quiet.lifted():
            return self._dialogs.choose_file(words, endings)

    def choose_new_file(self, words: str, proposal: str) -> Path | None:
        with self._quiet.lifted():
            return self._dialogs.choose_new_file(words, proposal)

    def choose_folder(self, words: str, start: Path | None) -> Path | None:
        with self._quiet.lifted():
            return self._dialogs.choose_folder(words, start)
