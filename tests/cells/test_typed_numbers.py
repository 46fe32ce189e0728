"""A number as a clerk typed it is read exactly or refused; nothing turns into 0."""

from __future__ import annotations

import re
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.cells.numbers import plain
from minsheng.cells.typed import LARGEST, TypedNumberError, read_typed_number


@pytest.mark.parametrize(
    ("text", "measured_in", "number"),
    [
        ("0", "人", "0"),
        ("120", "台", "120"),
        ("１２０", "台", "120"),
        (" 120\u3000", "台", "120"),
        ("1\u00a0200", "人", "1200"),
        ("\ufeff120\u200b", "人", "120"),
        ("'120", "台", "120"),
        ("1,200", "人", "1200"),
        ("1，200，000", "人", "1200000"),
        ("120台", "台", "120"),
        ("120 台", "台", "120"),
        ("2000万", "人", "20000000"),
        ("1.2万人", "人", "12000"),
        ("0.35亿", "人", "35000000"),
        ("3百", "人", "300"),
        ("13.6", "公里", "13.6"),
        ("13．6公里", "公里", "13.6"),
        (".5", "公里", "0.5"),
        ("+5", "人", "5"),
        ("55%", "%", "55"),
        ("55％", "%", "55"),
        ("55", "%", "55"),
        ("2000万元", "万元", "2000"),
        ("2亿元", "万元", "20000"),
        ("2000元", "万元", "0.2"),
        ("3千米", "千米", "3"),
        ("3千米", "米", "3000"),
        ("2千万元", "万元", "2000"),
        ("12台 ", "台", "12"),
        ("5元", "万元", "0.0005"),
        ("1" + "0" * 12, "元", "1000000000000"),
        ("0." + "0" * 38, "公里", "0"),
        ("120\n台", "台", "120"),
        ("\t120\r\n", "台", "120"),
        ("10.", "公里", "10"),
        ("100000000000", "元", "100000000000"),
        ("1.5亿元", "亿元", "1.5"),
        ("1.5亿", "元", "150000000"),
        ("1万亿", "元", "1000000000000"),
        ("0.12345678901234500000", "公里", "0.123456789012345"),
        ("999999999999.123", "公里", "999999999999.123"),
    ],
)
def test_what_can_be_read_exactly_is_read(text: str, measured_in: str, number: str) -> None:
    assert plain(read_typed_number(text, measured_in)) == number


@pytest.mark.parametrize(
    ("text", "measured_in", "reason"),
    [
        ("5O", "人", "字母"),
        ("l20", "人", "字母"),
        ("约30", "人", "不是确切的数"),
        ("30余", "人", "不是确切的数"),
        ("30左右", "人", "不是确切的数"),
        ("≥30", "人", "不是确切的数"),
        ("-3", "人", "负数"),
        ("－3", "人", "负数"),
        ("12（含续建）", "个", "说明"),
        ("12台(含续建)", "台", "说明"),
        ("1e400", "人", "科学计数法"),
        ("#REF!", "人", "错误值"),
        ("120个", "台", "别的字"),
        ("500米", "公里", "别的字"),
        ("55%", "人", "百分号"),
        ("2000万", "万元", "看不清"),
        ("1.5万亿", "人", "数太大"),
        ("一百二十", "人", "不是数字"),
        ("NaN", "人", "不是数字"),
        ("inf", "人", "不是数字"),
        ("1,20", "人", "不是数字"),
        ("12 5", "人", "不是数字"),
        ("1/2", "人", "不是数字"),
        ("①", "人", "不是数字"),
        ("5²", "人", "别的字"),
        ("٣", "人", "不是数字"),
        ("1.2.3", "人", "不是数字"),
        ("", "人", "不是数字"),
        (".", "人", "不是数字"),
        ("人", "人", "不是数字"),
        ("无", "人", "不是数字"),
        ("-", "人", "负数"),
        ("9" * 60, "人", "不是数字"),
        ("9" * 300, "人", "不是数字"),
        ("1" * 20, "人", "有效数字超过15位"),
        ("0.1234567890123456", "公里", "有效数字超过15位"),
        ("3\n120", "人", "不止一个数"),
        ("3\n120".ljust(200), "人", "不止一个数"),
        ("3\n120".ljust(201), "人", "不是数字"),
        ("3\t120", "人", "不止一个数"),
        ("3\r\n120", "人", "不止一个数"),
        ("3\u2028120", "人", "不止一个数"),
        ("120\n（其中新建20）", "台", "不止一个数"),
        ("3  120", "人", "不止一个数"),
        ("3、120", "人", "不止一个数"),
        ("3台；120台", "台", "不止一个数"),
        ("²", "人", "不是数字"),
        ("2万", "%", "不能以万计"),
        ("1000000000001", "元", "数太大"),
        ("5台台", "台", "别的字"),
    ],
)
def test_what_cannot_is_refused_with_the_reason(text: str, measured_in: str, reason: str) -> None:
    with pytest.raises(TypedNumberError) as refusal:
        read_typed_number(text, measured_in)
    assert reason in refusal.value.reason


