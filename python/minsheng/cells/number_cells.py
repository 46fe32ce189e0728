"""A cell that should hold a number from 0, read exactly or refused (design, section 6, rule 1): of a form and of a master alike."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Any, Final, NamedTuple

from .flags import NO_FLAGS, CellFlag
from .numbers import exact, plain
from .typed import LARGEST, PERCENT, TypedNumberError, read_typed_number
from .words import is_blank, shown

__all__ = ["ReadNumber", "Remark", "read_number"]

_LARGEST: Final = float(LARGEST)


class Remark(Enum):
    """What is worth telling of a cell: why it is refused, or how a number was found in it (the last three)."""

    REFUSED = "refused"
    ERROR = "error"
    UNCOMPUTED = "uncomputed"
    FORMULA = "formula"
    PERCENT = "percent"
    TEXT = "text"


class ReadNumber(NamedTuple):
    """``value`` None is a blank cell, or a refused one where there is a ``remark``; ``text`` is what stood there and
    ``reason`` says in Chinese why it was refused."""

    value: Decimal | None
    remark: Remark | None = None
    text: str = ""
    reason: str = ""

    @property
    def refused(self) -> bool:
        """Whether something stands there that is not taken as a number."""
        return self.value is None and self.remark is not None


_NUMBERS: Final = (float, int, Decimal)
_BLANK: Final = ReadNumber(None)
_FORMULAS: Final = frozenset({CellFlag.FORMULA, CellFlag.UNCOMPUTED})
_KINDS: Final[dict[type, str]] = {
    bool: "是逻辑值", datetime: "是日期", date: "是日期", time: "是时间", timedelta: "是时间",
}  # fmt: skip


def read_number(
    value: Any, measured_in: str, flags: frozenset[CellFlag] = NO_FLAGS, error: str = ""
) -> ReadNumber:
    """The number in a cell of things measured in ``measured_in``; ``error`` is the error that the file shows there."""
    if flags:
        if CellFlag.ERROR in flags:
            return ReadNumber(None, Remark.ERROR, error or "错误值")
        if CellFlag.UNCOMPUTED in flags:
            return ReadNumber(None, Remark.UNCOMPUTED)
    if value is None or isinstance(value, str):
        read = _from_text(value or "", measured_in)
    elif isinstance(value, _NUMBERS) and not isinstance(value, bool):
        read = _from_number(float(value), measured_in, flags)
    else:
        read = _refused(value, _KINDS.get(type(value), "不是数字"))
    if read.value is not None and read.remark in (None, Remark.TEXT) and flags & _FORMULAS:
        return ReadNumber(read.value, Remark.FORMULA, plain(read.value))
    return read


def _refused(value: Any, reason: str) -> ReadNumber:
    return ReadNumber(None, Remark.REFUSED, shown(value), reason)


def _from_text(text: str, measured_in: str) -> ReadNumber:
    if is_blank(text):
        return _BLANK
    try:
        return ReadNumber(read_typed_number(text, measured_in), Remark.TEXT, shown(text))
    except TypedNumberError as refusal:
        return _refused(text, refusal.reason)


def _from_number(value: float, measured_in: str, flags: frozenset[CellFlag]) -> ReadNumber:
    if not 0 <= value <= _LARGEST:
        reason = "是负数" if -_LARGEST <= value < 0 else "数太大" if isfinite(value) else "不是数字"
        return _refused(value, reason)
    number = exact(value)
    if CellFlag.PERCENT in flags:
        text = f"{plain(number * 100)}%"
        if measured_in != PERCENT:
            return ReadNumber(None, Remark.REFUSED, text, "不是百分数的项目填了百分数")
        return ReadNumber(number * 100, Remark.PERCENT, text)
    if CellFlag.SCALED in flags:
        return _refused(plain(number), "格子显示的数和存的数不一样")
    return ReadNumber(number)
