"""Workbook, its sheets and its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .errors import BAD_INDEX, EXCEPTION, RUNTIME_1004, ComError, refused
from .links import change_link, link_sources
from .references import moved_formula, quoted

if TYPE_CHECKING:
    from .application import Application
    from .ranges import Range
    from .worksheet import Worksheet

__all__ = ["Name", "Names", "Workbook", "Worksheets"]

_TO = re.compile(r"=(?:'((?:[^']|'')+)'|([^'!]+))!(.*)")


class Workbook:
    """``full`` is FullName: a path, or an address where the book lies in OneDrive or on a web folder; ``source`` the file."""

    def __init__(self, app: Application, full: str, source: str) -> None:
        self._app, self._full, self._source = app, full, source
        self._name = re.split(r"[\\/]", full)[-1]
        self._sheets: list[Worksheet] = []
        self._names: list[Name] = []
        self._structure_locked = False
        self._current: Worksheet | None = None
        self.Saved: object = True
        self.ReadOnly = False

    Name = property(lambda self: self._name)
    FullName = property(lambda self: self._full)
    #: Source: documentation of Workbook.Path: empty before the first save.
    Path = property(
        lambda self: self._full[: -len(self._name) - 1] if re.search(r"[\\/]", self._full) else ""
    )
    FileFormat = property(lambda self: 51)
    Application = property(lambda self: self._app)
    Parent = property(lambda self: self._app)
    Worksheets = property(lambda self: Worksheets(self))
    Sheets = property(lambda self: Worksheets(self))
    Names = property(lambda self: Names(self, None))
    ActiveSheet = property(lambda self: self._current)
    ProtectStructure = property(lambda self: self._structure_locked)

    def Windows(self, which: object) -> Window:
        return Window(self)

    def Activate(self) -> None:
        self._app._active = self

    def Save(self) -> None:
        from .loading import saved

        saved(self, self._source)
        self.Saved = True
        self._app._saved.append(self._source)

    def SaveAs(self, Filename: str, FileFormat: object = None, Password: object = None) -> None:
        from .loading import saved

        saved(self, Filename)
        self._full = self._source = Filename
        self._name = re.split(r"[\\/]", Filename)[-1]
        self.Saved = True
        self._app._saved.append(Filename)

    def Close(self, SaveChanges: object = None) -> None:
        self._app._books.remove(self)
        self._app._active = self._app._books[-1] if self._app._books else None

    def ExportAsFixedFormat(self, Type: int = 0, Filename: str = "", **rest: object) -> None:
        """A PDF that names the sheets it shows."""
        # Assumed: of a whole workbook the visible sheets are printed, hidden ones are not.
        self._print([sheet for sheet in self._sheets if sheet._visible == -1], Filename)

    def LinkSources(self, Type: int = 1) -> tuple[str, ...] | None:
        return link_sources(self)

    def ChangeLink(self, Name: str, NewName: str, Type: int = 1) -> None:
        change_link(self, Name, NewName)

    def _print(self, sheets: list[Worksheet], path: str) -> None:
        with open(path, "wb") as out:
            out.write(b"%PDF-1.7\n" + "、".join(sheet._name for sheet in sheets).encode())
        self._app._saved.append(path)

    def _named(self, sheet: str) -> Worksheet | None:
        return next((one for one in self._sheets if one._name.lower() == sheet.lower()), None)

    def _moved(self, sheet: Worksheet, at: int, by: int) -> None:
        """Formulas and names after rows of ``sheet`` have come or gone."""
        for one in self._sheets:
            one._grid.follow(one._name, sheet._name, at, by)
        for name in self._names:
            name._refers = moved_formula(name._refers, "", sheet._name, at, by)

    def _refuse_locked_structure(self, text: str) -> None:
        """Source: documentation of Workbook.Protect (Structure)."""
        if self._structure_locked:
            raise refused(text)


class Window:
    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.DisplayGridlines: object = True


class Worksheets:
    def __init__(self, book: Workbook) -> None:
        self._book = book

    Count = property(lambda self: len(self._book._sheets))
    Parent = property(lambda self: self._book)
    Application = property(lambda self: self._book._app)

    def _item(self, which: object) -> Worksheet:
        if isinstance(which, str):
            found = self._book._named(which)
            if found is not None:
                return found
        elif isinstance(which, int | float) and 1 <= which <= len(self._book._sheets):
            return self._book._sheets[int(which) - 1]
        # Source: WinError.h on DISP_E_BADINDEX, which pywin32 reports for a sheet that is not there.
        raise ComError(BAD_INDEX, "无效索引。")

    Item = _item

    def _each(self) -> Iterator[Worksheet]:
        return iter(list(self._book._sheets))

    def Add(self, Before: Worksheet | None = None, After: Worksheet | None = None) -> Worksheet:
        from .cells import Grid
        from .worksheet import Worksheet

        book = self._book
        book._refuse_locked_structure("类 Sheets 的 Add 方法无效")
        number = 1
        while book._named(f"Sheet{number}") is not None:
            number += 1
        sheet = Worksheet(book, f"Sheet{number}", Grid())
        near = Before or After or book._current
        at = book._sheets.index(near) + (1 if After is not None else 0) if near is not None else 0
        book._sheets.insert(at, sheet)
        book._current = sheet
        book.Saved = False
        return sheet


class Names:
    """Of a book (with those of its sheets), or of one sheet."""

    def __init__(self, book: Workbook, sheet: Worksheet | None) -> None:
        self._book, self._sheet = book, sheet

    def _all(self) -> list[Name]:
        return [one for one in self._book._names if self._sheet is None or one._scope is self._sheet]

    Count = property(lambda self: len(self._all()))
    Application = property(lambda self: self._book._app)
    Parent = property(lambda self: self._sheet or self._book)

    def _item(self, which: object) -> Name:
        names = self._all()
        if isinstance(which, str):
            wanted = which.lower()
            # Assumed: where a book and a sheet have a name in common, the book's is given before the sheet's.
            for pool in (names, [one for one in names if one._scope is self._book._current], names):
                for one in pool:
                    label = one._label if pool is not names or one._scope is None else one.Name
                    if label.lower() == wanted or one.Name.lower() == wanted:
                        return one
            for one in names:
                if one._label.lower() == wanted:
                    return one
        elif isinstance(which, int | float) and 1 <= which <= len(names):
            return names[int(which) - 1]
        raise ComError(EXCEPTION, "应用程序定义或对象定义错误", RUNTIME_1004)

    Item = _item

    def _each(self) -> Iterator[Name]:
        return iter(self._all())

    def Add(self, Name_: str = "", RefersTo: str = "", **named: object) -> Name:
        label = str(named.get("Name", Name_))
        refers = RefersTo if RefersTo.startswith("=") else f"={RefersTo}"
        scope, bang, bare = label.rpartition("!")
        sheet = self._book._named(scope.strip("'").replace("''", "'")) if bang else self._sheet
        self._book._names = [
            one
            for one in self._book._names
            if (one._scope, one._label.lower()) != (sheet, (bare or label).lower())
        ]
        one = Name(self._book, sheet, bare if bang else label, refers, visible=True)
        self._book._names.append(one)
        # Source: documentation of the Names collection: it is in alphabetic order.
        self._book._names.sort(key=lambda name: name._label.lower())
        self._book.Saved = False
        return one


class Name:
    def __init__(
        self, book: Workbook, scope: Worksheet | None, label: str, refers: str, *, visible: bool
    ) -> None:
        self._book, self._scope, self._label, self._refers, self.Visible = book, scope, label, refers, visible

    Application = property(lambda self: self._book._app)
    Parent = property(lambda self: self._scope or self._book)

    @property
    def Name(self) -> str:
        return f"{quoted(self._scope._name)}!{self._label}" if self._scope else self._label

    @property
    def RefersTo(self) -> str:
        match = _TO.fullmatch(self._refers)
        if match is None or match[2] == "#REF":
            return self._refers
        return f"={quoted((match[1] or match[2]).replace(chr(39) * 2, chr(39)))}!{match[3]}"

    @RefersTo.setter
    def RefersTo(self, refers: str) -> None:
        self._refers = refers if refers.startswith("=") else f"={refers}"
        self._book.Saved = False

    @property
    def RefersToRange(self) -> Range:
        match = _TO.fullmatch(self._refers)
        sheet = self._book._named((match[1] or match[2]).replace("''", "'")) if match else None
        if match is None or sheet is None or "#REF!" in match[3]:
            # Source: documentation of Name.RefersToRange: it fails where the name refers to no range.
            raise refused("应用程序定义或对象定义错误")
        return sheet.Range(match[3])

    def Delete(self) -> None:
        self._book._names.remove(self)
        self._book.Saved = False
