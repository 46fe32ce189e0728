"""What each column of a list of projects holds: by its header's words, and else by what its cells hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from ....cells.labels import fold
from ....domain.month_phrase import MONTH_PHRASE, read_month_phrase
from ...numbers import find_mentions, read_cell_number
from ..files.blocks import Cell
from ..words.labels import Label, is_blank, is_subtotal, is_total, roles_of
from ..words.schedule import holds_months

__all__ = ["Column", "is_place", "read_columns"]

_PLACE: Final = re.compile(
    r"(?:镇|乡|街道|办事处|苏木|管委会|开发区|园区|新区|林场|农场|社区|村|乡政府|镇政府)$"
)
_NO_PLACE: Final = re.compile(r"各|其余|其他|乡镇|镇乡|镇街|^(?:镇|乡|街道|村|社区)$|\d|附件|合计|个数|数量")
_PHRASE_OF: Final = re.compile(
    rf"(?P<phrase>{MONTH_PHRASE})(?:目标|计划|任务|安排|工作|节点|进度安排|进度目标|工作目标|工作计划|工作安排|计划安排|目标任务|累计)?"
)
_YEAR: Final = re.compile(r"((?:19|20|21)\d{2})年?")
_IN_BRACKETS: Final = re.compile(r"[（(][^（()）]{1,8}[)）]$")


@dataclass(frozen=True)
class Column:
    """``roles`` is empty for a column that is not read; ``phrase`` is the time that heads it, ``unit`` the unit whose numbers
    stand below. ``known`` says of one that is not read that its header names something the model has no place for.
    ``steps`` is the column of the work where this one gives its time row by row; that one ``is_step``."""

    name: str
    roles: tuple[Label, ...] = ()
    phrase: str = ""
    unit: str = ""
    known: bool = False
    steps: int | None = None
    is_step: bool = False

    @property
    def label(self) -> Label | None:
        """The first role, None for a column that is not read."""
        return self.roles[0] if self.roles else None


def is_place(word: str) -> bool:
    """Whether a header names a township, a street or an area: 东镇, 大目湾管委会."""
    bare = _IN_BRACKETS.sub("", word)
    return 2 <= len(bare) <= 12 and bool(_PLACE.search(bare)) and not _NO_PLACE.search(bare)


def read_columns(header: list[list[Cell]], body: list[list[Cell]]) -> tuple[Column, ...]:
    """A column for each of the grid. Only one is the title; columns of numbers are units only where the header names a
    place, or the sums prove it."""
    width = max(map(len, header))
    below = [[row[index] for row in body if index < len(row)] for index in range(width)]
    found = [
        _column([row[index].word for row in header if index < len(row) and row[index].word], below[index])
        for index in range(width)
    ]
    found = _of_this_year(found)
    found = _with_title(found, below)
    found = _proven_units(found, below, body)
    if not any(Label.SCHEDULE in column.roles for column in found):
        found = [
            Column(column.name, (Label.SCHEDULE,))
            if not column.roles
            and column.name
            and _most(below[index], holds_months)
            and "情况" not in column.name
            else column
            for index, column in enumerate(found)
        ]
    return tuple(found)


def _column(words: list[str], cells: list[Cell]) -> Column:
    if not words:
        return Column("")
    top, name = words[0], words[-1]
    timed = _PHRASE_OF.fullmatch(fold(name))
    if timed is not None and read_month_phrase(timed["phrase"]) is not None:
        return Column(name, (Label.SCHEDULE,), phrase=name[: len(timed["phrase"])])
    both = roles_of(top + name) if name != top and not roles_of(name) and not is_place(name) else ()
    return _under(top, name) or (Column(top + name, both) if both else _by_its_own(name, cells))


def _under(top: str, name: str) -> Column | None:
    """A column that a merged label above it explains."""
    parent = roles_of(top) if name != top else ()
    if Label.SCHEDULE in parent:
        return Column(name, (Label.SCHEDULE,))
    if Label.ALLOCATION in parent and not _is_heading_of_units(name):
        return Column(name, (Label.ALLOCATION,), unit=name)
    return None


def _by_its_own(name: str, cells: list[Cell]) -> Column:
    roles = roles_of(name)
    if roles == (Label.OTHER,) or is_subtotal(name):
        return Column(name, known=True)
    numbers = [cell for cell in cells if cell.word and not is_blank(cell.word)]
    of_a_unit = (is_total(name) or is_place(name)) and all(read_cell_number(cell.text) for cell in numbers)
    if not roles and of_a_unit:
        return Column(name, (Label.ALLOCATION,), unit=name)
    return Column(name, roles)


def _is_heading_of_units(name: str) -> bool:
    return name in ("单位", "单位名称", "镇乡", "乡镇", "任务数", "数量")


def _of_this_year(columns: list[Column]) -> list[Column]:
    """Of two columns of targets that name years, the latest year's alone is the target."""
    years = {
        index: int(match[1])
        for index, column in enumerate(columns)
        if column.label in (Label.TARGET, Label.TITLE) and (match := _YEAR.search(fold(column.name)))
    }
    latest = max(years.values(), default=0)
    return [
        Column(column.name, known=True) if years.get(index, latest) < latest else column
        for index, column in enumerate(columns)
    ]


