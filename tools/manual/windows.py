"""Windows as pictures: a workbook in LibreOffice as a clerk sees it, and the panel beside it."""

from __future__ import annotations

import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from minsheng.hosts import open_books
from panel.desk import open_desk, wait_until

from .pages import picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from panel.desk import Desk

__all__ = ["desk", "merging", "panel", "shown"]

_SETTLING = 2.0  # seconds until a window has drawn all of itself
_TITLE_BAR = 24  # pixels


@contextmanager
def desk(folder: Path, book: Path) -> Iterator[Desk]:
    """LibreOffice with a book, and the panel, on a screen of 1400 × 900."""
    folder.mkdir()
    with open_desk(folder, book) as found:
        time.sleep(_SETTLING)
        yield found


def shown(at: Desk, tab: str, target: Path) -> None:
    """The book's window with a sheet in front."""
    book = next(book for found, book in open_books() if found.fullname == str(at.master))
    book.sheets[tab].activate()
    book.sheets[tab].range("A1").select()
    time.sleep(_SETTLING)
    taken(at, target)


def merging(at: Desk, period: str, target: Path) -> None:
    """What 汇总 of a period shows before it writes."""
    at.panel.click("汇总(")
    at.panel.question("请确认期次")
    at.screen.type(period)
    at.panel.click("确定")
    at.panel.question("确定汇总吗")
    time.sleep(_SETTLING)
    taken(at, target)
    at.panel.click("取消")
    wait_until(at.panel.idle, "the panel to rest")


def panel(at: Desk, target: Path) -> None:
    """The panel alone, after a 校验."""
    at.panel.after(lambda: at.panel.click("校验"))
    time.sleep(_SETTLING)
    window = next(one for one in at.panel.seen()["widgets"] if one["path"] == ".")
    across, down = window["width"], window["height"] + _TITLE_BAR
    taken(at, target, f"{across}x{down}+{window['rootx']}+{window['rooty'] - _TITLE_BAR}")


def taken(at: Desk, target: Path, part: str = "1400x880+0+0") -> None:
    """The screen without its taskbar, or a ``part`` of it, as ImageMagick writes one."""
    raw = target.with_name(f"{target.stem}-screen.png")
    at.screen.picture(raw)
    subprocess.run(["convert", str(raw), "-crop", part, "+repage", str(raw)], check=True)
    picture(raw, target)
