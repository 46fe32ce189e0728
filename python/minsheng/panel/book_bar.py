"""The top of the panel: which workbook the buttons work on."""

from __future__ import annotations

from tkinter import ttk
from typing import TYPE_CHECKING

from ..dialogs.looks import pixels
from .books import labels, preferred

if TYPE_CHECKING:
    import tkinter
    from collections.abc import Callable, Sequence

    from ..hosts import OpenBook
    from .books import Choice

__all__ = ["BookBar"]

_NOTHING_OPEN = "没有打开的工作簿。请打开总表，或点“打开总表”。"
_LOOKING = "正在找打开的工作簿……"
_NOT_A_MASTER = "这不是民生实事总表。"


class BookBar(ttk.Frame):
    """A list to choose from, what is chosen, and the buttons 刷新 and 打开总表."""

    def __init__(
        self, parent: tkinter.Misc, *, refresh: Callable[[], None], open_master: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._offered: Sequence[Choice] = ()
        self._chosen: OpenBook | None = None
        gap = pixels(self, 6)
        self.columnconfigure(0, weight=1)
        self._list = ttk.Combobox(self, state="readonly")
        self._list.bind("<<ComboboxSelected>>", lambda _: self._choose())
        self._list.grid(row=0, column=0, sticky="ew")
        refreshing = ttk.Button(self, text="刷新(R)", underline=3, width=7, command=refresh)
        refreshing.grid(row=0, column=1, padx=(gap, 0))
        opening = ttk.Button(self, text="打开总表(O)", underline=5, width=11, command=open_master)
        opening.grid(row=0, column=2, padx=(gap, 0))
        self._buttons = (refreshing, opening)
        self._place = ttk.Label(self, text=_LOOKING, foreground="#555555")
        self._place.grid(row=1, column=0, columnspan=3, sticky="ew", pady=(gap // 2, 0))
        self._place.bind("<Configure>", lambda event: self._place.configure(wraplength=event.width))

    @property
    def chosen(self) -> OpenBook | None:
        """The book that the buttons work on; None where none is open."""
        return self._chosen

    def choose(self, book: OpenBook) -> None:
        """Let ``book`` be the one that is chosen when the books are offered next."""
        self._chosen = book

    def offer(self, found: Sequence[Choice]) -> None:
        """Show what is open now; the choice stays where it can."""
        self._offered = found
        self._list.configure(values=labels(found))
        best = preferred(found, self._chosen)
        if best is None:
            self._list.set("")
            self._chosen = None
            self._place.configure(text=_NOTHING_OPEN)
        else:
            self._list.current(found.index(best))
            self._choose()

    def enable(self, *, enabled: bool) -> None:
        """Let the book be changed, or keep it while a job runs."""
        state = ["!disabled"] if enabled else ["disabled"]
        for widget in (self._list, *self._buttons):
            widget.state(state)

    def _choose(self) -> None:
        choice = self._offered[self._list.current()]
        self._chosen = choice.book
        self._list.selection_clear()
        where = choice.book.fullname
        self._place.configure(text=where if choice.is_master else f"{_NOT_A_MASTER}{where}")
