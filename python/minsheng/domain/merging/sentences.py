"""The changes of a 汇总 in a clerk's words, one line each: before → after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..quantity import plain
from .changes import TICKS, WORDS, NodeChange, NumberChange, WordChange, cut, tick_shown

if TYPE_CHECKING:
    from .plan import MergePlan

__all__ = ["ChangeLines", "change_lines"]


@dataclass(frozen=True)
class ChangeLines:
    """``by_hand`` overwrite what somebody typed into the master, ``overwriting`` what an earlier merge wrote,
    ``entering`` blank cells."""

    by_hand: tuple[str, ...]
    overwriting: tuple[str, ...]
    entering: tuple[str, ...]


def change_lines(plan: MergePlan) -> ChangeLines:
    """Every change of ``plan``, what was typed by hand apart from the rest."""
    by_hand: list[str] = []
    overwriting: list[str] = []
    entering: list[str] = []
    changes: tuple[NumberChange | WordChange | NodeChange, ...]
    changes = (*plan.changes, *plan.word_changes, *plan.node_changes)
    for change in changes:
        is_blank = change.old is None or change.old == ""
        (by_hand if change.by_hand else entering if is_blank else overwriting).append(_line(change))
    return ChangeLines(tuple(by_hand), tuple(overwriting), tuple(entering))


def _line(change: NumberChange | WordChange | NodeChange) -> str:
    place = f"第{change.project}项"
    if isinstance(change, NodeChange):
        place += f"第{change.node}个节点{TICKS[change.field]}"
        old, new = cut(tick_shown(change.old)), cut(tick_shown(change.new))
    elif isinstance(change, WordChange):
        place += f"{change.unit}{change.month}月{WORDS[change.field]}"
        old, new = cut(change.old), cut(change.new)
    else:
        measure = "" if change.measure == 1 else f"（第{change.measure}个指标）"
        place += f"{change.unit}{change.month}月{measure}"
        old, new = ("" if value is None else plain(value) for value in (change.old, change.new))
    return f"{place}：{old or '空白'}→{new or '空白'}"
