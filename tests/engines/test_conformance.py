"""One suite for every engine: what xlwings promises, as the product uses it. Runs against Excel by naming it
(``MINSHENG_ENGINES=excel``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName

from minsheng.engines.errors import EngineError, NotSupportedByEngine


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A plain workbook: numbers, text, a date, an error, a formula, names of both scopes, a protected sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "甲 表"
    for row in ([1, "文字", True], [2.5, datetime(2024, 6, 30), "#N/A"], ["=A1+A2", "=100+20", None]):
        sheet.append(row)
    other = book.create_sheet("乙")
    other["A1"] = "只读"
    other["B1"].protection = Protection(locked=False)
    other.protection.sheet = True
    book.defined_names["块"] = DefinedName("块", attr_text="'甲 表'!$A$1:$B$2")
    sheet.defined_names["块"] = DefinedName("块", attr_text="'甲 表'!$C$3")
    found = tmp_path / "样本.xlsx"
    book.save(found)
    return found


@pytest.fixture
def book(app: xw.App, path: Path) -> Iterator[xw.Book]:
    before = {other.name for other in app.books}
    yield app.books.open(str(path))
    for left in [other for other in app.books if other.name not in before]:
        left.close()


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    return book.sheets["甲 表"]


@pytest.mark.parametrize(
    "value",
    [
        None,
        0.0,
        1.0,
        -2.5,
        10**12,
        0.1 + 0.2,
        True,
        False,
        "中文",
        "字" * 4000,
        datetime(2024, 2, 29),
        "两\n行",
    ],
)
def test_a_value_comes_back_as_it_went_in(value: Any, sheet: xw.Sheet) -> None:
    sheet.range("E5").value = value
    assert sheet.range("E5").value == value
    assert type(sheet.range("E5").value) is type(float(value) if type(value) is int else value)


@pytest.mark.parametrize("text", ["=1+1", "007", "1月", "3-4", "+1", "TRUE", "'引号"])
def test_an_apostrophe_makes_text_of_anything(text: str, sheet: xw.Sheet) -> None:
    sheet.range("E5").value = f"'{text}"
    assert sheet.range("E5").value == text


def test_an_empty_text_is_a_blank(sheet: xw.Sheet) -> None:
    sheet.range("A1").value = ""
    assert sheet.range("A1").value is None


def test_a_formula_is_written_and_read_as_a_formula(sheet: xw.Sheet) -> None:
    sheet.range("E5").value = "=SUM(A1:A2)"
    assert sheet.range("E5").formula == "=SUM(A1:A2)"
    assert sheet.range("A3").formula == "=A1+A2"


def test_errors_are_blank_or_their_text(sheet: xw.Sheet) -> None:
    sheet.range("E5").value = "=1/0"
    if sheet.book.app.engine.name == "file":
        pytest.skip("a plain file computes nothing")
    assert sheet.range("E5").value is None
    assert sheet.range("E5").options(err_to_str=True).value == "#DIV/0!"


def test_shapes_with_two_dimensions(sheet: xw.Sheet) -> None:
    assert sheet.range("A1").options(ndim=2).value == [[1.0]]
    assert sheet.range("A1:C1").options(ndim=2).value == [[1.0, "文字", True]]
    assert sheet.range("A1:A2").options(ndim=2).value == [[1.0], [2.5]]
    sheet.range("E5:F6").value = [[1, None], ["'x", datetime(2024, 1, 1)]]
    assert sheet.range("E5:F6").options(ndim=2).value == [[1.0, None], ["x", datetime(2024, 1, 1)]]
    sheet.range("G1").value = [[1], [2], [3]]
    assert sheet.range("G1:G3").options(ndim=2).value == [[1.0], [2.0], [3.0]]


def test_a_block_of_values_and_formulas(sheet: xw.Sheet) -> None:
    sheet.range("E5:F6").value = [["=A1*2", 3], ["'=A1", None]]
    found = sheet.range("E5:F6").formula
    # Text that begins with = may be shown with its apostrophe.
    assert found in ((("=A1*2", "3"), ("=A1", "")), (("=A1*2", "3"), ("'=A1", "")))


def test_names_of_both_scopes(book: xw.Book) -> None:
    found = {name.name: name.refers_to.replace("'", "") for name in book.names if name.name == "块"}
    assert found == {"块": "=甲 表!$A$1:$B$2"}
    assert any(name.name.endswith("!块") for name in book.names)
    assert book.names["块"].refers_to_range.address == "$A$1:$B$2"


def test_names_follow_inserted_rows_or_the_engine_says_it_inserts_none(
    app: xw.App, book: xw.Book, sheet: xw.Sheet, path: Path
) -> None:
    try:
        sheet.range("1:2").insert("down")
    except NotSupportedByEngine:
        assert book.names["块"].refers_to_range.address == "$A$1:$B$2"
        return
    assert book.names["块"].refers_to_range.address == "$A$3:$B$4"
    assert sheet.range("A5").formula == "=A3+A4"
    book.save()
    book.close()
    again = app.books.open(str(path))
    try:
        scoped = {name.name.rpartition("!")[0] != "": name.refers_to_range.address for name in again.names}
        assert scoped == {False: "$A$3:$B$4", True: "$C$5"}
    finally:
        again.close()


def test_a_name_is_made_moved_and_deleted(book: xw.Book, sheet: xw.Sheet) -> None:
    book.names.add("新名", "='甲 表'!$B$2:$C$3")
    assert book.names["新名"].refers_to_range.address == "$B$2:$C$3"
    assert sheet.range("新名").shape == (2, 2)
    book.names["新名"].refers_to = "='甲 表'!$A$1"
    assert book.names["新名"].refers_to_range.address == "$A$1"
    book.names["新名"].delete()
    assert "新名" not in [name.name for name in book.names]


def test_notes_come_and_go(sheet: xw.Sheet) -> None:
    assert sheet.range("B2").note is None
    sheet.range("B2").add_note("第一条\n第二行")
    sheet.range("A1").add_note("另一条")
    sheet.range("A1").note.text = "改过"
    assert [(note.location.address, note.text) for note in sheet.notes] == [
        ("$A$1", "改过"),
        ("$B$2", "第一条\n第二行"),
    ]
    sheet.range("A1").note.delete()
    assert (sheet.range("A1").note, sheet.range("B2").note.text) == (None, "第一条\n第二行")


def test_number_formats_are_read_as_set(sheet: xw.Sheet) -> None:
    sheet.range("E5:E6").number_format = "0.00%"
    assert sheet.range("E5:E6").number_format == "0.00%"
    sheet.range("E5").value = 0.5
    assert (sheet.range("E5").value, sheet.range("E5").number_format) == (0.5, "0.00%")


def test_an_error_that_a_file_holds_is_no_text(sheet: xw.Sheet) -> None:
    """``C2`` is the error value #N/A."""
    assert sheet.range("C2").value is None
    assert sheet.range("C2").options(err_to_str=True).value == "#N/A"


