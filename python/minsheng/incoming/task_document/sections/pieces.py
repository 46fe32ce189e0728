"""A document's blocks as pieces with a meaning: a numbered line, a labelled line, a cell of a form, a table, or just text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from ....domain.month_phrase import read_month_phrase
from ..files.blocks import PICTURE, Block, Cell, Paragraph, Table
from ..words.labels import Label, by_role, roles_of, whole_label
from ..words.lines import Heading, read_heading, read_title, split_labels, unwrapped
from .lists import ListTable, Unread, read_list_table

__all__ = [
    "Caption",
    "Chapter",
    "Field",
    "Grid",
    "Loose",
    "Numbered",
    "Piece",
    "Place",
    "pieces_of",
]

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
#: A project of a list may end in 项目 too; these words are labels.
_NAMES: Final = frozenset({"项目名称", "实事名称", "年度目标", "目标任务", "项目内容", "建设内容"})
_WEAK: Final = frozenset({Label.TITLE, Label.TARGET, Label.OTHER})


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
        if (turned := _side_by_side(block)) is not None and (
            listed := read_list_table(turned, None)
        ) is not None:
            found += [_nowhere(piece) for piece in _listed(listed, at)]
            continue
        lines = _form_lines(block)
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


def _side_by_side(table: Table) -> Table | None:
    """A table with a project a column and a label before each row, turned; None for any other."""
    rows = table.rows
    if len(rows) < 3 or len({len(row) for row in rows}) != 1 or len(rows[0]) < 3:
        return None
    if any(cell.span > 1 or cell.tables for cell in table.cells):
        return None
    roles = [whole_label(row[0].text) for row in rows]
    values = [cell for row in rows for cell in row[1:]]
    if None in roles or Label.TITLE not in roles or any(whole_label(cell.text) for cell in values):
        return None
    titles = [cell.word for cell in rows[roles.index(Label.TITLE)][1:]]
    if not all(titles) or len(set(titles)) != len(titles):
        return None
    return Table(tuple(zip(*rows, strict=True)))


def _nowhere(piece: Piece) -> Piece:
    """A piece of a turned table: its rows are no rows of the document's."""
    return replace(piece, places=())


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
    heads = (*table.heads, *(column.name for column in table.columns))
    found: list[Piece] = [Caption(table.captions, table.unread, heads, caption_rows)]
    for project in table.projects:
        places = tuple((at, row) for row in project.rows)
        if project.heading is None:
            found.append(Chapter(project.text, places))
            continue
        found.append(Numbered(project.heading, certain=True, places=places))
        found += [Field(label, printed, text, places) for label, printed, text in project.fields]
        for label, printed in project.pictures:
            found += [Field(label, printed, "", places), Loose(PICTURE, places)]
        found += [Grid(grid, label, places) for label, grid in project.grids]
    return found


def _form_lines(table: Table) -> list[str | tuple[Label, str, str] | Table] | None:
    """The cells of a form ("责任领导 | 胡颖磊 | 责任单位 | 县教育局") as labelled texts; None for any other table."""
    labelled = sum(1 for row in table.rows if _opens_with_label_and_value(row))
    is_frame = len(table.rows) == 1 and len(table.rows[0]) == 1
    if labelled < 2 and not is_frame:
        return None
    lines: list[str | tuple[Label, str, str] | Table] = []
    nodes: list[list[str]] = []
    for row in table.rows:
        cells = [cell for cell in row if not cell.from_above]
        timed = _timed(cells)
        nodes += [[cells[at].text, cells[at + 1].text] for at in timed]
        beside = {place for at in timed for place in (at, at + 1)}
        lines += _form_row([cell for at, cell in enumerate(cells) if at not in beside])
    return [*lines, Table.of(nodes)] if nodes else lines


def _timed(row: list[Cell]) -> list[int]:
    """Where a form has times with the work of each beside it: "第一季度 | 完成选址"."""
    found = []
    at = 0
    while at + 1 < len(row):
        value = row[at + 1]
        before = whole_label(row[at - 1].text) if at else None
        if (
            (before is None or before is Label.SCHEDULE)
            and read_month_phrase(row[at].text) is not None
            and value.word
            and whole_label(value.text) is None
            and read_month_phrase(value.text) is None
        ):
            found.append(at)
            at += 1
        at += 1
    return found


def _opens_with_label_and_value(row: tuple[Cell, ...]) -> bool:
    """A header is one label after another; in a form a value stands beside each."""
    if len(row) < 2 or row[0].from_above:
        return False
    first = whole_label(row[0].text)
    if first is None or (first in _WEAK and row[0].word not in _NAMES):
        return False
    return whole_label(row[1].text) is None


def _form_row(row: list[Cell]) -> list[str | tuple[Label, str, str] | Table]:
    lines: list[str | tuple[Label, str, str] | Table] = []
    label: Label | None = None
    printed, texts, shown = "", [], []  # type: str, list[str], list[str | Table]
    for cell in [*row, None]:
        found = whole_label(cell.text) if cell is not None else None
        if found in _WEAK and label is not None and not texts:
            found = None  # "项目名称 | 污水处理项目": what stands behind a label is its value
        if cell is None or found is not None:
            if label is not None:
                lines.append((label, printed, "\n".join(texts)))
            else:
                lines += texts
            lines += shown
            label, printed, texts = found, cell.word if cell else "", []
            shown = list(cell.tables) if cell else []
        elif cell.word or cell.tables:
            texts.append(cell.text.strip())
            shown += cell.tables
        if cell is not None and cell.picture:
            shown.append(PICTURE)
    return lines
