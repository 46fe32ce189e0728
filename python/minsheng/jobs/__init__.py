"""The use cases, one idea a module. Each takes an open book (any xlwings engine) or paths, and returns what it did.

Jobs plan everything before they write anything, and never save: saving belongs to whoever opened the book.
A job tells a plain callable what it begins, in a few words; whoever watches passes one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

__all__ = ["Progress", "unwatched"]

#: Gets the words for what begins now, without a full stop: 读取总表.
Progress: TypeAlias = Callable[[str], None]


def unwatched(words: str) -> None:
    """Nobody watches."""
