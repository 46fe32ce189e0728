"""Range: blocks of cells read and written, looks, merged areas, rows that are put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from . import entry
from .cells import IN_FORMULA, Cell
from .errors import EXCEPTION, ComError, refused
from .references import COLUMNS, ROWS, Box, quoted, text_of

if TYPE_CHECKING:
    from .worksheet import Worksheet

__all__ = ["Comment", "Interior", "Range"]

NO_COLOUR = -4142
DOWN, UP, LEFT, RIGHT = -4121, -4162, -4159, -4161


class Comment:
    """A note on a cell."""

    def __init__(self, sheet: Worksheet, row: int, column: int) -> None:
        self._sheet, self._place = sheet, (row, column)

    Parent = property(lambda self: Range(self._sheet, *self._place, *self._place))

    def Text(self, text: str | None = None) -> str:
        if text is not None:
            self._sheet._grid.notes[self._place] = text
        return self._sheet._grid.notes[self._place]

    def Delete(self) -> None:
        del self._sheet._grid.notes[self._place]


class Interior:
    def __init__(self, owner: Range) -> None:
        self._owner = owner

    # Source: documentation of Interior.Color (Null where the cells differ) and of XlColorIndex (xlColorIndexNone).

    def _colours(self) -> set[int | None]:
        return {cell.colour if cell else None for cell in self._owner._each_cell()}

    @property
    def Color(self) -> object:
        found = self._colours()
        return (16777215 if None in found else found.pop()) if len(found) == 1 else None

    @Color.setter
    def Color(self, colour: object) -> None:
        self._owner._refuse_looks("不能设置类 Interior 的 Color 属性")
        for row, column in self._owner._places():
            self._owner._grid.cell(row, column).colour = int(colour)  # type: ignore[call-overload]
        self._owner._changed()

    @property
    def ColorIndex(self) -> object:
        return NO_COLOUR if self._colours() == {None} else 1

    @ColorIndex.setter
    def ColorIndex(self, index: int) -> None:
        self._owner._refuse_looks("不能设置类 Interior 的 ColorIndex 属性")
        for row, column in self._owner._places():
            self._owner._grid.cell(row, column).colour = None
        self._owner._changed()


class Range:
    """``more`` are further areas; ``kind`` "rows" or "columns" where it was asked for as such."""

    def __init__(
        self, sheet: Worksheet, top: int, left: int, bottom: int, right: int, *, more: list[Box] | None = None, kind: str = ""
    ) -> None:  # fmt: skip
        if top < 1 or left < 1 or bottom > ROWS or right > COLUMNS:
            # Source: "Excel specifications and limits": 1,048,576 rows by 16,384 columns.
            raise refused("应用程序定义或对象定义错误")
        self._sheet, self._top, self._left, self._bottom, self._right = sheet, top, left, bottom, right
        self._more, self._kind = list(more or ()), kind

    Worksheet = property(lambda self: self._sheet)
    Parent = property(lambda self: self._sheet)
    Application = property(lambda self: self._sheet._book._app)
    Row = property(lambda self: self._top)
    Column = property(lambda self: self._left)
    Rows = property(lambda self: Range(self._sheet, *self._box, kind="rows"))
    Columns = property(lambda self: Range(self._sheet, *self._box, kind="columns"))
    Cells = property(lambda self: Range(self._sheet, *self._box))
    EntireRow = property(lambda self: Range(self._sheet, self._top, 1, self._bottom, COLUMNS, kind="rows"))
    EntireColumn = property(lambda self: Range(self._sheet, 1, self._left, ROWS, self._right, kind="columns"))
    Areas = property(lambda self: Areas(self))
    ListObject = property(lambda self: None)
    HasArray = property(lambda self: any(cell and cell.array for cell in self._each_cell()))
    _box = property(lambda self: (self._top, self._left, self._bottom, self._right))
    _grid = property(lambda self: self._sheet._grid)

    @property
    def _height(self) -> int:
        return self._bottom - self._top + 1

    @property
    def _width(self) -> int:
        return self._right - self._left + 1

    def _changed(self) -> None:
        self._sheet._book.Saved = False

    def _places(self) -> Iterator[tuple[int, int]]:
        for top, left, bottom, right in (self._box, *self._more):
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield row, column

    def _each_cell(self) -> Iterator[Cell | None]:
        return (self._grid.cells.get(place) for place in self._places())

    @property
    def Count(self) -> int:
        if self._kind:
            return self._height if self._kind == "rows" else self._width
        count = sum((b - t + 1) * (r - l + 1) for t, l, b, r in (self._box, *self._more))
        if count > 2**31 - 1:  # Source: documentation of Range.Count: overflow beyond 2,147,483,647 cells
            raise ComError(EXCEPTION, "溢出", -2146828282)
        return count

    @property
    def Address(self) -> str:
        return ",".join(text_of(box) for box in (self._box, *self._more))

    def GetAddress(
        self, row: object = True, column: object = True, style: object = 1, external: object = False
    ) -> str:
        text = self.Address
        if not row:
            text = re.sub(r"\$(\d)", r"\1", text)
        if not column:
            text = re.sub(r"\$([A-Z])", r"\1", text)
        return f"{quoted(f'[{self._sheet._book._name}]{self._sheet._name}')}!{text}" if external else text

    def _item(self, row: object, column: object = None) -> Range:
        if self._kind == "rows" and column is None:
            at = self._top + int(row) - 1  # type: ignore[call-overload]
            return Range(self._sheet, at, self._left, at, self._right, kind="rows")
        if self._kind == "columns" and column is None:
            at = self._left + int(row) - 1  # type: ignore[call-overload]
            return Range(self._sheet, self._top, at, self._bottom, at, kind="columns")
        if column is None:
            row, column = divmod(int(row) - 1, self._width)  # type: ignore[call-overload]
            row, column = row + 1, column + 1
        r, c = self._top + int(row) - 1, self._left + int(column) - 1  # type: ignore[call-overload]
        return Range(self._sheet, r, c, r, c)

    Item = _item

    def _each(self) -> Iterator[Range]:
        """Row by row, column by column where it was asked for as such, else cell by cell."""
        if self._kind:
            return (self._item(at) for at in range(1, self.Count + 1))
        return (Range(self._sheet, *place, *place) for place in self._places())

    # What stands in the cells

    def _read(self, one: Callable[[Cell | None], object]) -> object:
        cells = self._grid.cells
        if self._height * self._width == 1:
            return one(cells.get((self._top, self._left)))
        if self._height * self._width > 2_000_000:
            # Assumed: a block of over 2,000,000 cells is too much to be read at once.
            raise ComError(EXCEPTION, "内存溢出", -2147024882)
        return tuple(
            tuple(one(cells.get((row, column))) for column in range(self._left, self._right + 1))
            for row in range(self._top, self._bottom + 1)
        )

    @property
    def Value(self) -> object:
        return self._read(lambda cell: None if cell is None else entry.given(cell.content, cell.format))

    @Value.setter
    def Value(self, value: object) -> None:
        self._write(value)

    @property
    def Value2(self) -> object:
        return self._read(lambda cell: None if cell is None else entry.given2(cell.content))

    @Value2.setter
    def Value2(self, value: object) -> None:
        self._write(value)

    @property
    def Formula(self) -> object:
        def shown(cell: Cell | None) -> str:
            text = "" if cell is None else cell.formula or entry.in_formula(cell.content)
            if len(text) > IN_FORMULA:  # Source: xlwings #887
                raise refused("应用程序定义或对象定义错误")
            return text

        return self._read(shown)

    @Formula.setter
    def Formula(self, value: object) -> None:
        if isinstance(value, str) and value.startswith("=") and (self._height, self._width) != (1, 1):
            # Source: documentation of Range.Formula: one formula for a range moves along as it is filled.
            origin = f"{get_column_letter(self._left)}{self._top}"
            for row, column in self._places():
                moved = Translator(value, origin).translate_formula(f"{get_column_letter(column)}{row}")
                Range(self._sheet, row, column, row, column)._write(moved)
            return
        self._write(value)

    Formula2 = Formula

    @property
    def FormulaArray(self) -> object:
        return self.Formula

    @FormulaArray.setter
    def FormulaArray(self, value: object) -> None:
        self._write(value)

    def _write(self, value: object) -> None:
        grid, boxes = self._grid, (self._box, *self._more)
        for box in boxes:
            grid.refuse_locked(box)
            grid.refuse_part_of_an_array(box)
        rows = value if isinstance(value, tuple | list) else None
        if rows and not isinstance(rows[0], tuple | list):
            rows = (rows,)
        for box in boxes:
            self._fill(box, value, rows)
        self._changed()

    def _fill(self, box: Box, value: object, rows: object) -> None:
        top, left, bottom, right = box
        hidden = self._grid.filtered & set(range(top, bottom + 1)) if self._grid.filtered else set()
        for row in range(top, bottom + 1):
            # Assumed: a block written over filtered rows puts its first row into every visible row, none into the hidden ones
            # (reported by users of xlwings, #679, #747, #2619).
            if row in hidden:
                continue
            for column in range(left, right + 1):
                one = value
                if rows is not None:
                    dy, dx = 0 if hidden else row - top, column - left
                    # Source: documentation of Range.Value: cells beyond an array that is too small become #N/A.
                    one = rows[dy][dx] if dy < len(rows) and dx < len(rows[dy]) else entry.Error("#N/A")  # type: ignore[arg-type,index]
                self._grid.put(row, column, one, in_array=rows is not None and (bottom, right) != (top, left))

    PrefixCharacter = property(
        lambda self: c.apostrophe if (c := self._grid.cells.get((self._top, self._left))) else ""
    )

    def ClearContents(self) -> None:
        self._write(None)

    def Clear(self) -> None:
        self._refuse_looks("类 Range 的 Clear 方法无效")
        self._write(None)
        for place in self._places():
            self._grid.cells.pop(place, None)

    # Rows, columns, merged areas

    def Insert(self, Shift: object = None, CopyOrigin: object = None) -> None:
        self._rows_alone()
        self._grid.insert_rows(self._top, self._height)
        self._sheet._book._moved(self._sheet, self._top, self._height)
        self._changed()

    def Delete(self, Shift: object = None) -> None:
        self._rows_alone()
        self._grid.insert_rows(self._top, -self._height)
        self._sheet._book._moved(self._sheet, self._top, -self._height)
        self._changed()

    def _rows_alone(self) -> None:
        if (self._left, self._right) != (1, COLUMNS):
            raise NotImplementedError("the stand-in inserts and deletes whole rows alone")

    @property
    def Hidden(self) -> object:
        if self._kind == "columns":
            found = {c in self._grid.hidden_columns for c in range(self._left, self._right + 1)}
        else:
            gone = self._grid.hidden_rows | self._grid.filtered
            found = {row in gone for row in range(self._top, self._bottom + 1)}
        return found.pop() if len(found) == 1 else None

    @Hidden.setter
    def Hidden(self, hidden: object) -> None:
        self._refuse_looks("不能设置类 Range 的 Hidden 属性")
        columns = self._kind == "columns"
        places = self._grid.hidden_columns if columns else self._grid.hidden_rows
        first, last = (self._left, self._right) if columns else (self._top, self._bottom)
        for at in range(first, last + 1):
            (places.add if hidden else places.discard)(at)
        self._changed()

    @property
    def Locked(self) -> object:
        """Source: documentation of Range.Locked: Null where the cells differ; cells are locked unless told otherwise."""
        found = {cell.locked if cell else True for cell in self._each_cell()}
        return found.pop() if len(found) == 1 else None

    @property
    def MergeCells(self) -> object:
        # Assumed: asked of several areas, MergeCells tells of all of them, as NumberFormat does.
        found = {
            self._grid.merge_of(*place) != (*place, *place)
            for box in (self._box, *self._more)
            for place in self._some_places(*box)
        }
        return found.pop() if len(found) == 1 else None

    def _some_places(self, first: int, start: int, last: int, end: int) -> Iterator[tuple[int, int]]:
        """The places of an area that can differ in whether they are merged: those of merged areas, and one that is not."""
        inside = {
            (row, column)
            for top, left, bottom, right in self._grid.merged
            for row in range(max(top, first), min(bottom, last) + 1)
            for column in range(max(left, start), min(right, end) + 1)
        }
        yield from inside
        if len(inside) < (last - first + 1) * (end - start + 1):
            places = ((row, column) for row in range(first, last + 1) for column in range(start, end + 1))
            yield next(place for place in places if place not in inside)

    @property
    def MergeArea(self) -> Range:
        if (self._height, self._width) != (
            1,
            1,
        ):  # Source: documentation of Range.MergeArea: single cells only
            raise refused("不能取得类 Range 的 MergeArea 属性")
        return Range(self._sheet, *self._grid.merge_of(self._top, self._left))

    def Merge(self, Across: object = None) -> None:
        self._refuse_looks("类 Range 的 Merge 方法无效")
        # Source: "Merge and unmerge cells" (support.microsoft.com): only the upper left cell keeps its content.
        self._grid.merged.append(self._box)
        for place in list(self._places())[1:]:
            if cell := self._grid.cells.get(place):
                cell.content, cell.formula = None, ""
        self._changed()

    def UnMerge(self) -> None:
        self._refuse_looks("类 Range 的 UnMerge 方法无效")
        self._grid.merged = [
            box for box in self._grid.merged if box != self._grid.merge_of(self._top, self._left)
        ]
        self._changed()

    def End(self, direction: int) -> Range:
        """Source: documentation of Range.End: what Ctrl and an arrow do."""
        dy, dx = {DOWN: (1, 0), UP: (-1, 0), LEFT: (0, -1), RIGHT: (0, 1)}[direction]
        row, column = self._top, self._left

        def inside(r: int, c: int) -> bool:
            return 1 <= r <= ROWS and 1 <= c <= COLUMNS

        def filled(r: int, c: int) -> bool:
            cell = self._grid.cells.get((r, c))
            return cell is not None and (cell.content is not None or bool(cell.formula))

        if filled(row, column) and inside(row + dy, column + dx) and filled(row + dy, column + dx):
            while inside(row + dy, column + dx) and filled(row + dy, column + dx):
                row, column = row + dy, column + dx
            return Range(self._sheet, row, column, row, column)
        ahead = sorted(
            (r, c)
            for (r, c) in self._grid.cells
            if filled(r, c)
            and ((dy and c == column and (r - row) * dy > 0) or (dx and r == row and (c - column) * dx > 0))
        )
        if ahead:
            row, column = ahead[0] if dy + dx > 0 else ahead[-1]
        else:
            row = (ROWS if dy > 0 else 1) if dy else row
            column = (COLUMNS if dx > 0 else 1) if dx else column
        return Range(self._sheet, row, column, row, column)

    # Looks

    Interior = property(lambda self: Interior(self))

    def _refuse_looks(self, text: str) -> None:
        # Source: documentation of Worksheet.Protect: without AllowFormattingCells no looks are changed.
        if self._grid.protected:
            raise refused(text)

    @property
    def NumberFormat(self) -> object:
        found = {cell.format if cell else "General" for cell in self._each_cell()}
        return found.pop() if len(found) == 1 else None

    @NumberFormat.setter
    def NumberFormat(self, text: str) -> None:
        self._refuse_looks("不能设置类 Range 的 NumberFormat 属性")
        for row, column in self._places():
            self._grid.cell(row, column).format = text
        self._changed()

    @property
    def RowHeight(self) -> object:
        """Source: documentation of Range.RowHeight: points; 0 for a hidden row."""
        gone = self._grid.hidden_rows | self._grid.filtered
        found = {
            0.0 if r in gone else self._grid.heights.get(r, 15.0) for r in range(self._top, self._bottom + 1)
        }
        return found.pop() if len(found) == 1 else None

    @RowHeight.setter
    def RowHeight(self, points: float) -> None:
        if not 0 <= points <= 409.5:  # Source: "Excel specifications and limits": 409 points
            raise refused("不能设置类 Range 的 RowHeight 属性")
        self._refuse_looks("不能设置类 Range 的 RowHeight 属性")
        for top, _, bottom, _ in (self._box, *self._more):
            for row in range(top, bottom + 1):
                self._grid.heights[row] = points
                # Assumed: a height that is set shows a hidden row again.
                self._grid.hidden_rows.discard(row)
        self._changed()

    @property
    def ColumnWidth(self) -> object:
        return 0.0 if self._left in self._grid.hidden_columns else self._grid.widths.get(self._left, 8.43)

    @ColumnWidth.setter
    def ColumnWidth(self, width: float) -> None:
        self._refuse_looks("不能设置类 Range 的 ColumnWidth 属性")
        for column in range(self._left, self._right + 1):
            self._grid.widths[column] = width
        self._changed()

    @property
    def Width(self) -> float:
        """Points; a hidden column has none."""
        # Assumed: a column is seven pixels wide for each character and five more, a pixel being 0.75 points.
        shown = [c for c in range(self._left, self._right + 1) if c not in self._grid.hidden_columns]
        return sum((self._grid.widths.get(column, 8.43) * 7 + 5) * 0.75 for column in shown)

    @property
    def Comment(self) -> Comment | None:
        place = (self._top, self._left)
        return Comment(self._sheet, *place) if place in self._grid.notes else None

    def AddComment(self, text: str) -> Comment:
        self._refuse_looks("类 Range 的 AddComment 方法无效")
        self._grid.notes[self._top, self._left] = text
        return Comment(self._sheet, self._top, self._left)

    @property
    def Name(self) -> object:
        # Assumed: the name of a range that has none is refused.
        match = f"={self._sheet._name}!{self.Address}"
        found = next((one for one in self._sheet._book._names if one._refers.replace("'", "") == match), None)
        if found is None:
            raise refused("应用程序定义或对象定义错误")
        return found

    def Select(self) -> None:
        # Source: "Select method of Range class failed" (support.microsoft.com): its sheet has to be the active one.
        if self._sheet is not self._sheet._book._current:
            raise refused("类 Range 的 Select 方法无效")
        self._sheet._selected = self


class Areas:
    def __init__(self, owner: Range) -> None:
        self._boxes = [Range(owner._sheet, *box) for box in (owner._box, *owner._more)]

    Count = property(lambda self: len(self._boxes))

    def _item(self, which: int) -> Range:
        return self._boxes[int(which) - 1]

    def _each(self) -> Iterator[Range]:
        return iter(self._boxes)
