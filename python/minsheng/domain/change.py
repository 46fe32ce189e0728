"""A change of a master: one field of one place, old and new. 汇总 plans them, 汇总记录 keeps them, 撤销 takes them back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from .fields import DONE_WORDS, SOURCE, TICKS, VALUE, WORDS, Field
from .master import Master
from .project import Milestone, Project
from .quantity import plain
from .report import Report, ReportKey

__all__ = ["FIELDS", "Change", "NodeKey", "Place", "Standing", "Value", "line", "read_value", "shown"]


class NodeKey(NamedTuple):
    """A node of a project, counted from 1."""

    project: int
    node: int


#: What a field holds; None or "" where it is blank.
Value = Decimal | str | bool | date | None
#: A field of a report or of a node.
Place = tuple[ReportKey | NodeKey, str]
#: By name: whatever a change may be about.
FIELDS: Final = {field.name: field for field in (VALUE, *WORDS, SOURCE, *TICKS)}

_DONE: Final = {done: word for word, done in DONE_WORDS.items()}
_WORD_NAMES: Final = frozenset(field.name for field in WORDS)
_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]+)?")
_LINE: Final = 30


@dataclass(frozen=True, slots=True)
class Change:
    """``field`` is a name of FIELDS, ``file`` where ``new`` comes from. ``by_hand``: ``old`` was typed into the master
    rather than merged."""

    key: ReportKey | NodeKey
    field: str
    old: Value
    new: Value
    file: str = ""
    by_hand: bool = False

    @property
    def place(self) -> Place:
        """What it changes."""
        return self.key, self.field

    @property
    def is_filling(self) -> bool:
        """Whether the place was blank before."""
        return self.old is None or self.old == ""

    @property
    def label(self) -> str:
        """The field as a clerk knows it."""
        return FIELDS[self.field].label

    @property
    def subject(self) -> str:
        """The place in a clerk's words: 第1项丹东6月进展说明, 第4项第2个节点完成情况."""
        if isinstance(self.key, NodeKey):
            return f"第{self.key.project}项第{self.key.node}个节点{self.label}"
        measure = "" if self.key.measure == 1 else f"（第{self.key.measure}个指标）"
        label = "" if self.field == VALUE.name else self.label
        return f"第{self.key.project}项{self.key.unit}{self.key.month}月{measure}{label}"

    def __str__(self) -> str:
        """One line: 第1项丹东6月：120→130."""
        return f"{self.subject}：{line(self.old) or '空白'}→{line(self.new) or '空白'}"

    def apply(self, master: Master) -> Master:
        """``master`` with this change. KeyError where it has no such node."""
        return Standing(master).after([self])

    def inverse(self) -> Change:
        """What takes it back."""
        return Change(self.key, self.field, self.new, self.old)


class Standing:
    """What stands in a master, place by place."""

    def __init__(self, master: Master) -> None:
        self.master = master
        self.reports = {report.key: report for report in master.reports}
        self.nodes = {
            NodeKey(project.number, index): node
            for project in master.document.projects
            for index, node in enumerate(project.milestones, start=1)
        }

    def value(self, place: Place) -> Value:
        """What stands there; blank where nothing does. KeyError where the master has no such node."""
        key, field = place
        if isinstance(key, NodeKey):
            ticked: Value = getattr(self.nodes[key], field)
            return ticked
        report = self.reports.get(key) or Report(*key)
        found: Value = getattr(report.words if field in _WORD_NAMES else report, field)
        return found

    def after(self, changes: Iterable[Change]) -> Master:
        """The master with ``changes`` one after the other; the words of a report get the file of its latest change.

        KeyError where it has no such node.
        """
        reports, nodes = dict(self.reports), dict(self.nodes)
        for change in changes:
            if isinstance(change.key, NodeKey):
                nodes[change.key] = _set(nodes[change.key], change)
            else:
                report = _reported(reports.get(change.key) or Report(*change.key), change)
                reports[change.key] = report
        return replace(
            self.master,
            document=replace(
                self.master.document,
                projects=tuple(_with_nodes(project, nodes) for project in self.master.document.projects),
            ),
            reports=tuple(report for report in reports.values() if report.value is not None or report.words),
        )


def _reported(report: Report, change: Change) -> Report:
    """The report with a change; a report without words has no row that could say a file."""
    changed: dict[str, Any] = {change.field: change.new}
    if change.field in _WORD_NAMES:
        changed = {"words": replace(report.words, **changed)}
    if change.file and change.field != SOURCE.name:
        changed["file"] = change.file
    report = replace(report, **changed)
    return report if report.words else replace(report, file="")


def _set(node: Milestone, change: Change) -> Milestone:
    ticked: dict[str, Any] = {change.field: change.new}
    return replace(node, **ticked)


def _with_nodes(project: Project, nodes: dict[NodeKey, Milestone]) -> Project:
    keys = (NodeKey(project.number, index) for index in range(1, len(project.milestones) + 1))
    return replace(project, milestones=tuple(nodes[key] for key in keys))


def shown(value: Value) -> str:
    """A value as the master and the log show it, "" for a blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _DONE[value]
    return plain(value) if isinstance(value, Decimal) else str(value)


def read_value(field: Field, text: str) -> Value:
    """What ``shown`` made of a value of ``field``. ValueError where it made no such text."""
    if field == VALUE:
        if text and not _NUMBER.fullmatch(text):
            raise ValueError(text)
        return Decimal(text) if text else None
    if field.name == "done":
        if text and text not in DONE_WORDS:
            raise ValueError(text)
        return DONE_WORDS.get(text)
    if field.name == "done_on":
        return date.fromisoformat(text) if text else None
    return text


def line(value: Value) -> str:
    """A value short enough to stand in a sentence."""
    words = " ".join(shown(value).split())
    return words if len(words) <= _LINE else f"{words[:_LINE]}…"
