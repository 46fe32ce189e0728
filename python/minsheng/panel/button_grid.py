"""The twelve buttons, in the groups and the order of the ribbon."""

from __future__ import annotations

from tkinter import ttk
from typing import TYPE_CHECKING

from ..dialogs.looks import pixels
from ..tab import GROUPS

if TYPE_CHECKING:
    import tkinter
    from collections.abc import Callable

    from ..tab import Button

__all__ = ["ButtonGrid"]

_COLUMNS = 4


class ButtonGrid(ttk.Frame):
    """``press`` gets the button that was clicked, ``hint`` the sentence on the one under the pointer or the focus."""

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