def _with_title(columns: list[Column], below: list[list[Cell]]) -> list[Column]:
    """One column is the title: 项目名称 before 目标任务, and not one whose cells are merged over rows with numbers of
    their own (then it is a category)."""
    titles = [index for index, column in enumerate(columns) if column.label is Label.TITLE]
    named = titles + [index for index, column in enumerate(columns) if column.label is Label.TARGET]
    number = next((i for i, column in enumerate(columns) if column.label is Label.NUMBER), None)
    chosen = named[0] if named else None
    if (
        number is not None
        and len(named) > 1
        and chosen is not None
        and _is_category(below[number], below[chosen])
    ):
        other = next((index for index in named[1:] if not _is_category(below[number], below[index])), None)
        if other is not None:
            columns[chosen] = Column(columns[chosen].name, known=True)
            chosen = other
    return [
        replace(column, roles=(Label.TITLE,))
        if index == chosen
        else replace(column, roles=(Label.TARGET,))
        if column.label is Label.TITLE
        else column
        for index, column in enumerate(columns)
    ]


def _is_category(numbers: list[Cell], cells: list[Cell]) -> bool:
    return any(
        number.is_filled and fold(number.word).strip("★.、").isdecimal() and not cell.is_filled
        for number, cell in zip(numbers, cells, strict=False)
    )


def _most(cells: list[Cell], holds: Callable[[str], bool]) -> bool:
    filled = [cell for cell in cells if cell.is_filled]
    return bool(filled) and sum(1 for cell in filled if holds(cell.text)) * 2 > len(filled)


def _proven_units(columns: list[Column], below: list[list[Cell]], body: list[list[Cell]]) -> list[Column]:
    """Number columns without a place's name are units where, row by row, they add up to 合计 or to the row's own target."""
    maybe = [
        index
        for index, column in enumerate(columns)
        if not column.roles
        and not column.known
        and column.name
        and not re.search(r"[\d%（(]|数$|额$|率$|时间|人口", column.name)
        and (cells := [cell for cell in below[index] if cell.word and not is_blank(cell.word)])
        and all(read_cell_number(cell.text) for cell in cells)
    ]
    units = maybe + [i for i, column in enumerate(columns) if column.unit and not is_total(column.unit)]
    if not maybe or len(units) < 2:
        return columns
    told = [
        i
        for i, column in enumerate(columns)
        if is_total(column.unit) or column.label in (Label.TITLE, Label.TARGET)
    ]
    checked = proven = 0
    for row in body:
        values = [number.value for i in units if i < len(row) and (number := read_cell_number(row[i].text))]
        if len(values) < 2:
            continue
        checked += 1
        wanted = {m.value for i in told if i < len(row) for m in find_mentions(fold(row[i].text))}
        proven += sum(values, Decimal(0)) in wanted
    if not proven or proven * 2 < checked:
        return columns
    return [
        Column(column.name, (Label.ALLOCATION,), unit=column.name) if index in maybe else column
        for index, column in enumerate(columns)
    ]
