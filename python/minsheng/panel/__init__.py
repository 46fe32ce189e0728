"""A small window with the thirteen buttons, for computers where Excel may not start programs, and for LibreOffice.

::

    window thread (tkinter)                       office thread (Excel: COM, LibreOffice: UNO)
    window.py  the window, its parts beside it    books.py    which books are open, and which are masters
    threads.py WindowCalls: calls from there <──  buttons     one button on one book, answered by its PanelDialogs
                                             ──>  threads.py  OfficeThread: one piece of work after the other
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dialogs import need_windows
from ..forgone import forgo_libraries

if TYPE_CHECKING:
    from .window import PanelWindow

__all__ = ["new_window", "run"]


def new_window() -> PanelWindow:
    """The panel, shown. NoWindow without tkinter or without a screen."""
    need_windows()
    from ..dialogs.looks import new_root
    from .window import PanelWindow

    return PanelWindow(new_root())


def run() -> None:
    """Show the panel until it is closed. NoWindow.

    To be the only thing that its process does: like a click in Excel it forgoes the libraries that no button needs.
    """
    forgo_libraries()
    new_window().run()
