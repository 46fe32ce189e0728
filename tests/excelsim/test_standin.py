"""The stand-in behaves as Excel is documented to: values as VARIANTs, refusals with Excel's numbers, names, filters, protection."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import Workbook

from excelsim import errors, pywin32
from excelsim.application import Application
from excelsim.pywin32 import CALLS, com_error
from xlengines import excel as settled

ROOT = Path(__file__).parents[2]
MODULES = [
    path
    for path in sorted(Path(__file__).parent.glob("*.py"))
    if not path.name.startswith(("test_", "__init__"))
]


@pytest.fixture
def excel() -> Iterator[Application]:
    """An Excel that runs; none runs afterwards."""
    app = Application()
    with pywin32.running(app):
        yield app


@pytest.fixture
def book(excel: Application, tmp_path: Path) -> xw.Book:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "表"
    sheet.append([1, "文字", True, datetime(2024, 6, 30), "#N/A", "=A1*2"])
    made.create_sheet("二")
    made.save(tmp_path / "甲.xlsx")
    return next(iter(xw.engines["excel"].apps)).books.open(str(tmp_path / "甲.xlsx"))


def raw(book: xw.Book, cell: str) -> Any:
    return book.sheets["表"].range(cell).api


def number_1004(failure: com_error) -> bool:
    return failure.hresult == errors.EXCEPTION and failure.excepinfo[5] == errors.RUNTIME_1004  # type: ignore[index]


def test_values_cross_as_variants(book: xw.Book) -> None:
    row = raw(book, "A1:E1").Value
    assert row[0][:3] == (1.0, "文字", True)
    assert isinstance(row[0][0], float)
    assert isinstance(row[0][3], pywin32.TimeType)
    assert row[0][3].tzinfo is not None
    assert row[0][4] == -2146826246, "an error is a number"
    assert raw(book, "A2").Value is None


def test_money_is_a_decimal_of_four_places_in_value_alone(book: xw.Book) -> None:
    raw(book, "A1").NumberFormat = '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ '
    raw(book, "A1").Value2 = 12.345678
    assert raw(book, "A1").Value == Decimal("12.3457")
    assert raw(book, "A1").Value2 == 12.345678


@pytest.mark.parametrize(
    ("typed", "content"),
    [
        ("12", 12.0),
        ("'12", "12"),
        ("1,200", 1200.0),
        ("5%", 0.05),
        ("3-4", 45355.0),
        ("TRUE", True),
        ("甲", "甲"),
    ],
)
def test_what_excel_makes_of_a_text(typed: str, content: object, book: xw.Book) -> None:
    raw(book, "A3").Value = typed
    assert raw(book, "A3").Value2 == content


def test_an_array_that_is_too_small_leaves_na(book: xw.Book) -> None:
    raw(book, "A3:B4").Value = ((1, 2),)
    assert raw(book, "A4").Value2 == -2146826246


def test_a_protected_sheet_refuses_with_1004_and_its_sentence(excel: Application, book: xw.Book) -> None:
    excel._books[0]._sheets[0]._grid.protected = True
    with pytest.raises(com_error) as told:
        raw(book, "A1").Value = 2
    assert number_1004(told.value)
    assert "受保护" in told.value.excepinfo[2]  # type: ignore[index]
    assert raw(book, "A1").Value2 == 1.0


def test_a_covered_cell_keeps_nothing(book: xw.Book) -> None:
    raw(book, "A3:B3").Merge()
    raw(book, "A3:B3").Value = ((1, 2),)
    assert (raw(book, "A3").Value2, raw(book, "B3").Value2) == (1.0, None)
    assert raw(book, "B3").MergeArea.Address == "$A$3:$B$3"
    assert raw(book, "A1:B3").MergeCells is None


def test_a_block_over_filtered_rows_goes_into_visible_ones(excel: Application, book: xw.Book) -> None:
    excel._books[0]._sheets[0]._grid.filtered = {4}
    raw(book, "A3:A5").Value = ((1,), (2,), (3,))
    assert [raw(book, f"A{row}").Value2 for row in (3, 4, 5)] == [1.0, None, 1.0]


def test_rows_hidden_by_hand_are_written_as_any(book: xw.Book) -> None:
    raw(book, "A4").EntireRow.Hidden = True
    raw(book, "A3:A5").Value = ((1,), (2,), (3,))
    assert raw(book, "A4").Value2 == 2.0
    assert raw(book, "A4").RowHeight == 0.0


@pytest.mark.parametrize(("length", "taken"), [(8203, True), (8204, False)])
def test_long_texts_in_an_array(length: int, taken: bool, book: xw.Book) -> None:
    if taken:
        raw(book, "A3:B3").Value = (("字" * length, 1),)
        return
    with pytest.raises(com_error) as told:
        raw(book, "A3:B3").Value = (("字" * length, 1),)
    assert number_1004(told.value)


def test_formula_refuses_long_texts_that_value_gives(book: xw.Book) -> None:
    raw(book, "A3").Value = "字" * 9000
    assert len(raw(book, "A3").Value2) == 9000
    with pytest.raises(com_error):
        raw(book, "A3:B3").Formula  # noqa: B018


def test_names_of_both_scopes_and_a_deleted_sheet(book: xw.Book) -> None:
    book.names.add("块", "=表!$A$1:$B$2")
    book.sheets["二"].names.add("块", "=二!$C$3")
    assert [(name.name, name.refers_to) for name in book.names] == [
        ("块", "=表!$A$1:$B$2"),
        ("二!块", "=二!$C$3"),
    ]
    book.sheets["表"].delete()
    assert book.names["块"].refers_to == "=#REF!$A$1:$B$2"


def test_copying_a_tab_makes_names_at_sheet_scope(book: xw.Book) -> None:
    book.names.add("块", "=表!$A$1:$B$2")
    book.sheets["表"].copy(after=book.sheets["二"])
    assert [sheet.name for sheet in book.sheets] == ["表", "二", "表 (2)"]
    assert {name.name for name in book.names} == {"块", "'表 (2)'!块"}


def test_very_hidden_is_told_from_hidden(excel: Application, book: xw.Book) -> None:
    book.sheets["二"].api.Visible = 2
    assert book.sheets["二"].api.Visible == 2
    with pytest.raises(com_error):
        book.sheets["表"].api.Visible = 0


def test_a_cell_being_edited_and_a_busy_excel_have_their_numbers(
    book: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settled, "PATIENCE", 0.0)
    CALLS.reject = lambda number, name: pywin32.rejected(errors.editing())
    with pytest.raises(com_error) as told:
        raw(book, "A1").Value  # noqa: B018
    assert told.value.excepinfo[5] == -2146777998  # type: ignore[index]
    monkeypatch.setattr(settled, "PATIENCE", 5.0)
    rejections = iter([pywin32.rejected(errors.busy()), None, None, None])
    CALLS.reject = lambda number, name: next(rejections, None)
    assert book.name == "甲.xlsx", "a rejected read is tried again"


def test_a_protected_view_in_front_leaves_no_active_book(excel: Application, book: xw.Book) -> None:
    excel._active = None
    assert book.app.api.ActiveWorkbook is None
    with pytest.raises(com_error):
        book.app.api.Calculation  # noqa: B018


def test_no_printer_no_paper(excel: Application, book: xw.Book) -> None:
    excel._printer = False
    with pytest.raises(com_error):
        book.sheets[0].api.PageSetup.PaperSize = 8


def test_rows_put_in_move_names_and_formulas(book: xw.Book) -> None:
    book.names.add("块", "=表!$A$1:$B$2")
    raw(book, "A5").Formula = "=SUM(A1:A3)+二!A1"
    book.sheets["表"].range("1:2").insert("down")
    assert book.names["块"].refers_to == "=表!$A$3:$B$4"
    assert raw(book, "A7").Formula == "=SUM(A3:A5)+二!A1"
    book.sheets["表"].range("4:4").delete("up")
    assert raw(book, "A6").Formula == "=SUM(A3:A4)+二!A1"


def test_calls_are_counted(book: xw.Book) -> None:
    sheet = book.sheets["表"]
    block = sheet.range("A1:F1")
    CALLS.start()
    assert block.raw_value[0][0] == 1.0
    assert dict(CALLS) == {"Range.Value": 1}
    assert sheet.range("A1").row == 1
    assert CALLS["Worksheet.Range()"] == 1


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_whatever_is_refused_names_where_it_is_known_from(path: Path) -> None:
    text = path.read_text("utf-8")
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef):
            continue
        refuses = [one for one in ast.walk(node) if isinstance(one, ast.Raise) and one.exc]
        if any(ast.unparse(one.exc).startswith(("refused", "ComError")) for one in refuses if one.exc):  # fmt: skip
            written = "\n".join(text.splitlines()[node.lineno - 1 : node.end_lineno])
            assert "Source:" in written or "Assumed:" in written, f"{path.name}: {node.name}"


def test_what_is_assumed_stands_in_the_list_for_the_first_person_with_excel() -> None:
    said = re.sub(r"\s+", "", (ROOT / "docs" / "not-seen-in-excel.md").read_text("utf-8"))
    assumed = []
    for path in MODULES:
        blocks = re.findall(r"Assumed:((?:[^\n]*\n)(?:[ \t]*#[^\n]*\n)*)", path.read_text("utf-8"))
        assumed += [re.sub(r"\n\s*#\s*", " ", block).strip() for block in blocks]
    assert len(assumed) >= 5
    missing = [words for words in assumed if re.sub(r"\s+", "", words) not in said]
    assert not missing
