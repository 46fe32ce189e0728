"""Which project, and which node, of a changed document is which of the master's: by its words, then by its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import Final, Generic, TypeVar

from ...cells.labels import letters_alone
from ..project import Milestone, Project

__all__ = ["match_nodes", "match_projects", "without_numbers"]

T = TypeVar("T")
Key = Callable[[T], Hashable]

#: What an amendment changes most often, and what tells two projects of one kind apart least.
_NUMBERS: Final = re.compile(
    r"[0-9０-９.．%％]+|[一二三四五六七八九十百千万亿两]+(?=[个名人户家所座处项条套批期米亩吨台辆])"
)
#: From this likeness on, two titles under one number are one project reworded.
_REWORDED: Final = 0.6
#: So alike are two titles under different numbers that are one project.
_MOVED: Final = 0.85


def match_projects(standing: Sequence[Project], document: Sequence[Project]) -> dict[int, int]:
    """Index in ``document`` → index in ``standing``; a project without a partner is in neither side.

    Equal titles first, then titles that differ in their numbers alone, then the same printed number with like words, then
    like words anywhere.
    """
    pairs = _Pairs(standing, document)
    pairs.by(lambda project: letters_alone(project.title))
    pairs.by(lambda project: without_numbers(project.title))
    alike = [
        (_likeness(old, new), there, here)
        for here, new in pairs.open_right()
        for there, old in pairs.open_left()
    ]
    for likeness, there, here in sorted(alike, key=lambda each: -each[0]):
        same_place = standing[there].number == document[here].number
        if likeness >= (_REWORDED if same_place else _MOVED):
            pairs.pair(there, here)
    return pairs.found


def match_nodes(standing: Sequence[Milestone], document: Sequence[Milestone]) -> dict[int, int]:
    """The same for the nodes of one project: equal ones, then those that only moved, those reworded in their place, and
    those of which month and number changed together."""
    pairs = _Pairs[Milestone](standing, document)
    pairs.by(lambda node: (node.first_month, node.last_month, _folded(node), node.cumulative))
    pairs.by(lambda node: (_folded(node), node.cumulative))
    pairs.by(lambda node: (node.first_month, node.last_month, node.cumulative))
    pairs.by(lambda node: (node.first_month, node.last_month))
    pairs.by(lambda node: (_folded(node, numbers=False), node.cumulative is None))
    return pairs.found


def without_numbers(words: str) -> str:
    """The letters of a title or a node, without its numbers."""
    return letters_alone(_NUMBERS.sub("", words))


def _folded(node: Milestone, *, numbers: bool = True) -> str:
    return letters_alone(node.text) if numbers else without_numbers(node.text)


def _likeness(old: Project, new: Project) -> float:
    matcher = SequenceMatcher(None, letters_alone(old.title), letters_alone(new.title), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _REWORDED else 0.0


class _Pairs(Generic[T]):
    """Two rows of things, paired one by one."""

    def __init__(self, left: Sequence[T], right: Sequence[T]) -> None:
        self._left, self._right = list(left), list(right)
        self._taken: set[int] = set()
        self.found: dict[int, int] = {}

    def open_left(self) -> list[tuple[int, T]]:
        return [(index, each) for index, each in enumerate(self._left) if index not in self._taken]

    def open_right(self) -> list[tuple[int, T]]:
        return [(index, each) for index, each in enumerate(self._right) if index not in self.found]

    def pair(self, left: int, right: int) -> None:
        """Pair two, unless one of them has a partner."""
        if left not in self._taken and right not in self.found:
            self._taken.add(left)
            self.found[right] = left

    def by(self, key: Key[T]) -> None:
        """Pair what is equal under ``key``, in order."""
        waiting: dict[Hashable, list[int]] = {}
        for index, each in self.open_left():
            waiting.setdefault(key(each), []).append(index)
        for index, each in self.open_right():
            if indexes := waiting.get(key(each)):
                self.pair(indexes.pop(0), index)
