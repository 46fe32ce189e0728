"""What stands in the way of a write is told before it, by every host that can tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings as xw
from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.worksheet.table import Table

from xlengines.obstacles import Kind, Obstacle, hidden_rows, is_read_only, merged_areas, obstacles


@pytest.fixture
def book(app: xw.App, tmp_path: Path) -> Iterator[xw.Book]:
    """并 has B2:C3 merged, 锁 is protected but for B1, 滤 hides row 2, 表 has a table with totals in A1:B4."""
    made = Workbook()
    merged, locked, filtered, table = (made.create_sheet(name) for name in ("并", "锁", "滤", "表"))
    merged.merge_cells("B2:C3")
    locked["B1"].protection = Protection(locked=False)
    locked.protection.sheet = True
    for row in (["单位"], ["丹东"], ["丹西"]):
        filtered.append(row)
    filtered.auto_filter.ref = "A1:A3"
    filtered.row_dimensions[2].hidden = True
    for cells in (["甲", "乙"], [1, 2], [3, 4], ["合计", 6]):
        table.append(cells)
    table.add_table(Table(displayName="表1", ref="A1:B4", totalsRowCount=1))
    path = tmp_path / "样本.xlsx"
    made.save(path)
    yield app.books.open(str(path))
    app.books["样本.xlsx"].close()


@pytest.mark.parametrize("area", [(1, 1, 5, 5), (2, 2, 2, 2), (3, 3, 3, 3), (3, 1, 9, 2)])
def test_a_merged_area_is_told_from_whichever_side_a_block_meets_it(
    book: xw.Book, area: tuple[int, int, int, int]
) -> None:
    assert obstacles(book.sheets["并"], [area]) == [Obstacle(Kind.MERGED, (2, 2, 3, 3))]


@pytest.mark.parametrize("area", [(1, 1, 1, 9), (2, 1, 3, 1), (4, 2, 9, 3)])
def test_what_lies_beside_a_merged_area_is_free(book: xw.Book, area: tuple[int, int, int, int]) -> None:
    assert obstacles(book.sheets["并"], [area]) == []


@pytest.mark.parametrize("at", [0, 10, 11, 25])
def test_a_merged_area_is_told_of_many_blocks_whichever_meets_it(book: xw.Book, at: int) -> None:
    areas = [(row, 1, row, 1) for row in range(100, 125)]
    areas.insert(at, (3, 3, 4, 4))
    assert obstacles(book.sheets["并"], areas) == [Obstacle(Kind.MERGED, (2, 2, 3, 3))]
    assert merged_areas(book.sheets["并"], areas) == [(2, 2, 3, 3)]


def test_a_protected_sheet_is_told_where_a_cell_is_locked(book: xw.Book) -> None:
    areas = [(1, 1, 1, 3), (1, 2, 1, 2), (5, 5, 6, 6)]
    assert obstacles(book.sheets["锁"], areas) == [
        Obstacle(Kind.PROTECTED, areas[0]),
        Obstacle(Kind.PROTECTED, areas[2]),
    ]


def test_hidden_rows_take_a_block_like_any_others(book: xw.Book) -> None:
    page = book.sheets["滤"]
    if book.app.engine.name != "excel":
        assert obstacles(page, [(1, 1, 3, 1)]) == []
        page.range("A1:A3").value = [["a"], ["b"], ["c"]]
        assert page.range("A1:A3").value == ["a", "b", "c"]


def test_the_rows_that_are_hidden_are_known(book: xw.Book) -> None:
    assert hidden_rows(book.sheets["滤"], 1, 5) == {2}
    assert hidden_rows(book.sheets["滤"], 3, 9) == set()


def test_the_header_and_the_totals_of_a_table_are_told(book: xw.Book) -> None:
    if book.app.engine.name != "libreoffice":  # which keeps no such texts of its own
        assert obstacles(book.sheets["表"], [(2, 1, 5, 1), (1, 1, 1, 1), (2, 1, 3, 2)]) == [
            Obstacle(Kind.TABLE, (4, 1, 4, 2)),
            Obstacle(Kind.TABLE, (1, 1, 1, 2)),
        ]


def test_a_book_that_can_be_saved_is_not_read_only(book: xw.Book) -> None:
    assert not is_read_only(book)


class _Cells(SimpleNamespace):
    """A range of Excel's object model, as far as it is asked: True, False, or None where its cells differ."""

    Locked: Any = True
    MergeCells: Any = False


