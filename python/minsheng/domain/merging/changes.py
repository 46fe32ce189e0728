"""What a 汇总 changes in the master, one value at a time. ``by_hand``: ``old`` was typed there rather than merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

__all__ = ["TICKS", "WORDS", "NodeChange", "NumberChange", "WordChange", "cut", "tick_shown"]

#: Fields of a report in words, and of a node's tick, as a clerk knows them.
WORDS: Final = {"progress": "进展说明", "problem": "存在问题", "expected": "预计完成时间"}
TICKS: Final = {"done": "完成情况", "done_on": "完成日期", "note": "说明"}

_LINE: Final = 30


def cut(words: str) -> str:
    """Words short enough to stand in a sentence."""
    line = " ".join(words.split())
    return line if len(line) <= _LINE else f"{line[:_LINE]}…"


def tick_shown(value: bool | date | str | None) -> str:
    """A node's tick, date or remark as the master shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "已完成" if value else "未完成"
    return str(value)


class NumberChange(NamedTuple):
    project: int
    unit: str
    month: int
    measure: int
    old: Decimal | None
    new: Decimal | None
    file: str
    by_hand: bool = False


class WordChange(NamedTuple):
    """``field`` is progress, problem or expected."""

    project: int
    unit: str
    month: int
    measure: int
    field: str
    old: str
    new: str
    file: str
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class NodeChange:
    """``node`` from 1; ``field`` is done, done_on or note."""

    project: int
    node: int
    field: str
    old: bool | date | str | None
    new: bool | date | str | None
    file: str
    by_hand: bool = False
