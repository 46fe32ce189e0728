"""What the numbers in a node's text are said of: done by then, started, prepared, a part, a percentage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from ...cells.labels import fold
from ...domain.quantity import PERCENT
from ..numbers import Mention, find_mentions

__all__ = ["Said", "Sense", "bare_words", "is_in_brackets_of_a_number", "read_clauses", "says_all_is_done"]

_BREAK: Final = re.compile(
    r"[，；。;！!\n]|,(?!\d{3})|(?<=[\u4e00-\u9fff\d%])(?:并且|并|且)(?=[\u4e00-\u9fff])"
)
_START: Final = re.compile(r"开工|启动|动工|开建|开始|进场")
_DONE: Final = re.compile(r"累计|完成|建成|竣工|完工|投用|投入使用|达到|新增")
_PREPARATION: Final = re.compile(
    r"选址|招标|招投标|采购|方案|设计|调研|摸排|排摸|名单|签约|审批|立项|前期|踏勘|征集|报名|政策处理|征迁|交底|评审|可研|"
    r"初设|施工图|报备|储备|预算|审图|点位|许可"
)
_TOTAL: Final = re.compile(r"累计|共计|总计|合计|达到总数")
_ADDS: Final = re.compile(r"(?:再|另|又)(?:完成|新增|建成|增加|改造|新建|投用)")
_PART: Final = re.compile(r"其中|含|包括")
_NOT_WORDS: Final = re.compile(r"[^\u4e00-\u9fffA-Za-z]")
#: Words of progress that name no subject of their own.
_PLAIN_PROGRESS: Final = re.compile(
    r"累计|完成|达到|实现|总体|整体|全部|总量|工程量|工作量|任务量|总任务|目标任务|年度任务|全年任务|年度目标|目标|任务|形象|进度|工程|"
    r"项目|建设|施工|工作|计划|总|量|率|的|约|已|达|占|至|到"
)
_ALL: Final = re.compile(r"全部|全面")


class Sense(Enum):
    """What a number is said of."""

    DONE = auto()  # reached by then, or named without any other verb
    TOTAL = auto()  # 累计: reached by then, in so many words
    ADDED = auto()  # 再完成: on top of what stood before
    STARTED = auto()
    PREPARED = auto()
    PART = auto()  # 其中


@dataclass(frozen=True, slots=True)
class Said:
    """A number of a node, what is said of it, and the subject that stands before it in its clause.

    ``subject`` is without the plain words of progress; empty where the clause names none.
    """

    mention: Mention
    sense: Sense
    subject: str
    printed: str


def read_clauses(text: str, title: str) -> list[Said]:
    """The numbers of a node's text, in order. What the title itself counts (新开工) is not a start."""
    folded = fold(text)
    found: list[Said] = []
    for start, end in _clauses(folded):
        clause = folded[start:end]
        for mention in find_mentions(clause):
            sense = _sense(clause, mention, title)
            subject = bare_words(_PLAIN_PROGRESS.sub("", _before(clause, mention)))
            found.append(Said(mention, sense, subject, text[start + mention.start : start + mention.end]))
    return found


def says_all_is_done(text: str, title: str) -> bool:
    """Whether a clause without a number says that the whole is done: 全部建成, 全面完成改造任务. What is said of a part or
    of a preparation (全部完成选址) does not."""
    folded = fold(text)
    return any(
        _ALL.search(clause)
        and _DONE.search(clause)
        and not find_mentions(clause)
        and _names_the_whole(clause, title)
        for clause in (folded[start:end] for start, end in _clauses(folded))
    )


def _names_the_whole(clause: str, title: str) -> bool:
    subject = bare_words(_PLAIN_PROGRESS.sub("", _DONE.sub("", _ALL.sub("", clause))))
    return not subject or (subject in bare_words(title) and _START.search(subject) is None)


def _clauses(folded: str) -> list[tuple[int, int]]:
    edges = [0]
    for match in _BREAK.finditer(folded):
        edges += [match.start(), match.end()]
    edges.append(len(folded))
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]


def _before(clause: str, mention: Mention) -> str:
    """The clause up to the number, without any number before it."""
    earlier = [other.end for other in find_mentions(clause) if other.end <= mention.start]
    return clause[max(earlier, default=0) : mention.start]


def _sense(clause: str, mention: Mention, title: str) -> Sense:
    before = clause[: mention.start]
    if mention.unit != PERCENT:
        verb = _last(_START, clause, title)
        if verb is not None and not _DONE.search(clause[verb:] if verb < mention.start else ""):
            return Sense.STARTED
        noun = _last(_PREPARATION, clause, title)
        if noun is not None and not _DONE.search(before[noun:] if noun < mention.start else ""):
            return Sense.PREPARED
    if _PART.search(before) or is_in_brackets_of_a_number(clause, mention):
        return Sense.PART
    if _TOTAL.search(before):
        return Sense.TOTAL
    return Sense.ADDED if _ADDS.search(before) else Sense.DONE


def is_in_brackets_of_a_number(clause: str, mention: Mention) -> bool:
    """完成20个（农村10个）: the second number is part of the first."""
    opened = max(clause.rfind("（", 0, mention.start), clause.rfind("(", 0, mention.start))
    closed = max(clause.rfind("）", 0, mention.start), clause.rfind(")", 0, mention.start))
    return opened > closed and any(
        other.unit == mention.unit for other in find_mentions(clause) if other.end <= opened
    )


def _last(words: re.Pattern[str], clause: str, title: str) -> int | None:
    """Where the last such word ends in the clause; words that the title itself uses do not count."""
    ends = [match.end() for match in words.finditer(clause) if match.group() not in title]
    return ends[-1] if ends else None


def bare_words(text: str) -> str:
    """Letters alone, without numbers and their units, punctuation and quotation marks: for comparing wordings."""
    folded = fold(text)
    for mention in reversed(find_mentions(folded)):
        folded = folded[: mention.start] + folded[mention.end :]
    return _NOT_WORDS.sub("", folded)
