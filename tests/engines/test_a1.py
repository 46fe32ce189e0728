"""Cell addresses as text: read, written, moved inside formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlengines.a1 import area_text, parse_area, parse_reference, refers_to_cells, shifted


@pytest.mark.parametrize(
    ("text", "sheet", "area"),
    [
        ("='01'!$A$8:$R$26", "01", (8, 1, 26, 18)),
        ("汇总表!B7", "汇总表", (7, 2, 7, 2)),
        ("='它''s'!$C$3:$A$1", "它's", (1, 1, 3, 3)),
    ],
)
def test_a_name_says_where_it_points(text: str, sheet: str, area: tuple[int, int, int, int]) -> None:
    assert parse_reference(text) == (sheet, area)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=#REF!",
        "='01'!#REF!",
        "=3.14",
        '="words"',
        "=A1",
        "=SUM('01'!A1:A3)",
        "='01'!A1,'01'!B2",
        "='[1]01'!A1",
        "=甲!A0",
    ],
)
def test_a_name_that_points_at_no_area_says_so(text: str) -> None:
    assert parse_reference(text) is None


@pytest.mark.parametrize(
    ("formula", "refers"),
    [("100+20", False), ("SUM(1,2)", False), ('"A1"&"b"', False), ("TRUE", False), ("A1", True), ("SUM($B$2:C3)", True),
     ("甲表!A1", True), ("一块*2", True), ("TODAY()", True), ("1E5+2", False)],
)  # fmt: skip
def test_whether_a_formula_refers_to_anything(formula: str, refers: bool) -> None:
    assert refers_to_cells(formula) is refers


@given(st.integers(1, 5000), st.integers(1, 300), st.integers(0, 9), st.integers(0, 9))
def test_areas_are_written_as_they_are_read(top: int, left: int, height: int, width: int) -> None:
    area = (top, left, top + height, left + width)
    assert parse_area(area_text(*area)) == area
    assert parse_area(area_text(*area, absolute=True)) == area


def test_a_shared_formula_reads_as_each_cell_shows_it() -> None:
    assert shifted('A1+$B$2&"A1"+甲1!C3', 2, 1) == 'B3+$B$2&"A1"+甲1!D5'
