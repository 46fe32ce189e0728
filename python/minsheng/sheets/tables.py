"""The tables that jobs fill (导入核对, 校验结果, 填报明细, 汇总记录, those of 首页): header by name and labels.

What a clerk keeps between, below or beside the rows of a table is the clerk's own and is never written: a row beside which
something of the clerk's stands keeps its place, the others are laid out around it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..domain.catalogue import master as rules
from ..domain.finding import Severity
from . import layout
from .gaps import Gap, Gaps
from .image import is_formula
from .places import Area
from .writing import Write, kept

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from .image import Block, SheetImage
    from .places import Places

__all__ = ["Row", "Table", "read_tables"]

#: Label → what is written there; a label that is missing is blanked.
Row = dict[str, Any]
#: Missed by jobs; the others are missed by nobody but who looks at them.
_NEEDED = (layout.NAME_SUMMARY, layout.NAME_FINDINGS, layout.NAME_DETAILS, layout.NAME_LOG)


@dataclass(frozen=True)
class Table:
    """A table of a master: ``labels`` are those of the columns that jobs write, ``others`` the areas of the other names
    on its sheet."""

    name: str
    block: Block
    labels: tuple[str, ...]
    columns: dict[str, int]
    others: Mapping[str, Area] = field(default_factory=dict)

    @property
    def used(self) -> range:
        """The rows below the header down to the last one with anything in a labelled column."""
        last = max(
            (rows.stop for label in self.labels if (rows := self.block.rows_in_use(self.columns[label]))),
            default=0,
        )
        first = self.block.header_row + 1
        return range(first, max(first, last))

    def texts(self, row: int) -> dict[str, str]:
        """Label → text of one row."""
        return {label: self.block.image.text(row, column) for label, column in self._written_columns.items()}

    def rows(self) -> list[dict[str, str]]:
        """The texts of every row in use, a clerk's own among them."""
        return [self.texts(row) for row in self.used]

    def kept(self, row: int) -> Row:
        """What stands in one row, as a write puts it back."""
        return {label: kept(self.block.image, row, column) for label, column in self._written_columns.items()}

    @property
    def _written_columns(self) -> dict[str, int]:
        return {label: self.columns[label] for label in self.labels}

    def has_beside(self, row: int) -> bool:
        """Whether a clerk has written something beside a row: neither a formula, which follows the row, nor a cell of
        another table."""
        image, ours = self.block.image, set(self._written_columns.values())
        return any(
            image.text(row, column) and not is_formula(image.formula(row, column))
            for column in range(image.left, image.right + 1)
            if column not in ours and not self._is_of_another(row, column)
        )

    def _is_of_another(self, row: int, column: int) -> bool:
        """Whether a cell belongs to another table; one that grows has all that is below its name."""
        return any(
            area.left <= column <= area.right
            and area.top <= row
            and (row <= area.bottom or name in layout.GROWING)
            for name, area in self.others.items()
        )

    def arranged(
        self, rows: Mapping[Any, Row], whose: Mapping[int, Any], gone: Callable[[int], Row]
    ) -> dict[int, Row]:
        """Where ``rows``, each by what it is about, go: sheet row → content.

        ``whose`` says what each row is about that a job has written; the others in use are the clerk's and stay. A row with
        something beside it keeps its place; where what it is about is in ``rows`` no more, ``gone`` says what it shows.
        The rest fill the free places from the top, below the last one too; rows left over are blanked.
        """
        return self._arranged(rows, whose, gone, None)[0]

    def fitted(
        self,
        rows: Mapping[Any, Row],
        whose: Mapping[int, Any],
        gone: Callable[[int], Row],
        rest: Callable[[int], Row] | None = None,
    ) -> dict[int, Row]:
        """The same inside the rows of the name. Where there are too many, the last free one shows what ``rest`` says of
        their number."""
        placed, free, left = self._arranged(rows, whose, gone, self.block.rows)
        if left and rest is not None and free:
            placed[free[-1]] = rest(len(left) + 1)
        return placed

    def _arranged(
        self,
        rows: Mapping[Any, Row],
        whose: Mapping[int, Any],
        gone: Callable[[int], Row],
        within: range | None,
    ) -> tuple[dict[int, Row], list[int], list[Row]]:
        """The rows placed, the places that were free for them, and the rows that found none."""
        left, placed = dict(rows), dict[int, Row]()
        for row, about in whose.items():
            if self.has_beside(row):
                placed[row] = left.pop(about) if about in left else gone(row)
        taken = {row for row in self.used if row not in whose and any(self.texts(row).values())}
        used = self.used if within is None else within
        free: list[int] = []
        row, waiting = used.start, list(left.values())
        while row < used.stop or (within is None and len(free) < len(waiting)):
            if row not in placed and row not in taken and (row in whose or not self.has_beside(row)):
                free.append(row)
            row += 1
        blanks: list[Row] = [{}] * max(0, len(free) - len(waiting))
        placed |= dict(zip(free, [*waiting, *blanks], strict=False))
        return placed, free, waiting[len(free) :]

    def appended(self, rows: Sequence[Row]) -> list[Write]:
        """The writes that put ``rows`` below what stands, a row with something beside it passed over."""
        placed: dict[int, Row] = {}
        row = self.used.stop
        for content in rows:
            while self.has_beside(row):
                row += 1
            placed[row] = content
            row += 1
        return self.writes(placed)

    def writes(self, placed: Mapping[int, Row]) -> list[Write]:
        """The writes that put rows where they are to go, one for each block of neighbouring rows and labelled columns: a
        column that a clerk inserted is left alone."""
        writes: list[Write] = []
        for run in _runs(sorted(placed)):
            for columns in _runs(sorted(self._written_columns.values())):
                labels = [
                    label for column in columns for label in self.labels if self.columns[label] == column
                ]
                values = [[placed[row].get(label) for label in labels] for row in run]
                writes.append(Write(self.block.image.sheet, run[0], columns[0], values))
        return writes


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Neighbouring numbers together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def read_tables(
    places: Places, images: Mapping[str, SheetImage], nameless: Sequence[SheetImage]
) -> tuple[dict[str, Table], list[Gap]]:
    """The tables of layout.TABLES that can be read, by name, and a gap for each thing that is missing of the others.

    ``nameless`` are the sheets that no name points to: a table whose name is lost may stand on one of them.
    """
    found: dict[str, Table] = {}
    gaps: list[Gap] = []
    lost: list[str] = []
    for name, (_, all_labels) in layout.TABLES.items():
        area = places.get(name)
        image = images.get(area.sheet) if area else None
        if area is None or image is None:
            lost.append(name)
            continue
        block = image.block(area)
        missing = Gaps(image.sheet)
        newer = layout.NEWER_COLUMNS if area.right - area.left + 1 < len(all_labels) else ()
        labels = tuple(label for label in all_labels if label not in newer)
        columns = missing.header(name, block, labels)
        gaps += missing.found
        if not missing.found:
            others = {other: own for other, own in places.areas.items() if own.sheet == image.sheet}
            del others[name]
            found[name] = Table(name, block, labels, columns, others)
    headers = {(table.block.image.sheet, table.block.header_row) for table in found.values()}
    return found, gaps + [_lost(name, [*images.values(), *nameless], headers) for name in lost]


