"""Names of a book in Excel, asked many at once: what they refer to is what each says by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

import xlengines
from excelsim import pywin32
from excelsim.application import Application
from excelsim.pywin32 import CALLS
from xlengines.a1 import parse_reference
from xlengines.names_at_once import NamesAtOnce

NAMES = {
    "编号": "'设置'!$B$1",
    "年度": "'设置'!$B$2:$C$3",
    "甲": "'一,二''!三'!$A$1:$B$2",
    "乙": "'一,二''!三'!$A$2",
    "丙": "'一,二''!三'!$A$1:$B$2,'一,二''!三'!$D$4",
    "丁": "#REF!",
    "戊": "42",
    "己": "'设置'!#REF!",
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[xw.Book]:
    made = Workbook()
    made.active.title = "设置"  # type: ignore[union-attr]
    made.create_sheet("一,二'!三")
    for label, refers in NAMES.items():
        made.defined_names[label] = DefinedName(label, attr_text=refers)
    made.save(tmp_path / "甲[1].xlsx".replace("[1]", "'s"))
    with pywin32.running(Application()):
        engine = xlengines.excel_engine()
        assert engine is not None
        yield next(iter(engine.apps)).books.open(str(tmp_path / "甲's.xlsx"))


def asked(book: xw.Book) -> NamesAtOnce:
    names = NamesAtOnce.of(book, "编号")
    assert names is not None
    return names


@pytest.mark.parametrize(
    "labels",
    [["编号", "年度"], ["甲", "乙"], ["乙", "甲", "乙"], ["编号", "甲"], ["丙", "甲"], ["丙"], ["丁"], ["己", "甲"], ["戊"], ["没有", "甲"], ["没有"]],
)  # fmt: skip
def test_each_refers_to_what_it_says_by_itself(labels: list[str], book: xw.Book) -> None:
    found = asked(book).refer(labels)
    assert found.keys() == set(labels) & NAMES.keys()
    for label, refers in found.items():
        assert parse_reference(refers) == parse_reference(book.names[label].refers_to), label


def test_the_areas_of_one_sheet_take_two_calls(book: xw.Book) -> None:
    names = asked(book)
    CALLS.start()
    names.refer(["甲", "乙"])
    assert sum(CALLS.values()) == 2


def test_an_area_of_another_book_is_none_of_this_one(book: xw.Book, tmp_path: Path) -> None:
    names = asked(book)
    other = Workbook()
    other.active.title = "设置"  # type: ignore[union-attr]
    other.save(tmp_path / "乙.xlsx")
    there = pywin32.APPS[0].Workbooks.Open(str(tmp_path / "乙.xlsx"))
    here = pywin32.APPS[0]._books[0]
    page, evaluated = here._named("设置"), type(here._named("设置")).Evaluate
    assert page is not None
    type(page).Evaluate = lambda self, text: there._named("设置").Range("B1")  # type: ignore[method-assign,union-attr]
    try:
        book.names["编号"].refers_to = "='[乙.xlsx]设置'!$B$1"
        assert names.refer(["编号"]) == {"编号": "='[乙.xlsx]设置'!$B$1"}
    finally:
        type(page).Evaluate = evaluated  # type: ignore[method-assign]


def test_names_of_sheets_are_counted_apart_and_told_where_there_are_many(book: xw.Book) -> None:
    for label in ("甲", "乙", "丙"):
        book.sheets[1].names.add(label, "='设置'!$A$1")
    assert asked(book).at_book_scope(book.sheets) == (len(NAMES), [])
    book.sheets[1].names.add("丁", "='设置'!$A$1")
    count, labels = asked(book).at_book_scope(book.sheets)
    assert count == len(NAMES)
    assert sorted(labels) == sorted(f"'一,二''!三'!{label}" for label in "甲乙丙丁")


def test_a_sheet_of_this_name_has_to_be_there_to_ask_from(book: xw.Book) -> None:
    assert NamesAtOnce.of(book, "没有") is None
    assert NamesAtOnce.of(book, "戊") is None
    assert NamesAtOnce.of(book, "丁") is None