def _bounded(row: int, column: int, rows: int) -> Any:
    counts = {"Rows": SimpleNamespace(Count=rows), "Columns": SimpleNamespace(Count=1)}
    return SimpleNamespace(Row=row, Column=column, **counts)


class _ExcelSheet:
    """A sheet of Excel's, whose range is whatever a test says of it."""

    ProtectContents, ProtectionMode, FilterMode = False, False, False

    def __init__(self, cells: Any, *tables: Any, **said: Any) -> None:
        vars(self).update(said)
        self.cells, self.api, self.impl = cells, self, None
        self.ListObjects = _Tables(tables)

    def Range(self, *area: Any) -> Any:  # noqa: N802 - Excel's name
        return self.cells(area[0]) if callable(self.cells) else self.cells

    def Cells(self, *_: Any) -> None:  # noqa: N802 - Excel's name
        return None


class _Tables(tuple[Any, ...]):
    @property
    def Count(self) -> int:  # noqa: N802 - Excel's name
        return len(self)


def _rows(hidden: bool | None) -> Any:
    return SimpleNamespace(Hidden=hidden)


AREA = (8, 8, 9, 8)


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        (_ExcelSheet(_Cells()), []),
        (_ExcelSheet(_Cells(), ProtectContents=True), [Obstacle(Kind.PROTECTED, AREA)]),
        (_ExcelSheet(_Cells(Locked=None), ProtectContents=True), [Obstacle(Kind.PROTECTED, AREA)]),
        (_ExcelSheet(_Cells(Locked=False), ProtectContents=True), []),
        (_ExcelSheet(_Cells(), ProtectContents=True, ProtectionMode=True), []),
        (_ExcelSheet(_Cells(EntireRow=_rows(None)), FilterMode=True), [Obstacle(Kind.FILTERED, AREA)]),
        (_ExcelSheet(_Cells(EntireRow=_rows(False)), FilterMode=True), []),
        (_ExcelSheet(_Cells(MergeCells=True, MergeArea=_bounded(8, 8, 2))), [Obstacle(Kind.MERGED, AREA)]),
        (
            _ExcelSheet(
                _Cells(EntireRow=_rows(True)),
                SimpleNamespace(
                    ShowAutoFilter=True, AutoFilter=SimpleNamespace(FilterMode=True),
                    HeaderRowRange=_bounded(2, 8, 1), TotalsRowRange=_bounded(9, 8, 1),
                ),
            ),
            [Obstacle(Kind.FILTERED, AREA), Obstacle(Kind.TABLE, (9, 8, 9, 8))],
        ),
    ],
)  # fmt: skip
def test_excel_is_asked_by_its_object_model(sheet: Any, found: list[Obstacle]) -> None:
    assert obstacles(sheet, [AREA]) == found


@pytest.mark.parametrize("at", [0, 10, 11, 25])
def test_excel_is_asked_of_many_blocks_together(at: int) -> None:
    asked: list[str] = []

    def cells(reference: str) -> Any:
        asked.append(reference)
        blocks = reference.split(",")
        merged = "C3" in blocks and (True if len(blocks) == 1 else None)
        return _Cells(MergeCells=merged, MergeArea=_bounded(2, 3, 2))

    areas = [(row, 1, row, 1) for row in range(100, 125)]
    areas.insert(at, (3, 3, 3, 3))
    assert merged_areas(_ExcelSheet(cells), areas) == [(2, 3, 3, 3)]
    assert len(asked) <= 3 + 11
    assert max(map(len, asked)) <= 255


def test_excel_is_asked_for_its_hidden_rows_in_few_calls() -> None:
    asked = []

    def rows(reference: str) -> Any:
        asked.append(reference)
        top, bottom = map(int, reference.split(":"))
        hidden = {row in (7, 8) for row in range(top, bottom + 1)}
        return _rows(hidden.pop() if len(hidden) == 1 else None)

    sheet: Any = _ExcelSheet(rows)
    assert hidden_rows(sheet, 1, 16) == {7, 8}
    assert len(asked) == 7
