"""A 填报表 as a file: what it is called, and the seal that says whose it is, whatever it is called and whoever saved it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .period import Period
from .project import ReportingUnit

__all__ = ["SEAL_KEYS", "SEAL_SHEET", "SEAL_TITLE", "TEMPLATE_VERSION", "Seal", "form_names", "reply_names"]

#: What Windows forbids, or gives a meaning of its own (``.`` ends CON and its kind, ``~$`` begins a lock file), as the
#: full-width characters that look the same.
_LOOK_ALIKES = {ord(bad): ord(bad) + 0xFEE0 for bad in '\\/:*?"<>|.~'}
#: Of a unit's name; a file's own may have 255 bytes, 143 on an encrypted disk.
_MOST_BYTES = 100
#: The form's layout, counted up when rows or columns change their meaning.
TEMPLATE_VERSION: Final = "1"
#: First cell of the very hidden sheet, and the beginning of the custom properties' names.
SEAL_TITLE: Final = "民生实事填报表"
SEAL_SHEET: Final = "标记"
SEAL_KEYS: Final = ("填报单位", "报送月份", "年度", "总表编号", "表式版本")


def form_names(units: Iterable[ReportingUnit], period: Period) -> dict[str, str]:
    """Unit's name → ``石浦_2024年06月_填报表.xlsx``. Of names that a file system may take for one, as it takes ``ABC`` for
    ``abc``, the later ones get a number: ``abc（2）``."""
    return {name: f"{stem}_{period.label}_填报表.xlsx" for name, stem in _stems(units).items()}


def reply_names(units: Iterable[ReportingUnit], period: Period) -> dict[str, tuple[str, str]]:
    """Unit's name → ``石浦_2024年06月_反馈单.xlsx`` and the same as .txt, told apart likewise."""
    return {
        name: (f"{stem}_{period.label}_反馈单.xlsx", f"{stem}_{period.label}_反馈单.txt")
        for name, stem in _stems(units).items()
    }


def _stems(units: Iterable[ReportingUnit]) -> dict[str, str]:
    """Unit's name → how its files' names begin."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for unit in units:
        plain = stem = _stem(unit.name)
        number = 1
        while (folded := unicodedata.normalize("NFKC", stem).casefold()) in taken:
            number += 1
            stem = f"{plain}（{number}）"
        taken.add(folded)
        names[unit.name] = stem
    return names


def _stem(name: str) -> str:
    """A unit's name as a file's may begin."""
    printable = "".join("_" if unicodedata.category(sign)[0] == "C" else sign for sign in name)
    cut = printable.translate(_LOOK_ALIKES).encode()[:_MOST_BYTES].decode(errors="ignore").strip()
    return cut or "单位"


@dataclass(frozen=True, slots=True)
class Seal:
    """Whose form it is, of which month, of which master."""

    unit: str
    period: Period
    master_id: str
    version: str = TEMPLATE_VERSION

    def as_words(self) -> dict[str, str]:
        """The seal as words by SEAL_KEYS, in order."""
        values = (self.unit, str(self.period), str(self.period.year), self.master_id, self.version)
        return dict(zip(SEAL_KEYS, values, strict=True))

    @classmethod
    def from_words(cls, words: Mapping[str, str]) -> Seal | None:
        """The seal that ``words`` spell; None where one is missing, or month and year contradict each other."""
        unit, month, year, master_id, version = (words.get(key, "").strip() for key in SEAL_KEYS)
        try:
            period = Period.parse(month)
        except ValueError:
            return None
        return (
            cls(unit, period, master_id, version) if unit and master_id and year == str(period.year) else None
        )
