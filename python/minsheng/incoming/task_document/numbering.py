"""Project numbers: each once, in order, without gaps; otherwise said, and no project is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.catalogue import document as rules

if TYPE_CHECKING:
    from ...domain.finding import Finding
    from .sections import Section

__all__ = ["settle_numbers"]

_SHOWN = 30
_MOST_NAMED = 20


def settle_numbers(sections: tuple[Section, ...]) -> list[Finding]:
    """Give every section a number of its own, in place, and say what was odd.

    The second project with a number gets the number that is missing at its place, or else the next after the last.
    """
    if _restarts(sections):
        for number, section in enumerate(sections, start=1):
            section.number, section.numbered = number, True
        return [rules.NUMBERS_RESTART.finding(last=len(sections))]
    printed = {section.number for section in sections if section.numbered}
    findings: list[Finding] = []
    taken: set[int] = set()
    before = 0
    if not any(section.numbered for section in sections) and len(sections) > 1:
        for number, section in enumerate(sections, start=1):
            section.number = number
        return [rules.NUMBERS_FROM_ORDER.finding(last=len(sections))]
    for section in sections:
        number = section.number
        if not section.numbered:
            section.number = _free(before + 1, taken | printed)
            findings.append(
                rules.NUMBER_FROM_ORDER.finding(project=section.number, original=section.title[:_SHOWN])
            )
        elif number in taken:
            section.number = _free(before + 1, taken | printed)
            findings.append(
                rules.NUMBER_TWICE.finding(
                    project=section.number,
                    original=section.title[:_SHOWN],
                    twice=number,
                    reading=str(section.number),
                )
            )
        elif number < before:
            findings.append(rules.NUMBER_ORDER.finding(project=number, before=before))
        taken.add(section.number)
        before = section.number
    missing = [number for number in range(1, max(taken, default=0)) if number not in taken]
    if missing and len(missing) <= _MOST_NAMED:
        findings.append(rules.NUMBER_GAP.finding(missing="、".join(map(str, missing))))
    elif missing:
        findings.append(
            rules.NUMBER_GAP.finding(missing=f"{missing[0]}—{missing[-1]}（共缺{len(missing)}个序号）")
        )
    return findings


def _restarts(sections: tuple[Section, ...]) -> bool:
    """Whether every chapter counts its projects from 1, without a gap."""
    chapters: dict[str, list[int]] = {}
    for section in sections:
        chapters.setdefault(section.chapter, []).append(section.number)
    return len(chapters) > 1 and all(
        numbers == list(range(1, len(numbers) + 1)) for numbers in chapters.values()
    )


def _free(wanted: int, taken: set[int]) -> int:
    """``wanted`` where it is free, else the next number after all others."""
    return wanted if wanted not in taken else max(taken) + 1
