"""What a label says, by its head noun and the words before it, so that 县级领导 and 牵头市领导 need no list; and the words that
stand in tables: sums, blanks, the headers of columns that hold no unit.

A label that joins two ("责任单位及责任人") has both roles; one whose head noun is none of these is unknown.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from ....cells.labels import fold

__all__ = [
    "NAMED",
    "Label",
    "by_role",
    "is_blank",
    "is_column_of_units",
    "is_column_word",
    "is_person",
    "is_subtotal",
    "is_total",
    "roles_of",
    "unit_of_measure",
    "whole_label",
]


class Label(StrEnum):
    """What a labelled line or a column says; the value is the clerk's word for it."""

    NUMBER = "序号"
    TITLE = "项目名称"
    TARGET = "年度目标"
    LEADER = "责任领导"
    LEAD_UNIT = "责任单位"
    #: 责任单位 where it may stand beside a 牵头单位.
    RESPONSIBLE = "另列的责任单位"
    OWNER = "责任人"
    COOPERATING = "配合单位"
    ALLOCATION = "任务分解"
    SCHEDULE = "进度安排"
    REMARK = "备注"
    OTHER = "其他"


#: Roles that name persons and offices: their labels are plain wherever in a line they stand.
NAMED: Final = frozenset({Label.LEADER, Label.LEAD_UNIT, Label.RESPONSIBLE, Label.OWNER, Label.COOPERATING})

_OF_UNITS: Final = re.compile(r"(?:单位|部门|主体|机构)$|^(?:主办|协办|牵头|配合|承办|主责|参与)$")
#: Head nouns in the order in which they are tried; what stands before them does not matter.
_HEADS: Final = (
    (Label.NUMBER, re.compile(r"^(?:项目)?(?:序号|编号)$|^(?:序|号)$")),
    (
        Label.OTHER,
        re.compile(
            r"(?:电话|手机|方式|联系人|经办人|填报人|审核人|科室|处室|股室|分管负责人|地点|位置|类别|大类|领域|性质|概况|情况|进展|措施|"
            r"完成数|完成率|权重|分值|依据|来源|责任书)$|举措$|资金|投资|经费|上年|去年|建设(?:时间|期限|年限|周期)|开工(?:时间|日期)|标准$"
        ),
    ),
    (Label.REMARK, re.compile(r"^(?:备注|注|说明|附注)$")),
    (Label.LEADER, re.compile(r"领导$|(?:分管|联系|包案|包抓|牵头|责任)副?[县市区州]长$")),
    (Label.OWNER, re.compile(r"(?:责任|负责)人员?$")),
    (Label.ALLOCATION, re.compile(r"分解|分配|(?:任务|目标)分工$|各?(?:镇乡|乡镇|镇街|乡镇街道|镇)任务$")),
    (Label.SCHEDULE, re.compile(r"(?:阶段|季度|月度)性?目标$|(?:进度|安排|计划|节点|时序|步骤|时限|时间|期限|日期|进程)(?:要求|安排)?$")),
    (Label.TITLE, re.compile(r"(?:名称|项目|实事|事项|工作任务|重点任务|项目内容)$")),
    (Label.TARGET, re.compile(r"(?:目标|任务|指标|内容|规模|要求|数量)[数值量]?$")),
)  # fmt: skip
#: What offices do, in the order in which it is tried.
_OFFICES: Final = (
    (Label.OTHER, re.compile(r"监督|督查|督办|填报|考核|验收|计量|施工|设计|监理|受益|建管")),
    (Label.COOPERATING, re.compile(r"协|配合|参与|参加|相关|联动|会同|会办")),
    (Label.LEAD_UNIT, re.compile(r"牵头|主办|主管|主责|主抓|第一责任")),
    (Label.RESPONSIBLE, re.compile(r"责任|承办|承担|实施|落实|负责|主要")),
)
_BRACKETS: Final = re.compile(r"[（(][^（）()：:]{0,12}[）)]")
_BESIDE: Final = re.compile(r"(?P<outer>[^（()）]{2,10})[（(](?P<inner>[^（()）]{2,8})[）)]")
#: Labels of a document in traditional letters.
_SIMPLIFIED: Final = str.maketrans(
    "責單領導項標務進縣鎮鄉計劃時間節點備註說號稱實區協辦參與內規數開負牽頭電話",
    "责单领导项标务进县镇乡计划时间节点备注说号称实区协办参与内规数开负牵头电话",
)
_JOINED: Final = re.compile(r"及其?|和|与|、|/")
#: 一季度目标 is a time, not a label.
_TIMED: Final = re.compile(r"第?[一二三四1-4]季度|[上下]半年|[一二三四五六七八九十\d]+月|年[底末中]")
_LONGEST: Final = 16
_TOTALS: Final = frozenset(
    ["合计", "总计", "总数", "共计", "全县合计", "全市合计", "全区合计", "全县", "全市", "全区", "总和"]
)
_BLANKS: Final = frozenset(["", "-", "—", "——", "–", "―", "─", "/", "\\", "无", "＼", "／"])
_COLUMN_WORDS: Final = re.compile(
    r"序号|行政村|自然村|村名|片区|分片|组别|单位|单位名称|镇乡|乡镇|镇街|街道|镇乡街道|镇乡.{0,4}街道.{0,2}|乡镇.{0,4}街道.{0,2}|名称|区域|地区|承担单位|填报单位|"
    r"(?:全年|年度|分解|目标)?(?:任务|任务数|任务量|数量|指标|指标数|目标|目标数|计划|计划数|分配数|完成数)|备注|说明"
)
_UNITS_BELOW: Final = re.compile(r"单位(?:名称)?|(?:镇乡|乡镇|镇街|街道|镇).{0,6}|承担单位|填报单位")
_MEASURED_IN: Final = re.compile(r"[（(]?\s*(?:计量)?单位\s*[：:]\s*(?P<unit>[^\s）)]{1,5})\s*[）)]?")
_IN_BRACKETS: Final = re.compile(r"[（(](?P<unit>[^（()）]{1,5})[)）]$")


