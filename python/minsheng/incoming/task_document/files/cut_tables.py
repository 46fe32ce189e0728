"""A table that a page's end cut in two is one table again: with its header repeated or without one, between its rows or amid
one, down or across."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Final

from ....domain.month_phrase import read_month_phrase
from ...numbers import read_cell_number
from ..words.labels import is_blank, is_total, roles_of
from .blocks import Block, Cell, Paragraph, Table

__all__ = ["rejoined"]

#: What is printed over the second part: （续表）, 续上表, 续表1.
_CONTINUED: Final = re.compile(r"[（(]?\s?续\s?上?\s?[表页]\s?\d{0,2}\s?[)）]?[：:]?")
_DEEPEST: Final = 4
_WIDEST: Final = 200
_Row = tuple[Cell, ...]


def rejoined(blocks: list[Block]) -> list[Block]:
    """The blocks, with each table that goes on in the next one as one table. What stands between the two, if it only says
    that the table goes on, is dropped."""
    found: list[Paragraph | list[_Row]] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
            continue
        at = len(found) - 2 if found and _says_continued(found[-1]) else len(found) - 1
        above = found[at] if at >= 0 else None
        rows = list(block.rows)
        if isinstance(above, list) and _took(above, rows):
            del found[at + 1 :]
        else:
            found.append(rows)
    return [Table(tuple(each)) if isinstance(each, list) else each for each in found]


def _says_continued(block: Paragraph | list[_Row]) -> bool:
    return isinstance(block, Paragraph) and _CONTINUED.fullmatch(block.text.strip()) is not None


def _took(first: list[_Row], second: list[_Row]) -> bool:
    """Whether ``second`` goes on with ``first``, which then has its cells too."""
    if not first or not second or _width(first[0]) < 2:
        return False
    if any(is_total(cell.word) for cell in first[-1][:2]):
        return False  # it is complete
    if repeated := _repeated(first, second):
        first += second[repeated:]
        return True
    if _goes_across(first, second):
        first[:] = [(*row, *more[1:]) for row, more in zip(first, second, strict=True)]
        return True
    if len({_width(row) for row in (first[0], first[-1], *second)}) == 1 and _goes_down(first, second):
        first += second
        return True
    return False


def _repeated(first: list[_Row], second: list[_Row]) -> int:
    """How many rows of the first open the second again, a header among them."""
    pairs = zip(first[:_DEEPEST], second[:-1], strict=False)
    same = [row for row, again in takewhile(lambda pair: _words(pair[0]) == _words(pair[1]), pairs)]
    return len(same) if any(map(_is_header, same)) else 0


def _width(row: _Row) -> int:
    return sum(cell.span for cell in row)


def _words(row: _Row) -> list[str]:
    return [cell.word for cell in row]


def _is_header(row: _Row) -> bool:
    """Whether a row names columns: labels, and no number."""
    filled = [cell for cell in row if cell.word]
    return len(filled) > 1 and not any(read_cell_number(cell.text) for cell in filled)


def _goes_across(first: list[_Row], second: list[_Row]) -> bool:
    """Whether the second has more columns for the rows of the first: 单位 | 东山镇 over 任务数 | 5."""
    if len(first) not in (2, 3) or len(first[0]) > _WIDEST:
        return False
    names = [row[0].word for row in first]
    return (
        all(names)
        and names == [row[0].word for row in second]
        and names[0] != names[1]
        and not is_total(first[0][-1].word)
        and not any(read_cell_number(cell.text) for cell in second[0])
        and all(_kind(row[-1]) == _kind(more[-1]) for row, more in zip(first, second, strict=True))
    )


def _goes_down(first: list[_Row], second: list[_Row]) -> bool:
    """Whether the second has more rows of the first: no header of its own, and its cells are of the same kinds."""
    if len(first) > 1 and _is_header(first[0]) and _is_header(second[0]):
        labels = sum(bool(roles_of(cell.text)) for cell in second[0])
        if labels > 1 or labels == len(second[0]):
            return False
    last = [_kind(cell) for cell in first[-1] for _ in range(cell.span)]
    then = [_kind(cell) for cell in second[0] for _ in range(cell.span)]
    same = [kind for kind, other in zip(last, then, strict=True) if kind == other]
    differ = [kind for kind, other in zip(last, then, strict=True) if kind != other and kind and other]
    return not differ and ("数" in same or "月" in same or "" in then)


def _kind(cell: Cell) -> str:
    if is_blank(cell.word):
        return ""
    if read_cell_number(cell.text):
        return "数"
    return "月" if read_month_phrase(cell.word) else "字"
