"""Cells of a 填报表, read exactly or refused (design, section 6, rule 1)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

from ...cells.oddities import Oddity
from ...cells.typed import LARGEST, TypedNumberError, read_typed_number, stripped
from ...domain.catalogue import submission as rules
from ...domain.finding import Rule
from ...domain.quantity import PERCENT, plain
from ..spreadsheets import limits

__all__ = [
    "ReadNumber",
    "exact",
    "is_blank",
    "is_too_long",
    "read_date",
    "read_number",
    "read_words",
    "shown",
]

_LARGEST: Final = float(LARGEST)
_DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_LONGEST_NUMBER: Final = 200
_VISIBLE: Final = re.compile("[^\\s\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x000D_")


class ReadNumber(NamedTuple):
    """``value`` None is a blank cell, or a refused one where ``rule`` is an error. ``rule`` says what is worth telling,
    ``text`` what stood there and ``reason`` why it was refused."""

    value: Decimal | None
    rule: Rule | None = None
    text: str = ""
    reason: str = ""

    @property
    def refused(self) -> bool:
        return self.value is None and self.rule is not None


_BLANK = ReadNumber(None)


def is_blank(value: Any) -> bool:
    return value == "" or value is None or (isinstance(value, str) and not _VISIBLE.search(value))


def read_number(value: Any, measured_in: str, odd: frozenset[Oddity], error: str = "") -> ReadNumber:
    """The number in a cell of things measured in ``measured_in``; ``error`` is the error that the file shows there."""
    if odd:
        if Oddity.ERROR in odd:
            return ReadNumber(None, rules.ERROR_VALUE, error or "错误值")
        if Oddity.UNCOMPUTED in odd:
            return ReadNumber(None, rules.UNCOMPUTED)
    if isinstance(value, str):
        read = _from_text(value, measured_in)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        read = _from_number(value, measured_in, odd)
    else:
        read = ReadNumber(None, rules.VALUE_REFUSED, shown(value), _KINDS.get(type(value), "不是数字"))
    if read.value is not None and read.rule is None and odd & _FORMULAS:
        return ReadNumber(read.value, rules.FORMULA_READ, plain(read.value))
    return read


_FORMULAS: Final = frozenset({Oddity.FORMULA, Oddity.UNCOMPUTED})
_KINDS: Final[dict[type, str]] = {
    bool: "是逻辑值", datetime: "是日期", date: "是日期", time: "是时间", timedelta: "是时间",
}  # fmt: skip


def _from_text(text: str, measured_in: str) -> ReadNumber:
    if is_blank(text):
        return _BLANK
    if len(text) > _LONGEST_NUMBER:
        return ReadNumber(None, rules.VALUE_REFUSED, shown(text[:_LONGEST_NUMBER]), "不是数字")
    try:
        return ReadNumber(read_typed_number(text, measured_in))
    except TypedNumberError as refusal:
        return ReadNumber(None, rules.VALUE_REFUSED, shown(text), refusal.reason)


@lru_cache(maxsize=4096)
def exact(value: float) -> Decimal:
    """A stored number, to the 15 digits that spreadsheet programs keep and show: 13.600000000000001 is 13.6."""
    return Decimal(int(value)) if value.is_integer() else Decimal(format(value, ".15g"))


def _from_number(value: float, measured_in: str, odd: frozenset[Oddity]) -> ReadNumber:
    if not 0 <= value <= _LARGEST:
        reason = "是负数" if -_LARGEST <= value < 0 else "数太大"
        return ReadNumber(None, rules.VALUE_REFUSED, shown(value), reason)
    number = exact(float(value))
    if not odd:
        return ReadNumber(number)
    if Oddity.PERCENT in odd:
        text = f"{plain(number * 100)}%"
        if measured_in != PERCENT:
            return ReadNumber(None, rules.VALUE_REFUSED, text, "不是百分数的项目填了百分数")
        return ReadNumber(number * 100, rules.PERCENT_READ, text)
    if Oddity.SCALED in odd:
        return ReadNumber(None, rules.VALUE_REFUSED, plain(number), "格子显示的数和存的数不一样")
    return ReadNumber(number)


def read_date(value: Any) -> date | None:
    """A date cell, or a text such as ``2024-06-30``, ``2024/6/30``, ``2024.6.30``, ``2024年6月30日``."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _DATE.fullmatch(re.sub(r"\s+", "", stripped(value))) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def read_words(value: Any) -> str:
    """A text column's cell as text, never anything else: a number or a date as it is shown, control characters dropped."""
    if not isinstance(value, str):
        return "" if value is None else shown(value)
    if value == "":
        return ""
    return _clean_label(value) if len(value) < _LONGEST_KEPT else _clean(value)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text).replace("\r\n", "\n").strip()


#: Titles and units are the same in every file: they are cleaned once.
_clean_label = lru_cache(maxsize=4096)(_clean)
_LONGEST_KEPT: Final = 100


def is_too_long(value: Any) -> bool:
    """Whether a text is longer than a cell of the master can hold."""
    return (
        isinstance(value, str)
        and len(value) > limits.TEXT // 2
        and len(value.encode("utf-16-le", "replace")) > 2 * limits.TEXT
    )


def shown(value: Any) -> str:
    """What a person sees in the cell, cut to a line."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    text = " ".join(_CONTROL.sub("", str(value)).split())
    return text if len(text) <= 60 else f"{text[:60]}…"
