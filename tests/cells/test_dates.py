"""A day is read from a date cell and from every way an office writes one; numbers that only show as days are none."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.cells.dates import as_date, read_date


@pytest.mark.parametrize(
    "value",
    [
        datetime(2024, 6, 30, 12, 5), date(2024, 6, 30), "2024-06-30", "2024/6/30", "2024.6.30", "2024年6月30日", "2024年6月30",
        "２０２４－０６－３０", " 2024 年 6 月 30 日 ", "2024-6.30", "\ufeff2024-06-30",
    ],
)  # fmt: skip
def test_every_spelling_of_a_day_is_read(value: Any) -> None:
    assert read_date(value) == date(2024, 6, 30)


@pytest.mark.parametrize(
    "value",
    [
        None, "", 45, 45473.0, True, "下旬", "6月底", "2024-06", "2024-13-01", "2024-02-30", "24-06-30", "２０²４-06-30",
        "٢٠٢٤-06-30", "2024-06-30日前", "1905-07-16", datetime(1905, 7, 16), date(1999, 12, 31), date(2100, 1, 1),
    ],
)  # fmt: skip
def test_what_is_no_day_of_an_office_is_none(value: Any) -> None:
    assert read_date(value) is None


def test_the_first_and_the_last_day_that_is_one() -> None:
    assert read_date("2000-01-01") == date(2000, 1, 1)
    assert read_date("2099-12-31") == date(2099, 12, 31)


def test_days_count_from_1900_unless_a_file_says_otherwise() -> None:
    assert as_date(45473) == datetime(2024, 6, 30)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_written_is_the_day_read(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.year}年{day.month}月{day.day}日") == day


@pytest.mark.parametrize(
    ("number", "since_1904", "moment"),
    [
        (61, False, datetime(1900, 3, 1)),
        (45473, False, datetime(2024, 6, 30)),
        (45473.5, False, datetime(2024, 6, 30, 12)),
        (2_958_465, False, datetime(9999, 12, 31)),
        (0, True, datetime(1904, 1, 1)),
        (44011, True, datetime(2024, 6, 30)),
    ],
)
def test_a_stored_number_is_the_day_that_programs_show(
    number: float, since_1904: bool, moment: datetime
) -> None:
    assert as_date(number, since_1904=since_1904) == moment


@pytest.mark.parametrize(
    ("number", "since_1904"),
    [(60.9, False), (0, False), (-1, True), (2_958_465.5, False), (float("nan"), False)],
)
def test_numbers_without_a_day(number: float, since_1904: bool) -> None:
    assert as_date(number, since_1904=since_1904) is None
