"""Names asked many at once give the places that they give one by one, whatever a clerk has done to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

import xlengines
from excelsim import pywin32
from excelsim.application import Application
from excelsim.errors import refused
from excelsim.pywin32 import CALLS
from excelsim.worksheet import Worksheet
from minsheng.errors import NotAMaster
from minsheng.sheets import layout, places
from minsheng.sheets.pages import Pages
from minsheng.sheets.places import Places


@pytest.fixture
def book(tmp_path: Path) -> Iterator[xw.Book]:
    """The names of a master of three projects, on sheets that are blank."""
    made, path = Workbook(), tmp_path / "总表.xlsx"
    for tab, group in zip(
        ("设置", "底稿", "首页", "汇总表", *"甲乙丙丁戊己庚"), layout.NAMES_BY_TAB, strict=True
    ):
        named(made, tab, group)
    for number in (1, 2, 3):
        named(
            made,
            layout.project_sheet(number),
            [layout.project_name(number, place) for place in layout.PROJECT_NAMES],
        )
    del made["Sheet"]
    made.save(path)
    with pywin32.running(Application()):
        engine = xlengines.excel_engine()
        assert engine is not None
        yield next(iter(engine.apps)).books.open(str(path))


def named(book: Workbook, tab: str, labels: Sequence[str]) -> None:
    """A sheet with an area two rows high for each label."""
    book.create_sheet(tab)
    for row, label in enumerate(labels, start=1):
        book.defined_names[label] = DefinedName(label, attr_text=f"'{tab}'!$A${2 * row}:$C${2 * row + 1}")


def copied_in_front(book: xw.Book) -> None:
    book.sheets["01"].copy(before=book.sheets[0])


def copied_and_gone(book: xw.Book) -> None:
    book.sheets["01"].copy(after=book.sheets["01"])
    book.sheets["01"].delete()


def copy_of_settings(book: xw.Book) -> None:
    book.sheets["设置"].copy(before=book.sheets[0])


def its_own_on_the_settings(book: xw.Book) -> None:
    book.sheets["设置"].names.add("P01_分解", "='设置'!$A$1:$B$2")


def somebodys_twice(book: xw.Book) -> None:
    book.names.add("我的区域", "='01'!$A$1:$B$2")
    book.sheets["设置"].names.add("我的区域", "='设置'!$A$1:$B$2")


def from_another_county(book: xw.Book) -> None:
    book.names.add("P40_分解", "='[别的.xlsx]40'!$A$1:$B$2")
    book.names.add("P40_目标", "='[别的.xlsx]40'!$A$1")


DEEDS: dict[str, Callable[[xw.Book], object]] = {
    "nothing": lambda book: None,
    "a tab renamed": lambda book: setattr(book.sheets["01"], "name", "一's, 甲!"),
    "rows put in": lambda book: book.sheets["02"].range("9:11").insert("down"),
    "a block's name deleted": lambda book: book.names["P01_分解"].delete(),
    "a cell's name deleted": lambda book: book.names["P02_目标"].delete(),
    "the id's name deleted": lambda book: book.names["总表编号"].delete(),
    "all names of a project deleted": lambda book: [
        name.delete() for name in list(book.names) if name.name.startswith("P03_")
    ],
    "a tab deleted": lambda book: book.sheets["02"].delete(),
    "the settings deleted": lambda book: book.sheets["设置"].delete(),
    "a table deleted": lambda book: book.sheets["汇总表"].delete(),
    "a name elsewhere": lambda book: setattr(book.names["P01_节点"], "refers_to", "='02'!$A$1:$B$9"),
    "a name of two areas": lambda book: setattr(
        book.names["P01_节点"], "refers_to", "='01'!$A$1:$B$9,'01'!$D$1:$E$9"
    ),
    "a name of a whole column": lambda book: setattr(book.names["P01_节点"], "refers_to", "='01'!$A:$C"),
    "a name of a number": lambda book: setattr(book.names["P01_节点"], "refers_to", "=7"),
    "a second measure": lambda book: book.names.add("P01_分解2", "='01'!$A$30:$R$32"),
    "somebody's own name": lambda book: book.names.add("我的区域", "='01'!$A$1:$B$2"),
    "somebody's own name, of the book and of the settings": somebodys_twice,
    "a filter's name": lambda book: book.sheets["01"].names.add("_FilterDatabase", "='01'!$A$7:$R$9"),
    "a tab copied": copied_in_front,
    "a tab copied, the first deleted": copied_and_gone,
    "the settings copied": copy_of_settings,
    "a sheet's own before the book's": its_own_on_the_settings,
    "links to another county's": from_another_county,
}


@pytest.mark.parametrize("deed", DEEDS)
def test_at_once_as_one_by_one(deed: str, book: xw.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    DEEDS[deed](book)
    found = Places.of(Pages(book))
    monkeypatch.setattr(places.NamesAtOnce, "of", lambda *_: None)
    everywhere = found.everywhere()
    assert found == Places.of(Pages(book))
    assert everywhere == Places.of(Pages(book)).everywhere()


def test_a_program_that_cannot_evaluate_is_asked_one_by_one(
    book: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = Places.of(Pages(book))

    def unknown(self: Worksheet, text: str) -> object:
        raise refused("不支持")

    monkeypatch.setattr(Worksheet, "Evaluate", unknown)
    assert Places.of(Pages(book)) == expected


def test_a_book_that_is_no_master_is_told(book: xw.Book) -> None:
    for name in list(book.names):
        if "!" not in name.name:
            name.delete()
    with pytest.raises(NotAMaster):
        Places.of(Pages(book))


def test_few_calls_where_the_names_are_the_masters_alone(book: xw.Book) -> None:
    CALLS.start()
    Places.of(Pages(book))
    at_once = sum(CALLS.values())
    book.names.add("我的区域", "='01'!$A$1:$B$2")
    CALLS.start()
    Places.of(Pages(book))
    assert at_once < 120 < sum(CALLS.values())
