"""How far a job is: a job tells a plain callable what it begins, in a few words, and whoever watches passes one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

__all__ = ["Progress", "unwatched"]

#: Gets the words for what begins now, without a full stop: 读取总表.
Progress: TypeAlias = Callable[[str], None]


def unwatched(words: str) -> None:
    """Nobody watches."""
