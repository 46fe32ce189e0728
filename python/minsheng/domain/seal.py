"""The seal of a 填报表: what the file says of itself, whatever it is called and whoever saved it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .period import Period

__all__ = ["SEAL_KEYS", "SEAL_SHEET", "SEAL_TITLE", "TEMPLATE_VERSION", "Seal"]

#: The form's layout, counted up when rows or columns change their meaning.
TEMPLATE_VERSION: Final = "1"
#: First cell of the very hidden sheet, and the beginning of the custom properties' names.
SEAL_TITLE: Final = "民生实事填报表"
SEAL_SHEET: Final = "标记"
SEAL_KEYS: Final = ("填报单位", "报送月份", "年度", "总表编号", "表式版本")


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