def test_the_used_range_of_an_empty_sheet_is_its_first_cell(book: xw.Book) -> None:
    assert book.sheets.add("空", after=book.sheets["乙"]).used_range.address == "$A$1"


def test_a_hidden_sheet_is_there_and_says_so(book: xw.Book) -> None:
    book.sheets["乙"].visible = False
    assert [(sheet.name, sheet.visible) for sheet in book.sheets] == [("甲 表", True), ("乙", False)]


def test_the_used_range(sheet: xw.Sheet) -> None:
    assert sheet.used_range.address == "$A$1:$C$3"
    assert (sheet.used_range.row, sheet.used_range.column, sheet.used_range.shape) == (1, 1, (3, 3))


def test_colours_of_several_areas(sheet: xw.Sheet) -> None:
    sheet.range("A1:B1,C3").color = (255, 230, 153)
    assert [sheet.range(cell).color for cell in ("A1", "B1", "C3")] == [(255, 230, 153)] * 3
    sheet.range("A1").color = None
    assert sheet.range("A1").color is None


def test_a_protected_sheet_refuses_by_name(book: xw.Book) -> None:
    with pytest.raises(EngineError):
        book.sheets["乙"].range("A1").value = "改"
    assert book.sheets["乙"].range("A1").value == "只读"
    book.sheets["乙"].range("B1").value = "可以"
    assert book.sheets["乙"].range("B1").value == "可以"


def test_sheets_in_order_and_one_more(book: xw.Book) -> None:
    book.sheets.add("丙", after=book.sheets["甲 表"])
    assert [sheet.name for sheet in book.sheets] == ["甲 表", "丙", "乙"]
    assert "丙" in [sheet.name for sheet in book.sheets]
    with pytest.raises(KeyError):
        book.sheets["没有"]


def test_two_books_side_by_side(app: xw.App, book: xw.Book, tmp_path: Path) -> None:
    second = tmp_path / "另一本.xlsx"
    Workbook().save(second)
    other = app.books.open(str(second))
    try:
        other.sheets[0].range("A1").value = 5
        book.sheets["甲 表"].range("A1").value = 6
        assert (other.sheets[0].range("A1").value, book.sheets["甲 表"].range("A1").value) == (5.0, 6.0)
        with pytest.raises(KeyError):
            app.books["没有.xlsx"]
    finally:
        other.close()


def test_save_and_open_again(app: xw.App, book: xw.Book, path: Path) -> None:
    book.sheets["甲 表"].range("E5:F5").value = [[7, "'=文字"]]
    book.save()
    book.close()
    again = app.books.open(str(path))
    try:
        assert again.sheets["甲 表"].range("E5:F5").options(ndim=2).value == [[7.0, "=文字"]]
        assert again.sheets["甲 表"].range("A3").formula == "=A1+A2"
    finally:
        again.close()


def test_save_as_leaves_the_first_file(book: xw.Book, path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    book.sheets["甲 表"].range("A1").value = 99
    target = tmp_path / "另存.xlsx"
    book.save(str(target))
    assert path.read_bytes() == before
    assert target.exists()


def test_closing_without_saving_changes_nothing(book: xw.Book, path: Path) -> None:
    before = path.read_bytes()
    book.sheets["甲 表"].range("A1").value = 99
    book.close()
    assert path.read_bytes() == before


def test_a_pdf_or_a_named_refusal(book: xw.Book, tmp_path: Path) -> None:
    target = tmp_path / "页.pdf"
    if book.app.engine.name == "file":
        with pytest.raises(NotSupportedByEngine):
            book.to_pdf(str(target))
        return
    book.to_pdf(str(target), include="甲 表")
    assert target.read_bytes().startswith(b"%PDF")


def test_what_is_lacking_is_named(book: xw.Book) -> None:
    for lacking in (lambda: book.sheets[0].charts, lambda: book.sheets[0].range("A1").data_validation.type):
        with pytest.raises(EngineError):
            lacking()
