"""Cumulative numbers never fall: which of them contradict the others."""

from __future__ import annotations

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
    return {
        index
        for index in range(len(numbers))
        if index not in candidates or any(_clash(numbers, index, other) for other in candidates)
    }


def _heaviest(numbers: list[tuple[Decimal, int]]) -> list[int]:
    """For each number the weight of the heaviest never-falling sequence that ends with it."""
    found: list[int] = []
    for index, (value, weight) in enumerate(numbers):
        earlier = [found[other] for other in range(index) if numbers[other][0] <= value]
        found.append(weight + max(earlier, default=0))
    return found


def _clash(numbers: list[tuple[Decimal, int]], one: int, other: int) -> bool:
    first, second = sorted((one, other))
    return numbers[first][0] > numbers[second][0]
