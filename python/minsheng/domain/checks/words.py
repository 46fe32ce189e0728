"""Numbers in the words of a title or a node, as far as 校验 compares them with what stands in the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ...cells.labels import stripped
from ...cells.numbers import SCALES

__all__ = ["WrittenNumber", "numbers_in"]

_NUMBER = re.compile(r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?", re.ASCII)
_LONGEST_FIRST = sorted(filter(None, SCALES), key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number as written (``text``: 6.16万), its value (61600) and the words ``after`` it."""

    text: str
    value: Decimal
    after: str


def numbers_in(text: str) -> Iterator[WrittenNumber]:
    """Every reading of every number: "500万元" is 500 followed by 万元, and 5000000 followed by 元."""
    words = stripped(text)
    for match in _NUMBER.finditer(words):
        value = Decimal(match["digits"].replace(",", "") + (match["decimals"] or ""))
        after = words[match.end() :].lstrip()
        yield WrittenNumber(match[0], value, after)
        scale = next((scale for scale in _LONGEST_FIRST if after.startswith(scale)), None)
        if scale is not None:
            yield WrittenNumber(
                f"{match[0]}{scale}", value * SCALES[scale], after.removeprefix(scale).lstrip()
            )
