"""xlwings' contract, as the product uses it: what holds on every engine, Excel too.

It runs on the plain file, in LibreOffice, and on xlwings' own Windows engine upon the stand-in for Excel; on a computer with
Excel, ``MINSHENG_ENGINES=excel`` runs it there. What only our engines promise stands in test_refusals.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.protection import WorkbookProtection

from excelsim.pywin32 import com_error
from live_office import live_office
from xlengines.errors import EngineError, NotSupportedByEngine

#: How an engine of ours, and Excel through pywin32, say no.
REFUSALS = (EngineError, com_error)


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


def test_text_that_looks_like_a_number_stays_text_in_a_block(sheet: xw.Sheet) -> None:
    sheet.range("E5").value = [["'12", "'1,200", "'1e5", 12]]
    assert sheet.range("E5:H5").value == ["12", "1,200", "1e5", 12.0]


def test_a_date_is_shown_as_one_and_a_date_without_a_time_comes_back_at_midnight(sheet: xw.Sheet) -> None:
    sheet.range("E5:E6").value = [[date(2024, 2, 29)], [datetime(2024, 2, 29, 8, 30)]]
    assert sheet.range("E5:E6").value == [datetime(2024, 2, 29), datetime(2024, 2, 29, 8, 30)]
    assert "h" not in sheet.range("E5").number_format.lower()
    assert "h" in sheet.range("E6").number_format.lower()


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
    """``C2`` is the error value #N/A in the file, no text."""
    assert sheet.range("C2").value is None
    assert sheet.range("C2").options(err_to_str=True).value == "#N/A"
    sheet.range("E5").value = "=1/0"
    assert sheet.range("E5").value is None
    computed = None if sheet.book.app.engine.name == "file" else "#DIV/0!"  # a plain file computes nothing
    assert sheet.range("E5").options(err_to_str=True).value == computed


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


def test_names_after_another_program_inserted_rows(app: xw.App, path: Path, tmp_path: Path) -> None:
    """Rows put in by LibreOffice, saved there: every engine finds both names and the formula where they went."""
    with live_office() as office:
        elsewhere = office.books.open(str(path))
        elsewhere.sheets["甲 表"].range("1:2").insert("down")
        elsewhere.sheets["甲 表"].range("5:5").insert("down")  # inside the book's name
        moved = tmp_path / "插行.xlsx"
        elsewhere.save(str(moved))
    book = app.books.open(str(moved))
    try:
        names = {name.name.rpartition("!")[0] != "": name for name in book.names if name.name.endswith("块")}
        found = {scoped: name.refers_to_range.address for scoped, name in names.items()}
        assert found == {False: "$A$3:$B$4", True: "$C$6"}
        sheet = book.sheets["甲 表"]
        assert sheet.range("块").address == "$C$6", "a sheet's own name goes before the book's"
        assert sheet.range("A6").formula == "=A3+A4"
        assert sheet.range("A3").value == 1.0
    finally:
        book.close()


def test_a_name_is_made_moved_and_deleted(book: xw.Book, sheet: xw.Sheet) -> None:
    book.names.add("新名", "='甲 表'!$B$2:$C$3")
    assert book.names["新名"].refers_to_range.address == "$B$2:$C$3"
    assert sheet.range("新名").shape == (2, 2)
    book.names["新名"].refers_to = "='甲 表'!$A$1"
    assert book.names["新名"].refers_to_range.address == "$A$1"
    book.names["新名"].delete()
    assert "新名" not in [name.name for name in book.names]


def test_number_formats_are_read_as_set(sheet: xw.Sheet) -> None:
    sheet.range("E5:E6").number_format = "0.00%"
    assert sheet.range("E5:E6").number_format == "0.00%"
    sheet.range("E5").value = 0.5
    assert (sheet.range("E5").value, sheet.range("E5").number_format) == (0.5, "0.00%")


def test_the_used_range_of_an_empty_sheet_is_its_first_cell(book: xw.Book) -> None:
    assert book.sheets.add("空", after=book.sheets["乙"]).used_range.address == "$A$1"


def test_a_hidden_sheet_is_there_and_says_so(book: xw.Book) -> None:
    book.sheets["乙"].visible = False
    assert [(sheet.name, bool(sheet.visible)) for sheet in book.sheets] == [("甲 表", True), ("乙", False)]


def test_the_used_range(sheet: xw.Sheet) -> None:
    assert sheet.used_range.address == "$A$1:$C$3"
    assert (sheet.used_range.row, sheet.used_range.column, sheet.used_range.shape) == (1, 1, (3, 3))


