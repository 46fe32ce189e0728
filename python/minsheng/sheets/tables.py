"""The tables that jobs fill (导入核对, 校验结果, 填报明细, 汇总记录): header by name and labels, rows growing downwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .writing import Write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .image import Block

__all__ = ["Table"]


@dataclass(frozen=True)
class Table:
    """A table of a master. ``rows`` are dicts label → text of the rows in use, in order."""

    name: str
    block: Block
    labels: tuple[str, ...]
    columns: dict[str, int]

    @property
    def used(self) -> range:
        """The rows below the header down to the last one with anything in a labelled column."""
        last = max(
            (rows.stop for label in self.labels if (rows := self.block.rows_in_use(self.columns[label]))),
            default=0,
        )
        first = self.block.header_row + 1
        return range(first, max(first, last))

    def rows(self) -> list[dict[str, str]]:
        image = self.block.image
        return [{label: image.text(row, self.columns[label]) for label in self.labels} for row in self.used]

    def replaced(self, rows: Sequence[dict[str, Any]]) -> list[Write]:
        """The writes that make ``rows`` the whole content, older rows below blanked."""
        height = max(len(self.used), len(rows))
        return self._write(self.block.header_row + 1, [*rows, *({} for _ in range(height - len(rows)))])

    def fitted(self, rows: Sequence[dict[str, Any]]) -> list[Write]:
        """The writes that fill exactly the rows of the name: those left over are blanked, those too many left out."""
        height = len(self.block.rows)
        return self._write(self.block.header_row + 1, [*rows, *[{}] * height][:height])

    def appended(self, rows: Sequence[dict[str, Any]]) -> list[Write]:
        """The writes that put ``rows`` below what stands."""
        return self._write(self.used.stop, rows)

    def _write(self, top: int, rows: Sequence[dict[str, Any]]) -> list[Write]:
        """One write for each run of neighbouring columns: a column that a clerk inserted is left alone."""
        if not rows:
            return []
        writes: list[Write] = []
        run: list[str] = []
        for label in sorted(self.labels, key=self.columns.__getitem__):
            if run and self.columns[label] != self.columns[run[-1]] + 1:
                writes.append(self._run(top, run, rows))
                run = []
            run.append(label)
        writes.append(self._run(top, run, rows))
        return writes

    def _run(self, top: int, run: list[str], rows: Sequence[dict[str, Any]]) -> Write:
        values = [[row.get(label) for label in run] for row in rows]
        return Write(self.block.image.sheet, top, self.columns[run[0]], values)
