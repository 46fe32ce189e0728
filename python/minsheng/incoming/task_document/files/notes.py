"""Notes beside a text are marked in it while it is taken apart, by a letter that no text has, and then found again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .blocks import Block, Cell, Note, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["mark", "marks_in", "placed", "unmarked"]

#: Plane 15 is for private use.
_FIRST: Final = 0xF0000
_MARK: Final = re.compile("[\U000f0000-\U000ffffd]")


def mark(note: int) -> str:
    """What stands for a note, by its place in the list of notes; nothing for one beyond the 65,533rd."""
    return chr(_FIRST + note) if note < 0xFFFD else ""


def marks_in(text: str) -> str:
    """The marks alone."""
    return "".join(_MARK.findall(text))


def unmarked(text: str) -> str:
    """The text without them."""
    return _MARK.sub("", text)


def placed(blocks: list[Block], notes: list[Note]) -> tuple[list[Block], list[Note]]:
    """The blocks without their marks, and the notes with their places."""
    if not notes:
        return blocks, notes
    placed = list(notes)
    cleared: list[Block] = []
    for at, block in enumerate(blocks):
        rows = [block.text] if isinstance(block, Paragraph) else map(_all_text, block.rows)
        for row, text in enumerate(rows):
            for found in _MARK.findall(text):
                note = ord(found) - _FIRST
                if note < len(notes) and placed[note].place is None:
                    placed[note] = replace(notes[note], place=(at, row))
        cleared.append(_without_marks(block))
    return cleared, placed


def _all_text(row: Sequence[Cell]) -> str:
    inner = (_all_text(inner) for cell in row for table in cell.tables for inner in table.rows)
    return "".join((*(cell.text for cell in row), *inner))


def _without_marks(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(unmarked(block.text).strip())
    return _cleared(block)


def _cleared(table: Table) -> Table:
    return Table(
        tuple(
            tuple(
                replace(cell, text=unmarked(cell.text), tables=tuple(map(_cleared, cell.tables)))
                for cell in row
            )
            for row in table.rows
        )
    )
