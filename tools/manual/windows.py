"""Windows as pictures: a workbook in LibreOffice as a clerk sees it, and the panel beside it."""

from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from minsheng.hosts import open_books
from minsheng.sheets import layout
from panel.desk import open_desk, wait_until

from .pages import picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import xlwings as xw

    from panel.desk import Desk

__all__ = ["desk", "merged_units", "merging", "panel", "repairing", "shown"]

_SETTLING = 2.0  # seconds until a window has drawn all of itself
_TITLE_BAR = 24  # pixels
_UNIT = layout.UNIT_SETTING_COLUMNS[0]


@contextmanager
def desk(folder: Path, book: Path) -> Iterator[Desk]:
    """LibreOffice with a copy of a book and of what lies beside it, and the panel, on a screen of 1400 × 900."""
    shutil.copytree(book.parent, folder)
    with open_desk(folder, folder / book.name) as found:
        time.sleep(_SETTLING)
        yield found


def shown(at: Desk, tab: str, target: Path, *cells: tuple[int, int]) -> None:
    """The book's window with a sheet in front, scrolled as it takes to see one cell after the other, the first one unless
    told."""
    sheet = _book(at).sheets[tab]
    sheet.activate()
    for cell in cells or ((1, 1),):
        sheet.range(cell).select()
    time.sleep(_SETTLING)
    taken(at, target)


def merged_units(at: Desk, ended: str, heir: str, target: Path) -> None:
    """设置 after a clerk has entered that a unit became part of another in July."""
    sheet = _book(at).sheets[layout.SHEET_SETTINGS]
    rows = sheet.used_range.value  # from A1 on
    headers = next(row for row in rows if layout.BECAME in row)
    name, became, since = (headers.index(label) for label in (_UNIT, layout.BECAME, layout.SINCE))
    row = next(number for number, cells in enumerate(rows, start=1) if cells[name] == ended)
    sheet.range((row, became + 1)).value = heir
    sheet.range((row, since + 1)).value = 7
    shown(at, layout.SHEET_SETTINGS, target, (row, since + 1), (row, name + 1))


def repairing(at: Desk, lost: str, target: Path) -> None:
    """What 修复 lists after a sheet was deleted."""
    _book(at).sheets[lost].delete()
    at.panel.click("修复")
    at.panel.question("要修复这些")
    time.sleep(_SETTLING)
    taken(at, target)
    at.panel.click("取消")
    wait_until(at.panel.idle, "the panel to rest")


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


def _book(at: Desk) -> xw.Book:
    return next(book for found, book in open_books() if found.fullname == str(at.master))


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
