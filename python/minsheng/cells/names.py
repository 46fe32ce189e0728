"""Lists in one cell or line, as documents and masters write them, and the names in them; names of townships without their
rank."""

from __future__ import annotations

import re
from typing import Final

from .labels import fold

__all__ = ["cleaned", "listed_names", "parted", "unit_base", "unit_form"]

_NONE: Final = frozenset({"", "无", "—", "-", "/", "——", "无。", "暂无"})
_BETWEEN: Final = re.compile(r"[，,、；;\n]")
_GOVERNMENT: Final = re.compile(r"(?:人民政府|政府|办事处)$")
_RANK: Final = re.compile(r"(?:街道|镇|乡)$")
_ENDS: Final = " \t\u3000。；;，,、：:"


def cleaned(text: str) -> str:
    """A name or names without what stands around them; nothing for 无 and a dash."""
    words = re.sub(r"[ \t\u3000]{2,}", " ", text.strip(_ENDS))
    return "" if words in _NONE else words


def listed_names(text: str) -> tuple[str, ...]:
    """The names of a list, parted at ，、；and line ends outside brackets, each as printed."""
    found, is_open = parted(text, _BETWEEN)
    if is_open and len(found) == 1:  # a bracket that is never closed keeps nothing together
        found = _BETWEEN.split(text)
    return tuple(name for part in found if (name := cleaned(part)))


def parted(text: str, mark: re.Pattern[str]) -> tuple[list[str], bool]:
    """The parts of a text between the ``mark``s that stand outside brackets, each as printed; and whether a bracket is never
    closed. A mark is one letter, looked for in the folded text."""
    found, depth, begin = [], 0, 0
    folded = fold(text)
    for at, letter in enumerate(folded):
        if letter in "（(【[":
            depth += 1
        elif letter in "）)】]":
            depth = max(0, depth - 1)
        elif depth == 0 and mark.match(folded, at):
            found.append(text[begin:at])
            begin = at + 1
    return [*found, text[begin:]], depth > 0


def unit_form(name: str) -> str:
    """丹东街道 from 丹东街道办事处, 石浦镇 from 石浦镇政府."""
    return _GOVERNMENT.sub("", name) or name


def unit_base(name: str) -> str:
    """A township's name without its rank, where at least two characters are left of it."""
    base = _RANK.sub("", unit_form(name))
    return base if len(base) >= 2 else unit_form(name)
