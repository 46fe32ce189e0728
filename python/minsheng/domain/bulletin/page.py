"""What stands on the page of a 通报: whole sentences and table rows, as the template asks for them, and how numbers read
there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ..quantity import PERCENT, number_words, plain, round_half_up

__all__ = [
    "AnnexRow",
    "Bulletin",
    "LateItem",
    "RankRow",
    "Section",
    "amount",
    "gap",
    "numbered",
    "ordinal",
    "share",
]

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class LateItem:
    """A late project: ``heading`` (second level, （一）…) runs on into ``words`` in the same paragraph."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """``heading`` is of the first level (一、…); ``paragraphs`` stand before the ``late`` ones."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    late: tuple[LateItem, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A project of 附件1. Quantities carry their unit; — where there is none."""

    number: int
    title: str
    lead_unit: str
    target: str
    plan: str
    actual: str
    rate: str
    status: str


@dataclass(frozen=True, slots=True)
class RankRow:
    """A township of 附件2: ``rank`` with ties sharing one, ``projects`` it is ranked on, ``behind`` of them below pace."""

    rank: int
    unit: str
    projects: int
    behind: int
    score: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    """``title_lines`` break the title where it reads well. ``ranking`` is empty where there is nothing to rank; then
    there is one annex, without a number."""

    title_lines: tuple[str, ...]
    addressees: str
    sections: tuple[Section, ...]
    annex: tuple[AnnexRow, ...]
    ranking: tuple[RankRow, ...]
    date: str

    @property
    def title(self) -> str:
        """The title on one line."""
        return "".join(self.title_lines)


def share(part: Decimal | int, whole: Decimal | int) -> str:
    """``part`` of ``whole`` (not 0) in percent, one decimal, rounded once, half up: ``33.3%``."""
    return f"{plain(round_half_up(Decimal(100 * part) / whole, 1))}%"


def amount(value: Decimal, unit: str) -> str:
    """A quantity as it stands in the master: ``61600人``."""
    return f"{plain(value)}{unit}"


def gap(value: Decimal, unit: str) -> str:
    """A difference: of percentages in 百分点, else in the unit itself; exact to two decimals."""
    return f"{number_words(value)}{'个百分点' if unit == PERCENT else unit}"


def numbered(projects: Iterable[int]) -> str:
    """Projects by number: ``第3项、第12项``. Bare digits between 、 would tear or stretch a justified line."""
    return "、".join(f"第{number}项" for number in projects)


def ordinal(number: int) -> str:
    """A heading's number, 1 to 999: 一, 十, 十一, 二十三, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")
