"""底稿, very hidden: what the document said of each project at import and at every amendment, and what each amendment found
and left. From it an amendment knows what the document changed, and a lost sheet is made again.

A row holds a piece of one project as text; read only by the jobs that need it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..cells.numbers import whole_number
from ..domain.stored import BookFacts, unstored_facts, unstored_project
from . import layout
from .contents import FactKind
from .image import SheetImage
from .places import Area
from .tables import Row, Table

if TYPE_CHECKING:
    import xlwings as xw

    from ..domain.naming import UnitNames
    from ..domain.project import Project
    from .open_master import OpenMaster
    from .places import Places
    from .writing import Write

__all__ = ["Facts"]


@dataclass(frozen=True)
class Facts:
    """What stands in 底稿; ``table`` is None where the master has none, and then nothing is known."""

    table: Table | None
    projects: Mapping[tuple[int, FactKind, int], Project]
    book: BookFacts | None = None

    @classmethod
    def read(cls, book: xw.Book, places: Places, names: UnitNames) -> Facts:
        """Read the sheet, if there is one, units by what ``names`` call them now, but for the 责任单位 that a document prints. A
        project of which a piece was changed by hand is not known."""
        area = places.get(layout.NAME_FACTS)
        if area is None or area.sheet not in book.sheets:
            return cls(None, {})
        block = SheetImage.read(book.sheets[area.sheet]).block(area)
        header = block.header(layout.FACT_COLUMNS)
        if header.missing or header.twice:
            return cls(None, {})
        table = Table(layout.NAME_FACTS, block, layout.FACT_COLUMNS, header.columns)
        pieces: dict[tuple[int, FactKind, int], dict[int, str]] = {}
        for texts in table.rows():
            batch, project, piece = (whole_number(texts[label]) for label in ("批次", "项目", "段"))
            kind = texts["类别"]
            if batch is not None and project is not None and piece is not None and kind in set(FactKind):
                pieces.setdefault((batch, FactKind(kind), project), {})[piece] = texts["内容"]
        texts_of = {key: "".join(text for _, text in sorted(own.items())) for key, own in pieces.items()}
        books = [text for (_, kind, _), text in sorted(texts_of.items()) if kind is FactKind.BOOK]
        projects = {
            key: names.table(read) if key[1] is FactKind.DOCUMENT else names.project(read)
            for key, text in texts_of.items()
            if (read := unstored_project(text)) is not None
        }
        return cls(table, projects, unstored_facts(books[-1]) if books else None)

    @property
    def next_batch(self) -> int:
        """The number of the batch after the latest of which anything is kept."""
        return max((batch for batch, _, _ in self.projects), default=0) + 1

    def said(self, undone: Collection[int] = ()) -> dict[int, Project]:
        """Number → the project as the document said it last, amendments of the batches ``undone`` left out."""
        latest: dict[int, Project] = {}
        for (_, _, number), project in sorted(
            (
                item
                for item in self.projects.items()
                if item[0][1] is FactKind.DOCUMENT and item[0][0] not in undone
            ),
            key=lambda item: item[0][0],
        ):
            latest[number] = project
        return latest

    def amended(self, undone: Collection[int] = ()) -> dict[int, Project]:
        """Number → the project as the latest amendment left it, those of the batches ``undone`` left out."""
        return {
            number: project
            for (batch, kind, number), project in sorted(self.projects.items(), key=lambda item: item[0][0])
            if kind is FactKind.AFTER and batch not in undone
        }

    def of(self, batch: int, kind: FactKind) -> dict[int, Project]:
        """Number → project of one amendment."""
        return {key[2]: project for key, project in self.projects.items() if key[:2] == (batch, kind)}

    def appended(self, book: xw.Book, master: OpenMaster, rows: Sequence[Row]) -> list[Write]:
        """The writes that put ``rows`` below what stands; a master of an older version gets the sheet first."""
        table = self.table or _added(book, master)
        master.images[table.block.image.sheet] = table.block.image
        return table.appended(rows)


def _added(book: xw.Book, master: OpenMaster) -> Table:
    """The hidden sheet, empty but for its header."""
    sheet = book.sheets.add(layout.SHEET_FACTS, after=book.sheets[len(book.sheets) - 1])
    area = Area(sheet.name, 1, 1, 2, len(layout.FACT_COLUMNS))
    sheet.range((1, 1), (1, len(layout.FACT_COLUMNS))).value = list(layout.FACT_COLUMNS)
    sheet.visible = False
    book.names.add(layout.NAME_FACTS, area.reference)
    block = SheetImage.read(sheet).block(area)
    return Table(layout.NAME_FACTS, block, layout.FACT_COLUMNS, block.columns())
