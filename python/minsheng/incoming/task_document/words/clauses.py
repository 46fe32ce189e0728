"""What the numbers in a node's text are said of: done by then, started, prepared, a part, a percentage; or unknown.

Unknown is the default: a number counts as done only where a verb of completion governs it and the thing counted is the
title's. "完成5个公园勘察" counts surveys, "确定5个公园" completes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from ....cells.labels import fold
from ....domain.quantity import PERCENT
from ...numbers import Mention, find_mentions

__all__ = [
    "Said",
    "Sense",
    "bare_words",
    "is_in_brackets_of_a_number",
    "read_clauses",
    "says_all_is_done",
    "says_half",
]

_BREAK: Final = re.compile(
    r"[，；。;：！!\n]|,(?!\d{3})|(?<=[\u4e00-\u9fff\d%])(?:并且|并|且)(?=[\u4e00-\u9fff])"
)
_START: Final = re.compile(r"开工|启动|动工|开建|开始|进场")
_DONE: Final = re.compile(r"累计|完成|建成|竣工|完工|投用|投入使用|达到|新增")
#: Verbs that do to the project's object what the title asks for.
_DOES: Final = re.compile(
    r"累计|完成|建成|竣工|完工|投用|投入使用|投入运行|投入运营|交付|达到|达|新增|增加|新建|改建|扩建|迁建|重建|建设|改造|安装|培训|到位|投放|培育|培养|"
    r"接种|发放|服务|整治|修缮|修复|提升|创建|打造|开发|配置|配备|购置|添置|救助|资助|补助|筛查|检查|体检|实现|更新|开通|通车|认定|解决|"
    r"帮扶|惠及|覆盖|种植|治理|清理|收治|发展|引进|举办|提供|补植|造林|减免|清运|收集|检测|抽检|救治|安置|设立|设置|建|改|修|增"
)
_VERBS: Final = re.compile(rf"^(?:(?:{_DOES.pattern})|[已共约])++")
_FINISHED: Final = re.compile(
    r"完成|建成|竣工|完工|投用|投入使用|投入运行|投入运营|交付使用|交付|全覆盖|运营|开通|通车|达标|到位|办结"
)
_BEGINS: Final = re.compile(
    r"确定|落实|下达|签订|签约|明确|编制|制定|谋划|准备|筹备|申报|选定|公示|审核|排查|梳理|对接|协调|拟定|选取|申请|推进|研究"
)
_PREPARATION: Final = re.compile(
    r"选址|招标|招投标|采购|方案|设计|调研|摸排|排摸|名单|签约|审批|立项|前期|踏勘|征集|报名|政策处理|征迁|交底|评审|可研|"
    r"初设|施工图|报备|储备|预算|审图|点位|许可|勘察|勘测|用地|平整|交地|开标|评估|合同|确定|落实|下达|签订|封顶|主体|基础|桩基|清表|拆除"
)
#: A part of the work that is finished is not the work: 主体完工, 基础工程完成.
_STRUCTURE: Final = re.compile(
    r"(?:主体|基础|桩基|土建|路基|框架|结构|地下室|管沟|外立面)(?:工程|结构|部分|施工|建设){0,2}(?:完工|完成|竣工|封顶|验收)"
)
_TOTAL: Final = re.compile(r"累计|共计|总计|合计|达到总数")
_ADDS: Final = re.compile(r"(?:再|另|又)(?:完成|新增|建成|增加|改造|新建|投用)|新建成|其余|剩余|余下")
_PART: Final = re.compile(r"其中|含|包括")
_EACH: Final = re.compile(r"[各每](?:新增|建成|完成|建|设|配)?$")
#: 改造1200间（利用暑期全部完成）: an aside is not what is counted.
_ASIDE: Final = re.compile(r"[（(][^（()）]{0,60}[）)]")
_HALF: Final = re.compile(r"(?:完成|过|达到?)?(?:一半|过半|半数|50%)")
_NOT_WORDS: Final = re.compile(r"[^\u4e00-\u9fffA-Za-z]")
#: Words of progress that name no subject of their own.
_PLAIN_PROGRESS: Final = re.compile(
    r"累计|完成|达到|实现|总体|整体|全部|总量|工程量|工作量|任务量|总任务|目标任务|年度任务|全年任务|年度目标|目标|任务|形象|进度|工程|"
    r"项目|建设|施工|工作|计划|总|量|率|的|约|已|达|占|至|到"
)
_NEUTRAL: Final = re.compile(
    r"累计|全部|全面|全县|全市|全区|各项|基本|均|已|并|约|共|的|及|和|年度|全年|目标|任务|工程|项目|建设|改造|工作|总量|数量|以上|左右|完成|"
    r"建成|竣工|完工|投入使用|投用|使用|交付|验收|合格|达到|达|施工|实施|安装|整治|提升|新建|新增|更新|运营|投入|正式|开通|任务数|余|多|等"
)
_MOST_NUMBERS: Final = 200
_ALL: Final = re.compile(r"全部|全面")


class Sense(Enum):
    """What a number is said of."""

    DONE = auto()  # a verb of completion governs it
    TOTAL = auto()  # 累计: reached by then, in so many words
    ADDED = auto()  # 再完成: on top of what stood before
    STARTED = auto()
    PREPARED = auto()
    PART = auto()  # 其中
    UNKNOWN = auto()  # none of these: not counted, but asked about


#: Of a title that runs on and on, these letters are compared.
_LONGEST_TITLE: Final = 400


@dataclass(frozen=True, slots=True)
class Said:
    """A number of a node, what is said of it, and the subject that stands before it in its clause.

    ``subject`` is without the plain words of progress; empty where the clause names none. ``words`` are all words around
    the number, which say which of two measures it is.
    """

    mention: Mention
    sense: Sense
    subject: str
    printed: str
    words: str = ""


def read_clauses(text: str, title: str) -> list[Said]:
    """The numbers of a node's text, in order. What the title itself counts (新开工) is not a start."""
    folded = fold(text)
    title = title[:_LONGEST_TITLE]
    known = _NOT_WORDS.sub("", fold(title))
    found: list[Said] = []
    topic = ""
    for start, end in _clauses(folded):
        clause = folded[start:end]
        mentions = find_mentions(clause)
        if len(found) > _MOST_NUMBERS:
            break
        if not mentions and end < len(folded) and folded[end] == "：":
            topic = clause
        for index, mention in enumerate(mentions):
            before = clause[mentions[index - 1].end if index else 0 : mention.start]
            until = mentions[index + 1].start if index + 1 < len(mentions) else len(clause)
            after = clause[mention.end : until]
            if until < len(clause) or after.startswith("、"):
                after = after.split("、")[0]
            sense = _sense(clause, mention, title)
            if sense is None:
                is_done = mention.unit == PERCENT or _is_governed(before.lstrip("、"), after, known)
                sense = _how_done(clause, mention) if is_done else Sense.UNKNOWN
            subject = bare_words(_PLAIN_PROGRESS.sub("", before))
            printed = text[start + mention.start : start + mention.end]
            words = _NOT_WORDS.sub("", topic + before.lstrip("、") + after)
            found.append(Said(mention, sense, subject, printed, words))
    return found


