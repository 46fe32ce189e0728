"""Application and Workbooks; windows in protected view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .errors import EXCEPTION, ComError, refused

if TYPE_CHECKING:
    from .workbook import Workbook

__all__ = ["Application", "Workbooks"]

MANUAL, AUTOMATIC = -4135, -4105


class Application:
    """One Excel. ``hwnd`` and ``pid`` tell it from others; ``printer`` False: none is installed. ``prog_id``: the name that
    it is registered under as running."""

    def __init__(
        self,
        hwnd: int = 4711,
        pid: int = 815,
        name: str = "Microsoft Excel",
        *,
        printer: bool = True,
        prog_id: str = "Excel.Application",
    ) -> None:
        self._hwnd, self._pid, self._name, self._printer = hwnd, pid, name, printer
        self._prog_id = prog_id
        #: Whether it has Excel's windows, one in the other, by which xlwings finds it.
        self._has_windows = True
        self._books: list[Workbook] = []
        self._active: Workbook | None = None
        self._calculation = AUTOMATIC
        self._status: object = False
        self.ScreenUpdating: object = True
        self.DisplayAlerts: object = True
        self.EnableEvents: object = True
        self.Visible: object = True
        self.Interactive: object = True
        self.CutCopyMode: object = 0
        self.Version = "16.0"
        self.Path = r"C:\Program Files\Microsoft Office\root\Office16"
        self.StartupPath = r"C:\Users\clerk\AppData\Roaming\Microsoft\Excel\XLSTART"
        #: Paths of the files that were saved or exported, in order.
        self._saved: list[str] = []

    Name = property(lambda self: self._name)
    Hwnd = property(lambda self: self._hwnd)
    Application = property(lambda self: self)
    Workbooks = property(lambda self: Workbooks(self))
    #: Source: documentation of Application.ActiveWorkbook: Nothing where a protected view window is in front.
    ActiveWorkbook = property(lambda self: self._active)
    ActiveSheet = property(lambda self: self._active.ActiveSheet if self._active else None)

    @property
    def Selection(self) -> object:
        if self._active is None:
            return None
        sheet = self._active.ActiveSheet
        return sheet._selected or sheet.Range("A1")

    @property
    def StatusBar(self) -> object:
        return self._status

    @StatusBar.setter
    def StatusBar(self, words: object) -> None:
        # Source: Excel refuses a status bar text of over 255 characters with 1004.
        if isinstance(words, str) and len(words) > 255:
            raise refused("不能设置类 Application 的 StatusBar 属性")
        self._status = words

    @property
    def Calculation(self) -> int:
        # Source: documentation of Application.Calculation; it fails where no workbook is open (xlwings #1253).
        if self._active is None:
            raise refused("不能取得类 Application 的 Calculation 属性")
        return self._calculation

    @Calculation.setter
    def Calculation(self, mode: int) -> None:
        if self._active is None:
            raise refused("不能设置类 Application 的 Calculation 属性")
        # Assumed: a book whose calculation mode is changed counts as not saved, because the mode is kept in the file.
        if mode != self._calculation:
            for book in self._books:
                book.Saved = False
        self._calculation = mode

    def Calculate(self) -> None:
        """Nothing: what stands in for Excel keeps the values that the file came with."""

    def Quit(self) -> None:
        self._books.clear()
        self._active = None


class Workbooks:
    def __init__(self, app: Application) -> None:
        self._app = app

    Application = property(lambda self: self._app)
    Count = property(lambda self: len(self._app._books))

    def _item(self, which: object) -> Workbook:
        books = self._app._books
        if isinstance(which, str):
            for book in books:
                if book._name.lower() == which.lower():
                    return book
        elif isinstance(which, int | float) and 1 <= which <= len(books):
            return books[int(which) - 1]
        # Source: run-time error 9, "Subscript out of range".
        raise ComError(EXCEPTION, "下标越界", -2146828279)

    Item = _item

    def _each(self) -> Iterator[Workbook]:
        return iter(list(self._app._books))

    def Open(self, path: str, *rest: object) -> Workbook:
        from .loading import opened

        name = re.split(r"[\\/]", path)[-1]
        for book in self._app._books:
            if book._name.lower() == name.lower():
                if book._full == path:
                    return book
                # Source: Excel's own sentence: two workbooks of one name cannot be open at a time.
                raise refused("抱歉，Excel 无法打开两个同名的工作簿。")
        return self._shown(opened(self._app, path))

    def Add(self, template: object = None) -> Workbook:
        from .loading import blank

        return self._shown(blank(self._app, f"工作簿{len(self._app._books) + 1}"))

    def _shown(self, book: Workbook) -> Workbook:
        self._app._books.append(book)
        self._app._active = book
        return book
