"""What a document consists of before anybody asks what it means: paragraphs and tables, in printed order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ....domain.finding import Finding

__all__ = ["PICTURE", "Block", "Cell", "Note", "Paragraph", "Source", "Table"]

#: Where a picture stands in a text.
PICTURE = "\ufffc"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text, or several where the document broke it."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """``span`` is how many columns of the grid the cell covers; ``from_above`` says that it is the lower part of a cell
    merged downwards, whose text it repeats. ``tables`` are tables nested in it; ``picture`` says that it shows one."""

    text: str
    span: int = 1
    from_above: bool = False
    tables: tuple[Table, ...] = ()
    picture: bool = False
    #: The text without any white space: names are often broken over lines to fit a narrow column.
    word: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "word", "".join(self.text.split()))

    @property
    def is_filled(self) -> bool:
        """Whether the cell says something itself, and does not only repeat what stands above."""
        return bool(self.word) and not self.from_above


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as printed; rows may differ in length, and then it is not known which cell belongs to which column."""

    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, rows: list[list[str]]) -> Table:
        """A table of plain texts."""
        return cls(tuple(tuple(Cell(text) for text in row) for row in rows))

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells, row by row."""
        return (cell for row in self.rows for cell in row)

    @property
    def text(self) -> str:
        """The table in one line, for a clerk to recognise it."""
        return " ".join(cell.word for cell in self.cells if cell.is_filled)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Note:
    """Words beside the text: a footnote, a comment, a text box (``kind``, as a clerk calls it). ``place`` is the block and
    the row of it that they belong to; ``read`` says that they stand among the blocks too."""

    kind: str
    text: str
    place: tuple[int, int] | None = None
    read: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file's blocks, what was noticed while it was opened, and what stands beside its text."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