def says_half(text: str) -> bool:
    """Whether a text without a number says that half of the whole is done: 完成一半, 过半."""
    return any(_HALF.fullmatch(text[start:end].strip()) for start, end in _clauses(fold(text)))


def says_all_is_done(text: str, title: str) -> bool:
    """Whether a clause without a number says that the whole is done: 全部建成, 竣工, 完成改造任务. What is said of a part or of
    a preparation (全部完成选址, 主体完工) does not."""
    folded = fold(text)
    return any(
        (_FINISHED.search(clause) or (_ALL.search(clause) and _DONE.search(clause)))
        and not find_mentions(clause)
        and _names_the_whole(clause, title)
        for clause in (folded[start:end] for start, end in _clauses(folded))
    )


def _names_the_whole(clause: str, title: str) -> bool:
    subject = bare_words(_FINISHED.sub("", _NEUTRAL.sub("", clause)))
    return not subject or (subject in bare_words(title) and _START.search(subject) is None)


def _clauses(folded: str) -> list[tuple[int, int]]:
    edges = [0]
    for match in _BREAK.finditer(folded):
        edges += [match.start(), match.end()]
    edges.append(len(folded))
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]


def _sense(clause: str, mention: Mention, title: str) -> Sense | None:
    """What a number is by the words around it, where they say that it is not what was done."""
    ahead = clause[max(0, mention.start - 60) : mention.start]
    around = clause[max(0, mention.start - 60) : mention.end + 60]
    if mention.unit != PERCENT:
        at = min(mention.start, 60)
        verb = _last(_START, around, title)
        if verb is not None and not _DONE.search(around[verb:] if verb < at else ""):
            return Sense.STARTED
        for words in (_PREPARATION, _STRUCTURE):
            noun = _last(words, around, title)
            if noun is not None and not _DONE.search(ahead[noun:] if noun < at else ""):
                return Sense.PREPARED
    if _PART.search(ahead) or _EACH.search(ahead) or is_in_brackets_of_a_number(clause, mention):
        return Sense.PART
    return None


