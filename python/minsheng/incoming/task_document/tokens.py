"""What a document says, token by token, with its place: every number, every time, and the words between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ...cells.labels import fold
from .headings import read_heading
from .label_lines import split_labels
from .schedule import times_in
from .table_words import is_column_word

if TYPE_CHECKING:
    from .blocks import Block

__all__ = ["Kind", "Token", "amounts_in", "tokens_of"]


class Kind(StrEnum):
    """What a token is; the value is the clerk's word for it."""

    NUMBER = "数"
    TIME = "时间"
    WORDS = "文字"


@dataclass(frozen=True, slots=True)
class Token:
    """``said`` is what it is compared by, ``printed`` as the document has it. ``block`` and ``row`` count from 0; ``row`` is
    0 in a paragraph; ``column`` is the cell's."""

    kind: Kind
    said: str
    printed: str
    block: int
    row: int
    column: int


_AMOUNT: Final = re.compile(r"\d[\d,，]{0,24}(?:\.\d{1,12})?")
#: Numbers of steps and labels, which only part what they stand before.
_STEP: Final = re.compile(
    r"(?:^|(?<=[\n。；;：:，,\s]))[\s●◆■•·]{0,4}(?:[（(]\d{1,3}[）)]|(?:\d{1,2}-)?\d{1,3}(?:[、.．)）：:。]|(?=[★☆]))(?!\d))"
)
_YEARLY: Final = re.compile(r"\d{1,3}[.、．](?:(?:19|20)\d{2}|\d{1,2}月)")
_WORDS: Final = re.compile(r"[\u4e00-\u9fffA-Za-z](?:[\u4e00-\u9fffA-Za-z \t\n]*[\u4e00-\u9fffA-Za-z])?")


def tokens_of(blocks: tuple[Block, ...]) -> Iterator[Token]:
    """The tokens of all paragraphs and cells, in order; a cell merged downwards counts once."""
    from .blocks import Paragraph

    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            yield from _of_text(block.text, at, 0, 0)
            continue
        for row, cells in enumerate(block.rows):
            for column, cell in enumerate(cells):
                if cell.word and not cell.from_above:
                    yield from _of_text(cell.text, at, row, column)


def _of_text(text: str, block: int, row: int, column: int) -> Iterator[Token]:
    for kind, said, printed in _meanings(text):
        yield Token(kind, said, printed, block, row, column)


@lru_cache(maxsize=4096)
def _meanings(text: str) -> tuple[tuple[Kind, str, str], ...]:
    """Kind, meaning and print of each token of a text. Kept, since the same unit stands in every project's table."""
    if text.isascii() and text.isdecimal() and len(text) < 20:
        return ((Kind.NUMBER, _amount(text), text),)
    found = []
    bare = "；".join(words for line in text.splitlines() for words in _without_labels(line))
    folded = fold(bare)
    times = times_in(folded)
    for start, end in times:
        found.append((Kind.TIME, "".join(folded[start:end].split()), bare[start:end]))
    rest = list(_STEP.sub(lambda match: " " * len(match.group()), folded))
    for start, end in times:
        rest[start:end] = " " * (end - start)
    blank = "".join(rest)
    found += [(Kind.NUMBER, _amount(match.group()), match.group()) for match in _AMOUNT.finditer(blank)]
    if not times and not is_column_word("".join(text.split())):
        for match in _WORDS.finditer(blank):
            said = "".join(match.group().split())
            if len(said) > 1:
                found.append((Kind.WORDS, said, match.group()))
    return tuple(found)


def _without_labels(line: str) -> Iterator[str]:
    """A line without its labels and without the number that it opens with."""
    before = ""
    for label, printed, words in split_labels(line):
        heading = read_heading(words) if label is None else None
        if label is None or printed != before:
            plain = heading is not None and (not heading.doubtful or _YEARLY.match(fold(words)) is not None)
            yield heading.title if plain and heading is not None else words
        before = printed


def amounts_in(text: str) -> Iterator[str]:
    """The numbers of a text as tokens have them."""
    return (_amount(match.group()) for match in _AMOUNT.finditer(fold(text)))


def _amount(printed: str) -> str:
    bare = printed.replace(",", "").replace("，", "")
    return format(Decimal(bare).normalize(), "f") if len(bare) < 40 else bare
