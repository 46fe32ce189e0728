"""Cells as text: what a person sees in one, what a column of words takes from it, whether it is blank."""

from __future__ import annotations

import re
from datetime import datetime, time
from functools import lru_cache
from math import isfinite
from typing import Any, Final

from .numbers import exact, plain

__all__ = ["LONGEST_TEXT", "is_blank", "is_too_long", "read_words", "shown"]

#: UTF-16 units that a cell of a spreadsheet holds.
LONGEST_TEXT: Final = 32_767
_VISIBLE: Final = re.compile("[^\\s\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x000D_")
_LINE: Final = 60
_LONGEST_KEPT: Final = 100


def is_blank(value: Any) -> bool:
    """Whether a person sees nothing in the cell: None, "", white space, invisible characters."""
    return value == "" or value is None or (isinstance(value, str) and not _VISIBLE.search(value))


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


def is_too_long(value: Any) -> bool:
    """Whether a text is longer than a cell can hold."""
    return (
        isinstance(value, str)
        and len(value) > LONGEST_TEXT // 2
        and len(value.encode("utf-16-le", "replace")) > 2 * LONGEST_TEXT
    )


def shown(value: Any) -> str:
    """What a person sees in the cell, cut to a line."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(value, float) and isfinite(value) and abs(value) < 1e16:
        return plain(exact(value))
    text = " ".join(_CONTROL.sub("", str(value)).split())
    return text if len(text) <= _LINE else f"{text[:_LINE]}…"
