"""Names of forms that every system takes, and takes for different ones."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from minsheng.domain.form_file import form_names
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
