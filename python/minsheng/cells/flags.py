"""What is known of a cell beside its value: an error, or a formula that was never computed, is not a blank cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum

__all__ = ["NO_FLAGS", "CellFlag", "FlaggedCells"]


class CellFlag(Enum):
    """``FORMULA`` has a stored value; ``PERCENT`` shows 0.55 as 55%; ``SCALED`` shows another number than it stores."""

    ERROR = "error"
    UNCOMPUTED = "uncomputed"
    FORMULA = "formula"
    PERCENT = "percent"
    SCALED = "scaled"


NO_FLAGS: frozenset[CellFlag] = frozenset()


@dataclass(frozen=True)
class FlaggedCells:
    """By (row, column) from 0. ``errors`` holds the text of an error where the file says it (``#REF!``)."""

    cells: Mapping[tuple[int, int], frozenset[CellFlag]] = field(default_factory=dict)
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def of(self, row: int, column: int) -> frozenset[CellFlag]:
        """The flags of one cell, ``NO_FLAGS`` where it has none."""
        return self.cells.get((row, column), NO_FLAGS)

    def within(self, columns: Collection[int]) -> FlaggedCells:
        """Those of some columns alone."""
        wanted = frozenset(columns)
        return FlaggedCells(
            {place: flags for place, flags in self.cells.items() if place[1] in wanted},
            {place: text for place, text in self.errors.items() if place[1] in wanted},
        )
