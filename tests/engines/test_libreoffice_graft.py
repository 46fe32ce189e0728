"""A sheet of one document in another, in LibreOffice: what the contract of xlwings has no word for, as the saved file shows it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from engines.graft_books import write_source, write_target
from engines.rich_workbook import unlock, write_rich_workbook
from live_office import live_office


@pytest.fixture(scope="module")
def app() -> Iterator[xw.App]:
    with live_office() as started:
        yield started


@pytest.fixture(scope="module")
def saved(app: xw.App, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second book, with the first one's sheet twice, saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("两本")
    source = app.books.open(str(write_source(folder / "来源.xlsx")))
    target = app.books.open(str(write_target(folder / "目标.xlsx")))
    for _ in range(2):
        source.sheets["样"].copy(before=target.sheets[0])
    source.close()
    target.save()
    target.close()
    return folder / "目标.xlsx"


@pytest.fixture(params=["样", "样 (2)"])
def copy(request: pytest.FixtureRequest, saved: Path) -> Worksheet:
    found = load_workbook(saved)[request.param]
    assert isinstance(found, Worksheet)
    return found


def own(copy: Worksheet) -> str:
    """The sheet as its own formulas mention it."""
    return "样" if copy.title == "样" else "'样 (2)'"


def test_formulas_rules_validations_and_charts_speak_of_this_book(copy: Worksheet) -> None:
    assert copy["C3"].value == f"=设置!A1*B2+{own(copy)}!B2+比率"
    assert copy.data_validations.dataValidation[0].formula1 == "设置!$A$1:$A$3"
    assert sorted(rule.formula[0] for area in copy.conditional_formatting for rule in area.rules) == sorted(
        ["设置!$A$1", f"{own(copy)}!$B$2>1"]
    )
    assert [one.val.numRef.f for one in copy._charts[0].series] == [
        f"{own(copy)}!$B$2:$B$5",
        "设置!$A$1:$A$3",
    ]


def test_words_of_a_legend_stay_also_where_another_sheet_comes_first(copy: Worksheet) -> None:
    assert copy._charts[0].series[0].tx.strRef.f == '"件数"'


def test_nothing_is_left_of_the_first_book(saved: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        assert not [name for name in archive.namelist() if "externalLink" in name]


def test_the_page_and_what_stays_in_sight_come_along(copy: Worksheet) -> None:
    assert copy.print_area == f"{own(copy) if ' ' in copy.title else repr(copy.title)}!$A$1:$F$9"
    assert copy.print_title_rows == "$1:$2"
    assert (copy.page_setup.orientation, copy.page_setup.paperSize) == ("landscape", 9)
    assert copy.oddHeader.center.text == "页眉"
    assert copy.freeze_panes == "B2"


def test_sizes_links_and_what_is_hidden_come_along(copy: Worksheet) -> None:
    assert copy.column_dimensions["B"].width == pytest.approx(33, abs=1)
    assert copy.row_dimensions[2].height == pytest.approx(44, abs=1)
    assert (copy.row_dimensions[7].hidden, copy.row_dimensions[8].outlineLevel) == (True, 1)
    assert copy["D1"].hyperlink is not None
    assert copy["D1"].hyperlink.target == "https://example.org/甲"
    assert [str(area) for area in copy.merged_cells.ranges] == ["E1:F2"]


def test_names_are_there_once_at_the_book_and_else_at_the_sheet(copy: Worksheet, saved: Path) -> None:
    book = load_workbook(saved)
    assert {name: one.attr_text for name, one in book.defined_names.items()} == {
        "区": "首!$A$1", "比率": "设置!$A$1",
    }  # fmt: skip
    assert {name: one.attr_text for name, one in copy.defined_names.items()} == {
        "区": f"{own(copy)}!$A$1:$C$4", "私": f"{own(copy)}!$B$2",
    }  # fmt: skip


def test_a_protected_sheet_comes_protected_and_speaks_of_this_book(app: xw.App, tmp_path: Path) -> None:
    rich = write_rich_workbook(tmp_path / "丰富.xlsm")
    unlock(rich)
    target = app.books.open(str(write_target(tmp_path / "目标.xlsx")))
    source = app.books.open(str(rich))
    try:
        target.sheets["首"].name = "数据"
        copy = source.sheets["另一张"].copy(after=target.sheets["数据"])
        assert copy.range("A1").formula == "=数据!A1*2"
        assert copy.api.isProtected()
    finally:
        source.close()
        target.close()
