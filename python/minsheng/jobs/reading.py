"""How a job gets at the master in an open book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..sheets import layout
from ..sheets.gaps import SETTINGS, refusal
from ..sheets.image import SheetImage
from ..sheets.open_master import OpenMaster
from ..sheets.places import Places
from ..sheets.settings_sheet import SettingsSheet
from .needs import require
from .progress import unwatched

if TYPE_CHECKING:
    import xlwings as xw

    from ..domain.master import Settings
    from .needs import Job
    from .progress import Progress

__all__ = ["is_master", "read_for", "read_settings", "settings_of", "settings_sheet"]


def read_for(book: xw.Book, job: Job | None = None, progress: Progress = unwatched) -> OpenMaster:
    """The open master, whole as far as ``job`` depends on it (None: as far as it can be read).

    NotAMaster; MasterDamaged with the sheet and cell of everything that is missing.
    """
    progress("读取总表")
    master = OpenMaster.read(book)
    if job is not None:
        require(master, job, book.app.engine.name)
    progress("计算并写入")
    return master


def is_master(book: xw.Book) -> bool:
    """Whether a book carries the 总表's id: a single question, for a list of open books."""
    return layout.NAME_ID in book.names


def settings_sheet(book: xw.Book) -> xw.Sheet:
    """Sheet 设置, whatever its tab is called and whatever is missing on it. NotAMaster; MasterDamaged where it is gone."""
    settings = _settings(book)
    gone = [gap for gap in settings.gaps.found if gap.gone]
    if gone:
        raise refusal(gone, "打开“设置”")
    return book.sheets[settings.image.sheet]


def settings_of(book: xw.Book) -> tuple[Settings, int]:
    """Sheet 设置 alone, and the master's year: quick, before anything else is read. NotAMaster, MasterDamaged."""
    settings = read_settings(book)
    return settings.settings, settings.year


def read_settings(book: xw.Book) -> SettingsSheet:
    """Sheet 设置 alone, by its own names. NotAMaster; MasterDamaged where it is not whole."""
    settings = _settings(book)
    missing = [gap for gap in settings.gaps.found if gap.part == SETTINGS]
    if missing:
        raise refusal(missing, "读取“设置”")
    return settings


def _settings(book: xw.Book) -> SettingsSheet:
    places = Places.named(book, layout.SETTINGS_NAMES)
    tabs = {sheet.name for sheet in book.sheets}
    wanted = {
        area.sheet for name in layout.SETTINGS_NAMES if (area := places.get(name)) and area.sheet in tabs
    }
    return SettingsSheet.read(places, {name: SheetImage.read(book.sheets[name]) for name in wanted})
