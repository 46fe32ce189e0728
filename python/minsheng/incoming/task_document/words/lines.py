"""A line of text: taken apart at its labels ("责任领导：甲，责任单位：乙", "（2）责任人：丙", "〔责任单位〕丁"), or read as a numbered
line that may open a project ("1.★为…", "（三）…", "十二、…", "第4项 …", "一是…").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ....cells.labels import fold
from ....cells.numbers import chinese_integer
from ....domain.month_phrase import MONTH_PHRASE, read_month_phrase
from .labels import NAMED, Label, roles_of

__all__ = [
    "SERIAL",
    "Heading",
    "LabelledText",
    "opens_with_label",
    "read_heading",
    "read_title",
    "split_labels",
    "unwrapped",
]

#: (label, or None for text before or without one; the label as printed; its text)
LabelledText = tuple[Label | None, str, str]

_COLON: Final = re.compile("[：:]")
_MARK: Final = re.compile(
    r"[\s●◆■◇□▲•·◎○*—–-]{0,8}(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|[①-⑳])?[\s●◆■•·]{0,4}"
)
_BRACKETED: Final = re.compile(r"[【\[〔](?P<label>[\u4e00-\u9fff、及和与/ ]{2,14})[】\]〕]\s{0,4}[：:]?")
_SPACED: Final = re.compile(r"(?P<label>[\u4e00-\u9fff]{2,8})[ \t\u3000]{1,8}(?=\S)")
_BETWEEN: Final = re.compile(r"(?<=[ \t\u3000])(?P<label>[\u4e00-\u9fff]{3,8})[ \t\u3000]{1,8}(?=\S)")
_WORDS_BACK: Final = re.compile(r"[\u4e00-\u9fff、及和与/ \t]{0,24}$")
#: What stands behind a label 单位 that is no unit of measure.
_OFFICE: Final = re.compile(
    r"\s{0,4}[县市区州省镇乡][\u4e00-\u9fff]{1,16}(?:局|委|办|委员会|中心|公司|政府|部|会|院|站|处|所|队)(?![\u4e00-\u9fff])"
)
_CAPTION: Final = re.compile(r"[（(][^（）()：:]{0,12}[）)]\s{0,4}$")
#: A label, with a bracket inside perhaps: 各镇（街道）任务.
_PLAIN: Final = re.compile(
    r"[\u4e00-\u9fff、及和与/ \t]+(?:[（(][\u4e00-\u9fff、]{1,8}[）)][\u4e00-\u9fff]{1,6})?"
)
_UNKNOWN: Final = re.compile(r"(?P<label>[\u4e00-\u9fff]{2,8})\s{0,4}[：:]")
_NOT_A_LABEL: Final = re.compile(
    r"附[表件录]|其中|包括|例如|即|如下|分别|完成|重点|确保|明确|落实到|第.{1,3}(?:阶段|季度)|阶段$"
)
_NO_ROLE: Final = re.compile(r"其中|包括|例如|如下|分别|确保|明确|落实到")
_ALONE: Final = re.compile(r"(?P<label>[^（()）：:\d]{2,24}?)(?P<more>[（(][^（()）]{1,12}[）)])?[：:]?")
_ENDS: Final = " \t\u3000，,、；;"
_ANYWHERE: Final = NAMED | {Label.ALLOCATION, Label.SCHEDULE, Label.REMARK}
_BEFORE: Final = "。；;，,、|｜（(：: \t\u3000"
#: What counts the rows of a list: 12, 012, ZS-12.
SERIAL: Final = re.compile(r"(?:[A-Za-z]{1,8}[-—._]?)?0{0,3}(?P<number>\d{1,4})")
_CHINESE: Final = r"[一二三四五六七八九十百]{1,5}"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
#: The ways in which offices print the star of a provincial project.
_STARS: Final = "★☆*＊▲△"
_GAP: Final = r"\s{0,4}"
#: What makes "3.5 公里" a length and no number 5 of chapter 3.
_MEASURE: Final = r"\s|公里|千米|平方|立方|公顷|米|亩|吨|元|万|亿|千瓦|兆瓦|个百分点|年|月|日|前|[%％]"
#: Families of numbering: a document numbers its projects in one of them and perhaps its chapters in another.
_FAMILIES: Final = (
    ("parted", rf"\d{{1,2}}-(?P<number>\d{{1,3}})(?:{_GAP}[.、)）。：:]{_GAP}|\s{{1,4}}(?!\d))"),
    ("dotted", rf"\d{{1,2}}[.．](?P<number>\d{{1,3}})(?:、|\s{{1,4}})(?!\d|{_MEASURE})"),
    ("plain", rf"(?P<number>\d{{1,3}})(?:{_GAP}[.、)）。：:]{_GAP}|\s{{1,4}}(?!\d)|(?=[★☆]))"),
    ("bracketed", rf"[（(](?P<number>\d{{1,3}}|{_CHINESE})[)）]{_GAP}[.、]?{_GAP}"),
    ("boxed", rf"[【\[〔]{_GAP}(?P<number>\d{{1,3}}|{_CHINESE}){_GAP}[】\]〕]{_GAP}[.、：:]?{_GAP}"),
    ("chinese", rf"(?P<number>{_CHINESE})(?:{_GAP}[、.．：:]{_GAP}|\s{{1,4}})"),
    ("spoken", rf"(?P<number>{_CHINESE})是(?![否的非])"),
    ("ordinal", rf"第{_GAP}(?P<number>\d{{1,3}}|{_CHINESE}){_GAP}[项件](?:实事)?{_GAP}[：:、.．\s]{_GAP}"),
    ("named", rf"(?:民生|重点)?(?:实事项目|实事|项目|工程|任务|事项){_GAP}(?P<number>\d{{1,3}}|{_CHINESE}){_GAP}[：:、.．\s]{_GAP}"),
    ("coded", rf"(?:[Nn][Oo]{_GAP}[.．]?|№){_GAP}(?P<number>\d{{1,3}})(?:{_GAP}[：:、.．)）]{_GAP}|\s{{1,4}})(?!\d)"),
    ("lettered", rf"[A-Z]{{1,3}}-?0{{0,2}}(?P<number>\d{{1,3}}){_GAP}[：:、)）]{_GAP}"),
    ("circled", rf"(?P<number>[{_CIRCLED}]){_GAP}[、.]?{_GAP}"),
)  # fmt: skip
_PATTERNS: Final = tuple(
    (family, re.compile(rf"{_GAP}(?P<before>[{_STARS}]{_GAP})?{number}(?P<title>\S.*)", re.DOTALL))
    for family, number in _FAMILIES
)
#: In every family a number stands near the beginning: no other line needs to be tried.
_COUNTS: Final = re.compile(rf"[\d一二三四五六七八九十百{_CIRCLED}]")
_NEAR: Final = 24
_OPENS_NODE: Final = re.compile(rf"[{_STARS}]?{MONTH_PHRASE}")
_WORDS: Final = re.compile(r"[\u4e00-\u9fff]")
_DECIMAL: Final = re.compile(r"\d+\.\d")
_STARRED: Final = re.compile(
    rf"[（(【\[〔]\s?(?:[{_STARS}]|省|省级|省定|省民生实事|省政府民生实事)\s?[)）】\]〕]"
)
_BLANKS: Final = " \t\u3000\xa0"


def unwrapped(line: str) -> tuple[str, ...]:
    """A line whose labels stand in brackets at its end, "新建公厕20座（责任单位：县住建局）", as two lines."""
    folded = fold(line).rstrip("。；; \t\u3000")
    if not folded.endswith(("）", ")")):
        return (line,)
    depth, at = 0, len(folded)
    for index in range(len(folded) - 1, -1, -1):
        depth += (folded[index] in "）)") - (folded[index] in "（(")
        if depth == 0:
            at = index
            break
    inside = folded[at + 1 : -1]
    colon = re.search("[：:]", inside[:30])
    if colon is None or not set(roles_of(inside[: colon.start()])) & _ANYWHERE:
        return (line,)
    return (line[:at], line[at + 1 : len(folded) - 1])


def opens_with_label(line: str) -> bool:
    """Whether a line opens with a label of a project, after a mark or a number perhaps: "（1）责任领导：王甲"."""
    folded = fold(line[:60])
    mark = _MARK.match(folded)
    return _at_start(folded, mark.end() if mark else 0) is not None


def split_labels(line: str) -> list[LabelledText]:
    """A line as (label, label as printed, text) pieces in order. A label of several roles comes once for each, with the
    whole text. A label that is none of the known ones is Label.OTHER."""
    folded = fold(line)
    mark = _MARK.match(folded)
    found: list[tuple[int, int, str]] = []
    for start in dict.fromkeys((mark.end() if mark else 0, 0)):
        first = _at_start(folded, start)
        if first is not None:
            found.append((0, *first))
            break
    found += _within(folded, found[0][1] if found else 0)
    if not found:
        return [_without(line, folded)]
    pieces: list[LabelledText] = []
    if before := line[: found[0][0]].strip(_ENDS):
        pieces.append((None, "", before))
    for index, (_, end, printed) in enumerate(found):
        until = found[index + 1][0] if index + 1 < len(found) else len(line)
        text = line[end:until].strip(_ENDS if index + 1 < len(found) else None)
        pieces += [(role, printed, text) for role in roles_of(printed)]
    return pieces


def _at_start(folded: str, start: int) -> tuple[int, str] | None:
    """Where a known label at ``start`` ends, and its words."""
    bracketed = _BRACKETED.match(folded, start)
    if bracketed is not None and set(roles_of(bracketed["label"])) - {Label.OTHER}:
        return bracketed.end(), _squeezed(bracketed["label"])
    colon = next((at for at in range(start, min(len(folded), start + 30)) if folded[at] in "：:"), None)
    if colon is not None:
        words = _CAPTION.sub("", folded[start:colon])
        if _PLAIN.fullmatch(words) and roles_of(words):
            return colon + 1, _squeezed(folded[start:colon])
    spaced = _SPACED.match(folded, start)
    if spaced is not None and set(roles_of(spaced["label"])) & NAMED:
        return spaced.end(), spaced["label"]
    return None


def _within(folded: str, after: int) -> list[tuple[int, int, str]]:
    """(start, end, words) of the labels behind ``after``: each ends in a colon, or stands in brackets."""
    found = [
        (match.start(), match.end(), _squeezed(match["label"]))
        for match in _BRACKETED.finditer(folded, after)
        if set(roles_of(match["label"])) & _ANYWHERE
    ]
    if "：" not in folded and ":" not in folded:  # "分管领导 林涛 责任单位 县综合执法局"
        found += [
            (match.start(), match.end(), match["label"])
            for match in _BETWEEN.finditer(folded, after)
            if set(roles_of(match["label"])) & NAMED
        ]
    covered = {at for start, end, _ in found for at in range(start, end)}
    for match in _COLON.finditer(folded, after):
        colon = match.start()
        label = _before_colon(folded, after, colon)
        if label is not None and label[0] not in covered:
            found.append((label[0], colon + 1, label[1]))
    return sorted(found)


def _before_colon(folded: str, after: int, colon: int) -> tuple[int, str] | None:
    """The shortest run of words before a colon that is a label, and where it starts."""
    window = folded[max(after, colon - 40) : colon]
    window = window[: len(window) - len(caption.group())] if (caption := _CAPTION.search(window)) else window
    base = max(after, colon - 40)
    words = _WORDS_BACK.search(window)
    assert words is not None
    starts = [words.start()] + [
        at + 1 for at in range(words.start(), len(window)) if window[at] in " \t、" and at + 1 < len(window)
    ]
    if window.endswith("单位") and window[-3:-2] in ("", *_BEFORE) and _OFFICE.match(folded, colon + 1):
        return base + len(window) - 2, "责任单位"  # 领导：鲁平　单位：县水务局
    for start in reversed(starts):
        before = window[start - 1] if start else (folded[base - 1] if base else "\n")
        text = window[start:]
        if (
            (before in _BEFORE or base + start == after)
            and set(roles_of(text)) & _ANYWHERE
            and not _NO_ROLE.search(text)
        ):
            return _widened(window, start, starts) + base, _squeezed(
                window[_widened(window, start, starts) :]
            )
    return None


def _widened(window: str, start: int, starts: list[int]) -> int:
    """责任单位、责任人：belong together."""
    for earlier in reversed([at for at in starts if at < start]):
        if window[start - 1] == "、" and len(roles_of(window[earlier:])) > 1:
            return earlier
    return start


def _without(line: str, folded: str) -> LabelledText:
    words = folded.strip()
    mark = _MARK.match(words)
    if len(words) <= 60 and (alone := _ALONE.fullmatch(words, mark.end() if mark else 0)):
        roles = roles_of(alone["label"])
        if roles and roles[0] in (Label.ALLOCATION, Label.SCHEDULE) and len(_squeezed(alone["label"])) <= 6:
            return roles[0], _squeezed(alone["label"]), alone["more"] or ""
    start = len(folded) - len(folded.lstrip())
    unknown = _UNKNOWN.match(folded, start)
    if unknown and not _NOT_A_LABEL.search(unknown["label"]) and read_month_phrase(unknown["label"]) is None:
        return Label.OTHER, unknown["label"], line[unknown.end() :].strip()
    return None, "", line.strip()


def _squeezed(text: str) -> str:
    return "".join(text.split())


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
    if _COUNTS.search(folded[:_NEAR]) is None or opens_with_label(line):
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
            doubtful=(family != "dotted" and bool(_DECIMAL.match(folded))) or bool(_OPENS_NODE.match(words)),
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
            _STARRED.match(bare),
            next((m for m in _STARRED.finditer(bare[-12:]) if bare.endswith(m.group())), None),
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
