"""Month phrases of a 进度安排: "1—3月份", "11月", "一季度", "上半年", "3月底前"."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["read_month_phrase"]

_DASH = "[-—–－~～至到]+"
_MONTHS = re.compile(rf"(?:(?P<first>\d{{1,2}})月?份?{_DASH})?(?P<last>\d{{1,2}})月份?(?:底|末)?(?:之?前)?")
_QUARTER = re.compile(r"第?([一二三四1-4])季度(?:末|底)?(?:之?前)?")
_SPANS = {
    "上半年": (1, 6), "下半年": (7, 12), "全年": (1, 12), "年底": (1, 12), "年底前": (1, 12), "年末": (1, 12), "年内": (1, 12),
}  # fmt: skip


def read_month_phrase(phrase: str) -> tuple[int, int] | None:
    """The first and last month that a whole phrase names, as printed (13月 gives 13: the caller judges); None where it
    names none. "3月底前" is (3, 3)."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", phrase)).removeprefix("到")
    text = re.sub(r"^(?:\d{4}年|今年|当年)", "", text)
    if match := _MONTHS.fullmatch(text):
        last = int(match["last"])
        return (int(match["first"]) if match["first"] else last, last)
    if match := _QUARTER.fullmatch(text):
        quarter = "一二三四".find(match[1]) + 1 or int(match[1])
        return (3 * quarter - 2, 3 * quarter)
    return _SPANS.get(text)
