"""A document's blocks as pieces with a meaning: a numbered line, a labelled line, a table, or just text."""

from __future__ import annotations

from dataclasses import dataclass

from .blocks import PICTURE, Block, Paragraph, Table
from .forms import form_lines
from .headings import Heading, read_heading, read_title
from .label_lines import split_labels, unwrapped
from .labels import Label, by_role, roles_of
from .lists import ListTable, Unread, read_list_table

__all__ = ["Caption", "Chapter", "Field", "Grid", "Loose", "Numbered", "Piece", "Place", "pieces_of"]

#: Which block of the document, and which row of it where it is a table.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Numbered:
    """``certain`` where the document's own table says that this is a project."""

    heading: Heading
    certain: bool = False
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """What stands behind a label; ``printed`` is the label as the document has it."""

    label: Label
    printed: str
    text: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; ``label`` where the place it stood in says what it is."""

    table: Table
    label: Label | None = None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Loose:
    """Text without a label or a number; a picture's place is PICTURE."""

    text: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A row of a list that only names a group of projects."""

    text: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a list inside its table, and its columns that were not read."""

    texts: tuple[str, ...]
    unread: tuple[Unread, ...]
    heads: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


Piece = Numbered | Field | Grid | Loose | Chapter | Caption
#: Pieces of a text, and the number of its last labelled line where that has one.
_Lines = tuple[list[Piece], Heading | None]


def pieces_of(blocks: tuple[Block, ...]) -> list[Piece]:
    """All pieces in order; a table that lists projects becomes the pieces of each of its rows."""
    found: list[Piece] = []
    columns: ListTable | None = None
    before: Heading | None = None
    for at, block in enumerate(blocks):
        here: tuple[Place, ...] = ((at, 0),)
        if isinstance(block, Paragraph):
            pieces, before = _paragraph(block.text, here, before)
            found += pieces
            continue
        before = None
        rows = tuple((at, row) for row in range(len(block.rows)))
        lines = form_lines(block)
        if lines is None:
            columns = read_list_table(block, columns)
            found += _listed(columns, at) if columns is not None else [Grid(block, places=rows)]
            continue
        for line in lines:
            if isinstance(line, Table):
                found.append(Grid(line, places=rows))
            elif isinstance(line, tuple):
                label, printed, text = line
                found += _fields(label, printed, text, rows)
            else:
                found += _paragraph(line, rows)[0]
    return found


def _fields(label: Label, printed: str, text: str, places: tuple[Place, ...]) -> list[Piece]:
    roles = roles_of(printed) or (label,)
    return [Field(role, printed, words, places) for role, words in by_role(roles, text)]


def _paragraph(text: str, places: tuple[Place, ...], before: Heading | None = None) -> _Lines:
    """``before`` is the number of the label on the line above: "（五）分工：…" after "（四）进度：…" is a label too."""
    found: list[Piece] = []
    for line in text.splitlines():
        words = line.replace(PICTURE, "")
        for part in filter(str.strip, unwrapped(words)):
            pieces, before = _line(part, places, before)
            found += pieces
        if words != line:
            found.append(Loose(PICTURE, places))
    return found, before


def _line(line: str, places: tuple[Place, ...], before: Heading | None) -> _Lines:
    numbered = read_heading(line)
    if numbered is not None and numbered.doubtful and split_labels(line)[0][0] is None:
        return [Numbered(numbered, places=places)], None
    found: list[Piece] = []
    done: set[str] = set()
    for label, printed, text in split_labels(line):
        heading = read_heading(text) if label is None else None
        if heading is not None:
            found.append(Numbered(heading, places=places))
        elif label is not None:
            if printed not in done:
                found += _fields(label, printed, text, places)
            done |= {printed} if len(roles_of(printed)) > 1 else set()
        elif text:
            found.append(Loose(text, places))
    if numbered is None:
        return found, before
    if not found or not isinstance(found[0], Field):
        return found, None
    goes_on = before is not None and before.family == numbered.family and before.number + 1 == numbered.number
    if found[0].label is Label.OTHER and not goes_on:  # "1.总体目标：…" is no project's label
        return [Numbered(numbered, places=places)], None
    if found[0].label is Label.TITLE and found[0].text:
        starred, title = read_title(found[0].text)
        named = Heading(numbered.number, numbered.family, numbered.starred or starred, title, line.strip())
        return [Numbered(named, places=places), *found[1:]], None
    return found, numbered


def _listed(table: ListTable, at: int) -> list[Piece]:
    caption_rows = tuple((at, row) for row in range(len(table.captions)))
    heads = tuple(column.name for column in table.columns)
    found: list[Piece] = [Caption(table.captions, table.unread, heads, caption_rows)]
    for project in table.projects:
        places = tuple((at, row) for row in project.rows)
        if project.heading is None:
            found.append(Chapter(project.text, places))
            continue
        found.append(Numbered(project.heading, certain=True, places=places))
        found += [Field(label, printed, text, places) for label, printed, text in project.fields]
        found += [Grid(grid, label, places) for label, grid in project.grids]
    return found
