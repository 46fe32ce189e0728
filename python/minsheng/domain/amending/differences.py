"""What an amendment changes, in a clerk's words: old → new, project by project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ..finding import Part
from ..project import Milestone, Project
from ..quantity import Quantity, plain

__all__ = ["ADDED", "CANCELLED", "Difference", "differences"]

#: What a Difference is about when a whole project comes or goes.
ADDED, CANCELLED = "新增项目", Part.STANDING.value
_SHARES, _NODES = "任务分解", "进度安排"
_LABELS: Final = {
    "title": "项目名称",
    "starred": "省级标记",
    "leader": Part.LEADER.value,
    "lead_unit": Part.LEAD_UNIT.value,
    "owner": Part.OWNER.value,
    "cooperating": "配合单位",
    "target": Part.TARGET.value,
    "more_targets": "其他目标",
    "allocation_total": "任务书合计",
    "adjusted_target": Part.ADJUSTED_TARGET.value,
    "adjustment_note": Part.ADJUSTMENT_NOTE.value,
    "reporting": Part.REPORTING.value,
    "cancelled": CANCELLED,
}
_LINE: Final = 40


@dataclass(frozen=True, slots=True)
class Difference:
    """``what`` of ``project`` read ``old`` and is to read ``new``, "" for nothing; both whole, however long."""

    project: int
    what: str
    old: str
    new: str

    def __str__(self) -> str:
        """One line: 第3项责任领导：张三→李四; what comes new, or goes with an undoing, by what it is."""
        if self.what == ADDED or not self.project:
            what = f"第{self.project}项" if self.project else self.what
            return f"{'新增' if self.new else '去掉'}{what}：{_line(self.new or self.old)}"
        return f"第{self.project}项{self.what}：{_line(self.old)}→{_line(self.new)}"


def differences(standing: Project | None, wanted: Project) -> Iterator[Difference]:
    """Everything that differs; of a project that is not there yet its title alone."""
    number = wanted.number
    if standing is None:
        yield Difference(number, ADDED, "", wanted.title)
        return
    for name, label in _LABELS.items():
        old, new = getattr(standing, name), getattr(wanted, name)
        if old != new:
            yield Difference(number, label, _shown(name, old), _shown(name, new))
    parts = {row.unit: row for row in standing.allocations}
    for row in wanted.allocations:
        old, new = _part(parts.pop(row.unit, None)), _part(row)
        if old != new:
            yield Difference(number, f"{_SHARES}（{row.unit}）", old, new)
    for unit, row in parts.items():
        yield Difference(number, f"{_SHARES}（{unit}）", _part(row), "")
    yield from _nodes(number, standing.milestones, wanted.milestones)


def _nodes(number: int, old: tuple[Milestone, ...], new: tuple[Milestone, ...]) -> Iterator[Difference]:
    from difflib import SequenceMatcher  # every job reads differences in 汇总记录, few look for them

    before, after = [_node(node) for node in old], [_node(node) for node in new]
    for kind, first, last, start, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for offset in range(max(last - first, stop - start)):
            gone = before[first + offset] if first + offset < last else ""
            come = after[start + offset] if start + offset < stop else ""
            yield Difference(number, _NODES, gone, come)


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        words = {"starred": ("", "★"), "cancelled": ("", "已取消")}
        return words[name][value]
    if name == "reporting":
        return {"units": "镇乡", "lead": "责任单位代报"}[value]
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if value is None or isinstance(value, str):
        return value or ""
    return str(value) if isinstance(value, Quantity) else plain(value)


def _part(row: Any) -> str:
    if row is None:
        return ""
    words = "空白" if row.quantity is None else plain(row.quantity)
    return f"{words}（{row.note}）" if row.note else words


def _node(node: Milestone) -> str:
    words = f"{node.phrase}{node.text}"
    if node.cumulative is not None:
        words += f"（累计{plain(node.cumulative)}）"
    return f"{words}，调整到{node.adjusted_to:%Y-%m-%d}" if node.adjusted_to else words


def _line(text: str) -> str:
    return (text if len(text) <= _LINE else f"{text[: _LINE - 1]}…") or "空白"
