"""节点和目标调整: 原定, 调整, 批准 of every change that the master records."""

from __future__ import annotations

from datetime import date

from ..master import Master
from ..period import month_end
from .wording import amount

__all__ = ["adjustments"]


def adjustments(master: Master) -> list[str]:
    """A sentence for every project whose target or deadlines were adjusted: 原定, 调整, 批准."""
    found: list[str] = []
    for project in master.document.projects:
        name = f"{project.title}（第{project.number}项），"
        target, adjusted = project.target, project.adjusted_target
        if target is not None and adjusted is not None and adjusted != target.value:
            found.append(
                f"{name}年度目标：原定{amount(target.value, target.unit)}，调整为{amount(adjusted, target.unit)}"
                f"（{_approval(project.adjustment_note)}）"
            )
        for node in project.milestones:
            original = month_end(master.year, node.last_month)
            if node.adjusted_to is not None and node.adjusted_to != original:
                found.append(
                    f"{name}{node.phrase}节点：原定{_day(original)}，调整为{_day(node.adjusted_to)}（{_approval(node.note)}）"
                )
    if not found:
        return []
    return [f"共有{len(found)}处调整，进度按调整后的节点和目标判定。", *(f"{words}。" for words in found)]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _approval(note: str) -> str:
    return f"批准：{note}" if note.strip() else "批准依据未注明"
