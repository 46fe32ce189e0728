"""Cumulative numbers never fall: which of them contradict the others."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal

__all__ = ["contradicted"]


def contradicted(numbers: list[tuple[Decimal, int]]) -> set[int]:
    """Indexes of the numbers that cannot stand: ``numbers`` are (value, weight) in order of time.

    The heaviest sequence that never falls is right; where several are equally heavy, only what they share is.
    """
    before = _heaviest(numbers)
    after = _heaviest([(-value, weight) for value, weight in reversed(numbers)])[::-1]
    through = [
        ahead + behind - weight for ahead, behind, (_, weight) in zip(before, after, numbers, strict=True)
    ]
    best = max(through, default=0)
    candidates = {index for index, weight in enumerate(through) if weight == best}
    clashing = _clashing([(index, numbers[index][0]) for index in sorted(candidates)])
    return {index for index in range(len(numbers)) if index not in candidates or index in clashing}


def _heaviest(numbers: list[tuple[Decimal, int]]) -> list[int]:
    """For each number the weight of the heaviest never-falling sequence that ends with it (a tree of maxima)."""
    ranks = sorted({value for value, _ in numbers})
    best = [0] * (len(ranks) + 1)
    found: list[int] = []
    for value, weight in numbers:
        rank = bisect_left(ranks, value) + 1
        heaviest, at = 0, rank
        while at:
            heaviest, at = max(heaviest, best[at]), at & (at - 1)
        found.append(heaviest + weight)
        at = rank
        while at <= len(ranks):
            best[at] = max(best[at], found[-1])
            at += at & -at
    return found


def _clashing(candidates: list[tuple[int, Decimal]]) -> set[int]:
    """Those that are above a later one, or below an earlier one."""
    found: set[int] = set()
    highest: Decimal | None = None
    for index, value in candidates:
        if highest is not None and value < highest:
            found.add(index)
        highest = value if highest is None else max(highest, value)
    lowest: Decimal | None = None
    for index, value in reversed(candidates):
        if lowest is not None and value > lowest:
            found.add(index)
        lowest = value if lowest is None else min(lowest, value)
    return found
