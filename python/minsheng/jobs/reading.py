"""How a job gets at the master in an open book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import MasterDamaged
from ..sheets import layout
from ..sheets.image import SheetImage
from ..sheets.open_master import OpenMaster
from ..sheets.places import Places
from ..sheets.settings_sheet import SettingsSheet
from .progress import unwatched

if TYPE_CHECKING:
    import xlwings as xw

    from ..domain.master import Settings
    from .progress import Progress

__all__ = ["is_master", "read_for_change", "read_settings", "settings_of", "settings_sheet"]

#: A plain file computes nothing: what a formula with references would give is not known there.
_ENGINES_WITHOUT_CALCULATION = frozenset({"file"})


def read_for_change(book: xw.Book, progress: Progress = unwatched) -> OpenMaster:
    """The open master, for a job that will write to it.

    MasterDamaged where an input cell holds a formula whose value nobody computes here.
    """
    progress("读取总表")
    master = OpenMaster.read(book)
    progress("计算并写入")
    if master.referencing and book.app.engine.name in _ENGINES_WITHOUT_CALCULATION:
        cells = "、".join(master.referencing[:5])
        raise MasterDamaged(
            f"总表“{book.name}”的填数格里有引用其他单元格的公式：{cells}。",
            "请在 Excel 里把这些格子改成数值（复制后“选择性粘贴—数值”），保存后再试。",
        )
    return master


def is_master(book: xw.Book) -> bool:
    """Whether a book carries the 总表's id: a single question, for a list of open books."""
    return layout.NAME_ID in book.names


def settings_sheet(book: xw.Book) -> xw.Sheet:
    """Sheet 设置, whatever its tab is called. NotAMaster."""
    return _sheet_of(book, Places.named(book, (layout.NAME_ID,)))


def settings_of(book: xw.Book) -> tuple[Settings, int]:
    """Sheet 设置 alone, and the master's year: quick, before anything else is read."""
    settings, _ = read_settings(book)
    return settings.settings, settings.year


def read_settings(book: xw.Book) -> tuple[SettingsSheet, SheetImage]:
    """Sheet 设置 alone, by its own names, and what stands on it. NotAMaster."""
    places = Places.named(book, layout.SETTINGS_NAMES)
    image = SheetImage.read(_sheet_of(book, places))
    return SettingsSheet.read(places, image), image


def _sheet_of(book: xw.Book, places: Places) -> xw.Sheet:
    return book.sheets[places.areas[layout.NAME_ID].sheet]
