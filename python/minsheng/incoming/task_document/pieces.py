"""A document's blocks as pieces with a meaning: a numbered line, a labelled line, a table, or just text."""

from __future__ import annotations

from dataclasses import dataclass

from .blocks import Block, Paragraph, Table
from .forms import ListTable, form_lines, read_list_table
from .headings import Heading, read_heading, read_title
from .labels import Label, split_labels, unwrapped

__all__ = ["Chapter", "Field", "Grid", "Loose", "Numbered", "Piece", "pieces_of"]


@dataclass(frozen=True, slots=True)
class Numbered:
    """``certain`` where the document's own table says that this is a project."""

    heading: Heading
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    label: Label
    printed: str
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; ``label`` where the place it stood in says what it is."""

    table: Table
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Loose:
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A row of a list that only names a group of projects."""

    text: str


Piece = Numbered | Field | Grid | Loose | Chapter


def pieces_of(blocks: tuple[Block, ...]) -> list[Piece]:
    """All pieces in order; a table that lists projects becomes the pieces of each of its rows."""
    found: list[Piece] = []
    columns: ListTable | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            found += _paragraph(block.text)
            continue
        lines = form_lines(block)
        if lines is None:
            columns = read_list_table(block, columns)
            found += _listed(columns) if columns is not None else [Grid(block)]
            continue
        for line in lines:
            if isinstance(line, Table):
                found.append(Grid(line))
            elif isinstance(line, tuple):
                label, printed, text = line
                found.append(Field(label, printed, text))
            else:
                found += _paragraph(line)
    return found


def _paragraph(text: str) -> list[Piece]:
    lines = [part for line in text.splitlines() for part in unwrapped(line)]
    return [piece for line in lines if line.strip() for piece in _line(line)]


def _line(line: str) -> list[Piece]:
    found: list[Piece] = []
    for label, printed, text in split_labels(line):
        heading = read_heading(text) if label is None else None
        if heading is not None:
            found.append(Numbered(heading))
        elif label is not None:
            found.append(Field(label, printed, text))
        elif text:
            found.append(Loose(text))
    numbered = read_heading(line)
    if numbered is None or not found or not isinstance(found[0], Field):
        return found
    if found[0].label is Label.OTHER:  # 项目一：… is a number, not a label
        found[0] = Numbered(numbered)
    elif found[0].label is Label.TITLE:
        starred, title = read_title(found[0].text)
        found[0] = Numbered(
            Heading(numbered.number, numbered.family, starred or numbered.starred, title, line.strip())
        )
    return found


def _listed(table: ListTable) -> list[Piece]:
    found: list[Piece] = []
    for row in table.projects:
        if row.heading is None:
            found.append(Chapter(row.text))
            continue
        found.append(Numbered(row.heading, certain=True))
        found += [Field(label, printed, text) for label, printed, text in row.fields]
        found += [Grid(grid, label) for label, grid in row.grids]
    return found
