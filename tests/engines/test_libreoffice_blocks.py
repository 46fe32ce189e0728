"""Blocks of values in a live LibreOffice, where a cell has no type but number or text: dates, TRUE, errors, literal text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import xlwings as xw
from hypothesis import given, settings
from hypothesis import strategies as st

from live_office import live_office
from xlengines.errors import EngineError
from xlengines.libreoffice.values import Block
from xlengines.ranges import gathered, inside

cells = st.sets(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=60)


@given(cells)
def test_gathered_cells_are_covered_once_and_nothing_else(places: set[tuple[int, int]]) -> None:
    covered = [place for area in gathered(places) for place in inside(area)]
    assert len(covered) == len(set(covered))
    assert set(covered) == places


def test_a_full_block_is_one_rectangle() -> None:
    assert gathered(inside((2, 3, 40, 9))) == [(2, 3, 40, 9)]


def test_rows_of_unequal_length_are_refused() -> None:
    with pytest.raises(EngineError, match="not of one length"):
        Block.of([[1, 2], [3]], since_1904=False)


@pytest.mark.parametrize("value", [float("inf"), float("nan"), object(), b"x", 10**400])
def test_what_no_cell_can_hold_is_refused(value: Any) -> None:
    with pytest.raises(EngineError):
        Block.of([[value]], since_1904=False)


@pytest.fixture(scope="module")
def sheet() -> Iterator[xw.Sheet]:
    with live_office() as app:
        yield app.books.add().sheets[0]


@pytest.fixture
def blank(sheet: xw.Sheet) -> xw.Sheet:
    sheet.clear()
    return sheet


undated = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12).map(float),
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(lambda number: number + 0.0),
    st.text("=+'1 2TRUEx一、\n", min_size=1, max_size=8).map(lambda text: f"'{text}"),
)
dates = st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 31)).map(
    lambda when: when.replace(microsecond=0)
)


def _blocks(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[list[Any]]]:
    return st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(values, min_size=width, max_size=width), min_size=1, max_size=4)
    )


@pytest.mark.libreoffice
@given(_blocks(undated), _blocks(st.one_of(undated, dates)))
@settings(max_examples=40, deadline=None)
def test_a_block_comes_back_as_written_whatever_stood_there_before(
    sheet: xw.Sheet, before: list[list[Any]], block: list[list[Any]]
) -> None:
    sheet["B2:E5"].clear()
    sheet["B2"].value = before  # no dates: a cell that shows dates goes on doing so, as in Excel
    sheet["B2"].value = block
    target = sheet["B2"].resize(len(block), len(block[0]))
    wanted = [[value[1:] if isinstance(value, str) else value for value in row] for row in block]
    found = target.options(ndim=2).value
    assert found == wanted
    assert [[type(value) for value in row] for row in found] == [
        [type(value) for value in row] for row in wanted
    ]
    formulas = target.formula if isinstance(target.formula, tuple) else ((target.formula,),)
    assert not any(text.startswith("=") for row in formulas for text in row)  # no text has become a formula


@pytest.mark.libreoffice
def test_truths_constants_and_results_are_told_from_one_and_zero(blank: xw.Sheet) -> None:
    blank["A1"].value = [[True, 1, False, 0, "=1=1", "=A1", "TRUE"]]
    assert blank["A1:G1"].value == [True, 1.0, False, 0.0, True, True, "TRUE"]
    assert blank["A1:G1"].formula == (("TRUE", "1", "FALSE", "0", "=1=1", "=A1", "TRUE"),)


@pytest.mark.libreoffice
def test_a_number_after_a_truth_is_a_number(blank: xw.Sheet) -> None:
    blank["A1:B1"].value = [True, False]
    blank["A1:B1"].value = [1, None]
    blank["B1"].value = 0
    assert blank["A1:B1"].value == [1.0, 0.0]
    blank["A1"].value = True
    blank["A1"].clear_contents()
    blank["A1"].value = 1
    assert blank["A1"].value == 1.0


@pytest.mark.libreoffice
def test_text_that_looks_like_a_number_keeps_the_cells_format(blank: xw.Sheet) -> None:
    blank["A1:C1"].number_format = "0.00"
    blank["A1"].value = ["'12", "'1,200", "'P01"]
    assert blank["A1:C1"].value == ["12", "1,200", "P01"]
    assert blank["A1:C1"].number_format == "0.00"


@pytest.mark.libreoffice
def test_a_date_gets_a_date_format_only_where_there_is_none(blank: xw.Sheet) -> None:
    blank["B1"].number_format = 'yyyy"年"m"月"'
    blank["A1"].value = [[date(2024, 2, 29), date(2024, 2, 29), datetime(2024, 2, 29, 8, 30)]]
    assert blank["A1:C1"].value == [
        datetime(2024, 2, 29),
        datetime(2024, 2, 29),
        datetime(2024, 2, 29, 8, 30),
    ]
    assert blank["B1"].number_format.lower() == 'yyyy"年"m"月"'
    assert "H" in blank["C1"].number_format.upper()
    assert "H" not in blank["A1"].number_format.upper()


@pytest.mark.libreoffice
def test_a_formula_that_gives_a_date_is_read_as_one_and_its_neighbour_is_not(blank: xw.Sheet) -> None:
    blank["A1"].value = [["=DATE(2024,6,30)", 45473, "=45473"], [0.5, "=1/4", 45473]]
    assert blank["A1:C2"].value == [[datetime(2024, 6, 30), 45473.0, 45473.0], [0.5, 0.25, 45473.0]]


@pytest.mark.libreoffice
def test_error_values_are_named_where_asked_for(blank: xw.Sheet) -> None:
    blank["A1"].value = [["=1/0", "=NA()", "=NA()", '="a"+1', "=NOSUCH()", "=SQRT(-1)", "#N/A"]]
    asked = blank["A1:G1"].options(err_to_str=True).value
    assert asked == ["#DIV/0!", "#N/A", "#N/A", "#VALUE!", "#NAME?", "#VALUE!", "#N/A"]
    assert blank["A1:G1"].value == [None] * 6 + ["#N/A"]


@pytest.mark.libreoffice
def test_values_around_formulas_are_written_with_them(blank: xw.Sheet) -> None:
    blank["A1"].value = [
        [1, "=A1*2", "=B1+1", "'=A1"],
        [2, "=A2*2", None, True],
        ["=SUM(A1:A2)", "合计", 0.5, date(2024, 1, 1)],
    ]
    assert blank["A1:D3"].value == [
        [1.0, 2.0, 3.0, "=A1"],
        [2.0, 4.0, None, True],
        [3.0, "合计", 0.5, datetime(2024, 1, 1)],
    ]


class Counted:
    """A UNO object whose calls are counted, those on what it gives included."""

    def __init__(self, thing: Any, calls: list[str]) -> None:
        self._thing = thing
        self._calls = calls

    def __getattr__(self, name: str) -> Any:
        member = getattr(self._thing, name)
        if not callable(member):
            self._calls.append(name)
            return self._counted(member)

        def call(*arguments: Any) -> Any:
            self._calls.append(name)
            bare = [argument._thing if isinstance(argument, Counted) else argument for argument in arguments]
            return self._counted(member(*bare))

        return call

    def _counted(self, value: Any) -> Any:
        return Counted(value, self._calls) if type(value).__name__ == "pyuno" else value


@pytest.fixture
def counted(blank: xw.Sheet) -> Iterator[tuple[xw.Sheet, list[str]]]:
    """A blank sheet, and the calls that reach the program."""
    calls: list[str] = []
    impl = blank.book.impl
    standing = impl._api
    caches = {"_sheets_api": None, "_known_sheets": {}, "_formats": None}
    try:
        impl._api = Counted(standing, calls)
        vars(impl).update(caches)
        sheet = blank.book.sheets[blank.name]
        sheet["A1"].value = 0  # what is fetched once for a document
        calls.clear()
        yield sheet, calls
    finally:
        impl._api = standing
        vars(impl).update(caches | {"_known_sheets": {}})


def number_of_calls(calls: list[str], work: Any) -> int:
    calls.clear()
    work()
    assert calls, "they are counted"
    return len(calls)


@pytest.mark.libreoffice
def test_a_block_takes_as_many_calls_as_a_row(counted: tuple[xw.Sheet, list[str]]) -> None:
    sheet, calls = counted

    def written_and_read(rows: int) -> None:
        block = [[row * column + 0.5 for column in range(20)] for row in range(rows)]
        sheet["A1"].value = block
        assert sheet["A1"].resize(rows, 20).options(ndim=2).value == block

    one = number_of_calls(calls, lambda: written_and_read(1))
    assert one < 100
    assert number_of_calls(calls, lambda: written_and_read(400)) <= one


@pytest.mark.libreoffice
def test_eight_hundred_fills_take_as_many_calls_as_one(counted: tuple[xw.Sheet, list[str]]) -> None:
    sheet, calls = counted
    many = ",".join(f"{column}{row}" for row in range(1, 401, 2) for column in "ACEG")
    one = number_of_calls(calls, lambda: setattr(sheet["A1"], "color", (255, 199, 206)))
    assert one < 15
    assert number_of_calls(calls, lambda: setattr(sheet[many], "color", (255, 199, 206))) <= one
    assert sheet["G399"].color == (255, 199, 206)
    assert sheet["B1"].color is None


@pytest.mark.libreoffice
def test_many_colours_take_a_call_or_two_each(counted: tuple[xw.Sheet, list[str]]) -> None:
    sheet, calls = counted
    palette = [(255, 199, 206), (255, 235, 156), (198, 239, 206), None]
    colours = [[palette[(row + column) % 4] for column in range(10)] for row in range(50)]
    assert number_of_calls(calls, lambda: sheet["A1"].impl.set_colors(colours)) < 10 * len(palette)
    assert [sheet[0, column].color for column in range(4)] == palette


@pytest.mark.libreoffice
def test_formulas_of_a_column_take_as_many_calls_as_one(counted: tuple[xw.Sheet, list[str]]) -> None:
    sheet, calls = counted
    one = number_of_calls(calls, lambda: setattr(sheet["B1"], "formula", "=A1*2"))
    assert number_of_calls(calls, lambda: setattr(sheet["B1:B300"], "formula", "=A1*2")) <= one + 2
