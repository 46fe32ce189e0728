"""Month phrases of a 进度安排: "1—3月份", "11月", "一季度", "上半年", "3月底前", "十月份"."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["MONTH_PHRASE", "read_month_phrase"]

_CHINESE = {name: value for value, name in enumerate("一二三四五六七八九十", start=1)} | {
    "元": 1, "十一": 11, "十二": 12,
}  # fmt: skip
_YEAR = r"(?:\d{4}年|今年|本年|当年)"
_MONTH = r"(?:\d{1,2}|十[一二]|[一二三四五六七八九十元])"
_QUARTER = r"[一二三四1-4]"
_JOIN = r"(?:[-‐‑‒—–－―─~～∼至到]+|[、和及])"
# "中标" and "前期" are words of their own: 3月中标, 9月前期工作.
_END = r"(?:\d{1,2}[日号](?!\d)|上旬|中旬|下旬|底|末|初|中(?![标期小学]))?(?:之前|以前|前(?![期置后往沿提]))?"
_MONTHS = (
    rf"{_MONTH}(?:月份?{_END})?(?:{_JOIN}{_YEAR}?{_MONTH}(?:月份?{_END})?)*(?<=[月份旬底末初中前日号]){_END}"
)
_QUARTERS = rf"(?:前[二三两2-3]个?|第?{_QUARTER}(?:{_JOIN}第?{_QUARTER})*)季度(?:底|末)?(?:之?前)?"
_SPANS = {
    "上半年": (1, 6), "下半年": (7, 12), "全年": (1, 12), "年底": (1, 12), "年末": (1, 12), "年内": (1, 12),
}  # fmt: skip
_SPAN = rf"(?:{_YEAR}?(?:上半年|下半年|全年|年底|年末|年内)|\d{{4}}年[底末内])(?:之前|以前|前(?!期))?"

#: Source of a regular expression that finds a phrase in NFKC text, at the place where a clause begins.
MONTH_PHRASE = rf"(?:截至|截止|到|至|于|在)?(?:{_SPAN}|{_YEAR}?(?:{_MONTHS}|{_QUARTERS}))"

_WHOLE = re.compile(MONTH_PHRASE)
_NAMED_MONTH = re.compile(rf"({_MONTH})(?=月|{_JOIN})")


def read_month_phrase(phrase: str) -> tuple[int, int] | None:
    """The first and last month that a whole phrase names, as printed (13月 gives 13: the caller judges); None where it
    names none. "3月底前" is (3, 3), "3月、6月" is (3, 6)."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", phrase))
    if not _WHOLE.fullmatch(text):
        return None
    for span, months in _SPANS.items():
        if span in text:
            return months
    text = re.sub(_YEAR, "", text)
    if "季度" in text:
        quarters = [_number(name) for name in re.findall(_QUARTER, text.replace("两", "二"))]
        first = 1 if "前" in text.split("季度")[0] else quarters[0]
        return (3 * first - 2, 3 * quarters[-1])
    named = [_number(name) for name in _NAMED_MONTH.findall(re.sub(r"\d{1,2}[日号]", "", text))]
    return (named[0], named[-1])


def _number(name: str) -> int:
    return _CHINESE.get(name) or int(name)
