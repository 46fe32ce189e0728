"""Month phrases of a 进度安排: "1—3月份", "11月", "一季度", "上半年", "3月底前", "十月份"."""

from __future__ import annotations

import re
from functools import lru_cache

from ..cells.labels import label

__all__ = ["MONTH_PHRASE", "read_month_phrase"]

_CHINESE = {name: value for value, name in enumerate("一二三四五六七八九十", start=1)} | {
    "元": 1, "十一": 11, "十二": 12,
}  # fmt: skip
# Offices put a blank here and there: "12 月底前", "2024 年 6 月".
_GAP = r"\s{0,3}"
_YEAR = rf"(?:\d{{4}}{_GAP}年{_GAP}|今年|本年|当年)"
_MONTH = r"(?:\d{1,2}|十[一二]|[一二三四五六七八九十元])"
_QUARTER = r"[一二三四1-4]"
_JOIN = rf"{_GAP}(?:[-‐‑‒—–－―─~～∼至到]{{1,3}}|[、和及]){_GAP}"
# "中标" and "前期" are words of their own: 3月中标, 9月前期工作.
_BEFORE = r"(?:之前|以前|前(?![期置后往沿提]))"
_END = rf"{_GAP}(?:\d{{1,2}}{_GAP}[日号](?!\d)|上旬|中旬|下旬|底|末|初|中(?![标期小学]))?{_BEFORE}?"
_NAME = rf"{_GAP}月份?"
_MONTHS = rf"{_MONTH}(?:{_NAME}{_END})?(?:{_JOIN}{_YEAR}?{_MONTH}(?:{_NAME}{_END})?){{0,12}}(?<=[月份旬底末初中前日号]){_END}"
_QUARTERS = (
    rf"(?:前[二三两2-3]个?|第?{_QUARTER}(?:{_JOIN}第?{_QUARTER}){{0,3}}){_GAP}季度(?:底|末)?(?:之?前)?"
)
# 2024.6.30前, 2024-06-30, 2024/06, 2024.01-2024.12, and without the year only with 前: 6.30前.
#: 1900.01公里 is a length, no January.
_NO_LENGTH = r"(?!\s*(?:公里|千米|平方|立方|公顷|米|亩|吨|元|万|亿|千瓦|兆瓦|小时|人|户|名|个|处|座|%|％))"
_DATE = rf"(?:19|20|21)\d{{2}}[./-]\d{{1,2}}(?:[./-]\d{{1,2}}日?)?(?![\d.]){_NO_LENGTH}"
_DATES = rf"(?:{_DATE}(?:{_JOIN}{_DATE})?{_BEFORE}?|\d{{1,2}}[./]\d{{1,2}}日?{_BEFORE}|[Qq][1-4](?:{_JOIN}[Qq][1-4])?(?![\dA-Za-z]))"
_SPANS = {
    "上半年": (1, 6), "下半年": (7, 12), "全年": (1, 12), "年底": (1, 12), "年末": (1, 12), "年内": (1, 12),
}  # fmt: skip
_SPAN = rf"(?:{_YEAR}?(?:上半年|下半年|全年|年底|年末|年内)|\d{{4}}年[底末内])(?:之前|以前|前(?!期))?"

#: Source of a regular expression that finds a phrase in folded text, at the place where a clause begins.
MONTH_PHRASE = rf"(?:截至|截止|到|至|于|在)?{_GAP}(?:{_SPAN}|{_DATES}|{_YEAR}?(?:{_MONTHS}|{_QUARTERS}))"

#: Both are compiled when the first phrase is read: no other expression of a click takes as long.
_NAMED_MONTH = rf"({_MONTH})(?=月|{_JOIN})"
_LONGEST = 80
#: No date, but the whole year: it stands in the place of one.
_STANDING = r"(?:长期|常年|全年|持续|常态化)(?:坚持|推进|开展|实施|落实|执行){0,2}"


def read_month_phrase(phrase: str) -> tuple[int, int] | None:
    """The first and last month that a whole phrase names, as printed (13月 gives 13: the caller judges); None where it
    names none. "3月底前" is (3, 3), "3月、6月" is (3, 6), "2024.6.30前" is (6, 6), "Q2" is (4, 6),
    and 长期坚持 in the place of a time (1, 12)."""
    return None if len(phrase) > _LONGEST else _months_of(phrase)


@lru_cache(maxsize=4096)
def _months_of(phrase: str) -> tuple[int, int] | None:
    """Kept, because a document is asked for the same words many times."""
    text = label(phrase)
    if not re.fullmatch(MONTH_PHRASE, text):
        return (1, 12) if re.fullmatch(_STANDING, text) else None
    if (dated := _of_dates(text)) is not None:
        return dated
    for span, months in _SPANS.items():
        if span in text:
            return months
    text = re.sub(_YEAR, "", text)
    if "季度" in text:
        quarters = [_number(name) for name in re.findall(_QUARTER, text.replace("两", "二"))]
        first = 1 if "前" in text.split("季度")[0] else quarters[0]
        return (3 * first - 2, 3 * quarters[-1])
    named = [_number(name) for name in re.findall(_NAMED_MONTH, re.sub(r"\d{1,2}[日号]", "", text))]
    return (named[0], named[-1])


def _of_dates(text: str) -> tuple[int, int] | None:
    """Months of a phrase in digits: 2024-06-30, 2024.01-2024.12, 6.30前, Q2."""
    if quarters := re.findall(r"[Qq]([1-4])", text):
        return (3 * int(quarters[0]) - 2, 3 * int(quarters[-1]))
    if months := re.findall(r"(?:19|20|21)\d{2}[./-](\d{1,2})", text):
        return (int(months[0]), int(months[-1]))
    short = re.match(r"\D*(\d{1,2})[./]\d{1,2}(?!\d)", text)
    return (int(short[1]),) * 2 if short and "月" not in text else None


def _number(name: str) -> int:
    return _CHINESE.get(name) or int(name)