def test_several_areas_have_one_address_and_speak_of_the_first(sheet: xw.Sheet) -> None:
    areas = sheet.range("A1:B2,C3,E5:E6")
    assert areas.address == "$A$1:$B$2,$C$3,$E$5:$E$6"
    assert (areas.shape, areas.count) == ((2, 2), 7)
    assert areas.options(ndim=2).value == [[1.0, "文字"], [2.5, datetime(2024, 6, 30)]]
    sheet.range("E5:E6,G5").value = 3
    assert sheet.range("E5:G6").value == [[3.0, None, 3.0], [3.0, None, None]]
    assert sheet.range("A1:B2").get_address(False, True) == "$A1:$B2"


def test_one_formula_for_a_range_moves_along(sheet: xw.Sheet) -> None:
    sheet.range("E5:F6").formula = "=A1+$A$1+A:A"
    assert sheet.range("E5:F6").formula == (
        ("=A1+$A$1+A:A", "=B1+$A$1+B:B"), ("=A2+$A$1+A:A", "=B2+$A$1+B:B"),
    )  # fmt: skip


def test_where_ctrl_and_an_arrow_go(sheet: xw.Sheet) -> None:
    sheet.range("A6").value = 1
    found = {way: sheet.range("A1").end(way).address for way in ("down", "right", "up", "left")}
    assert found == {"down": "$A$3", "right": "$C$1", "up": "$A$1", "left": "$A$1"}
    assert [sheet.range(cell).end("down").address for cell in ("A3", "A6")] == [
        "$A$6",
        f"$A${sheet.cells.shape[0]}",
    ]
    assert sheet.range("E9").end("up").address == "$E$1"
    sheet.range("G1:H3").value = 1
    assert sheet.range("G1").expand().address == "$G$1:$H$3"


def test_colours_of_several_areas(sheet: xw.Sheet) -> None:
    sheet.range("A1:B1,C3").color = (255, 230, 153)
    assert [sheet.range(cell).color for cell in ("A1", "B1", "C3")] == [(255, 230, 153)] * 3
    sheet.range("A1").color = None
    assert sheet.range("A1").color is None


def test_a_protected_sheet_refuses_by_name(book: xw.Book) -> None:
    with pytest.raises(REFUSALS):
        book.sheets["乙"].range("A1").value = "改"
    assert book.sheets["乙"].range("A1").value == "只读"
    book.sheets["乙"].range("B1").value = "可以"
    assert book.sheets["乙"].range("B1").value == "可以"


def test_a_protected_sheet_keeps_its_looks(book: xw.Book) -> None:
    for change in (
        lambda cell: setattr(cell, "color", (1, 2, 3)),
        lambda cell: setattr(cell, "number_format", "0.0"),
    ):
        with pytest.raises(REFUSALS):
            change(book.sheets["乙"].range("A1"))


def test_a_book_with_a_protected_structure_keeps_its_sheets(app: xw.App, tmp_path: Path) -> None:
    made = Workbook()
    made.create_sheet("乙")
    made.security = WorkbookProtection(lockStructure=True)
    made.save(tmp_path / "锁.xlsx")
    book = app.books.open(str(tmp_path / "锁.xlsx"))
    try:
        with pytest.raises(REFUSALS):
            book.sheets.add("丙", after=book.sheets[0])
        assert len(book.sheets) == 2
    finally:
        book.close()


def test_sheets_in_order_and_one_more(book: xw.Book) -> None:
    book.sheets.add("丙", after=book.sheets["甲 表"])
    assert [sheet.name for sheet in book.sheets] == ["甲 表", "丙", "乙"]
    assert "丙" in [sheet.name for sheet in book.sheets]
    with pytest.raises((KeyError, *REFUSALS)):
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


def test_a_second_book_of_the_same_file_name_is_refused_as_excel_does(
    app: xw.App, book: xw.Book, path: Path, tmp_path: Path
) -> None:
    assert app.books.open(str(path)) == book, "the same file is the same book"
    other = tmp_path / "别处" / path.name
    other.parent.mkdir()
    other.write_bytes(path.read_bytes())
    with pytest.raises(ValueError, match="two workbooks"):
        app.books.open(str(other))
    assert [name for name in (b.name for b in app.books) if name == path.name] == [path.name]


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
    assert (book.name, Path(book.fullname)) == (target.name, target.resolve())
    book.sheets["甲 表"].range("A1").value = 98
    book.save()
    assert path.read_bytes() == before
    assert load_workbook(target)["甲 表"]["A1"].value == 98


def test_closing_without_saving_changes_nothing(book: xw.Book, path: Path) -> None:
    before = path.read_bytes()
    book.sheets["甲 表"].range("A1").value = 99
    book.close()
    assert path.read_bytes() == before
