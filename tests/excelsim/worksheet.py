"""Worksheet, its page set-up, filter and notes."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

from .entry import ERRORS
from .errors import ComError, refused
from .links import copy_sheet, gone, renamed, rewrite
from .ranges import Comment, Range
from .references import COLUMNS, ROWS, box_of, quoted, text_of
from .workbook import Names

if TYPE_CHECKING:
    from .cells import Grid
    from .workbook import Name, Workbook

__all__ = ["PageSetup", "Worksheet"]

VISIBLE, HIDDEN, VERY_HIDDEN = -1, 0, 2


class Worksheet:
    def __init__(
        self, book: Workbook, name: str, grid: Grid, *, visible: int = VISIBLE, paper: int = 9
    ) -> None:
        self._book, self._name, self._grid, self._visible, self._paper = book, name, grid, visible, paper
        #: Each sheet keeps its own selection; None before anything was selected.
        self._selected: Range | None = None

    @property
    def Name(self) -> str:
        return self._name

    @Name.setter
    def Name(self, name: str) -> None:
        # Source: "Rename a worksheet" (support.microsoft.com): 31 characters, no \ / ? * [ ] :, unique.
        clash = self._book._named(name)
        if (
            not name
            or len(name) > 31
            or set(name) & set("\\/?*[]:")
            or (clash is not None and clash is not self)
        ):
            raise refused("键入的工作表或图表名称无效。")
        self._book._refuse_locked_structure("工作簿有保护，不能更改。")
        rewrite(self._book, renamed(self._name, name))
        self._name = name
        self._book.Saved = False

    @property
    def Visible(self) -> int:
        return self._visible

    @Visible.setter
    def Visible(self, value: object) -> None:
        self._book._refuse_locked_structure("不能设置类 Worksheet 的 Visible 属性")
        want = VISIBLE if value is True else int(value)  # type: ignore[call-overload]
        others = [sheet for sheet in self._book._sheets if sheet is not self and sheet._visible == VISIBLE]
        if want != VISIBLE and not others:  # Source: a workbook must contain one visible sheet at least
            raise refused("不能设置类 Worksheet 的 Visible 属性")
        self._visible = want
        self._book.Saved = False
        if want != VISIBLE and self._book._current is self:
            at = self._book._sheets.index(self)
            self._book._current = next(
                (s for s in self._book._sheets[at:] if s._visible == VISIBLE), others[-1]
            )

    Index = property(lambda self: self._book._sheets.index(self) + 1)
    Parent = property(lambda self: self._book)
    Application = property(lambda self: self._book._app)
    ProtectContents = property(lambda self: self._grid.protected)
    #: Source: documentation of Worksheet.ProtectionMode: protection that leaves macros free ends with the session.
    ProtectionMode = False
    Cells = property(lambda self: Range(self, 1, 1, ROWS, COLUMNS))
    Rows = property(lambda self: Range(self, 1, 1, ROWS, COLUMNS, kind="rows"))
    Columns = property(lambda self: Range(self, 1, 1, ROWS, COLUMNS, kind="columns"))
    Names = property(lambda self: Names(self._book, self))
    PageSetup = property(lambda self: PageSetup(self))
    UsedRange = property(lambda self: Range(self, *self._grid.used))
    Comments = property(lambda self: Comments(self))
    AutoFilterMode = property(lambda self: self._grid.filter_area is not None)
    FilterMode = property(lambda self: bool(self._grid.filtered))
    ListObjects = property(lambda self: Nothing())

    @property
    def AutoFilter(self) -> object:
        area = self._grid.filter_area
        return None if area is None else SimpleNamespace(Range=Range(self, *area), FilterMode=self.FilterMode)

    def Range(self, one: object, other: object = None) -> Range:
        if isinstance(one, Range):
            last = other if isinstance(other, Range) else one
            return Range(
                self, min(one._top, last._top), min(one._left, last._left), max(one._bottom, last._bottom),
                max(one._right, last._right),
            )  # fmt: skip
        text = str(one)
        if len(text) > 255:  # Source: documentation of Worksheet.Range: the argument takes 255 characters
            raise refused("方法“Range”作用于对象“_Worksheet”时失败")
        areas = [area for part in text.split(",") for area in self._areas(part)]
        return Range(self, *areas[0], more=areas[1:])

    def _areas(self, text: str) -> list[tuple[int, int, int, int]]:
        try:
            return [box_of(text)]
        except ValueError:
            pass
        # Source: documentation of Worksheet.Range: its argument is a reference or a name.
        found = self._name_for(text)
        if found is None:
            raise refused("方法“Range”作用于对象“_Worksheet”时失败")
        return [found.RefersToRange._box]

    def _name_for(self, text: str) -> Name | None:
        # Source: "Names in formulas" (support.microsoft.com): a sheet's own name goes before the book's.
        names = [one for one in self._book._names if one._label.lower() == text.lower()]
        own = next((one for one in names if one._scope is self), None)
        return own or next((one for one in names if one._scope is None), None)

    def Evaluate(self, text: str) -> object:
        """Areas and names, with commas between them: one range, or an error as its number.

        Source: documentation of Worksheet.Evaluate: defined names, the union operator, 255 characters at the most. A union of
        two sheets' areas is #VALUE! (support.microsoft.com, "Calculation operators and precedence").
        """
        if len(text) > 255:
            return ERRORS["#VALUE!"]
        parts = [self._evaluated(part) for part in text.split(",")]
        # Assumed: an error anywhere in a union is what Evaluate gives.
        if wrong := [part for part in parts if not isinstance(part, Range)]:
            return wrong[0]
        if len({part._sheet for part in parts}) > 1:  # type: ignore[attr-defined]
            return ERRORS["#VALUE!"]
        first, *others = [box for part in parts for box in (part._box, *part._more)]  # type: ignore[attr-defined]
        return Range(parts[0]._sheet, *first, more=others)  # type: ignore[attr-defined]

    def _evaluated(self, text: str) -> object:
        try:
            return Range(self, *box_of(text))
        except ValueError:
            name = self._name_for(text)
        if name is None:
            return ERRORS["#NAME?"]
        if "#REF!" in name._refers:
            return ERRORS["#REF!"]
        try:
            return name.RefersToRange
        except (ComError, ValueError):
            return name._refers.removeprefix("=")  # a constant; the stand-in computes nothing

    def Activate(self) -> None:
        # Assumed: a hidden sheet cannot be activated.
        if self._visible != VISIBLE:
            raise refused("类 Worksheet 的 Activate 方法无效")
        self._book._current = self

    Select = Activate

    def ExportAsFixedFormat(self, Type: int = 0, Filename: str = "", **rest: object) -> None:
        # Source: documentation of Worksheet.ExportAsFixedFormat; a sheet that is hidden is refused.
        if self._visible != VISIBLE:
            raise refused("类 Worksheet 的 ExportAsFixedFormat 方法无效")
        self._book._print([self], Filename)

    def Delete(self) -> None:
        self._book._refuse_locked_structure("类 Worksheet 的 Delete 方法无效")
        if not any(sheet is not self and sheet._visible == VISIBLE for sheet in self._book._sheets):
            raise refused("类 Worksheet 的 Delete 方法无效")
        book = self._book
        book._sheets.remove(self)
        # Source: names that refer to a deleted sheet refer to #REF! afterwards; the sheet's own go with it.
        book._names = [one for one in book._names if one._scope is not self]
        rewrite(book, gone(self._name))
        if book._current is self:
            book._current = next(sheet for sheet in book._sheets if sheet._visible == VISIBLE)
        book.Saved = False

    def Move(self, Before: Worksheet | None = None, After: Worksheet | None = None) -> None:
        sheets = self._book._sheets
        sheets.remove(self)
        near = Before or After
        assert near is not None
        sheets.insert(sheets.index(near) + (1 if Before is None else 0), self)

    def Copy(self, Before: Worksheet | None = None, After: Worksheet | None = None) -> None:
        near = Before or After
        assert near is not None
        copy_sheet(self, near, 0 if Before is not None else 1)


class Comments:
    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet

    Count = property(lambda self: len(self._sheet._grid.notes))

    def _each(self) -> Iterator[Comment]:
        return iter([Comment(self._sheet, *place) for place in sorted(self._sheet._grid.notes)])


class Nothing:
    """A collection without members."""

    Count = 0

    def _each(self) -> Iterator[object]:
        return iter(())


class PageSetup:
    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet

    def _refuse_without_printer(self, verb: str) -> None:
        # Source: documentation of PageSetup (it asks the printer's driver); 1004 without one (xlwings #1388 and others).
        if not self._sheet._book._app._printer:
            raise refused(f"不能{verb}类 PageSetup 的 PaperSize 属性")

    @property
    def PaperSize(self) -> int:
        self._refuse_without_printer("取得")
        return self._sheet._paper

    @PaperSize.setter
    def PaperSize(self, number: int) -> None:
        self._refuse_without_printer("设置")
        self._sheet._paper = number
        self._sheet._book.Saved = False

    @property
    def PrintArea(self) -> str:
        found = next(
            (one for one in Names(self._sheet._book, self._sheet)._all() if one._label == "Print_Area"), None
        )
        return found.RefersToRange.Address if found else ""

    @PrintArea.setter
    def PrintArea(self, area: str) -> None:
        if area:
            Names(self._sheet._book, self._sheet).Add(
                "Print_Area", f"={quoted(self._sheet._name)}!{text_of(box_of(area))}"
            )
