"""What stands on the page of a 通报: whole sentences and table rows, as the template asks for them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AnnexRow", "Bulletin", "LateItem", "RankRow", "Section"]


@dataclass(frozen=True, slots=True)
class LateItem:
    """A late project: ``heading`` (second level, （一）…) runs on into ``words`` in the same paragraph."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """``heading`` is of the first level (一、…); ``paragraphs`` stand before the ``late`` ones."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    late: tuple[LateItem, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A project of 附件1. Quantities carry their unit; — where there is none."""

    number: int
    title: str
    lead_unit: str
    target: str
    plan: str
    actual: str
    rate: str
    status: str


@dataclass(frozen=True, slots=True)
class RankRow:
    """A township of 附件2: ``rank`` with ties sharing one, ``projects`` it is ranked on, ``behind`` of them below pace."""

    rank: int
    unit: str
    projects: int
    behind: int
    score: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    """``title_lines`` break the title where it reads well. ``ranking`` is empty where there is nothing to rank; then
    there is one annex, without a number."""

    title_lines: tuple[str, ...]
    addressees: str
    sections: tuple[Section, ...]
    annex: tuple[AnnexRow, ...]
    ranking: tuple[RankRow, ...]
    date: str

    @property
    def title(self) -> str:
        """The title on one line."""
        return "".join(self.title_lines)
