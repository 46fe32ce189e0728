"""WPS 表格 where it answers in Excel's place: found as xlwings finds Excel, by its windows, or under a name of its own.

xlwings does not support it (xlwings #1457, #1759, #2575), and nobody has seen these engines work in it: whoever hands its
books out says so.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

__all__ = ["PROG_IDS", "is_wps", "registered"]

#: What WPS registers its spreadsheet program under: newer versions, then older ones.
PROG_IDS = ("KET.Application", "ET.Application")

_IN_ITS_PATH = ("kingsoft", "wps")


def is_wps(app: xw.App) -> bool:
    """Whether what answers as Excel is another program. It may call itself Excel too: then the folder that it runs from tells
    it. Two calls; whatever they raise is raised. Never on a Mac, where xlwings asks for Excel by its name."""
    if sys.modules.get("xlwings._xlwindows") is None:
        return False
    return "excel" not in str(app.api.Name).lower() or any(
        word in str(app.api.Path).lower() for word in _IN_ITS_PATH
    )


def registered(known: set[int]) -> Iterator[xw.App]:
    """The programs that run under WPS's own names, but those of the process ids ``known``."""
    import xlwings as xw

    windows, client = sys.modules.get("xlwings._xlwindows"), sys.modules.get("win32com.client")
    if windows is None or client is None:
        return
    for prog_id in PROG_IDS:
        try:
            found = windows.App(xl=windows.COMRetryObjectWrapper(client.GetActiveObject(prog_id)))
        except Exception:  # noqa: BLE001 - no such program runs, or it does not say which window it has
            continue
        if found.pid not in known:
            known.add(found.pid)
            yield xw.App(impl=found)
