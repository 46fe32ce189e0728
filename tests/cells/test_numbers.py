"""One rule for what a stored number is, one way to write it, digits and numerals that are numbers."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.cells.numbers import chinese_integer, exact, plain, whole_number


@pytest.mark.parametrize(
    ("stored", "number"),
    [
        (13.600000000000001, "13.6"),
        (35.2999999999999975, "35.3"),
        (0.1 + 0.2, "0.3"),
        (6.3999999999999995, "6.4"),
        (0.0, "0"),
        (-0.0, "0"),
        (-3.0, "-3"),
        (61600.0, "61600"),
        (1e-7, "0.0000001"),
        (1 / 3, "0.333333333333333"),
        (999_999_999_999_999.0, "999999999999999"),
        (1_234_567_890_123_456.0, "1234567890123460"),
        (1e300, "1" + "0" * 300),
    ],
)
def test_a_stored_number_is_the_one_of_fifteen_digits(stored: float, number: str) -> None:
    assert plain(exact(stored)) == number


@pytest.mark.parametrize("stored", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_none(stored: float) -> None:
    with pytest.raises(ValueError, match="nan|inf"):
        exact(stored)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 9))
def test_a_number_of_fifteen_digits_survives_being_stored(digits: int, places: int) -> None:
    number = Decimal(digits).scaleb(-places)
    assert exact(float(number)) == number


@given(st.floats(-1e300, 1e300))
def test_what_has_been_read_is_stored_and_read_again_the_same(stored: float) -> None:
    once = exact(stored)
    assert len(once.normalize().as_tuple().digits) <= 15
    assert exact(float(once)) == once


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0E+3", "0"),
        ("-0", "0"),
        ("1E+3", "1000"),
        ("100", "100"),
        ("13.60", "13.6"),
        ("2.00", "2"),
        ("-0.50", "-0.5"),
    ],
)
def test_a_number_is_written_without_exponent_and_idle_zeros(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(("text", "number"), [("33", 33), ("0", 0), ("007", 7), ("999999999", 999_999_999)])
def test_digits_are_a_whole_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "²", "٣", "③", "-1", "1.0", " 1", "1000000000", "第二"])
def test_what_only_looks_like_digits_is_none(text: str) -> None:
    assert whole_number(text) is None


@given(st.integers(0, 9999))
def test_chinese_numerals_are_read_back(value: int) -> None:
    assert chinese_integer(in_chinese(value)) == value


def in_chinese(value: int) -> str:
    """As it is written: 一百零五, 三千零二十."""
    if value == 0:
        return "零"
    words, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            words += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = bool(words)
    return words


@pytest.mark.parametrize(
    ("text", "number"),
    [("二〇二四", 2024), ("两", 2), ("十", 10), ("十二", 12), ("两百", 200), ("一千零一", 1001)],
)
def test_numerals_of_documents(text: str, number: int) -> None:
    assert chinese_integer(text) == number


@pytest.mark.parametrize(
    "text", ["", "一百五", "十十", "百", "一二十", "三台", "一百二百", "一千百", "一百零十", "一十百"]
)
def test_what_may_be_two_numbers_or_none_is_none(text: str) -> None:
    assert chinese_integer(text) is None


@given(st.text(alphabet="零〇一二两三四五六七八九十百千台", max_size=8))
def test_any_numerals_are_a_number_from_0_or_none(text: str) -> None:
    number = chinese_integer(text)
    assert number is None or number >= 0
