"""Number formats that show another number than the cell stores: 0.55 as 55%, 50000 as 5万."""

from __future__ import annotations

import re
from typing import Final

from .oddities import Oddity

__all__ = ["odd_format"]

#: The built-in formats 0% and 0.00% (ECMA-376 part 1, 18.8.30; the same numbers in BIFF).
_PERCENT: Final = frozenset({9, 10})
_QUOTED: Final = re.compile(r'\\(.)|"([^"]*)"')
_SCALED: Final = re.compile(r"[万亿千百]|[#0?],+(?![#0?,])")


def odd_format(number: int, code: str = "") -> Oddity | None:
    """What format ``number`` with its own ``code``, if it has one, does to a number."""
    if number in _PERCENT and not code:
        return Oddity.PERCENT
    bare = _QUOTED.sub("", code)
    shown = _QUOTED.sub(lambda match: match[1] or match[2] or "", code)
    if "%" in bare:
        return Oddity.PERCENT
    return Oddity.SCALED if _SCALED.search(shown) else None
