"""The hand of a clerk in a live LibreOffice: what the program itself does to a document, beside any engine of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlwings as xw

from xlengines.libreoffice import bridge

__all__ = ["Hand"]

#: (row, column) from 1, as a person counts.
Place = tuple[int, int]


@dataclass(frozen=True)
class Hand:
    """Works on an open book through UNO. Sheets are named as their tabs, cells are (row, column) from 1."""

    book: xw.Book

    @property
    def document(self) -> Any:
        return self.book.api

    def sheet(self, tab: str) -> Any:
        return self.document.Sheets.getByName(tab)

    def cell(self, tab: str, place: Place) -> Any:
        return self.sheet(tab).getCellByPosition(place[1] - 1, place[0] - 1)

    def cells(self, tab: str, top: int, left: int, bottom: int, right: int) -> Any:
        return self.sheet(tab).getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    def find(self, tab: str, text: str) -> Place:
        """The first cell that shows just ``text``."""
        for row, values in enumerate(self.cells(tab, 1, 1, 80, 40).getDataArray(), start=1):
            for column, value in enumerate(values, start=1):
                if (f"{value:g}" if isinstance(value, float) else str(value or "").strip()) == text:
                    return row, column
        raise LookupError(f"{tab}: {text}")

    def at(self, tab: str, row: str, column: str) -> Place:
        """Where the row of ``row`` and the column of ``column`` meet."""
        return self.find(tab, row)[0], self.find(tab, column)[1]

    def under(self, tab: str, header: str, label: str) -> Place:
        """Below the column ``label`` of the table whose header row has ``header``, in its first row."""
        row = self.find(tab, header)[0]
        labels = self.cells(tab, row, 1, row, 40).getDataArray()[0]
        return row + 1, labels.index(label) + 1

    def type(self, tab: str, place: Place, value: str | float) -> None:
        """What a person types: a number, words, or with ``=`` a formula."""
        if isinstance(value, str) and not value.startswith("="):
            self.cell(tab, place).setString(value)
        elif isinstance(value, str):
            self.cell(tab, place).setFormula(value)
        else:
            self.cell(tab, place).setValue(value)

    def enter(self, tab: str, place: Place, text: str) -> None:
        """What a person types, as the program understands it: a day, a rate."""
        self.cell(tab, place).setFormula(text)

    def insert_rows(self, tab: str, row: int, count: int = 1) -> None:
        self.sheet(tab).Rows.insertByIndex(row - 1, count)

    def delete_rows(self, tab: str, row: int, count: int = 1) -> None:
        self.sheet(tab).Rows.removeByIndex(row - 1, count)

    def insert_columns(self, tab: str, column: int, count: int = 1) -> None:
        self.sheet(tab).Columns.insertByIndex(column - 1, count)

    def delete_columns(self, tab: str, column: int, count: int = 1) -> None:
        self.sheet(tab).Columns.removeByIndex(column - 1, count)

    def sort(self, tab: str, area: Sequence[int], column: int, *, descending: bool = False) -> None:
        """Sort the rows of an area (top, left, bottom, right) by one of its columns."""
        field = bridge.struct("table.TableSortField", Field=column - area[1], IsAscending=not descending)
        fields = bridge.uno().Any("[]com.sun.star.table.TableSortField", (field,))
        self.cells(tab, *area).sort(bridge.properties(SortFields=fields, ContainsHeader=False))

    def last_row(self, tab: str) -> int:
        """The last row with anything in its first column."""
        cells = self.cells(tab, 1, 1, 200, 1).getDataArray()
        return max(row for row, (value,) in enumerate(cells, start=1) if value != "")

    def filter(self, tab: str, area: Sequence[int], value: str) -> None:
        """Hide the rows of an area, its header apart, whose first cell shows another ``value``."""
        cells = self.cells(tab, *area)
        wanted = bridge.struct("sheet.TableFilterField", Field=0, IsNumeric=False, StringValue=value)
        wanted.Operator = bridge.enum("sheet.FilterOperator", "EQUAL")
        descriptor = cells.createFilterDescriptor(True)
        descriptor.setFilterFields((wanted,))
        descriptor.ContainsHeader = True
        cells.filter(descriptor)

    def cut(self, tab: str, area: Sequence[int], to: Place, to_tab: str = "") -> None:
        """Cut an area and paste it elsewhere: formulas and names follow."""
        self._carry("moveRange", tab, area, to, to_tab or tab)

    def copy(self, tab: str, area: Sequence[int], to: Place, to_tab: str = "") -> None:
        """Copy an area and paste it elsewhere."""
        self._carry("copyRange", tab, area, to, to_tab or tab)

    def _carry(self, how: str, tab: str, area: Sequence[int], to: Place, to_tab: str) -> None:
        target = self.cell(to_tab, to).getCellAddress()
        getattr(self.sheet(tab), how)(target, self.cells(tab, *area).getRangeAddress())

    def names(self) -> Any:
        return self.document.NamedRanges

    def press(self, command: str, **arguments: Any) -> None:
        """A command of the menus, such as ``FreezePanes``."""
        helper = self.book.app.impl.host.create("com.sun.star.frame.DispatchHelper")
        frame = self.document.getCurrentController().getFrame()
        helper.executeDispatch(frame, f".uno:{command}", "", 0, bridge.properties(**arguments))
