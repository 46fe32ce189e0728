"""Tables that hold projects: a list with one project a row, or a form with one label a cell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Final

from ...cells.labels import fold
from ...cells.numbers import chinese_integer
from ...domain.month_phrase import read_month_phrase
from ..numbers import read_cell_number
from .blocks import Cell, Table
from .headings import Heading, read_heading, read_title
from .labels import Label, whole_label
from .table_words import is_total

__all__ = ["ListTable", "ListedProject", "form_lines", "read_list_table"]

_HEADER_WITHIN: Final = 4


@dataclass
class ListedProject:
    """A row of a list. ``heading`` None is a row of mere text (a chapter's name), then in ``text``."""

    heading: Heading | None
    text: str = ""
    fields: list[tuple[Label, str, str]] = field(default_factory=list)
    grids: list[tuple[Label, Table]] = field(default_factory=list)


@dataclass(frozen=True)
class _Column:
    """What a column of a list holds: a labelled field, a month's work, or one unit's number."""

    name: str
    label: Label
    phrase: str = ""
    unit: str = ""


@dataclass(frozen=True)
class ListTable:
    columns: tuple[_Column, ...]
    projects: tuple[ListedProject, ...]


def read_list_table(table: Table, before: ListTable | None) -> ListTable | None:
    """The table as a list of projects, or None. A table without a header that follows a list of as many columns goes on
    with it (a page break)."""
    rows = [_spread(row) for row in table.rows]
    header = _header_row(rows)
    if header is not None:
        depth = _header_depth(rows, header)
        labels = [_spread(row, with_echo=True) for row in table.rows[header : header + depth]]
        columns = _columns(labels, rows[header + depth :])
        return ListTable(columns, tuple(_projects(columns, rows[header + depth :], 0)))
    if before is not None and rows and all(len(row) == len(before.columns) for row in rows):
        last = max((project.heading.number for project in before.projects if project.heading), default=0)
        projects = _projects(before.columns, rows, last)
        if projects and projects[0].heading is not None:
            return ListTable(before.columns, tuple(projects))
    return None


def _spread(row: tuple[Cell, ...], *, with_echo: bool = False) -> list[Cell]:
    """A cell for every column of the grid: one over several columns stands in the first, the others are empty or, in a
    header, echo it."""
    return [
        cell if at == 0 else Cell(cell.text if with_echo else "", from_above=with_echo)
        for cell in row
        for at in range(min(cell.span, 64))
    ]


def _header_row(rows: list[list[Cell]]) -> int | None:
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        labels = {whole_label(cell.text) for cell in row if not cell.from_above} - {None}
        if Label.TITLE in labels and len(labels) >= 2:
            return index
        if Label.NUMBER in labels and len(labels) >= 3:
            return index
    return None


def _header_depth(rows: list[list[Cell]], header: int) -> int:
    """One row, or more where the labels are merged downwards over sub-headers."""
    depth = 1
    for row in rows[header + 1 :]:
        if len(row) != len(rows[header]) or not any(
            cell.from_above and whole_label(cell.text) for cell in row
        ):
            break
        if any(not cell.from_above and read_cell_number(cell.text) for cell in row):
            break
        depth += 1
    return depth


def _columns(header: list[list[Cell]], body: list[list[Cell]]) -> tuple[_Column, ...]:
    found: list[_Column] = []
    titled = False
    for index in range(max(map(len, header))):
        words = [row[index].word for row in header if index < len(row)]
        column = _column(words, [row[index] for row in body if index < len(row)])
        if column.label is Label.TITLE and titled:
            column = _Column(column.name, Label.TARGET)
        titled = titled or column.label is Label.TITLE
        found.append(column)
    return tuple(found)


def _column(words: list[str], cells: list[Cell]) -> _Column:
    top, name = words[0], words[-1]
    parent, label = whole_label(top), whole_label(name)
    if read_month_phrase(name) is not None:
        return _Column(name, Label.SCHEDULE, phrase=name)
    if parent is Label.SCHEDULE:
        return _Column(name, Label.SCHEDULE)
    if parent is Label.ALLOCATION and name != top:
        return _Column(name, Label.ALLOCATION, unit=name)
    if label is not None:
        return _Column(name, label)
    numbers = [cell for cell in cells if cell.word]
    if is_total(name) or (numbers and all(read_cell_number(cell.text) for cell in numbers)):
        return _Column(name, Label.ALLOCATION, unit=name)
    return _Column(name, Label.OTHER)


def _projects(columns: tuple[_Column, ...], rows: list[list[Cell]], last: int) -> list[ListedProject]:
    found: list[ListedProject] = []
    texts: dict[int, dict[Label, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        own = [cell for cell in row if cell.word and not cell.from_above]
        if [cell.word for cell in row] == [column.name for column in columns] or not own:
            continue
        if len(own) == 1 and (len(row) == 1 or own[0].span > 1):
            found.append(ListedProject(None, own[0].text.strip()))
            continue
        heading = _heading(columns, row, last)
        if heading is not None:
            last = heading.number
            found.append(ListedProject(heading))
        elif not found or found[-1].heading is None:
            found.append(ListedProject(None, " ".join(cell.word for cell in own)))
            continue
        # A cell merged over several projects (one leader) is each one's own; over several rows of one it is read once.
        cells = row if heading is None else [replace(cell, from_above=False) for cell in row]
        _add_row(found[-1], columns, cells, texts[len(found) - 1])
    for index, by_label in texts.items():
        project = found[index]
        printed = {column.label: column.name for column in columns}
        project.fields += [(label, printed[label], "\n".join(parts)) for label, parts in by_label.items()]
    return found


def _heading(columns: tuple[_Column, ...], row: list[Cell], last: int) -> Heading | None:
    """The project that a row opens; None for a row that goes on with the one above."""
    number_text, title_text = "", ""
    for column, cell in zip(columns, row, strict=False):
        if cell.from_above:
            continue
        if column.label is Label.NUMBER:
            number_text = fold(cell.word)
        elif column.label is Label.TITLE:
            title_text = cell.word
    bare = number_text.strip("★.、（）()")
    number = int(bare) if bare.isdecimal() and len(bare) < 4 else chinese_integer(bare) if bare else None
    if not title_text:
        return None
    numbered = read_heading(title_text)
    starred, title = read_title(numbered.title if numbered and number is None else title_text)
    return Heading(
        number=number or (numbered.number if numbered else 0) or last + 1,
        family="listed" if number or numbered else "unnumbered",
        starred=starred or "★" in number_text or bool(numbered and numbered.starred),
        title=title,
        printed=title_text,
    )


def _add_row(
    project: ListedProject, columns: tuple[_Column, ...], row: list[Cell], texts: dict[Label, list[str]]
) -> None:
    nodes: list[list[str]] = []
    shares: list[tuple[str, str]] = []
    parts: list[str] = []
    for column, cell in zip(columns, row, strict=False):
        if cell.from_above or not (cell.word or cell.tables):
            continue
        project.grids += [(column.label, table) for table in cell.tables]
        if column.phrase:
            nodes.append([column.phrase, cell.text.strip()])
        elif column.unit:
            shares.append((column.unit, cell.text))
        elif column.label is Label.SCHEDULE:
            parts.append(cell.text.strip())
        elif column.label not in (Label.NUMBER, Label.TITLE):
            texts[column.label].append(cell.text.strip())
    if parts:
        texts[Label.SCHEDULE].append("".join(parts))
    if nodes:
        project.grids.append((Label.SCHEDULE, Table.of(nodes)))
    if shares:
        project.grids.append((Label.ALLOCATION, Table.of([list(line) for line in zip(*shares, strict=True)])))


def form_lines(table: Table) -> list[str | tuple[Label, str, str] | Table] | None:
    """The cells of a form ("责任领导 | 胡颖磊 | 责任单位 | 县教育局") as labelled texts; None for any other table."""
    labelled = sum(1 for row in table.rows if _opens_with_label_and_value(row))
    is_frame = len(table.rows) == 1 and len(table.rows[0]) == 1
    if labelled < 2 and not is_frame:
        return None
    lines: list[str | tuple[Label, str, str] | Table] = []
    for row in table.rows:
        lines += _form_row([cell for cell in row if not cell.from_above])
    return lines


def _opens_with_label_and_value(row: tuple[Cell, ...]) -> bool:
    """A header is one label after another; in a form a value stands beside each."""
    if len(row) < 2 or row[0].from_above or whole_label(row[0].text) is None:
        return False
    return whole_label(row[1].text) is None


def _form_row(row: list[Cell]) -> list[str | tuple[Label, str, str] | Table]:
    lines: list[str | tuple[Label, str, str] | Table] = []
    label: Label | None = None
    printed, texts, tables = "", [], []  # type: str, list[str], list[Table]
    for cell in [*row, None]:
        found = whole_label(cell.text) if cell is not None else None
        if cell is None or found is not None:
            if label is not None:
                lines.append((label, printed, "\n".join(texts)))
            else:
                lines += texts
            lines += tables
            label, printed, texts = found, cell.word if cell else "", []
            tables = list(cell.tables) if cell else []
        elif cell.word or cell.tables:
            texts.append(cell.text.strip())
            tables += cell.tables
    return lines
