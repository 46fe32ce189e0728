"""A cell that should hold a number is read exactly or refused, with what stood there and why."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.cells.flags import NO_FLAGS, CellFlag, FlaggedCells
from minsheng.cells.number_cells import ReadNumber, Remark, read_number

PERCENT, SCALED = frozenset({CellFlag.PERCENT}), frozenset({CellFlag.SCALED})
FORMULA, UNCOMPUTED, ERROR = (
    frozenset({flag}) for flag in (CellFlag.FORMULA, CellFlag.UNCOMPUTED, CellFlag.ERROR)
)


@pytest.mark.parametrize("value", [None, "", " \u3000", "\u200b"])
def test_a_blank_cell_is_no_number_and_nothing_to_tell(value: Any) -> None:
    assert read_number(value, "人") == ReadNumber(None)
    assert not read_number(value, "人").refused


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, "0"),
        (120.0, "120"),
        (13.600000000000001, "13.6"),
        (1e12, "1000000000000"),
        (Decimal("7.5"), "7.5"),
    ],
)
def test_a_number_is_read_without_remark(value: Any, number: str) -> None:
    assert read_number(value, "公里") == ReadNumber(Decimal(number))


def test_a_number_typed_as_text_is_read_and_said_to_be_text() -> None:
    assert read_number("１２0台", "台") == ReadNumber(Decimal(120), Remark.TEXT, "１２0台")


@pytest.mark.parametrize(
    ("value", "text", "reason"),
    [
        (-3.0, "-3", "是负数"), (-0.1, "-0.1", "是负数"), (1e12 + 1, "1000000000001", "数太大"), (-1e13, "-10000000000000", "数太大"), (-1e12, "-1000000000000", "是负数"),
        (float("nan"), "nan", "不是数字"), (float("inf"), "inf", "不是数字"), (True, "TRUE", "是逻辑值"), (date(2024, 6, 1), "2024-06-01", "是日期"),
        (datetime(2024, 6, 1), "2024-06-01", "是日期"), (time(1, 2), "01:02:00", "是时间"), (timedelta(1), "1 day, 0:00:00", "是时间"), ([], "[]", "不是数字"),
        ("约30", "约30", "不是确切的数"), ("3\n120", "3 120", "格子里不止一个数"), ("x" * 90, "x" * 60 + "…", "不是数字"),
    ],
)  # fmt: skip
def test_what_is_no_number_from_0_is_refused_as_it_is_seen(value: Any, text: str, reason: str) -> None:
    read = read_number(value, "台")
    assert read == ReadNumber(None, Remark.REFUSED, text, reason)
    assert read.refused


def test_an_error_is_told_by_its_name_whatever_else_stands_there() -> None:
    assert read_number(3.0, "台", ERROR, "#REF!") == ReadNumber(None, Remark.ERROR, "#REF!")
    assert read_number("", "台", ERROR) == ReadNumber(None, Remark.ERROR, "错误值")


def test_a_formula_counts_with_its_result_and_never_without() -> None:
    assert read_number(3.0, "台", FORMULA) == ReadNumber(Decimal(3), Remark.FORMULA, "3")
    assert read_number("3台", "台", FORMULA) == ReadNumber(Decimal(3), Remark.FORMULA, "3")
    assert read_number("", "台", UNCOMPUTED) == ReadNumber(None, Remark.UNCOMPUTED)
    assert read_number(-3.0, "台", FORMULA).remark is Remark.REFUSED


def test_a_share_shown_as_per_cent_is_read_in_points_where_points_are_asked() -> None:
    assert read_number(0.555, "%", PERCENT) == ReadNumber(Decimal("55.5"), Remark.PERCENT, "55.5%")
    assert read_number(0.5, "台", PERCENT) == ReadNumber(
        None, Remark.REFUSED, "50%", "不是百分数的项目填了百分数"
    )
    assert read_number(0.5, "%", PERCENT | FORMULA).remark is Remark.PERCENT


def test_a_number_shown_as_another_one_is_refused() -> None:
    assert read_number(50000.0, "人", SCALED) == ReadNumber(
        None, Remark.REFUSED, "50000", "格子显示的数和存的数不一样"
    )


@given(
    st.floats() | st.text(max_size=30) | st.booleans() | st.none(), st.sampled_from(["人", "%", "公里", ""])
)
def test_any_value_is_a_number_from_0_a_blank_or_refused(value: Any, measured_in: str) -> None:
    read = read_number(value, measured_in)
    if read.value is not None:
        assert 0 <= read.value <= 10**12
    assert read.refused == (read.value is None and read.remark is not None)


def test_flags_are_found_by_row_and_column() -> None:
    cells = FlaggedCells({(0, 1): ERROR, (2, 3): FORMULA}, {(0, 1): "#N/A"})
    assert (cells.of(0, 1), cells.of(1, 1)) == (ERROR, NO_FLAGS)
    assert cells.within([3]) == FlaggedCells({(2, 3): FORMULA})
    assert cells.within([1]) == FlaggedCells({(0, 1): ERROR}, {(0, 1): "#N/A"})
