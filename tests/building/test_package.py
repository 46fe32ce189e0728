"""The bytes of a built workbook: pinned, with every formula's value, never over a file that stands."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from minsheng.building.package import CachedValue, package


def book(**formulas: str) -> Workbook:
    workbook = Workbook()
    for cell, formula in formulas.items():
        workbook.active[cell] = formula
    return workbook


def shown(value: CachedValue) -> object:
    content = package(book(A1="=B1&C1"), {("Sheet", "A1"): value})
    return load_workbook(io.BytesIO(content), data_only=True).active["A1"].value


@pytest.mark.parametrize("value", [0, 35.3, 0.1 + 0.2, "已完成", "<&>", "#N/A", True])
def test_a_formula_shows_the_value_it_was_given(value: CachedValue) -> None:
    assert shown(value) == value


def test_an_empty_text_shows_nothing() -> None:
    assert shown("") is None
    assert shown(None) is None


def test_a_formula_without_a_value_is_not_let_out() -> None:
    with pytest.raises(LookupError, match="B2"):
        package(book(A1="=1", B2="=A1"), {("Sheet", "A1"): 1})


def test_the_formula_stays_what_it_was() -> None:
    content = package(book(A1='=IF(B1<"丙",1,2)'), {("Sheet", "A1"): 2})
    assert load_workbook(io.BytesIO(content)).active["A1"].value == '=IF(B1<"丙",1,2)'


def test_neither_the_hour_nor_the_machine_is_in_it() -> None:
    first = package(book(A1="=1"), {("Sheet", "A1"): 1})
    assert first == package(book(A1="=1"), {("Sheet", "A1"): 1})
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert parts.namelist()[0] == "[Content_Types].xml"
