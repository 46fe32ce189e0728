"""Blocks are written whole or not at all: what stands in the way is named first, and what went wrong is told truly."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import load_workbook
from openpyxl.worksheet.table import Table

from engines.plain_file import opened
from minsheng.errors import CannotWrite, HostFailed
from minsheng.sheets.image import SheetImage
from minsheng.sheets.pages import Pages
from minsheng.sheets.writing import Write, apply
from xlengines.errors import NotSupportedByEngine
from xlengines.file.ranges import Range

SHEET = "03"
BEFORE, AFTER = Write(SHEET, 8, 3, [[1, 2], ["=危险", None]]), Write(SHEET, 20, 3, [[5]])


def standing(page: xw.Sheet) -> tuple[Any, Any]:
    return page.range("A7:R30").options(ndim=2).value, page.range("A7:R30").formula


def written(book: xw.Book, *writes: Write) -> None:
    apply(Pages(book), writes, {write.sheet: SheetImage.read(book.sheets[write.sheet]) for write in writes})


def breaking(monkeypatch: pytest.MonkeyPatch, fails: Callable[[int, Range, Any], Any]) -> None:
    """Let a test have a say before each write of the host, counted from 1: what it gives is written."""
    put, calls = Range.raw_value.fset, []

    def write(cells: Range, value: Any) -> None:
        calls.append(value)
        put(cells, fails(len(calls), cells, value))

    monkeypatch.setattr(Range, "raw_value", Range.raw_value.setter(write))


def prepared(master_file: Path, change: Callable[[Any], Any]) -> None:
    book = load_workbook(master_file)
    change(book)
    book.save(master_file)


def refused(master_file: Path, *writes: Write) -> str:
    with opened(master_file) as book:
        before = {write.sheet: standing(book.sheets[write.sheet]) for write in writes}
        with pytest.raises(CannotWrite) as found:
            written(book, *writes)
        for sheet, cells in before.items():
            assert standing(book.sheets[sheet]) == cells
    return str(found.value)


class TestWhatStandsInTheWay:
    def test_protected_sheets_are_named_all_at_once(self, master_file: Path) -> None:
        def protect(book: Any) -> None:
            book["02"].protection.sheet = book["03"].protection.sheet = True

        prepared(master_file, protect)
        assert (
            refused(master_file, Write("01", 8, 3, [[1]]), Write("02", 8, 3, [[1]]), BEFORE, AFTER)
            == "工作表“02”、“03”受保护，没有写入任何内容。请先撤销工作表保护，再试一次。"
        )

    def test_a_number_for_a_covered_cell_is_refused_with_its_cell(self, master_file: Path) -> None:
        prepared(master_file, lambda book: book[SHEET].merge_cells("I8:I9"))
        said = refused(master_file, Write(SHEET, 8, 9, [[9], [13]]))
        assert "“03”的I8:I9（要填写的I9被它盖住）是合并单元格" in said
        assert "取消合并" in said

    def test_a_merged_area_takes_what_goes_into_its_first_cell(self, master_file: Path) -> None:
        prepared(master_file, lambda book: book[SHEET].merge_cells("I8:I9"))
        with opened(master_file) as book:
            written(book, Write(SHEET, 8, 9, [[9], [None]]), Write(SHEET, 10, 9, [[7]]))
            assert book.sheets[SHEET].range("I8:I10").value == [9, None, 7]

    def test_the_totals_of_a_table_are_not_written_over(self, master_file: Path) -> None:
        def as_table(book: Any) -> None:
            page = book["填报明细"]
            page["A4"] = "汇总"
            page.add_table(Table(displayName="明细", ref="A2:I4", totalsRowCount=1))

        prepared(master_file, as_table)
        said = refused(master_file, Write("填报明细", 3, 1, [[1], [2]]))
        assert "工作表“填报明细”的A4:I4是表格（“插入—表格”）的标题行或汇总行" in said

    def test_a_book_that_is_open_for_reading_only_is_not_worked_on(
        self, master_file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("xlengines.file.books.Book.is_read_only", True)
        said = refused(master_file, BEFORE)
        assert said.startswith("“民生实事总表.xlsx”是以只读方式打开的")


class TestWhatGoesWrong:
    def test_what_was_written_is_put_back(self, master_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone(number: int, _: Range, value: Any) -> Any:
            if number == 2:
                raise OSError("the host is gone")
            return value

        with opened(master_file) as book:
            page = book.sheets[SHEET]
            page.range("C8").value = 7
            before = standing(page)
            breaking(monkeypatch, gone)
            with pytest.raises(HostFailed, match="程序中断。已恢复原状"):
                written(book, BEFORE, AFTER)
            assert standing(page) == before

    def test_a_refusal_of_the_first_block_is_said_as_it_is(
        self, master_file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reason = NotSupportedByEngine("part-of-array", cell="C8")

        def refusing(*_: Any) -> Any:
            raise reason

        with opened(master_file) as book:
            breaking(monkeypatch, refusing)
            with pytest.raises(NotSupportedByEngine) as found:
                written(book, BEFORE, AFTER)
        assert found.value is reason

    def test_a_later_refusal_keeps_its_reason(
        self, master_file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refusing(number: int, _: Range, value: Any) -> Any:
            if number == 2:
                raise NotSupportedByEngine("part-of-array", cell="C20")
            return value

        with opened(master_file) as book:
            before = standing(book.sheets[SHEET])
            breaking(monkeypatch, refusing)
            with pytest.raises(
                HostFailed, match=re.escape("C20 是数组公式或模拟运算表的一部分，不能单独改动。已恢复原状。")
            ):
                written(book, BEFORE, AFTER)
            assert standing(book.sheets[SHEET]) == before

    def test_a_host_that_writes_elsewhere_restores_elsewhere_and_that_is_told(
        self, master_file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As a program may that puts a block's first value into every row it shows."""

        def first_everywhere(_: int, __: Range, value: Any) -> Any:
            return [value[0]] * len(value)

        with opened(master_file) as book:
            page = book.sheets[SHEET]
            page.range("C8:C10").value = [[7], [8], [9]]
            before = standing(page)
            breaking(monkeypatch, first_everywhere)
            with pytest.raises(HostFailed) as found:
                written(book, Write(SHEET, 20, 3, [[5]]), Write(SHEET, 8, 3, [[1], [2], [3]]))
            assert standing(page) != before
        assert "“03”C8:C10，其余已恢复原状" in str(found.value)
        assert "请不要保存" in str(found.value)

    def test_an_interrupted_job_puts_back_what_it_wrote(
        self, master_file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(number: int, _: Range, value: Any) -> Any:
            if number == 2:
                raise KeyboardInterrupt
            return value

        with opened(master_file) as book:
            before = standing(book.sheets[SHEET])
            breaking(monkeypatch, interrupted)
            with pytest.raises(KeyboardInterrupt):
                written(book, BEFORE, AFTER)
            assert standing(book.sheets[SHEET]) == before


def test_text_that_looks_like_a_formula_stays_text(master_file: Path) -> None:
    with opened(master_file) as book:
        written(book, Write("填报明细", 3, 6, [["=cmd|' /C calc'!A0", "+1", "007"]]))
        page = book.sheets["填报明细"]
        assert page.range("F3:H3").options(ndim=2).value == [["=cmd|' /C calc'!A0", "+1", "007"]]
        book.save()
    assert [cell.data_type for cell in load_workbook(master_file)["填报明细"]["F3:H3"][0]] == ["s", "s", "s"]
