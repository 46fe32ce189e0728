"""Numbered lines that may open a project: "1.★为…", "（三）…", "十二、…", "第4项 …", "一是…"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ...cells.labels import fold
from ...cells.numbers import chinese_integer
from ...domain.month_phrase import MONTH_PHRASE
from .label_lines import opens_with_label

__all__ = ["Heading", "read_heading", "read_title"]

_CHINESE: Final = r"[一二三四五六七八九十百]{1,5}"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
#: The ways in which offices print the star of a provincial project.
_STARS: Final = "★☆*＊▲△"
_GAP: Final = r"\s{0,4}"
#: Families of numbering: a document numbers its projects in one of them and perhaps its chapters in another.
_FAMILIES: Final = (
    ("parted", rf"\d{{1,2}}-(?P<number>\d{{1,3}})(?:{_GAP}[.、)）。：:]{_GAP}|\s{{1,4}}(?!\d))"),
    ("plain", rf"(?P<number>\d{{1,3}})(?:{_GAP}[.、)）。：:]{_GAP}|\s{{1,4}}(?!\d)|(?=[★☆]))"),
    ("bracketed", rf"[（(](?P<number>\d{{1,3}}|{_CHINESE})[)）]{_GAP}[.、]?{_GAP}"),
    ("boxed", rf"[【\[〔]{_GAP}(?P<number>\d{{1,3}}|{_CHINESE}){_GAP}[】\]〕]{_GAP}[.、：:]?{_GAP}"),
    ("chinese", rf"(?P<number>{_CHINESE}){_GAP}[、.．：:]{_GAP}"),
    ("spoken", rf"(?P<number>{_CHINESE})是(?![否的非])"),
    ("ordinal", rf"第{_GAP}(?P<number>\d{{1,3}}|{_CHINESE}){_GAP}[项件](?:实事)?{_GAP}[：:、.．\s]{_GAP}"),
    ("named", rf"(?:项目|实事|实事项目){_GAP}(?P<number>\d{{1,3}}|{_CHINESE}){_GAP}[：:、.．\s]{_GAP}"),
    ("circled", rf"(?P<number>[{_CIRCLED}]){_GAP}[、.]?{_GAP}"),
)  # fmt: skip
_PATTERNS: Final = tuple(
    (family, re.compile(rf"{_GAP}(?P<before>[{_STARS}]{_GAP})?{number}(?P<title>\S.*)", re.DOTALL))
    for family, number in _FAMILIES
)
_OPENS_NODE: Final = re.compile(rf"[{_STARS}]?{MONTH_PHRASE}")
_WORDS: Final = re.compile(r"[\u4e00-\u9fff]")
_DECIMAL: Final = re.compile(r"\d+\.\d")
_MARK: Final = re.compile(
    rf"[（(【\[〔]\s?(?:[{_STARS}]|省|省级|省定|省民生实事|省政府民生实事)\s?[)）】\]〕]"
)
_BLANKS: Final = " \t\u3000\xa0"


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered line. ``family`` is the way of numbering; ``printed`` the whole line. "8.10个学校" is ``doubtful``: it
    may be number 8 and a title, or a line that goes on with 8.10; so is "2、4月底前…", which may be a step."""

    number: int
    family: str
    starred: bool
    title: str
    printed: str
    doubtful: bool = False


def read_heading(line: str) -> Heading | None:
    """The line as a numbered heading, or None: a numbered label and a line of digits are none."""
    line = line.strip()
    folded = fold(line)
    if opens_with_label(line):
        return None
    for family, pattern in _PATTERNS:
        match = pattern.match(folded)
        if match is None:
            continue
        words = match["title"]
        if len(_WORDS.findall(words[:200])) < 2:
            return None
        starred, title = read_title(line[match.start("title") :])
        return Heading(
            number=_number(match["number"]),
            family=family,
            starred=starred or bool(match["before"]),
            title=title,
            printed=line,
            doubtful=bool(_DECIMAL.match(folded)) or bool(_OPENS_NODE.match(words)),
        )
    return None


def read_title(text: str) -> tuple[bool, str]:
    """Whether a mark of the provincial projects stands at either end, and the title without it and the final 。"""
    title, starred = text.strip(), False
    for _ in range(4):
        bare = title.strip(_STARS + _BLANKS).rstrip("。；; ")
        starred = (
            starred
            or title.strip(_BLANKS)[:1] in tuple(_STARS)
            or title.rstrip("。；; ")[-1:] in tuple(_STARS)
        )
        for mark in (
            _MARK.match(bare),
            next((m for m in _MARK.finditer(bare[-12:]) if bare.endswith(m.group())), None),
        ):
            if mark is not None and len(bare) > len(mark.group()):
                bare = (
                    bare.removeprefix(mark.group())
                    if bare.startswith(mark.group())
                    else bare.removesuffix(mark.group())
                )
                starred = True
        if bare == title:
            break
        title = bare
    return starred, title


def _number(text: str) -> int:
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    return int(text) if text.isdigit() else chinese_integer(text) or 0
