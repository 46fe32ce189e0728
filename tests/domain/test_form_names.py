"""Names of forms that every system takes, and takes for different ones."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minsheng.domain.form_file import SEAL_KEYS, Seal, form_names, reply_names
from minsheng.domain.period import Period
from minsheng.domain.project import ReportingUnit, UnitKind

JUNE = Period(2024, 6)
RESERVED = {
    "CON",
    "PRN",
    "AUX",
    "NUL",
    *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10)),
}


def named(*names: str) -> list[str]:
    found = form_names([ReportingUnit(name, UnitKind.BUREAU) for name in names], JUNE)
    assert list(found) == list(dict.fromkeys(names))
    return list(found.values())


def test_an_ordinary_name_stands_as_it_is() -> None:
    assert named("石浦", "县住建局") == ["石浦_2024年06月_填报表.xlsx", "县住建局_2024年06月_填报表.xlsx"]


def test_what_one_file_system_takes_for_another_gets_a_number() -> None:
    assert named("ABC", "abc", "Ａbc") == [
        "ABC_2024年06月_填报表.xlsx",
        "abc（2）_2024年06月_填报表.xlsx",
        "Ａbc（3）_2024年06月_填报表.xlsx",
    ]
    assert (
        len({name.casefold() for name in named("甲/乙", "甲／乙", "甲", "甲 ", "甲.", "甲（2）", "甲?")}) == 7
    )


SEAL = Seal("石浦", JUNE, "0123456789ab")
WORDS = dict(zip(SEAL_KEYS, ("石浦", "2024-06", "2024", "0123456789ab", "1"), strict=True))


def test_a_seal_is_read_as_it_was_set() -> None:
    assert SEAL.as_words() == WORDS
    assert Seal.from_words({key: f" {word}\n" for key, word in WORDS.items()}) == SEAL
    assert Seal.from_words(WORDS | {"表式版本": "2"}) == Seal("石浦", JUNE, "0123456789ab", "2")


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("填报单位", ""),
        ("总表编号", ""),
        ("报送月份", ""),
        ("报送月份", "2024-13"),
        ("年度", "2023"),
        ("年度", ""),
    ],
)
def test_a_seal_that_says_too_little_or_two_things_is_none(key: str, word: str) -> None:
    assert Seal.from_words(WORDS | {key: word}) is None
    assert Seal.from_words({other: each for other, each in WORDS.items() if other != key}) is None


def test_a_reply_has_two_files_named_like_the_form() -> None:
    units = [ReportingUnit(name, UnitKind.BUREAU) for name in ("abc", "ABC")]
    assert reply_names(units, JUNE) == {
        "abc": ("abc_2024年06月_反馈单.xlsx", "abc_2024年06月_反馈单.txt"),
        "ABC": ("ABC（2）_2024年06月_反馈单.xlsx", "ABC（2）_2024年06月_反馈单.txt"),
    }


@given(st.lists(st.text(), unique=True, max_size=8))
@example(["", " ", "..", "\ud800", "\x00"])
@example(["CON", "NUL.txt", "com1.a", "~$甲", ".甲", "=甲", "-甲", "\u202e甲"])
@example(["很长" * 200, "很长" * 201, "\U0001f600" * 90])
def test_names_are_distinct_and_valid_everywhere(names: list[str]) -> None:
    files = named(*names)
    assert len({unicodedata.normalize("NFC", file).casefold() for file in files}) == len(names)
    for file in files:
        assert not set('\\/:*?"<>|') & set(file)
        assert all(ord(sign) >= 32 for sign in file)
        assert file.partition(".")[0].rstrip().upper() not in RESERVED
        assert not file.startswith((".", "~$", " "))
        assert len(file.encode()) <= 143
