"""What is changed in xlwings' Windows engine: it ends no Excel, tries rejected calls again, rounds no money, reads long texts."""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import Workbook

import xlengines
from excelsim import errors, pywin32
from excelsim.application import Application
from excelsim.pywin32 import CALLS, com_error
from xlengines import excel as settled


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[xw.Sheet]:
    monkeypatch.setattr(settled, "PAUSE", 0.0)
    Workbook().save(tmp_path / "甲.xlsx")
    with pywin32.running(Application()):
        engine = xlengines.excel_engine()
        assert engine is not None
        yield next(iter(engine.apps)).books.open(str(tmp_path / "甲.xlsx")).sheets[0]


def test_no_excel_engine_where_pywin32_is_missing() -> None:
    assert "excel" in xw.engines.engines_by_name or xlengines.excel_engine() is None


@pytest.mark.parametrize(
    "format_", ['"¥"#,##0.00;"¥"-#,##0.00', '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ', "[$€-407]#,##0.00"]
)
def test_a_money_format_does_not_round(format_: str, sheet: xw.Sheet) -> None:
    sheet.range("A1:B2").value = [[12.345678, 1], ["字", 0.1]]
    sheet.range("A1").number_format = format_
    assert sheet.range("A1").api.Value == Decimal("12.3457")
    assert sheet.range("A1:B2").value == [[12.345678, 1.0], ["字", 0.1]]
    assert sheet.range("A1").value == 12.345678


@pytest.mark.parametrize("length", [8221, 8222, 32767])
def test_a_long_text_does_not_stop_reading_formulas(length: int, sheet: xw.Sheet) -> None:
    sheet.range("A1:C3").value = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    sheet.range("C1").formula = "=A1+B1"
    sheet.range("B2").value = "字" * length
    found = sheet.range("A1:C3").formula
    assert found == (("1", "2", "=A1+B1"), ("4", "字" * length, "6"), ("7", "8", "9"))


@pytest.mark.parametrize("refusal", [errors.busy, errors.editing])
def test_a_rejected_call_is_tried_again_whichever_way_it_was_made(refusal: object, sheet: xw.Sheet) -> None:
    sheet.range("A1:B1").value = [[5, 6]]
    ways = [
        lambda: sheet.range("A1").value,
        lambda: setattr(sheet.range("A1"), "raw_value", 5.0),
        lambda: sheet.book.sheets["Sheet"].name,
        lambda: [name.name for name in sheet.book.names],
        lambda: [one.name for one in sheet.book.sheets],
        lambda: sheet.book.app.books[sheet.book.name].name,
        lambda: sheet.range((1, 1), (1, 2)).value,
        lambda: setattr(sheet.book.app, "status_bar", "忙"),
    ]
    for way in ways:
        CALLS.start()
        expected = way()
        calls = CALLS.number
        for first in range(1, calls + 1):
            CALLS.start()
            left = iter(range(3))

            def reject(
                number: int, name: str, first: int = first, left: Iterator[int] = left
            ) -> Exception | None:
                if number >= first and next(left, None) is not None:
                    return pywin32.rejected(refusal())  # type: ignore[operator]
                return None

            CALLS.reject = reject
            assert way() == expected


def test_an_excel_that_stays_busy_is_given_up(sheet: xw.Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled, "PATIENCE", 0.05)
    CALLS.reject = lambda number, name: pywin32.rejected(errors.busy())
    with pytest.raises(com_error) as told:
        sheet.range("A1").raw_value = 1
    assert settled.is_busy(told.value)


def test_what_is_wrong_is_not_tried_again(sheet: xw.Sheet) -> None:
    pywin32.APPS[0]._books[0]._sheets[0]._grid.protected = True
    CALLS.start()
    with pytest.raises(com_error) as told:
        sheet.range("A1").raw_value = 1
    assert not settled.is_busy(told.value)
    assert CALLS["Range.Value="] == 1


def test_nothing_ends_an_excel_at_exit(sheet: xw.Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    import xlwings._xlwindows as windows

    def never(*words: object, **named: object) -> None:
        raise AssertionError(f"a program was started: {words}")

    monkeypatch.setattr(windows.subprocess, "run", never)
    windows.Apps.cleanup()
    before = atexit._ncallbacks()  # type: ignore[attr-defined]
    atexit.unregister(windows.cleanup)
    assert atexit._ncallbacks() == before, "it was registered still"  # type: ignore[attr-defined]
