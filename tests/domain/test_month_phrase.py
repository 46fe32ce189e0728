"""Months as offices write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.domain.month_phrase import MONTH_PHRASE, read_month_phrase


@pytest.mark.parametrize(
    ("phrase", "months"),
    [
        ("1—3月份", (1, 3)), ("11月", (11, 11)), ("1-2月", (1, 2)), ("７～８月份", (7, 8)), ("1月至6月", (1, 6)),
        ("3月底前", (3, 3)), ("6月末", (6, 6)), ("3月上旬", (3, 3)), ("5月10日前", (5, 5)), ("5月1日—6月30日", (5, 6)),
        ("一季度", (1, 3)), ("第二季度", (4, 6)), ("3季度", (7, 9)), ("三季度末", (7, 9)), ("前三季度", (1, 9)), ("前两个季度", (1, 6)),
        ("一、二季度", (1, 6)), ("上半年", (1, 6)), ("下半年", (7, 12)), ("年底前", (1, 12)), ("全年", (1, 12)),
        ("2024年底前", (1, 12)), ("2024年3月底前", (3, 3)), ("今年6月", (6, 6)), ("截至9月底", (9, 9)), ("到9月底", (9, 9)),
        ("十一月份", (11, 11)), ("一至三月份", (1, 3)), ("1、2月份", (1, 2)), ("3月、6月、9月", (3, 9)),
    ],
)  # fmt: skip
def test_a_phrase_names_its_months(phrase: str, months: tuple[int, int]) -> None:
    assert read_month_phrase(phrase) == months


@pytest.mark.parametrize(("phrase", "months"), [("13月份", (13, 13)), ("6—4月份", (6, 4)), ("0月", (0, 0))])
def test_impossible_months_are_given_as_printed(phrase: str, months: tuple[int, int]) -> None:
    assert read_month_phrase(phrase) == months


@pytest.mark.parametrize(
    "phrase", ["", "3个月", "3", "3—5", "每月", "当月", "3月完成", "季度", "月底前", "12"]
)
def test_other_words_name_none(phrase: str) -> None:
    assert read_month_phrase(phrase) is None


@pytest.mark.parametrize("text", ["1900.01公里", "2010.12 万元", "2024.6人"])
def test_a_number_with_its_unit_is_no_date(text: str) -> None:
    assert re.match(MONTH_PHRASE, text) is None


@pytest.mark.parametrize(
    ("text", "phrase"), [("3月中标", "3月"), ("9月前期工作", "9月"), ("6月中完成", "6月中")]
)
def test_a_phrase_does_not_eat_the_word_after_it(text: str, phrase: str) -> None:
    match = re.match(MONTH_PHRASE, text)
    assert match is not None
    assert match.group() == phrase


@given(
    st.integers(1, 12),
    st.integers(1, 12),
    st.sampled_from(["—", "-", "～", "至"]),
    st.sampled_from(["月", "月份", "月底前"]),
)
def test_every_range_is_read(first: int, last: int, dash: str, end: str) -> None:
    assert read_month_phrase(f"{first}{dash}{last}{end}") == (first, last)


@given(st.text(alphabet="0123456789一二三四十月年季度份底前上下半全、—日至", max_size=12))
def test_no_phrase_breaks_the_reader(phrase: str) -> None:
    read_month_phrase(phrase)
