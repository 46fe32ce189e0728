"""How much a document may say: what is beyond these is no 任务书, and is not read at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ...errors import UnreadableFile
from .blocks import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .blocks import Block

__all__ = ["refuse_too_much"]

#: The 2024 document has 12,000 letters, 900 numbers, and 500 letters in its longest paragraph.
_MOST_LETTERS: Final = 1_500_000
_MOST_NUMBERS: Final = 120_000
_LONGEST: Final = 20_000
_NUMBER: Final = re.compile(r"\d+")
_ADVICE: Final = "请确认没有选错文件。"


def refuse_too_much(blocks: tuple[Block, ...], file: str) -> None:
    """UnreadableFile for a text that is too long for a 任务书, altogether or in one place, or has too many numbers."""
    letters = numbers = 0
    for text in _texts(blocks):
        if len(text) > _LONGEST:
            raise UnreadableFile(f"“{file}”里有一段文字长达{len(text)}字，不像一份任务书。", _ADVICE)
        letters += len(text)
        if letters > _MOST_LETTERS:
            raise UnreadableFile(f"“{file}”有一百五十多万字，不像一份任务书。", _ADVICE)
        numbers += sum(1 for _ in _NUMBER.finditer(text))
        if numbers > _MOST_NUMBERS:
            raise UnreadableFile(f"“{file}”里有十二万多个数，不像一份任务书。", _ADVICE)


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for cell in block.cells:
                if not cell.from_above:
                    yield cell.text