def _lost(name: str, images: Sequence[SheetImage], headers: Collection[tuple[str, int]]) -> Gap:
    """The gap of a table without its name: where its header still stands somewhere, the table is there and goes stale.
    ``headers`` are those of other tables."""
    tab, labels = layout.TABLES[name]
    for image in sorted(images, key=lambda image: image.sheet != tab):
        for row in range(image.top, image.bottom + 1) if len(labels) > 1 else ():
            if (image.sheet, row) not in headers and set(labels) <= _row(image, row).keys():
                gaps = Gaps(image.sheet)
                gaps.add(name, rules.NAME_MISSING, (row, 1), label=name)
                return gaps.found[0]
    if tab in {image.sheet for image in images}:
        severity = Severity.ERROR if name in _NEEDED else Severity.WARNING
        return Gap(name, rules.NAME_MISSING.finding(sheet=tab, label=name, severity=severity), gone=True)
    is_needed = any(layout.TABLES[needed][0] == tab for needed in _NEEDED)
    severity = Severity.ERROR if is_needed else Severity.WARNING
    return Gap(name, rules.TABLE_LOST.finding(sheet=tab, severity=severity), gone=True)


def _row(image: SheetImage, row: int) -> dict[str, int]:
    return image.block(Area(image.sheet, row, image.left, row, image.right)).columns()