def _how_done(clause: str, mention: Mention) -> Sense:
    ahead = clause[max(0, mention.start - 60) : mention.start]
    if _TOTAL.search(ahead):
        return Sense.TOTAL
    return Sense.ADDED if _ADDS.search(ahead) else Sense.DONE


def _is_governed(before: str, after: str, known: str) -> bool:
    """Whether a verb of completion, or nothing but the title's own words (``known``), stands before the number, and the thing that is
    counted is the title's."""
    words = _NOT_WORDS.sub("", re.sub(r"其余|剩余|余下|再|另|又|新(?=建成)", "", before))
    behind = _NOT_WORDS.sub("", _ASIDE.sub("", after))
    does = _DOES.search(words)
    governs = does and _BEGINS.search(words[: does.start()]) is None and does.start() <= 12
    if words and not governs and not _within(words, known) and _NEUTRAL.sub("", words):
        return False
    thing = _VERBS.sub("", words[does.start() :]) if does else words
    if behind and not _is_the_titles(behind, known):
        return False
    return bool(behind) or not thing or _is_the_titles(thing, known)


def _within(words: str, title: str) -> bool:
    """Whether words are the title's own, with some left out: 铺设管网 of 铺设供水管网."""
    letters = iter(title)
    return all(letter in letters for letter in words)


def _is_the_titles(thing: str, title: str) -> bool:
    """Whether a noun phrase ends in a thing of the title: its last two letters are letters of the title."""
    bare = _NEUTRAL.sub("", thing)
    tail = bare[-2:]
    return not bare or tail in title or (len(tail) == 2 and all(letter in title for letter in tail))


def is_in_brackets_of_a_number(clause: str, mention: Mention) -> bool:
    """完成20个（农村10个）: the second number is part of the first."""
    ahead = clause[max(0, mention.start - 80) : mention.start]
    opened = max(ahead.rfind("（"), ahead.rfind("("))
    closed = max(ahead.rfind("）"), ahead.rfind(")"))
    return opened > closed and any(other.unit == mention.unit for other in find_mentions(ahead[:opened]))


def _last(words: re.Pattern[str], clause: str, title: str) -> int | None:
    """Where the last such word ends in the clause; words that the title itself uses do not count."""
    ends = [match.end() for match in words.finditer(clause) if match.group() not in title]
    return ends[-1] if ends else None


def bare_words(text: str) -> str:
    """Letters alone, without numbers and their units, punctuation and quotation marks: for comparing wordings."""
    folded = fold(text)
    parts, at = [], 0
    for mention in find_mentions(folded):
        parts.append(folded[at : mention.start])
        at = mention.end
    return _NOT_WORDS.sub("", "".join(parts) + folded[at:])
