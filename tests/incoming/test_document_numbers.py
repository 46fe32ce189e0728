"""Numbers in the words of a document: what is an amount, what is not, and what it says exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.cells.labels import fold
from minsheng.incoming.numbers import CellNumber, find_mentions, read_cell_number


def amounts(text: str) -> list[tuple[str, str]]:
    return [(str(mention.value), mention.unit) for mention in find_mentions(fold(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("为6.16万60岁以上老年人免费接种", [("61600", "")]),
        ("参保人数达到51.23万人", [("512300", "人")]),
        ("2024年重点为13—14岁女生接种590人", [("590", "人")]),
        ("为离校2年内未就业高校毕业生开发见习岗位900个", [("900", "个")]),
        ("占非伤人交通事故总量60%以上（处理量达1.3万起)", [("60", "%"), ("13000", "起")]),
        ("管网３５．３公里", [("35.3", "公里")]),
        ("共1,200台", [("1200", "台")]),
        ("共１，２００台", [("1200", "台")]),
        ("投资2000万元，另1.5亿元", [("2000", "万元"), ("1.5", "亿元")]),
        ("绿地1.2万平方米", [("12000", "平方米")]),
        ("服务3亿人次", [("300000000", "人次")]),
        ("达到百分之五十以上", [("50", "%")]),
        ("新建三所学校", [("3", "所")]),
        ("新建二十三座", [("23", "座")]),
        ("第3批", []),
        ("办理时间压缩至3个工作日", []),
        ("24小时自助", []),
        ("5G基站、国道G228、A4纸", []),
        ("10-15个", [("10", "个")]),
        ("前3个月", []),
        ("2023—2025年", []),
        ("一站式服务", []),
        ("每千人拥有床位", []),
        ("电话13800138000转12345678901234567", [("13800138000", "")]),
        ("版本1.2.3", []),
        ("一百五个", []),  # 105 or 150: nobody knows
    ],
)
def test_amounts_in_a_text(text: str, found: list[tuple[str, str]]) -> None:
    assert amounts(text) == found


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("比例≥50%", ">="), ("不低于50%", ">="), ("60%以上", ">="), ("不少于800人", ">="), ("至少3处", ">="),
        ("达95%", "="), ("达到51.23万人", "="), ("50%", "="),
    ],
)  # fmt: skip
def test_only_some_words_ask_for_at_least(text: str, relation: str) -> None:
    assert find_mentions(fold(text))[0].relation == relation


@pytest.mark.parametrize("text", ["不超过5%", "控制在3%以内", "≤10个", "5个以下"])
def test_a_ceiling_is_no_target(text: str) -> None:
    assert find_mentions(fold(text))[0].at_most


@pytest.mark.parametrize("text", ["约500个", "近500个", "500余个", "500个左右"])
def test_a_rough_number_says_so(text: str) -> None:
    mention = find_mentions(fold(text))[0]
    assert (mention.value, mention.rough) == (500, True)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8112", CellNumber(Decimal(8112))),
        ("81\n12", CellNumber(Decimal(8112))),
        ("１３．６", CellNumber(Decimal("13.6"))),
        ("1（石屋及摩崖石刻）", CellNumber(Decimal(1), "", "石屋及摩崖石刻")),
        ("2(含(续建))", CellNumber(Decimal(2), "", "含(续建)")),
        ("50台", CellNumber(Decimal(50), "台")),
        ("1.3万", CellNumber(Decimal(13000))),
        ("2000万元", CellNumber(Decimal(2000), "万元")),
    ],
)
def test_a_table_cell_that_is_a_number(text: str, number: CellNumber) -> None:
    assert read_cell_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "约5", "5O%", "-3", "1—2", "丹东", "１２ab", "1..2", "9" * 40, "1e5", "5+3", "²"]
)
def test_a_table_cell_that_is_none(text: str) -> None:
    assert read_cell_number(text) is None


@given(st.integers(0, 10**11), st.integers(0, 999))
def test_a_cell_is_read_exactly(whole: int, decimals: int) -> None:
    text = f"{whole}.{decimals:03d}"
    number = read_cell_number(text)
    assert number is not None
    assert number.value == Decimal(text)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    folded = fold(text)
    for mention in find_mentions(folded):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.value >= 0
    read_cell_number(text)
