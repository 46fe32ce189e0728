"""What the files of a month's 填报表 are called: names that every system takes, no two of them alike on any."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from .period import Period
from .project import ReportingUnit

__all__ = ["form_names"]

#: What Windows forbids, or gives a meaning of its own (``.`` ends CON and its kind, ``~$`` begins a lock file), as the
#: full-width characters that look the same.
_LOOK_ALIKES = {ord(bad): ord(bad) + 0xFEE0 for bad in '\\/:*?"<>|.~'}
#: Of a unit's name; a file's own may have 255 bytes, 143 on an encrypted disk.
_MOST_BYTES = 100


def form_names(units: Iterable[ReportingUnit], period: Period) -> dict[str, str]:
    """Unit's name → ``石浦_2024年06月_填报表.xlsx``. Of names that a file system may take for one, as it takes ``ABC`` for
    ``abc``, the later ones get a number: ``abc（2）``."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for unit in units:
        plain = stem = _stem(unit.name)
        number = 1
        while (folded := unicodedata.normalize("NFKC", stem).casefold()) in taken:
            number += 1
            stem = f"{plain}（{number}）"
        taken.add(folded)
        names[unit.name] = f"{stem}_{period.label}_填报表.xlsx"
    return names


def _stem(name: str) -> str:
    """A unit's name as a file's may begin."""
    printable = "".join("_" if unicodedata.category(sign)[0] == "C" else sign for sign in name)
    cut = printable.translate(_LOOK_ALIKES).encode()[:_MOST_BYTES].decode(errors="ignore").strip()
    return cut or "单位"
