"""An overview of all projects before the details of each is one document, not two."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...domain.catalogue import document as rules
from .clauses import bare_words
from .labels import Label

if TYPE_CHECKING:
    from ...domain.finding import Finding
    from .sections import Division, Section

__all__ = ["without_overview"]


def without_overview(division: Division) -> tuple[Division, list[Finding]]:
    """The division without the projects of a list that other sections tell in full, which get what only the list says."""
    listed = [section for section in division.sections if section.listed]
    told = {
        words: section
        for section in division.sections
        if not section.listed and (words := bare_words(section.title))
    }
    pairs = [(section, told[words]) for section in listed if (words := bare_words(section.title)) in told]
    if not pairs or len(pairs) * 2 < len(listed):
        return division, []
    for short, full in pairs:
        _complete(full, short)
    dropped = {id(short) for short, _ in pairs}
    kept = tuple(section for section in division.sections if id(section) not in dropped)
    return replace(division, sections=kept), [rules.OVERVIEW.finding(count=len(pairs))]


def _complete(full: Section, short: Section) -> None:
    for label, text in short.fields.items():
        if label is Label.SCHEDULE and full.nodes:
            continue
        if not full.fields.get(label):
            full.fields[label] = text
            full.printed[label] = short.printed.get(label, "")
        elif text != full.fields[label]:
            full.again.append((label, text))
    full.target_texts += [text for text in short.target_texts if text not in full.target_texts]
    full.tables += short.tables if not full.tables else []
    full.nodes += short.nodes if not (full.nodes or full.fields.get(Label.SCHEDULE)) else []
    full.starred = full.starred or short.starred
    full.places += short.places
