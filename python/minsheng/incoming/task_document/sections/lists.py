"""A table that lists projects: the number decides what is one, a row without it continues the one above."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Final

from ....cells.labels import fold
from ....cells.numbers import chinese_integer
from ....domain.month_phrase import read_month_phrase
from ...numbers import find_mentions, read_cell_number
from ..files.blocks import Cell, Table
from ..words.labels import NAMED, Label, by_role, is_blank, is_total, roles_of
from ..words.lines import SERIAL, Heading, read_heading, read_title
from .list_columns import Column, read_columns

__all__ = ["ListTable", "ListedProject", "Unread", "read_list_table"]

#: Columns of a header: one a unit, and a county has hundreds of villages.
_WIDEST: Final = 1000
_HEADER_WITHIN: Final = 8
_CHAPTER: Final = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十]{1,3}[类章部]|.{0,30}(?:类|方面|领域)$"
)
_ORDINAL: Final = re.compile(r"第(.{1,5})[项件号]")
_PARTED: Final = re.compile(r"\d{1,2}[-—.](\d{1,3})")


@dataclass
class ListedProject:
    """A row of a list, with those that continue it; ``rows`` are their places in the table. ``heading`` None is a row of
    mere text (a chapter's name), then in ``text``. ``pictures`` are the columns that show one and say nothing."""

    heading: Heading | None
    rows: list[int]
    text: str = ""
    fields: list[tuple[Label, str, str]] = field(default_factory=list)
    grids: list[tuple[Label, Table]] = field(default_factory=list)
    pictures: list[tuple[Label, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Unread:
    """A column that is not read, with what its cells say. ``known``: its header names something without a place in the
    model."""

    name: str
    texts: tuple[str, ...]
    known: bool


@dataclass(frozen=True)
class ListTable:
    """``captions`` are the rows above the header, from the top."""

    columns: tuple[Column, ...]
    projects: tuple[ListedProject, ...]
    captions: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    heads: tuple[str, ...] = ()


def read_list_table(table: Table, before: ListTable | None) -> ListTable | None:
    """The table as a list of projects, or None. A table without a header that follows a list of as many columns goes on
    with it (a page break)."""
    rows = [_spread(row) for row in table.rows]
    header = _header_row(rows)
    if header is not None:
        depth = _header_depth(rows, header)
        labels = _echoed([_spread(row, with_echo=True) for row in table.rows[header : header + depth]])
        body = _with_their_units(labels, rows[header + depth :])
        columns = read_columns(labels, body)
        if not any(column.label is Label.TITLE for column in columns):
            return None
        captions = [
            "".join(dict.fromkeys(cell.word for cell in row if cell.is_filled)) for row in rows[:header]
        ]
        listed = _listed(columns, body, header + depth, 0, tuple(filter(None, captions)))
        return replace(listed, heads=tuple(cell.text for row in labels for cell in row if cell.is_filled))
    if before is not None and rows and all(len(row) == len(before.columns) for row in rows):
        last = max((project.heading.number for project in before.projects if project.heading), default=0)
        listed = _listed(before.columns, rows, 0, last, ())
        if listed.projects and listed.projects[0].heading is not None:
            return listed
    return None


def _listed(
    columns: tuple[Column, ...], body: list[list[Cell]], first: int, last: int, captions: tuple[str, ...]
) -> ListTable:
    unread = []
    for index, column in enumerate(_with_steps(columns, body)):
        cells = [row[index] for row in body if index < len(row)]
        texts = tuple(cell.text.strip() for cell in cells if cell.is_filled and not is_blank(cell.word))
        if not column.roles and texts:
            unread.append(Unread(column.name or f"第{index + 1}列", texts, column.known))
    return ListTable(columns, tuple(_projects(columns, body, first, last)), captions, tuple(unread))


def _spread(row: tuple[Cell, ...], *, with_echo: bool = False) -> list[Cell]:
    """A cell for every column of the grid: one over several columns stands in the first, the others are empty or, in a
    header, echo it."""
    return [
        cell if at == 0 else Cell(cell.text if with_echo else "", from_above=with_echo)
        for cell in row
        for at in range(min(cell.span, 64))
    ]


def _with_their_units(header: list[list[Cell]], body: list[list[Cell]]) -> list[list[Cell]]:
    """A column 单位 that holds units of measure (公里, 户) beside one of mere numbers: each number gets its unit."""
    names = [
        next((row[at].word for row in reversed(header) if at < len(row) and row[at].word), "")
        for at in range(max(map(len, header)))
    ]
    for at, name in enumerate(names):
        cells = [row[at] for row in body if at < len(row) and row[at].word]
        if (
            name not in ("单位", "计量单位", "数量单位")
            or not cells
            or not all(_is_measure(cell.word) for cell in cells)
        ):
            continue
        for beside in (at + 1, at - 1):
            numbers = [row[beside] for row in body if 0 <= beside < len(row) and row[at].word]
            if numbers and all(read_cell_number(cell.text) for cell in numbers if cell.word):
                return [
                    _joined(row, beside, at) if at < len(row) and beside < len(row) else row for row in body
                ]
    return body


def _is_measure(word: str) -> bool:
    """Whether a word can stand behind a number as its unit: 公里, 万元, 人次."""
    mentions = find_mentions(f"1{word}")
    return len(word) <= 5 and len(mentions) == 1 and mentions[0].end == len(word) + 1


def _joined(row: list[Cell], number: int, unit: int) -> list[Cell]:
    changed = list(row)
    if row[number].is_filled:
        changed[number] = replace(row[number], text=f"{row[number].text.strip()}{row[unit].word}")
    changed[unit] = replace(row[unit], text="")
    return changed


def _header_row(rows: list[list[Cell]]) -> int | None:
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        if len(row) > _WIDEST:
            continue
        labels = [roles_of(cell.text)[0] for cell in row if not cell.from_above and roles_of(cell.text)]
        kinds = set(labels) - {Label.OTHER}
        named = (Label.TITLE in kinds and bool(kinds & (NAMED | {Label.NUMBER}))) or (
            Label.TARGET in kinds and bool(kinds & NAMED)
        )
        if (
            named
            and len(kinds) >= 2
            and len(labels) >= 2
            and not any(read_cell_number(cell.text) for cell in row if cell.word)
        ):
            return index
    return None


def _header_depth(rows: list[list[Cell]], header: int) -> int:
    """One row, or more where labels are merged downwards over sub-headers, or stand above them with blanks beside."""
    depth = 1
    own = [
        at for at, cell in enumerate(rows[header]) if {Label.NUMBER, Label.TITLE} & set(roles_of(cell.text))
    ]
    for row in rows[header + 1 : header + 4]:
        if len(row) != len(rows[header]) or any(
            not cell.from_above and read_cell_number(cell.text) for cell in row
        ):
            break
        merged = any(cell.from_above and roles_of(cell.text) for cell in row)
        filled = [(top, cell) for top, cell in zip(rows[header], row, strict=True) if cell.is_filled]
        sub = (
            bool(filled)
            and all(len(cell.word) <= 10 and not find_mentions(fold(cell.word)) for _, cell in filled)
            and not any(row[at].word for at in own)
        )
        under = any(not top.word for top, _ in filled)
        if not merged and not (sub and under):
            break
        depth += 1
    return depth


def _echoed(header: list[list[Cell]]) -> list[list[Cell]]:
    """A label above blanks heads these too, where a second row has words below them."""
    if len(header) > 1:
        top = header[0]
        for index in range(1, len(top)):
            below = [row[index] for row in header[1:] if index < len(row)]
            if not top[index].word and any(cell.word for cell in below):
                top[index] = Cell(top[index - 1].text, from_above=True)
    return header


def _projects(
    columns: tuple[Column, ...], rows: list[list[Cell]], first: int, last: int
) -> list[ListedProject]:
    found: list[ListedProject] = []
    texts: dict[int, dict[Label, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    has_numbers = any(column.label is Label.NUMBER for column in columns)
    columns = _with_steps(columns, rows)
    for at, row in enumerate(rows, start=first):
        own = [cell for cell in row if cell.is_filled]
        if [cell.word for cell in row] == [column.name for column in columns] or not own:
            continue
        heading = _heading(columns, row, last)
        if _is_chapter(columns, row, own):
            found.append(ListedProject(None, [at], " ".join(cell.word for cell in own)))
            continue
        if (
            heading is not None
            and has_numbers
            and found
            and not _has_own(columns, row, Label.NUMBER)
            and found[-1].heading
        ):
            heading = None if any(_has_own(columns, other, Label.NUMBER) for other in rows) else heading
        if heading is not None:
            last = heading.number
            found.append(ListedProject(heading, [at]))
        elif not found or found[-1].heading is None:
            found.append(ListedProject(None, [at], " ".join(cell.word for cell in own)))
            continue
        else:
            found[-1].rows.append(at)
        # A cell merged over several projects (one leader) is each one's own; over several rows of one it is read once.
        cells = row if heading is None else [replace(cell, from_above=False) for cell in row]
        _add_row(found[-1], columns, cells, texts[len(found) - 1], continues=heading is None)
    for index, by_label in texts.items():
        for label, parts in by_label.items():
            name = next((column.name for column in columns if label in column.roles), label.value)
            joined = "、" if label in NAMED else "\n"
            found[index].fields.append((label, name, joined.join(parts)))
    return found


def _with_steps(columns: tuple[Column, ...], rows: list[list[Cell]]) -> tuple[Column, ...]:
    """A list with a row a node: a column of times, several a project, and the work beside each."""
    for index, column in enumerate(columns[:-1]):
        if column.label not in (Label.SCHEDULE, None) or column.phrase or column.unit:
            continue
        timed = [row for row in rows if index < len(row) and row[index].is_filled]
        beside = columns[index + 1]
        if (
            any(not _has_own(columns, row, Label.NUMBER, Label.TITLE) for row in timed)
            and all(read_month_phrase(row[index].text) for row in timed)
            and beside.label in (Label.TARGET, Label.SCHEDULE, None)
            and not beside.phrase
            and not beside.unit
        ):
            changed = list(columns)
            changed[index] = replace(column, steps=index + 1, roles=(Label.SCHEDULE,))
            changed[index + 1] = replace(beside, is_step=True, roles=(Label.SCHEDULE,))
            return tuple(changed)
    return columns


def _has_own(columns: tuple[Column, ...], row: list[Cell], *labels: Label) -> bool:
    """Whether a row says something itself under one of these labels."""
    return any(column.label in labels and cell.is_filled for column, cell in zip(columns, row, strict=False))


def _is_chapter(columns: tuple[Column, ...], row: list[Cell], own: list[Cell]) -> bool:
    """A row that names a group of projects: one text over several columns, or "一 | 城市建设" with nothing beside."""
    if len(own) == 1 and (len(row) == 1 or own[0].span > 1):
        return True
    filled = [index for index, cell in enumerate(row) if cell.is_filled]
    roles = [columns[index].label for index in filled if index < len(columns)]
    if any(role not in (Label.NUMBER, Label.TITLE) for role in roles):
        return False
    words = [row[index].word for index in filled]
    if is_total(words[0]) or is_total(words[-1]):
        return True
    chinese = Label.NUMBER in roles and chinese_integer(fold(words[0]).strip("、.（）()")) is not None
    return (chinese or bool(_CHAPTER.match(words[0]))) and not _holds_digit(words[-1])


def _holds_digit(words: str) -> bool:
    """Whether words of a row hold a digit: then they name a project rather than a group."""
    return any(letter.isdigit() for letter in fold(words))


def _heading(columns: tuple[Column, ...], row: list[Cell], last: int) -> Heading | None:
    """The project that a row opens; None for a row that goes on with the one above."""
    number_text, title_text = "", ""
    for column, cell in zip(columns, row, strict=False):
        if column.label is Label.NUMBER and not cell.from_above:
            number_text = fold(cell.word)
        elif column.label is Label.TITLE and not cell.from_above:
            title_text = cell.text.strip()
    bare = number_text.strip("★☆*.、（）() ")
    if ordinal := _ORDINAL.fullmatch(bare):
        bare = ordinal[1]
    if parted := _PARTED.fullmatch(bare):
        bare = parted[1]
    elif serial := SERIAL.fullmatch(bare):
        bare = serial["number"]
    number = int(bare) if bare.isdecimal() and len(bare) < 4 else chinese_integer(bare) if bare else None
    if not title_text:
        return None
    title_text = "".join(title_text.split("\n"))
    numbered = read_heading(title_text)
    starred, title = read_title(numbered.title if numbered and number is None else title_text)
    return Heading(
        number=number or (numbered.number if numbered else 0) or last + 1,
        family="listed" if number or numbered else "unnumbered",
        starred=starred or any(mark in number_text for mark in "★☆*") or bool(numbered and numbered.starred),
        title=title,
        printed=title_text,
    )


def _add_row(
    project: ListedProject,
    columns: tuple[Column, ...],
    row: list[Cell],
    texts: dict[Label, dict[str, str]],
    *,
    continues: bool,
) -> None:
    filled = [
        (column, cell)
        for column, cell in zip(columns, row, strict=False)
        if (cell.word or cell.tables) and not cell.from_above and not column.is_step
    ]
    project.grids += [
        (column.label or Label.OTHER, table) for column, cell in filled for table in cell.tables
    ]
    project.pictures += [
        (column.label, column.name)
        for column, cell in zip(columns, row, strict=False)
        if cell.picture and column.label in (Label.ALLOCATION, Label.SCHEDULE) and not cell.word
    ]
    nodes = [_node(column, cell, row) for column, cell in filled if column.phrase or column.steps is not None]
    shares = [(column.unit, cell.text) for column, cell in filled if column.unit]
    plans = [
        cell.text.strip()
        for column, cell in filled
        if column.label is Label.SCHEDULE and not column.phrase and column.steps is None
    ]
    for column, cell in filled:
        text = cell.text.strip()
        if column.label is Label.TITLE and continues:
            texts[Label.TARGET][text] = text
        elif column.label not in (Label.NUMBER, Label.TITLE, Label.SCHEDULE, None) and not column.unit:
            for role, words in by_role(column.roles, text):
                texts[role][words] = words
    if plans:
        whole = "；".join(plans)
        texts[Label.SCHEDULE][whole] = whole
    if nodes:
        project.grids.append((Label.SCHEDULE, Table.of(nodes)))
    if shares and not continues:
        project.grids.append((Label.ALLOCATION, Table.of([list(line) for line in zip(*shares, strict=True)])))


def _node(column: Column, cell: Cell, row: list[Cell]) -> list[str]:
    """The time and the work of a node: the header's time over the cell, or the cell's time beside the work."""
    if column.steps is None:
        return [column.phrase, cell.text.strip()]
    return [cell.text.strip(), row[column.steps].text.strip() if column.steps < len(row) else ""]
