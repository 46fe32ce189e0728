"""The nodes of a project with their months judged: what is not a month of the year is said and left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ....cells.labels import fold
from ....domain.catalogue import document as rules
from ....domain.catalogue import document_nodes as node_rules
from ....domain.month_phrase import read_month_phrase
from ....domain.period import month_end
from ....errors import UnreadableFile
from ....sheets import layout
from ..words.labels import Label, is_blank
from ..words.schedule import NodeLine, split_schedule, times_in

if TYPE_CHECKING:
    from ....domain.finding import Finding, Rule
    from ..sections.division import Section

__all__ = ["DatedNode", "read_nodes"]

_YEARS: Final = re.compile(r"((?:19|20|21)\d{2})(?=\s?年|[./-]\d)")
#: 上旬, 6月15日, 2024.6.15, 6.15前: what follows the month.
_WITHIN: Final = re.compile(r"月份?(?:上旬|中旬|初|中)")
_DAY: Final = re.compile(
    r"(?:月份?|\d{4}[./-]\d{1,2}[./-]|(?<![\d./-])\d{1,2}[./])(\d{1,2})(?=[日号]|之?以?前|$)"
)
_OF_TEXT: Final = (node_rules.NODE_TIME_INSIDE, node_rules.NODE_OTHER_TIME)
_SHOWN: Final = 400
_MOST_NODES: Final = 1000


@dataclass(frozen=True, slots=True)
class DatedNode:
    """A node with its first and last month, both of the year."""

    line: NodeLine
    first_month: int
    last_month: int


def _is_by_day(phrase: str, year: int, month: int) -> bool:
    """Whether a time is judged later than it says: by the end of its month, where it names a day or a third before."""
    folded = fold(phrase)
    days = [int(day) for day in _DAY.findall(folded)]
    return bool(_WITHIN.search(folded)) or bool(days and days[-1] < month_end(year, month).day)


def read_nodes(section: Section, year: int) -> tuple[list[DatedNode], list[Finding]]:
    """The nodes in printed order, whether they stood in a text, in a table or in the template."""
    number = section.number
    findings: list[Finding] = []
    lines = [node for line in section.nodes for node in _with_times_of_its_own(line)]
    text = section.fields.get(Label.SCHEDULE, "")
    if text.strip():
        written, untimed = split_schedule(text)
        if not written and (standing := text.strip("。；; \n")) and read_month_phrase(standing) is not None:
            written, untimed = [NodeLine(standing, "")], []
        if not written and not lines:
            findings.append(
                node_rules.NODES_NOT_FOUND.finding(
                    project=number, part=layout.NODE_TIME, original=text[:_SHOWN]
                )
            )
        elif not (lines and _same(lines, written)):
            findings += [
                node_rules.NODE_WITHOUT_MONTH.finding(
                    project=number, part=layout.NODE_TIME, original=part[:_SHOWN]
                )
                for part in untimed
            ]
            lines += written
    if len(lines) > _MOST_NODES:
        raise UnreadableFile(
            f"第{number}项有{len(lines)}个时间节点，不像一份任务书。", "请确认没有选错文件。"
        )
    # A dash under 一季度 says that there is nothing to do by then.
    lines = [line for line in lines if line.stated or not line.text or not is_blank(line.text)]
    dated = [node for line in lines if (node := _dated(number, line, year, findings)) is not None]
    _check_order(number, year, dated, findings)
    deadline = read_month_phrase(section.deadline.strip("。；; ")) if section.deadline else None
    if deadline is not None and dated and dated[-1].last_month != deadline[1]:
        findings.append(
            rules.FIELD_TWICE.finding(
                project=number,
                part=layout.NODE_TIME,
                label=Label.SCHEDULE,
                reading=dated[-1].line.phrase,
                original=section.deadline,
            )
        )
    return dated, findings


def _with_times_of_its_own(line: NodeLine) -> list[NodeLine]:
    """A cell under 上半年 that says "4月底前…；6月底前…" is several nodes."""
    if line.stated or not times_in(fold(line.text)):
        return [line]
    written, untimed = split_schedule(line.text)
    return [line] if untimed or not written else written


def _same(lines: list[NodeLine], written: list[NodeLine]) -> bool:
    return [line.phrase for line in lines] == [line.phrase for line in written]


def _dated(number: int, line: NodeLine, year: int, findings: list[Finding]) -> DatedNode | None:
    original = f"{line.phrase}{line.text}"[:_SHOWN]
    months = read_month_phrase(line.phrase)
    years = {int(named) for named in _YEARS.findall(fold(line.phrase))}
    rule = None
    if months is None or not all(1 <= month <= 12 for month in months) or years - {year}:
        rule = node_rules.MONTH_WRONG
    elif months[0] > months[1]:
        rule = node_rules.MONTHS_REVERSED
    if rule is not None or months is None:
        assert rule is not None
        findings.append(
            rule.finding(project=number, part=layout.NODE_TIME, original=original, phrase=line.phrase)
        )
        return None
    return DatedNode(line, *months)


def _check_order(number: int, year: int, nodes: list[DatedNode], findings: list[Finding]) -> None:
    latest, topic = 0, ""
    for index, node in enumerate(nodes, start=1):
        phrase = node.line.phrase
        odd: list[Rule] = []
        if node.line.topic != topic:
            latest, topic = 0, node.line.topic
        if times_in(fold(node.line.text)):
            odd.append(node_rules.NODE_OTHER_TIME)
        if node.line.inside:
            odd.append(node_rules.NODE_TIME_INSIDE)
        if node.last_month < latest:
            odd.append(node_rules.NODES_OUT_OF_ORDER)
        if _is_by_day(phrase, year, node.last_month):
            odd.append(node_rules.NODE_BY_DAY)
        if not node.line.text and len(nodes) > 1:
            odd.append(node_rules.NODE_EMPTY)
        findings += [
            rule.finding(
                project=number,
                node=index,
                part=layout.NODE_TIME,
                original=node.line.text[:_SHOWN] if rule in _OF_TEXT else phrase,
                phrase=phrase,
            )
            for rule in odd
        ]
        latest = max(latest, node.last_month)
