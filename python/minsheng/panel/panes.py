"""The three parts of the panel, from top to bottom: the book that is worked on, the buttons, what the jobs said."""

from __future__ import annotations

import tkinter
from datetime import datetime
from tkinter import ttk
from typing import TYPE_CHECKING

from ..dialogs.looks import pixels
from ..tab import GROUPS
from .books import labels, preferred

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..hosts import OpenBook
    from ..tab import Button
    from .books import Choice

__all__ = ["OWN_KEYS", "BookBar", "ButtonGrid", "MessagePane"]

#: The panel's own keys, which no button of the tab has: 刷新, 打开总表, 总在最前.
OWN_KEYS = ("N", "O", "A")

_NOTHING_OPEN = "没有打开的工作簿。请打开总表，或点“打开总表”。"
_LOOKING = "正在找打开的工作簿……"
_NOT_A_MASTER = "这不是民生实事总表。"
_COLUMNS = 4
_WARNING = "#b00020"
_MOST_CHARACTERS = 100_000


class BookBar(ttk.Frame):
    """Which workbook the buttons work on: a list to choose from, what is chosen, and the buttons 刷新 and 打开总表."""

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
        refreshing = ttk.Button(self, text=f"刷新({OWN_KEYS[0]})", underline=3, width=7, command=refresh)
        refreshing.grid(row=0, column=1, padx=(gap, 0))
        opening = ttk.Button(
            self, text=f"打开总表({OWN_KEYS[1]})", underline=5, width=11, command=open_master
        )
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


class ButtonGrid(ttk.Frame):
    """The thirteen buttons, in the groups and the order of the ribbon.

    ``press`` gets the button that was clicked, ``hint`` the sentence on the one under the pointer or the focus.
    """

    def __init__(
        self, parent: tkinter.Misc, *, press: Callable[[Button], None], hint: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self._buttons: list[ttk.Button] = []
        gap = pixels(self, 3)
        ttk.Style(self).configure("Large.TButton", font="TkHeadingFont")
        for group in GROUPS:
            frame = ttk.LabelFrame(self, text=group.label, padding=gap)
            frame.pack(fill="x", pady=(0, gap))
            for column in range(_COLUMNS):
                frame.columnconfigure(column, weight=1, uniform="button")
            for place, button in enumerate(group.buttons):
                shown = ttk.Button(
                    frame,
                    text=f"{button.label}({button.key})",
                    underline=len(button.label) + 1,
                    width=-1,
                    command=lambda button=button: press(button),  # type: ignore[misc]
                    style="Large.TButton" if button.large else "TButton",
                )
                shown.grid(row=place // _COLUMNS, column=place % _COLUMNS, sticky="nsew", padx=gap, pady=gap)
                for sign in ("<Enter>", "<FocusIn>"):
                    shown.bind(sign, lambda _, tip=button.tip: hint(tip), add=True)
                shown.bind("<Leave>", lambda _: hint(""), add=True)
                self._buttons.append(shown)

    def enable(self, *, enabled: bool) -> None:
        """Let buttons be pressed, or grey them out while a job runs."""
        for button in self._buttons:
            button.state(["!disabled"] if enabled else ["disabled"])


class MessagePane(ttk.Frame):
    """A text to be scrolled, marked and copied, the latest at the bottom, which keeps 100,000 characters."""

    def __init__(self, parent: tkinter.Misc) -> None:
        super().__init__(parent)
        space = pixels(self, 6)
        self._text = tkinter.Text(
            self,
            width=52,
            height=12,
            wrap="char",
            font="TkTextFont",
            state="disabled",
            relief="solid",
            borderwidth=1,
            background="white",
            foreground="black",
            padx=space,
            pady=space,
            spacing1=pixels(self, 2),
            cursor="arrow",
        )
        bar = ttk.Scrollbar(self, command=self._text.yview)
        self._text.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self._text.pack(side="left", fill="both", expand=True)
        self._text.tag_configure("title", font="TkHeadingFont", spacing1=space)
        self._text.tag_configure("warning", foreground=_WARNING)
        # Tab leaves the pane, as it leaves a button.
        self._text.bind("<<NextWindow>>", lambda event: _leave(event, self._text.tk_focusNext()))
        self._text.bind("<<PrevWindow>>", lambda event: _leave(event, self._text.tk_focusPrev()))

    def add(self, title: str, words: str, *, warning: bool) -> None:
        """Write ``words`` under the hour and ``title``, in red where they warn."""
        text = self._text
        text.configure(state="normal")
        marks = ("title", "warning") if warning else ("title",)
        text.insert("end", f"{datetime.now().astimezone():%H:%M} {title}\n", marks)
        text.insert("end", f"{words}\n", ("warning",) if warning else ())
        excess = len(text.get("1.0", "end")) - _MOST_CHARACTERS
        if excess > 0:
            text.delete("1.0", f"1.0 + {excess} chars lineend")
        text.configure(state="disabled")
        text.see("end")


def _leave(event: tkinter.Event[tkinter.Text], other: tkinter.Misc | None) -> str:
    if other is not None:
        other.focus_set()
    return "break"
