"""Words that are compared: full-width forms, spaces and invisible characters make no difference."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, Final

__all__ = ["fold", "label", "letters_alone", "stripped"]

#: Full-width forms of ASCII; str.translate, because NFKC would also turn 5² into 52 and ① into 1.
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ALL: Final = _WIDE | {0x2212: ord("-"), 0x2019: ord("'")}
_SPACES: Final = dict.fromkeys((0x3000, 0xA0, 0x2009, 0x200A, 0x202F), 0x20)
#: In a sentence these are punctuation, not parts of numbers.
_PUNCTUATION: Final = frozenset(map(ord, "，：；（）！？"))
_IN_SENTENCES: Final = (
    {code: plain for code, plain in _WIDE.items() if code not in _PUNCTUATION} | _SPACES | {0x2236: ord("：")}
)
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_NEEDS_WORK: Final = re.compile("[\uff01-\uff5e\u2212\u2019\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_LONGEST_KEPT: Final = 60


def fold(text: str) -> str:
    """A sentence with full-width letters, digits and signs as ASCII and its Chinese punctuation as it is.

    Every character keeps its place.
    """
    return text.translate(_IN_SENTENCES)


def stripped(text: str) -> str:
    """Full-width ASCII made half-width, spaces of all kinds at the ends and invisible characters taken away."""
    if _NEEDS_WORK.search(text):
        text = _INVISIBLE.sub("", text.translate(_ALL))
    return text.strip()


def label(value: Any) -> str:
    """A cell as a label: ``stripped`` and without white space inside; "" for what is no text."""
    if not isinstance(value, str):
        return ""
    return _short_label(value) if len(value) < _LONGEST_KEPT else "".join(stripped(value).split())


@lru_cache(maxsize=2048)
def _short_label(text: str) -> str:
    """Kept, because the labels of an office's files are the same in all of them."""
    return "".join(stripped(text).split())


@lru_cache(maxsize=2048)
def letters_alone(words: str) -> str:
    """Letters and digits alone, so that neither spaces nor punctuation make two titles or names differ."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", words) if unicodedata.category(ch)[0] in "LN")
