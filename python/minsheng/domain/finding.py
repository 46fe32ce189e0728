"""Findings: what is wrong, where, and what to do about it. Data, never raised."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

__all__ = ["SEVERITY_WORDS", "Finding", "Part", "Rule", "Severity"]


class Severity(StrEnum):
    """How bad it is: to be mended, to be looked at, good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


#: What a clerk reads, by severity.
SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "提示"}


class Part(StrEnum):
    """A finding's place on its project's sheet, within its unit's or node's row where it has one, by the words that a
    clerk reads over it; sheets/layout takes its labels from here."""

    LEADER = "责任领导"
    LEAD_UNIT = "责任单位"
    OWNER = "责任人"
    TARGET = "年度目标"
    MEASURE = "计量单位"
    ADJUSTED_TARGET = "调整后目标"
    ADJUSTMENT_NOTE = "调整批准"
    REPORTING = "填报方式"
    STANDING = "办理情况"
    UNIT = "填报单位"
    SHARE = "全年任务"
    TOTAL = "合计"
    NODE_TIME = "节点时间"
    NODE_PLAN = "计划累计"
    NODE_DONE = "完成情况"
    NODE_DONE_ON = "完成日期"
    NODE_ADJUSTED = "调整后时间"
    NODE_REMARK = "备注"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong. The subject is what the domain knows (project, unit, month, node from 1, part);
    ``file``, ``sheet`` and ``cell`` are filled in where a file was read, or by sheets/layout for a master.

    ``part`` names a place of a project's sheet (a Part), or of the document that was read, by its label.
    ``original`` and ``reading`` are the words that stand there and what they were read as (sheet 导入核对).
    """

    code: str
    severity: Severity
    message: str
    advice: str
    project: int | None = None
    unit: str | None = None
    month: int | None = None
    node: int | None = None
    measure: int | None = None
    part: str | None = None
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    original: str = ""
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """An entry of the catalogue: a stable code and the sentences, with ``{words}`` to fill in.

    ``about`` explains the rule to a clerk in the manual and in ``minsheng rule CODE``. A ``fixed`` rule says that
    something was left out: milder or switched off, it would be lost in silence.
    """

    code: str
    title: str
    severity: Severity
    message: str
    advice: str
    about: str = ""
    fixed: bool = False

    @property
    def adjustable(self) -> bool:
        """Whether 设置 may change its severity or switch it off. Readings (D…) come before there is a 设置."""
        return not self.fixed and not self.code.startswith("D")

    def finding(self, *, severity: Severity | None = None, **words: Any) -> Finding:
        """A finding of this rule. ``words`` fill in its sentences; those that a Finding knows (project, unit, cell …) are
        its subject too. KeyError where a sentence lacks a word.
        """
        subject = {name: words[name] for name in _SUBJECT & words.keys()}
        known = {name: "" if value is None else value for name, value in (_NOTHING | words).items()}
        return Finding(
            self.code,
            severity or self.severity,
            self.message.format(**known),
            self.advice.format(**known),
            **subject,
        )


_SUBJECT: Final = frozenset(field.name for field in fields(Finding)) - {
    "code",
    "severity",
    "message",
    "advice",
}
_NOTHING: Final = dict.fromkeys(_SUBJECT)
