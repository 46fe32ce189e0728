"""How windows of ours look: sharp at any scaling, in a Chinese font, Tk's own words in Chinese."""

from __future__ import annotations

import sys
import tkinter
from contextlib import suppress
from tkinter import font, ttk

from ..errors import NoWindow

__all__ = ["TITLE", "new_root", "pixels"]

TITLE = "民生实事台账"

#: The first that is there; a character that it lacks comes from whatever font the system has.
_FAMILIES = (
    "Microsoft YaHei UI",
    "微软雅黑",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimSun",
    "宋体",
)
_POINTS = 10
_NAMED_FONTS = ("TkDefaultFont", "TkTextFont", "TkMenuFont", "TkHeadingFont", "TkCaptionFont", "TkIconFont")
_USUAL_DPI = 96


def new_root() -> tkinter.Tk:
    """The first window of a Tk of its own. NoWindow without a screen."""
    _be_sharp()
    try:
        root = tkinter.Tk(className="minsheng")
    except tkinter.TclError as failure:
        raise NoWindow("这里没有屏幕，打不开窗口。", "请在桌面上运行，不要在远程终端里运行。") from failure
    root.title(TITLE)
    _dress(root)
    return root


def pixels(widget: tkinter.Misc, usual: int) -> int:
    """A distance that is ``usual`` pixels at 100 % scaling."""
    return round(usual * widget.winfo_fpixels("1i") / _USUAL_DPI)


def _be_sharp() -> None:
    """Tell Windows that we scale ourselves: it would blow up a small picture. It listens before the first window only."""
    if sys.platform == "win32":
        import ctypes

        with suppress(AttributeError, OSError):
            ctypes.windll.shcore.SetProcessDpiAwareness(1)


def _dress(root: tkinter.Tk) -> None:
    installed = set(font.families(root))
    family = next((name for name in _FAMILIES if name in installed), None)
    for name in _NAMED_FONTS:
        with suppress(tkinter.TclError):
            named = font.nametofont(name, root)
            named.configure(size=_POINTS)
            if family is not None:
                named.configure(family=family)
    style = ttk.Style(root)
    if root.tk.call("tk", "windowingsystem") == "x11":
        style.theme_use("clam")
        root.event_delete("<<LineStart>>", "<Control-Key-a>")
        root.event_add("<<SelectAll>>", "<Control-Key-a>")
        root.configure(background=style.lookup("TFrame", "background"))
    root.event_add("<<Invoke>>", "<Return>")  # of a button or a tick that has the focus
    # The file dialogs of X11 are Tk's own; elsewhere the system's speak the user's language.
    with suppress(tkinter.TclError):
        root.tk.eval(
            "package require msgcat; ::msgcat::mclocale zh_cn; ::msgcat::mcload [file join $::tk_library msgs]"
        )
