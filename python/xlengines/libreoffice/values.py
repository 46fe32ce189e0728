"""Values on their way into cells, sorted by what the host needs to be told about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from ..errors import EngineError
from ..values import to_serial
from .formulas import to_native

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Block"]

Place = tuple[int, int]


@dataclass
class Block:
    """A rectangle of values as setDataArray takes it, and the places (row, column from 0) that need more than that.

    ``formulas`` are in the host's notation; ``looks_typed`` are texts that the host would take for a number.
    """

    data: tuple[tuple[float | str, ...], ...]
    formulas: dict[Place, str] = field(default_factory=dict)
    truths: list[Place] = field(default_factory=list)
    moments: dict[Place, bool] = field(default_factory=dict)  # with a time of day?
    looks_typed: list[Place] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Sequence[Sequence[Any]], *, since_1904: bool) -> Block:
        """``rows`` are of equal length: None, str ("=…" a formula, "'…" literal), numbers, bool, date, datetime."""
        block = cls(())
        block.data = tuple(
            tuple(block._cell(value, (row, column), since_1904) for column, value in enumerate(values))
            for row, values in enumerate(rows)
        )
        if len({len(row) for row in block.data}) > 1:
            raise EngineError("ragged-rows")
        return block

    def _cell(self, value: Any, place: Place, since_1904: bool) -> float | str:
        if value is None or value == "":
            return ""
        if isinstance(value, str):
            return self._text(value, place)
        if isinstance(value, bool):
            self.truths.append(place)
            return float(value)
        if isinstance(value, date):
            serial = to_serial(value, since_1904=since_1904)
            self.moments[place] = bool(serial % 1)
            return serial
        return _number(value)

    def _text(self, value: str, place: Place) -> str:
        if value.startswith("=") and len(value) > 1:
            self.formulas[place] = to_native(value)
            return ""
        text = value.removeprefix("'")
        if text.isascii() and (any(sign.isdigit() for sign in text) or text.upper() in ("TRUE", "FALSE")):
            self.looks_typed.append(place)
        return text


def _number(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError) as failure:
        raise EngineError("no-such-value", kind=type(value).__name__) from failure
    if number - number != 0:
        raise EngineError("not-finite")
    return number
