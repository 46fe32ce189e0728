"""A LibreOffice as xlwings' App: one that was started here, or a person's own."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import xlwings as xw
from xlwings import base_classes

from ..errors import NotSupportedByEngine
from ..owner_files import libreoffice_lock
from . import bridge
from .books import Books
from .bridge import area_of
from .host import hosted
from .ranges import Range

if TYPE_CHECKING:
    from .engine import Apps, Engine
    from .host import Host

__all__ = ["App"]

# com.sun.star.awt.MessageBoxButtons, MessageBoxType, MessageBoxResults
_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
_ICONS = {None: "INFOBOX", "info": "INFOBOX", "critical": "ERRORBOX"}
_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}
_PROGRESS = 100


@hosted
class App(base_classes.App):
    """``pid`` is the process; of one that runs elsewhere or keeps its number to itself a negative number of our own."""

    display_alerts: bool = False  # no call of this engine asks anything
    enable_events: bool = True
    interactive: bool = True

    def __init__(self, apps: Apps, host: Host, pid: int, *, visible: bool) -> None:
        self._apps = apps
        self.host = host
        self._pid = pid
        self._visible = visible
        self._books = Books(self)
        self._screen_updating = True
        self._status: str | bool = False
        self._indicator: Any = None

    @property
    def api(self) -> Any:
        """UNO's Desktop."""
        return self.host.desktop

    @property
    def engine(self) -> Engine:
        return self._apps.engine

    @property
    def books(self) -> Books:
        return self._books

    @property
    def pid(self) -> int:
        return self._pid

    @property
    def version(self) -> str:
        configuration = self.host.create("com.sun.star.configuration.ConfigurationProvider")
        place = bridge.properties(nodepath="/org.openoffice.Setup/Product")
        product = configuration.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", place
        )
        return str(product.getByName("ooSetupVersionAboutBox"))

    # Life

    @property
    def is_ours(self) -> bool:
        return self.host.process is not None

    def quit(self) -> None:
        """End a LibreOffice that was started here, without saving; let go of any other and leave its documents open."""
        if self.is_ours:
            if self.host.alive():
                for book in self._books.open_books():
                    book.close()
            self._remove_own_locks()
        self.host.close()
        self._apps.forget(self)

    def kill(self) -> None:
        """End the process at once; a person's own is left alone."""
        process = self.host.process
        if process is None:
            raise NotSupportedByEngine("not-ours-to-end")
        process.end()
        self.host.is_open = False
        self._remove_own_locks()
        self._apps.forget(self)

    def _remove_own_locks(self) -> None:
        """A LibreOffice that ends by force leaves its lock files behind; they name its profile."""
        process = self.host.process
        for path in self._books.opened:
            lock = libreoffice_lock(path)
            try:
                ours = process is not None and process.profile.as_uri() in lock.read_text("utf-8", "replace")
            except OSError:
                continue
            if ours:
                lock.unlink(missing_ok=True)

    # Window

    @property
    def visible(self) -> bool:
        return self._visible

    @visible.setter
    def visible(self, value: bool) -> None:
        if value and not self._visible:
            raise NotSupportedByEngine("stays-hidden")
        if not value and self._visible:
            raise NotSupportedByEngine("stays-visible")

    def activate(self, steal_focus: bool = False) -> None:
        """Make this the first app of the engine, and the engine xlwings' active one: its own activate() checks for both."""
        self._apps.prefer(self)
        xw.engines[self.engine.name].activate()
        frame = self.host.desktop.getCurrentFrame()
        if frame is not None and steal_focus:
            frame.getContainerWindow().toFront()
            frame.getContainerWindow().setFocus()

    @property
    def selection(self) -> Range | None:
        """The cells chosen in the active document; None where a picture or a chart is."""
        book = self._books.active
        chosen = book.api.getCurrentSelection()
        if chosen is None:
            return None
        if chosen.supportsService("com.sun.star.sheet.SheetCellRange"):
            addresses = (chosen.getRangeAddress(),)
        elif chosen.supportsService("com.sun.star.sheet.SheetCellRanges"):
            addresses = chosen.getRangeAddresses()
        else:
            return None
        return Range(book.sheets(addresses[0].Sheet + 1), [area_of(address) for address in addresses])

    @property
    def status_bar(self) -> str | bool:
        """The text shown, False for the program's own."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        if self._indicator is not None:
            self._indicator.end()
            self._indicator = None
        self._status = value or False
        frame = self.host.desktop.getCurrentFrame()
        if value and frame is not None:
            self._indicator = frame.createStatusIndicator()
            self._indicator.start(str(value), _PROGRESS)

    @property
    def screen_updating(self) -> bool:
        return self._screen_updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if bool(value) == self._screen_updating:
            return
        self._screen_updating = bool(value)
        for book in self._books.open_books():
            if value:
                if book.api.hasControllersLocked():
                    book.api.unlockControllers()
            else:
                book.api.lockControllers()

    # Calculation

    @property
    def calculation(self) -> str:
        """ "automatic" or "manual", of the active document; set for all."""
        return "automatic" if self._books.active.api.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in ("automatic", "manual"):
            raise NotSupportedByEngine("unknown-setting", value=value)
        for book in self._books.open_books():
            book.api.enableAutomaticCalculation(value == "automatic")

    def calculate(self) -> None:
        for book in self._books.open_books():
            book.api.calculateAll()

    # Words

    def alert(
        self,
        prompt: str,
        title: str | None = None,
        buttons: str = "ok",
        mode: str | None = None,
        callback: Any = None,
    ) -> str:
        """A message box in front of the active document; the button that was chosen."""
        if callback is not None:
            raise NotSupportedByEngine("no-callback")
        if not self._visible:
            raise NotSupportedByEngine("no-dialog")
        if buttons not in _BUTTONS:
            raise NotSupportedByEngine("unknown-setting", value=str(buttons))
        window = self.host.desktop.getCurrentFrame().getContainerWindow()
        icon = bridge.enum("awt.MessageBoxType", "QUERYBOX" if buttons.startswith("yes") else _ICONS[mode])
        toolkit = self.host.create("com.sun.star.awt.Toolkit")
        box = toolkit.createMessageBox(window, icon, _BUTTONS[buttons], title or "", prompt)
        with self.host.allowing(inf):  # a person may take as long as they like
            return _ANSWERS.get(box.execute(), "cancel")
