"""What a person sees in a cell, and what a column of words takes from it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from minsheng.cells.words import LONGEST_TEXT, is_blank, is_too_long, read_words, shown


@pytest.mark.parametrize("value", [None, "", "  ", "\u3000", "\u200b", "\n\t\u00a0", "\ufeff\u00ad"])
def test_nothing_seen_is_blank(value: Any) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", [0, 0.0, False, "0", "-", "'", "。", date(2024, 1, 1)])
def test_anything_seen_is_not(value: Any) -> None:
    assert not is_blank(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "TRUE"), (False, "FALSE"), (3.0, "3"), (-3.0, "-3"), (0.1 + 0.2, "0.3"), (13.600000000000001, "13.6"), (7, "7"),
        (datetime(2024, 6, 30), "2024-06-30"), (datetime(2024, 6, 30, 9, 5), "2024-06-30 09:05"), (date(2024, 6, 30), "2024-06-30"),
        (time(1, 2), "01:02:00"), (float("nan"), "nan"), (1e20, "1e+20"), (1e16, "1e+16"), (-1e15, "-1000000000000000"), (1e15, "1000000000000000"), ("  约30\n台 ", "约30 台"), ("a\x00b_x000D_", "ab"),
        ("长" * 60, "长" * 60), ("长" * 61, "长" * 60 + "…"),
    ],
)  # fmt: skip
def test_a_cell_is_told_in_one_line_as_it_is_seen(value: Any, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""), ("", ""), ("  推进中 ", "推进中"), ("一\r\n二", "一\n二"), ("完成_x000D_\n验收", "完成\n验收"), ("a\x07b\ud800", "ab"), (8.0, "8"),
        (datetime(2024, 8, 31), "2024-08-31"), ("长" * 200 + "\r\n终", "长" * 200 + "\n终"), (" " + "长" * 200 + "\x01", "长" * 200),
    ],
)  # fmt: skip
def test_words_are_kept_as_written_without_what_cannot_be_stored(value: Any, words: str) -> None:
    assert read_words(value) == words


def test_a_cell_holds_so_many_units_and_no_more() -> None:
    assert not is_too_long("长" * LONGEST_TEXT)
    assert is_too_long("长" * (LONGEST_TEXT + 1))
    assert is_too_long("𠮷" * (LONGEST_TEXT // 2 + 1))
    assert not is_too_long("𠮷" * (LONGEST_TEXT // 2))
    assert is_too_long("\ud800" * (LONGEST_TEXT + 1))
    assert not is_too_long(10**40)
