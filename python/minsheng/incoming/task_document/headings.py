"""Numbered lines that may open a project: "1.★为…", "（三）…", "十二、…", "第4项 …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ...cells.labels import fold
from ...cells.numbers import chinese_integer
from ...domain.month_phrase import MONTH_PHRASE

__all__ = ["Heading", "read_heading", "read_title"]

_CHINESE: Final = r"[一二三四五六七八九十百]{1,5}"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STAR: Final = "★"
#: Families of numbering: a document numbers its projects in one of them and perhaps its chapters in another.
_FAMILIES: Final = (
    ("plain", r"(?P<number>\d{1,3})(?:\s*[.、)）]\s*|\s+(?!\d)|(?=★))"),
    ("bracketed", rf"[（(](?P<number>\d{{1,3}}|{_CHINESE})[)）]\s*[.、]?\s*"),
    ("chinese", rf"(?P<number>{_CHINESE})\s*[、.．]\s*"),
    ("ordinal", rf"第\s*(?P<number>\d{{1,3}}|{_CHINESE})\s*[项件](?:实事)?\s*[：:、.．\s]\s*"),
    ("named", rf"(?:项目|实事|实事项目)\s*(?P<number>\d{{1,3}}|{_CHINESE})\s*[：:、.．\s]\s*"),
    ("circled", rf"(?P<number>[{_CIRCLED}])\s*[、.]?\s*"),
)  # fmt: skip
_PATTERNS: Final = tuple(
    (family, re.compile(rf"\s*(?P<before>{_STAR}\s*)?{number}(?P<title>.+)", re.DOTALL))
    for family, number in _FAMILIES
)
_OPENS_NODE: Final = re.compile(rf"[{_STAR}\s]*{MONTH_PHRASE}")
_WORDS: Final = re.compile(r"[\u4e00-\u9fff]")
_DECIMAL: Final = re.compile(r"\s*\d+\.\d")


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered line. ``family`` is the way of numbering; ``printed`` the whole line. "8.10个学校" is ``doubtful``: it
    may be number 8 and a title, or a line that goes on with 8.10."""

    number: int
    family: str
    starred: bool
    title: str
    printed: str
    doubtful: bool = False


def read_heading(line: str) -> Heading | None:
    """The line as a numbered heading, or None. A line that opens with months is a node, and one of digits a table's."""
    folded = fold(line)
    for family, pattern in _PATTERNS:
        match = pattern.fullmatch(folded)
        if match is None:
            continue
        words = match["title"]
        if len(_WORDS.findall(words)) < 2 or _OPENS_NODE.match(words):
            return None
        starred, title = read_title(line[match.start("title") :])
        return Heading(
            number=_number(match["number"]),
            family=family,
            starred=starred or bool(match["before"]),
            title=title,
            printed=line.strip(),
            doubtful=bool(_DECIMAL.match(folded)),
        )
    return None


def read_title(text: str) -> tuple[bool, str]:
    """Whether a ★ stands at either end, and the title without it and without the final 。"""
    title = text.strip()
    starred = title.startswith(_STAR) or title.endswith(_STAR)
    title = title.strip(_STAR + " \t\u3000").rstrip("。；; ")
    return starred, title.strip(_STAR + " \t\u3000")


def _number(text: str) -> int:
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    return int(text) if text.isdigit() else chinese_integer(text) or 0
