"""What the jobs said, the latest at the bottom; to be scrolled, marked and copied."""

from __future__ import annotations

import tkinter
from datetime import datetime
from tkinter import ttk

from ..dialogs.looks import pixels

__all__ = ["MessagePane"]

_WARNING = "#b00020"
_MOST_CHARACTERS = 100_000


class MessagePane(ttk.Frame):
    """A text to be read, which keeps the latest 100,000 characters."""

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