def roles_of(text: str) -> tuple[Label, ...]:
    """The roles of a label ("责任\\n单位", "任务分解（个）", "牵头单位及负责人"), each once; empty for what is none."""
    return () if len(text) > 60 else _roles_of(text)


@lru_cache(maxsize=8192)
def _roles_of(text: str) -> tuple[Label, ...]:
    folded = fold(text).translate(_SIMPLIFIED)
    beside = _BESIDE.fullmatch(re.sub(r"\s+", "", folded))
    if (
        beside
        and (inner := _role(beside["inner"])) in NAMED
        and (outer := _role(beside["outer"])) in NAMED - {inner}
    ):
        return (outer, inner) if outer is not None and inner is not None else ()
    word = _BRACKETS.sub("", re.sub(r"\s+", "", folded).strip("：:【】[]〔〕"))
    if not 0 < len(word) <= _LONGEST or _TIMED.match(word):
        return ()
    whole = _role(word)
    parts = [_role(part) for part in _JOINED.split(word)]
    if len(parts) > 1 and None not in parts:
        known = tuple(dict.fromkeys(part for part in parts if part is not None and part is not Label.OTHER))
        if set(known) == {Label.TITLE, Label.TARGET}:
            return (Label.TITLE,)
        return known or (Label.OTHER,)
    return (whole,) if whole is not None else ()


def whole_label(text: str) -> Label | None:
    """The one role of a whole cell or label; the first of a joined one; None for what is no label."""
    roles = roles_of(text)
    return roles[0] if roles else None


def _role(word: str) -> Label | None:
    if _OF_UNITS.search(word):
        return next((label for label, does in _OFFICES if does.search(word)), None)
    return next((label for label, head in _HEADS if head.search(word)), None)


def by_role(roles: tuple[Label, ...], text: str) -> list[tuple[Label, str]]:
    """A cell or line under a label of two roles ("责任单位及责任人": "县住建局 李乙"), each part by what it is."""
    if len(roles) < 2:
        return [(roles[0], text)] if roles else []
    parts = [part for part in re.split(r"[\s\u3000；;/|]+|[（(）)：:]", text) if part.strip("、，, ")]
    found: dict[Label, list[str]] = {}
    person = next((role for role in roles if role in (Label.OWNER, Label.LEADER)), None)
    others = [role for role in roles if role is not person]
    if person is None or len(others) != 1:
        if len(parts) == len(roles):
            return list(zip(roles, parts, strict=True))
        return [(roles[0], text)]
    for part in parts:
        role = person if is_person(part.strip("、，, ")) else others[0]
        found.setdefault(role, []).append(part.strip("、，, "))
    return [(role, "、".join(words)) for role, words in found.items()]


def is_person(words: str) -> bool:
    """Whether words are a person's name or several: two to four letters, and no office's."""
    names = [name for name in re.split(r"[、，,]", words) if name]
    return bool(names) and all(
        re.fullmatch(r"[\u4e00-\u9fff·]{2,4}", name)
        and not re.search(r"[局委办院府处司站所队社会]$|中心|公司|集团|各|街道|单位|部门|联$|镇$|乡$", name)
        for name in names
    )


def is_total(word: str) -> bool:
    """Whether a cell heads the sum of all units: 合计, 总计, 全县合计（个）."""
    return word in _TOTALS or (word[-1:] in ")）" and re.sub(r"[（(][^（()）]*[)）]$", "", word) in _TOTALS)


def is_subtotal(word: str) -> bool:
    """Whether a column adds up some of the others (小计, 街道小计)."""
    return word.endswith("小计")


def is_blank(word: str) -> bool:
    """Whether a cell says that there is nothing: empty, a dash, a stroke, 无."""
    return fold(word) in _BLANKS


def is_column_word(word: str) -> bool:
    """Whether a cell is the header of a column or row and not a unit's name: 单位, 任务数（个）."""
    return bool(_COLUMN_WORDS.fullmatch(_IN_BRACKETS.sub("", word)))


def is_column_of_units(word: str) -> bool:
    """Whether a column's header says that the units' names stand below: 单位, 乡镇（街道）."""
    return is_column_word(word) and bool(_UNITS_BELOW.fullmatch(word))


def unit_of_measure(word: str) -> str | None:
    """公里 from 单位：公里; None from anything else."""
    match = _MEASURED_IN.fullmatch(word)
    return match["unit"] if match else None