@pytest.mark.parametrize(
    ("text", "measured_in", "reason"),
    [
        ("5O", "人", "数字里混有字母"), ("约30", "人", "不是确切的数"), ("-3", "人", "是负数"), ("#REF!", "人", "是错误值"), ("1e4", "人", "是科学计数法"),
        ("12（含续建）", "个", "数字后面带有说明"), ("120个", "台", "数字后面有别的字（“个”）"), ("3一二三四五六七八九十百", "台", "数字后面有别的字（“一二三四五六七八九十”）"),
        ("5台台", "台", "数字后面有别的字（“台”）"), ("5个", "万元", "数字后面有别的字（“个”）"), ("55%", "人", "不是百分数的项目填了百分号"), ("2万", "%", "百分数不能以万计"),
        ("2000万", "万元", "单位是“万元”，看不清是几万元"), ("1000000000001", "元", "数太大"), ("无", "人", "不是数字"), ("9" * 300, "人", "不是数字"),
        ("台" * 10 + "1" * 31, "人", "不是数字"), ("3\n120", "人", "格子里不止一个数"), ("3、120", "人", "格子里不止一个数"), ("1" * 16, "人", "有效数字超过15位，表格存不下"),
    ],
)  # fmt: skip
def test_the_reason_is_a_clause_of_a_sentence(text: str, measured_in: str, reason: str) -> None:
    with pytest.raises(TypedNumberError, match=re.escape(reason)) as refusal:
        read_typed_number(text, measured_in)
    assert refusal.value.reason == reason


def test_without_a_unit_any_number_alone_is_read() -> None:
    assert read_typed_number("2万") == 20000
    with pytest.raises(TypedNumberError):
        read_typed_number("2台")


@given(
    st.decimals(min_value=0, max_value=10**11 - 1, places=4), st.sampled_from(["人", "公里", "%", "万元", ""])
)
def test_every_plain_number_comes_back_exactly(number: Decimal, measured_in: str) -> None:
    assert read_typed_number(plain(number), measured_in) == number
    assert read_typed_number(plain(number) + measured_in, measured_in) == number


@given(st.integers(min_value=0, max_value=10**9))
def test_every_way_to_write_thousands_is_the_same_number(number: int) -> None:
    assert {read_typed_number(f"{number:,}"), read_typed_number(f"{number:,}".replace(",", " "))} == {
        Decimal(number)
    }


@given(st.text(max_size=50), st.sampled_from(["人", "%", "公里", "万元"]))
def test_any_text_is_a_finite_number_from_0_or_a_reason(text: str, measured_in: str) -> None:
    try:
        number = read_typed_number(text, measured_in)
    except TypedNumberError:
        return
    assert number.is_finite()
    assert 0 <= number <= LARGEST
    assert any(character.isdigit() for character in text)


@pytest.mark.parametrize("text", ["1" * 32_000, "1 " * 16_000, ",." * 16_000, "1," * 16_000, "(" * 32_000])
def test_a_cell_full_of_anything_is_refused_at_once(text: str) -> None:
    started = perf_counter()
    with pytest.raises(TypedNumberError):
        read_typed_number(text, "人")
    assert perf_counter() - started < 0.05
