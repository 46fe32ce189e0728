"""Marks before titles: a document may say itself what each means, and then only that of the provincial projects is a star."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from ..files.blocks import Block, Cell, Paragraph, Table

__all__ = ["without_other_marks"]

_MARKS: Final = "★☆*＊▲△"
#: ▲为市级民生实事, 带▲的是票决项目.
_MEANING: Final = re.compile(
    rf"(?P<mark>[{_MARKS}])[”\"]?\s?(?:号|标|标注|项目|的){{0,2}}\s?(?:为|是|表示|指)(?P<meaning>[^，。；;,）)、{_MARKS}]{{2,30}})"
)
_PROVINCIAL: Final = re.compile(r"省")
_OF_OTHERS: Final = re.compile(r"[市县区镇乡州]|票决|续建|新建|重点|人大|跨年")


def without_other_marks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without the marks that the document itself gives another meaning (▲为市级民生实事)."""
    texts = [text for block in blocks for text in _texts(block) if any(mark in text for mark in _MARKS)]
    legends = [text for text in texts if _MEANING.search(text)]
    said = [(match["mark"], match["meaning"]) for text in legends for match in _MEANING.finditer(text)]
    stars = {mark for mark, meaning in said if _PROVINCIAL.search(meaning)}
    others = {mark for mark, meaning in said if _OF_OTHERS.search(meaning)} - stars
    if not others:
        return blocks
    dropped = str.maketrans("", "", "".join(others))
    return tuple(_without(block, dropped, frozenset(legends)) for block in blocks)


def _texts(block: Block) -> list[str]:
    return [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]


def _without(block: Block, dropped: dict[int, int | None], legends: frozenset[str]) -> Block:
    if isinstance(block, Paragraph):
        return block if block.text in legends else Paragraph(block.text.translate(dropped))
    return Table(
        tuple(
            tuple(cell if cell.text in legends else _cell(cell, dropped) for cell in row)
            for row in block.rows
        )
    )


def _cell(cell: Cell, dropped: dict[int, int | None]) -> Cell:
    return replace(cell, text=cell.text.translate(dropped))
