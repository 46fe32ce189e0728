"""A spreadsheet document that is open in LibreOffice: saved, closed, printed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..errors import ChangedOnDisk, DiskFull, EngineError, NotSupportedByEngine, ProtectedSheet, ReadOnlyFile
from ..owner_files import refuse_when_held
from . import bridge
from .chart_sources import literals, put_back
from .formats import Formats
from .host import hosted
from .loading import has_locked_structure
from .names import Names
from .sheet_import import SheetImport
from .sheets import Sheet, Sheets

if TYPE_CHECKING:
    from collections.abc import Callable

    from .app import App
    from .host import Host

__all__ = ["Book"]

_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".fods": "OpenDocument Spreadsheet Flat XML",
}
_SECONDS = 120  # for saving and printing
_ROOM = 1 << 20  # less free space than this explains a failed save


@hosted
class Book(base_classes.Book):
    """``api`` is UNO's XSpreadsheetDocument."""

    def __init__(self, app: App, api: Any) -> None:
        self._app = app
        self._api = api
        self._sheets_api: Any = None
        self._known_sheets: dict[str, Any] = {}
        self._formats: Formats | None = None
        #: Sheets of other documents that speak of sheets which are not here yet.
        self._arrived: list[SheetImport] = []
        self._last_cell: tuple[int, int] | None = None
        self._since_1904: bool | None = None
        self._seen: tuple[int, int] | None = None

    @property
    def host(self) -> Host:
        return self._app.host

    @property
    def app(self) -> App:
        return self._app

    @property
    def api(self) -> Any:
        return self._api

    @property
    def name(self) -> str:
        path = self._path()
        return path.name if path is not None else str(self._api.getTitle())

    @property
    def fullname(self) -> str:
        """The path of the file; of a document that was never saved its title, as in Excel."""
        path = self._path()
        return str(path) if path is not None else str(self._api.getTitle())

    def _path(self) -> Path | None:
        url = self._api.getURL()
        return Path(bridge.uno().fileUrlToSystemPath(url)) if url else None

    # Parts

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def sheets_api(self) -> Any:
        if self._sheets_api is None:
            self._sheets_api = self._api.getSheets()
        return self._sheets_api

    def sheet_api(self, name: str) -> Any:
        """The sheet of that exact name. A known one is asked for its name, which costs a tenth of fetching it anew."""
        known = self._known_sheets.get(name)
        if known is None or known.getName() != name:
            known = self._known_sheets[name] = self.sheets_api.getByName(name)
        return known

    @property
    def names(self) -> Names:
        return Names(self, None)

    @property
    def formats(self) -> Formats:
        if self._formats is None:
            self._formats = Formats(self)
        return self._formats

    @property
    def last_cell(self) -> tuple[int, int]:
        """The last row and column of every sheet's grid."""
        if self._last_cell is None:
            grid = self.sheets_api.getByIndex(0).getRangeAddress()
            self._last_cell = (grid.EndRow + 1, grid.EndColumn + 1)
        return self._last_cell

    @property
    def since_1904(self) -> bool:
        if self._since_1904 is None:
            self._since_1904 = self._api.getPropertyValue("NullDate").Year == 1904
        return self._since_1904

    @property
    def is_read_only(self) -> bool:
        return bool(self._api.isReadonly())

    def rearrange(self, change: Callable[[], object], *places: int) -> None:
        """Let ``change`` add, remove or move a sheet at indexes (from 0), in the thread of the windows.

        LibreOffice takes the literal words of a chart for the first sheet's A1 where a sheet comes before that or goes behind it.
        """

        def rearranged() -> None:
            known = literals(self._api) if min(places) <= 1 else []
            change()
            put_back(known)

        self.host.in_its_thread(rearranged)

    def take_in(self, sheet: Sheet, place: int) -> None:
        """Put a copy of another document's sheet at an index (from 0). What came before and speaks of it finds it now."""
        arriving = SheetImport(sheet, self)
        arriving.put(place)
        for earlier in self._arrived:
            if arriving.title.casefold() in {title.casefold() for title in earlier.missing}:
                earlier.settle()
        self._arrived = [one for one in (*self._arrived, arriving) if one.missing]

    def refuse_when_protected(self) -> None:
        """The structure of a protected book: sheets are neither added, removed, renamed nor moved."""
        path = self._path()
        if self._api.isProtected() or (path is not None and has_locked_structure(path)):
            raise ProtectedSheet("protected-structure", path=self.fullname)

    # Saving

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save in place with the file's own filter, or as another file, whose ending chooses the filter."""
        own = self._path()
        if path is None and own is not None and password is None:
            if self.is_read_only:
                raise ReadOnlyFile("read-only-book", path=str(own))
            self._refuse_changed(own)
            self._store(own, self._api.store)
            return
        target = Path(path).resolve() if path else own or Path.cwd() / f"{self.name}.xlsx"
        kind = _FILTERS.get(target.suffix.lower())
        if kind is None:
            raise NotSupportedByEngine("unknown-ending", new=target.suffix, path=str(target))
        arguments = bridge.properties(
            FilterName=kind, Overwrite=True, **_secret(password, target.suffix.lower())
        )
        self._store(target, lambda: self._api.storeAsURL(target.as_uri(), arguments))

    def remember_file(self) -> None:
        """What the file is like now, so that somebody else's later work on it is not written over."""
        path = self._path()
        self._seen = None if path is None else _stamp(path)

    def _refuse_changed(self, path: Path) -> None:
        if self._seen is not None and _stamp(path) != self._seen:
            raise ChangedOnDisk("file-changed" if path.exists() else "file-gone", path=str(path))

    def _store(self, target: Path, store: Any) -> None:
        refuse_when_held(target, but_libreoffice=True)
        controller = self._api.getCurrentController()
        if controller is not None:
            controller.getFrame().activate()  # or freeze panes and zoom of the other sheets are lost
        self._write(target, store)
        with target.open("rb") as written:
            os.fsync(written.fileno())
        self.remember_file()

    def _write(self, target: Path, write: Any) -> None:
        """Run what writes a file, and say why where it fails."""
        if not target.parent.is_dir():  # the host would make it
            raise _why_not_written(target)
        try:
            with self.host.allowing(_SECONDS):
                write()
        except Exception as failure:
            if not bridge.is_uno_failure(failure) or not self.host.alive():
                raise
            reason = f"{type(failure).__name__}: {failure}"
        else:
            return
        refusal = _why_not_written(target)
        refusal.add_note(reason)
        raise refusal

    def to_pdf(self, path: str, quality: Any = None) -> None:
        """Print the visible sheets into a PDF; quality "minimum" makes pictures smaller."""
        target = Path(path).resolve()
        smaller = bridge.properties(ReduceImageResolution=True, MaxImageResolution=150, Quality=70)
        data = bridge.uno().Any("[]com.sun.star.beans.PropertyValue", smaller if quality == "minimum" else ())
        arguments = bridge.properties(FilterName="calc_pdf_Export", FilterData=data, Overwrite=True)
        with self._hidden_sheets_left_out():
            self._write(target, lambda: self._api.storeToURL(target.as_uri(), arguments))

    @contextmanager
    def _hidden_sheets_left_out(self) -> Iterator[None]:
        """LibreOffice prints a hidden sheet that has a print area: the areas of such sheets are put aside meanwhile."""
        sheets, changed = self._api.getSheets(), self._api.isModified()
        hidden = [sheet for sheet in map(sheets.getByIndex, range(sheets.getCount())) if not sheet.IsVisible]
        areas = [(sheet, sheet.getPrintAreas()) for sheet in hidden]
        for sheet, area in areas:
            if area:
                sheet.setPrintAreas(())
        try:
            yield
        finally:
            for sheet, area in areas:
                if area:
                    sheet.setPrintAreas(area)
            self._api.setModified(changed)

    def close(self) -> None:
        """Close without saving."""
        self._app.books.forget(self)
        if not self.host.in_its_thread(self._closed):
            raise EngineError("host-busy", path=self.fullname)

    def _closed(self) -> bool:
        try:
            self._api.close(True)
        except Exception as failure:
            if not bridge.is_uno_failure(failure) or not self.host.alive():
                raise
            return False
        return True

    def activate(self) -> None:
        controller = self._api.getCurrentController()
        if controller is not None:
            frame = controller.getFrame()
            frame.activate()
            frame.getContainerWindow().toFront()


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _secret(password: str | None, suffix: str) -> dict[str, Any]:
    """The media descriptor's way to say a password; Excel's formats want it wrapped."""
    if password is None:
        return {}
    if suffix not in (".xlsx", ".xlsm", ".xltx"):
        return {"Password": password}
    words = tuple(
        bridge.struct("beans.NamedValue", Name=name, Value=value)
        for name, value in (("OOXPassword", password), ("CryptoType", "Standard"))
    )
    return {"EncryptionData": bridge.uno().Any("[]com.sun.star.beans.NamedValue", words)}


def _why_not_written(target: Path) -> EngineError:
    folder = target.parent
    if not folder.is_dir():
        return ReadOnlyFile("no-folder", folder=str(folder), path=str(target))
    if shutil.disk_usage(folder).free < _ROOM:
        return DiskFull("disk-full", reason="no-space", path=str(target))
    if not os.access(target if target.exists() else folder, os.W_OK):
        return ReadOnlyFile("no-permission", reason="no-rights", path=str(target))
    return EngineError("save-failed", reason="", path=str(target))
