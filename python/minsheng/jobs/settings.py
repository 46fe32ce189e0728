"""Sheet 设置 alone: read before anything else is, and told the period and the inbox that a clerk chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..sheets import layout
from ..sheets.gaps import SETTINGS, refusal
from ..sheets.pages import Pages
from ..sheets.places import Places
from ..sheets.settings_sheet import SettingsSheet
from ..sheets.writing import Write, apply

if TYPE_CHECKING:
    from pathlib import Path

    import xlwings as xw

    from ..domain.master import Settings
    from ..domain.period import Period

__all__ = ["inbox_words", "remember", "settings_of", "settings_sheet"]


def settings_sheet(book: xw.Book) -> xw.Sheet:
    """Sheet 设置, whatever its tab is called and whatever is missing on it. NotAMaster; MasterDamaged where it is gone."""
    settings = _settings(book)
    gone = [gap for gap in settings.gaps.found if gap.gone]
    if gone:
        raise refusal(gone, "打开“设置”")
    return book.sheets[settings.image.sheet]


def settings_of(book: xw.Book) -> tuple[Settings, int]:
    """Sheet 设置 alone, and the master's year: quick, before anything else is read. NotAMaster, MasterDamaged."""
    settings = _whole(book)
    return settings.settings, settings.year


def remember(book: xw.Book, *, period: Period | None = None, inbox: str | None = None) -> None:
    """Write what is given into 设置; a parameter whose row was deleted there is passed over."""
    settings = _whole(book)
    cells, image = settings.cells, settings.image
    chosen = {
        layout.PARAM_PERIOD: None if period is None else str(period),
        layout.PARAM_INBOX: inbox,
    }
    writes = [
        Write(image.sheet, *cells[parameter], [[words]])
        for parameter, words in chosen.items()
        if words is not None and parameter in cells
    ]
    apply(Pages(book), writes, {image.sheet: image})


def inbox_words(inbox: Path, beside: Path | None) -> str:
    """A folder as 设置 names it: from the master's own folder where it lies below, so that both can be moved together."""
    if beside is not None and inbox.is_relative_to(beside):
        return inbox.relative_to(beside).as_posix()
    return str(inbox)


def _whole(book: xw.Book) -> SettingsSheet:
    """Sheet 设置 alone, by its own names. NotAMaster; MasterDamaged where it is not whole."""
    settings = _settings(book)
    missing = [gap for gap in settings.gaps.found if gap.part == SETTINGS]
    if missing:
        raise refusal(missing, "读取“设置”")
    return settings


def _settings(book: xw.Book) -> SettingsSheet:
    pages = Pages(book)
    places = Places.named(pages, layout.SETTINGS_NAMES)
    wanted = {area.sheet for name in layout.SETTINGS_NAMES if (area := places.get(name))}
    return SettingsSheet.read(places, {tab: pages.image(tab) for tab in wanted if tab in book.sheets})
