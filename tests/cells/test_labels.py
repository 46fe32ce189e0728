"""Labels, titles and names are compared without what a person does not see or does not mean."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.cells.labels import fold, label, letters_alone, stripped


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("本月累计", "本月累计"), (" 本月\n累计\u3000", "本月累计"), ("７月", "7月"), ("本\u200b月累计", "本月累计"), ("序 号：", "序号:"),
        ("\u00ad本月累计\ufeff", "本月累计"), ("−3", "-3"), ("长" * 70 + " 名", "长" * 70 + "名"), ("长 " * 30, "长" * 30), ("长 " * 29, "长" * 29), (None, ""), (7.0, ""), ("", ""),
    ],
)  # fmt: skip
def test_a_label_is_found_however_it_is_spaced(value: Any, words: str) -> None:
    assert label(value) == words


def test_what_stands_between_words_stays_when_only_the_ends_are_stripped() -> None:
    assert stripped("\u3000１,２00 人 \n") == "1,200 人"
    assert stripped("5²①") == "5²①", "other signs are not turned into digits"


def test_a_sentence_keeps_its_punctuation_and_its_places() -> None:
    assert fold("１—3月，完成５0％（含Ａ）；①∶²") == "1—3月，完成50%（含A）；①：²"


@given(st.text(max_size=60))
def test_every_character_of_a_folded_sentence_keeps_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=80))
def test_a_label_of_a_label_is_itself(text: str) -> None:
    once = label(text)
    assert label(once) == once
    assert not any(character.isspace() for character in once)


@pytest.mark.parametrize(
    "title",
    [
        "新增停车位500个",
        "新增 停车位５００个。",
        "新增（停车位）500·个",
        "\n新增停車位500个".replace("車", "车"),
        "新增停⻋位500个".replace("⻋", "车"),
    ],
)
def test_titles_that_differ_in_punctuation_alone_are_one(title: str) -> None:
    assert letters_alone(title) == "新增停车位500个"


def test_titles_that_differ_in_a_letter_or_number_are_two() -> None:
    assert len({letters_alone(title) for title in ("停车位500个", "停车位50个", "停车位500处")}) == 3
    assert letters_alone("⽉份") == "月份", (
        "radicals that come out of a PDF are the characters they look like"
    )
