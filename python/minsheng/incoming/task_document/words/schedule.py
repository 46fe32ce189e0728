"""A 进度安排 cut into nodes: one per month phrase, whatever stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ....cells.labels import fold
from ....domain.month_phrase import MONTH_PHRASE

__all__ = ["NodeLine", "holds_months", "opens_with_months", "split_schedule", "times_in", "trimmed"]

_STEP: Final = r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[）)]|[①-⑳]|\d{1,2}[.．)）、]|[一二三四五六七八九十]{1,2}[是、]|[-•·●◆■—])"
_LINE_STEP: Final = re.compile(rf"\s{{0,8}}{_STEP}?\s{{0,8}}(?={MONTH_PHRASE})")
_PHRASE: Final = re.compile(rf"(?<![\dA-Za-z年个])(?:{MONTH_PHRASE})(?![起龄子饼刊])")
_ALL_YEAR: Final = re.compile(r"全年|年内")
_KEPT_UP: Final = re.compile(r"\s{0,3}(?:持续|保持|均|都|不|各|累计(?![^，。；;,\d]{0,12}\d))")
_NUMBERED_LINE: Final = re.compile(rf"\s{{0,8}}(\d{{1,2}})(?:、|[.．](?={MONTH_PHRASE}))")
#: What parts clauses; the stronger ones part what is said altogether.
_PARTS: Final = "。；;\n，,、：:→/|！!"
_STRONG: Final = "。；;\n：:！!"
#: Words before a time that say how sure it is or which step it is, and nothing of the work.
_LEADS: Final = re.compile(
    rf"(?:\s|{_STEP}|[（(【\[]|并|且|再|于|在|到|至|截至|截止|预计|力争|确保|计划|争取|原则上|拟|将|要|须|应|预期|其中|和|及|与|同时|最迟|务必|保证|"
    r"完成时限|时限|力求|第[一二三四五六七八九十\d]{1,2}(?:阶段|步)|阶段)*+"
)
_STAGE: Final = re.compile(r"[\u4e00-\u9fff]{1,6}阶段[（(]?")
_JOINS: Final = re.compile(r"(?:和|及|与|并|并于|预计|力争|确保|计划|争取|再)$")
_ENDS: Final = "。；;，,、：: \t\n\u3000→/|"
_LONGEST_TOPIC: Final = 12


@dataclass(frozen=True, slots=True)
class NodeLine:
    """One node as printed: its month phrase and its text. ``stated`` is what a column of its own gives as the number
    reached by then ("无" for none); empty where the number, if any, is in the text. ``topic`` is the part of the project
    that a list of nodes is headed with ("托位："), ``inside`` says that the time stood amid other words."""

    phrase: str
    text: str
    stated: str = ""
    topic: str = ""
    inside: bool = False


def split_schedule(text: str) -> tuple[list[NodeLine], list[str]]:
    """The nodes of a text, in order, and what stands in it without a time."""
    text = _without_line_numbers(text)
    folded = fold(text)
    found = [match for match in _PHRASE.finditer(folded) if not folded.startswith("的", match.end())]
    # "全年保持99%以上" alone is a when as well: there is no other.
    starts = [match for match in found if _begins_node(folded, match)] or found[:1]
    opened: list[_Opened] = []
    for match in starts:
        opened.append(_opened(folded, match, opened[-1] if opened else None))
    nodes = [
        _node(text, folded, node, opened[index + 1].start if index + 1 < len(opened) else len(text))
        for index, node in enumerate(opened)
    ]
    before = trimmed(text[: opened[0].start] if opened else text)
    return nodes, [before] if before else []


@dataclass(frozen=True, slots=True)
class _Opened:
    """Where a node begins, with the words before its time, and the time itself."""

    start: int
    before: int
    phrase: int
    end: int
    topic: str
    inside: bool


def _opened(folded: str, match: re.Match[str], last: _Opened | None) -> _Opened:
    floor = last.end if last else 0
    begin = next((at + 1 for at in range(match.start() - 1, floor - 1, -1) if folded[at] in _PARTS), floor)
    strong = begin == 0 or (begin > floor and folded[begin - 1] in _STRONG)
    words = folded[begin : match.start()]
    topic, start = _topic(folded, begin, floor, last)
    if begin == floor and last is not None:  # two times in one clause: the words between belong to the first
        joins = _JOINS.search(words.rstrip())
        start = begin + (joins.start() if joins else len(words))
        return _Opened(start, match.start(), match.start(), match.end(), topic, False)
    leads = _LEADS.match(words)
    assert leads is not None
    rest = begin + leads.end()
    if rest == match.start() or _STAGE.fullmatch(words.strip()):
        rest = match.start()
    return _Opened(start, rest, match.start(), match.end(), topic, not strong and rest < match.start())


def _topic(folded: str, begin: int, floor: int, last: _Opened | None) -> tuple[str, int]:
    """The heading of a list of nodes before ``begin`` ("2.托位："), and where it starts; else that of the node before in
    the same line."""
    if begin > floor and folded[begin - 1] in "：:":
        at = next(
            (i + 1 for i in range(begin - 2, max(floor, begin - 40) - 1, -1) if folded[i] in _PARTS), floor
        )
        words = folded[at : begin - 1]
        leads = _LEADS.match(words)
        name = words[leads.end() if leads else 0 :].strip()
        if 0 < len(name) <= _LONGEST_TOPIC and not re.search(r"\d|阶段|季度|月", name):
            return name, at
    if last is not None and last.topic and "\n" not in folded[last.end : begin]:
        return last.topic, begin
    return "", begin


def _node(text: str, folded: str, node: _Opened, end: int) -> NodeLine:
    phrase = text[node.phrase : node.end]
    before, after = text[node.before : node.phrase].strip(), text[node.end : end]
    if before.endswith(("（", "(")) or folded[max(0, node.phrase - 1)] in "（(":
        before = before.rstrip("（(")
        after = re.sub(r"^\s{0,4}[）)]", "", after)
    body = trimmed(before + after.strip() if before else after)
    if node.topic:
        body = f"{node.topic}：{body}"
    return NodeLine(phrase.strip(), body, topic=node.topic, inside=node.inside)


def _without_line_numbers(text: str) -> str:
    """Lines numbered "1、", "2、" lose their numbers: "2、4月份" is step 2 and April, not February and April."""
    lines = text.splitlines()
    numbered = [
        (index, match) for index, line in enumerate(lines) if (match := _NUMBERED_LINE.match(fold(line[:40])))
    ]
    if len(numbered) < 2 or [int(match[1]) for _, match in numbered] != list(range(1, len(numbered) + 1)):
        return text
    for index, match in numbered:
        lines[index] = lines[index][match.end() :]
    return "\n".join(lines)


def _begins_node(folded: str, match: re.Match[str]) -> bool:
    """ "全年持续保持" says how, not when; after a comma 全年 opens nothing."""
    if _ALL_YEAR.fullmatch(match.group().strip()) is None:
        return True
    before = folded[max(0, match.start() - 20) : match.start()].rstrip()
    return (not before or before[-1] in "。；;、：:") and _KEPT_UP.match(folded, match.end()) is None


def trimmed(text: str) -> str:
    """The words of a node in one line, without the marks and blanks around them."""
    return "".join(text.split("\n")).strip(_ENDS)


def opens_with_months(line: str) -> bool:
    """Whether a line opens with a month phrase, after a step's number perhaps."""
    return _LINE_STEP.match(fold(line[:80])) is not None


def holds_months(text: str) -> bool:
    """Whether a text names a month, a quarter or a date anywhere; 全年 and 年内 alone are none."""
    return any(not _ALL_YEAR.search(match.group()) for match in _PHRASE.finditer(fold(text)))


def times_in(folded: str) -> list[tuple[int, int]]:
    """Where a folded text names a month, a quarter or a date; the blanks around it are left out."""
    return [
        (match.start() + len(match.group()) - len(match.group().lstrip()), match.end())
        for match in _PHRASE.finditer(folded)
        if not _ALL_YEAR.search(match.group())
    ]
