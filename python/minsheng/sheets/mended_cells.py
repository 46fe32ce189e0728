"""A sheet of a master against the same sheet built anew: which of our labels and formulas it has lost, where its rows still
stand as they were built; else it has to be built anew."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .image import is_formula
from .writing import Formula, Write

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .image import SheetImage
    from .places import Area

__all__ = ["Anchors", "lost_formulas", "lost_labels"]

#: So many of a sheet's labels at their places say that nothing has moved.
_ENOUGH: Final = 0.6
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True)
class Anchors:
    """The cells of a sheet built anew that hold words of ours: headers, labels, totals. ``old`` is the sheet that stands."""

    old: SheetImage
    new: SheetImage
    cells: tuple[tuple[int, int], ...]

    @classmethod
    def of(
        cls, old: SheetImage, new: SheetImage, areas: Collection[Area], labels: Collection[str]
    ) -> Anchors:
        """The cells in ``areas`` of the new sheet whose words are among ``labels``."""
        cells = [
            (row, column)
            for area in areas
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
            if new.label(row, column) in labels and not is_formula(new.formula(row, column))
        ]
        return cls(old, new, tuple(dict.fromkeys(cells)))

    @property
    def lost(self) -> list[tuple[int, int]]:
        """Those that read otherwise on the sheet that stands."""
        return [place for place in self.cells if self.old.label(*place) != self.new.label(*place)]

    @property
    def stand(self) -> bool:
        """Whether enough of them are at their places, and none has only moved along its row: then a cell's address says what it
        is."""
        kept = len(self.cells) - len(self.lost)
        return bool(self.cells) and kept >= _ENOUGH * len(self.cells) and not self._have_moved

    @property
    def _have_moved(self) -> bool:
        """Whether a label that is lost stands in another cell of its row, one that was blank or another label's."""
        wanted: dict[int, set[int]] = {}
        for row, column in self.cells:
            wanted.setdefault(row, set()).add(column)
        return any(
            self.old.label(row, other) == self.new.label(row, column)
            for row, column in self.lost
            for other in range(self.old.left, self.old.right + 1)
            if other not in wanted[row] or self.new.label(row, other) != self.old.label(row, other)
        )


def lost_labels(anchors: Anchors) -> list[Write]:
    """The writes that put lost labels back."""
    return [Write(anchors.old.sheet, *place, [[anchors.new.value(*place)]]) for place in anchors.lost]


def lost_formulas(old: SheetImage, new: SheetImage, areas: Collection[Area]) -> Iterator[Write]:
    """The writes that put formulas back where another one, a number or nothing stands, inside ``areas`` of the new sheet."""
    seen: set[tuple[int, int]] = set()
    for area in areas:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                text = new.formula(row, column)
                if (row, column) in seen or not is_formula(text):
                    continue
                seen.add((row, column))
                if _plain(old.formula(row, column)) != _plain(text):
                    yield Write(old.sheet, row, column, [[Formula(text)]])


def _plain(formula: str) -> str:
    """Spaces and quotes around titles are each program's own."""
    return _SPACES.sub("", formula).replace("'", "").upper()
