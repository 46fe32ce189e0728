"""A window with words and one or two buttons. However long the words, the buttons stay on the screen."""

from __future__ import annotations

import tkinter
from tkinter import font, ttk

from .looks import TITLE, pixels

__all__ = ["agreed", "shown", "typed"]

_WIDTH = 46  # of the words, in half-width characters, where they are short
_WIDE = 76
_MANY_LINES = 8  # from here on the words get the wide window
_SHARE_OF_SCREEN = 0.6


def shown(parent: tkinter.Misc, words: str, *, warning: bool = False) -> None:
    """Show ``words`` until they are read."""
    if warning:
        parent.bell()
    _Window(parent, words, f"{TITLE}：请注意" if warning else TITLE, cancel=False).wait_for_answer()


def agreed(parent: tkinter.Misc, words: str, *, yes: str = "确定", no: str = "取消") -> bool:
    """Ask; closing the window is a no."""
    return _Window(parent, words, TITLE, yes=yes, no=no).wait_for_answer() is not None


def typed(parent: tkinter.Misc, words: str, proposal: str) -> str | None:
    """Ask for a line of text; None where it was cancelled."""
    return _Window(parent, words, TITLE, proposal=proposal).wait_for_answer()


class _Window(tkinter.Toplevel):
    def __init__(
        self,
        parent: tkinter.Misc,
        words: str,
        title: str,
        *,
        yes: str = "确定",
        no: str = "取消",
        cancel: bool = True,
        proposal: str | None = None,
    ) -> None:
        super().__init__(parent)
        self.withdraw()
        self.title(title)
        self._over: tkinter.Misc | None = None
        owner = parent.winfo_toplevel()
        if owner.winfo_viewable():
            self._over = owner
            self.transient(owner)
        self.attributes("-topmost", True)
        self._answer: str | None = None
        self._entry: ttk.Entry | None = None
        space = pixels(self, 12)
        body = ttk.Frame(self, padding=space)
        body.pack(fill="both", expand=True)
        buttons = ttk.Frame(body)
        buttons.pack(side="bottom", fill="x", pady=(space, 0))
        if proposal is not None:
            self._entry = ttk.Entry(body)
            self._entry.insert(0, proposal)
            self._entry.select_range(0, "end")
            self._entry.pack(side="bottom", fill="x", pady=(space, 0))
        self._text = _words(body, words)
        if cancel:
            ttk.Button(buttons, text=no, command=self.destroy).pack(side="right")
        self._yes = ttk.Button(buttons, text=yes, command=self._agree)
        self._yes.pack(side="right", padx=(0, pixels(self, 8) if cancel else 0))
        self._bind_keys()

    def _bind_keys(self) -> None:
        self.bind("<Escape>", lambda _: self.destroy())
        self.bind("<Next>", lambda _: self._text.yview_scroll(1, "pages"))
        self.bind("<Prior>", lambda _: self._text.yview_scroll(-1, "pages"))
        if self._entry is not None:
            self._entry.bind("<Return>", lambda _: self._agree())

    def _agree(self) -> None:
        self._answer = self._entry.get() if self._entry is not None else ""
        self.destroy()

    def wait_for_answer(self) -> str | None:
        """What was typed (without a line to type in: ""), None where it was not agreed to."""
        self._place()
        self.deiconify()
        self.lift()
        self.wait_visibility()
        self.grab_set()
        (self._entry or self._yes).focus_force()
        self.wait_window()
        if self._over is not None:
            (self._over.focus_lastfor() or self._over).focus_force()  # not every desktop gives it back
        return self._answer

    def _place(self) -> None:
        self.update_idletasks()
        width, height = self.winfo_reqwidth(), self.winfo_reqheight()
        screen = (self.winfo_screenwidth(), self.winfo_screenheight())
        if self._over is not None:
            x = self._over.winfo_rootx() + (self._over.winfo_width() - width) // 2
            y = self._over.winfo_rooty() + (self._over.winfo_height() - height) // 3
        else:
            x, y = (screen[0] - width) // 2, (screen[1] - height) // 3
        x, y = max(0, min(x, screen[0] - width)), max(0, min(y, screen[1] - height))
        self.geometry(f"+{x}+{y}")
        self.minsize(width, min(height, pixels(self, 120)))


def _words(body: ttk.Frame, words: str) -> tkinter.Text:
    """The words, to be scrolled where they are long, and to be copied."""
    face = font.nametofont("TkTextFont", body)
    lines = words.splitlines() or [""]
    character = face.measure("0")
    width = _WIDE if len(lines) > _MANY_LINES else _WIDTH
    rows = sum(max(1, -(-face.measure(line) // (width * character))) for line in lines)
    most = int(body.winfo_screenheight() * _SHARE_OF_SCREEN) // (face.metrics("linespace") + pixels(body, 3))
    text = tkinter.Text(
        body,
        width=width,
        height=min(rows, most),
        wrap="char",
        font=face,
        relief="flat",
        borderwidth=0,
        highlightthickness=0,
        spacing1=pixels(body, 3),
        cursor="arrow",
        background=ttk.Style(body).lookup("TFrame", "background") or body.winfo_toplevel().cget("background"),
        takefocus=rows > most,
    )
    text.insert("1.0", words)
    text.configure(state="disabled")
    if rows > most:
        bar = ttk.Scrollbar(body, command=text.yview)
        text.configure(yscrollcommand=bar.set, background="white", padx=pixels(body, 8))
        bar.pack(side="right", fill="y")
    text.pack(side="left", fill="both", expand=True)
    return text
