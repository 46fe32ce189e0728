"""Which pieces of a document open a project (numbered lines with a project's labels below, lines above a leader, forms), and
the projects' numbers: each once, in order, without gaps; otherwise said, and no project is lost.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from ....domain.catalogue import document as rules
from ..words.labels import NAMED, Label
from ..words.lines import Heading
from ..words.schedule import opens_with_months
from .pieces import Caption, Chapter, Field, Loose, Numbered, Piece

if TYPE_CHECKING:
    from ....domain.finding import Finding
    from .division import Section

__all__ = ["heads_chapter", "openings", "settle_numbers"]

#: Fields that only a project has; a chapter may have a leader of its own.
_OF_A_PROJECT = frozenset({Label.LEAD_UNIT, Label.RESPONSIBLE, Label.SCHEDULE, Label.ALLOCATION, Label.OWNER})
_LISTS = frozenset({Label.ALLOCATION, Label.SCHEDULE})
_LEADS = frozenset({Label.LEADER, Label.LEAD_UNIT, Label.RESPONSIBLE})
_SHOWN = 30
_MOST_NAMED = 20


def openings(pieces: list[Piece]) -> set[int]:
    """Indexes of the pieces that open a project."""
    listed = _listed_under_a_label(pieces)
    candidates = [
        index for index, piece in enumerate(pieces) if isinstance(piece, Numbered) and index not in listed
    ]
    opens = {index for index in candidates if _looks_like_project(pieces, index)}
    opens = _without_doubtful(pieces, opens)
    families = Counter(_heading(pieces[index]).family for index in opens)
    if families:
        family = families.most_common(1)[0][0]
        opens |= _between(pieces, candidates, opens, family)
    opens |= _unnumbered(pieces, opens)
    return opens | _labelled_openings(pieces, opens)


def _listed_under_a_label(pieces: list[Piece]) -> set[int]:
    """Numbered lines that are a list of shares or steps: they count from 1 right below 任务分解 or 进度安排, and no label of a
    project stands below any of them."""
    found: set[int] = set()
    for index, piece in enumerate(pieces):
        if not (isinstance(piece, Field) and piece.label in _LISTS and not piece.text):
            continue
        run: list[int] = []
        for at in range(index + 1, len(pieces)):
            line = pieces[at]
            if not (isinstance(line, Numbered) and line.heading.number == len(run) + 1):
                break
            run.append(at)
        above_a_label = run and run[-1] + 1 < len(pieces) and isinstance(pieces[run[-1] + 1], Field)
        found |= set(run[:-1] if above_a_label else run)
    return found


def _heading(piece: Piece) -> Heading:
    assert isinstance(piece, Numbered)
    return piece.heading


def _looks_like_project(pieces: list[Piece], index: int) -> bool:
    """Whether a numbered line has a project's labels under it before the next numbered line."""
    piece = pieces[index]
    if isinstance(piece, Numbered) and piece.certain:
        return True
    labels = set()
    for at in range(index + 1, len(pieces)):
        following = pieces[at]
        if isinstance(following, Numbered | Caption | Chapter):
            break
        if isinstance(following, Field) and not heads_chapter(pieces, at):
            labels.add(following.label)
            if labels & _OF_A_PROJECT:
                return True
    return False


def heads_chapter(pieces: list[Piece], index: int) -> bool:
    """Whether a label stands alone right above a numbered line: "二、责任分解" over "1.新建公厕20座" names a chapter."""
    piece, following = pieces[index], pieces[index + 1] if index + 1 < len(pieces) else None
    return (
        isinstance(piece, Field)
        and not piece.text
        and piece.label in (Label.ALLOCATION, Label.SCHEDULE, Label.TARGET)
        and isinstance(following, Numbered)
        and not following.heading.doubtful
    )


def _without_doubtful(pieces: list[Piece], opens: set[int]) -> set[int]:
    """ "3.5公里管网" opens project 3 only where project 2 stands before it, and "2.6月底前…" only where labels of a project
    follow at once."""
    kept: set[int] = set()
    last = 0
    for index in sorted(opens):
        heading = _heading(pieces[index])
        if heading.doubtful and not (heading.number == last + 1 and _lead_follows(pieces, index)):
            continue
        kept.add(index)
        last = heading.number
    return kept


def _lead_follows(pieces: list[Piece], index: int) -> bool:
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    return isinstance(following, Field) and following.label in NAMED | {Label.TARGET}


def _between(pieces: list[Piece], candidates: list[int], opens: set[int], family: str) -> set[int]:
    """Numbered lines without a project's labels, but with just the number that is missing between two projects."""
    ordered = sorted(opens)
    after = {
        index: ordered[at] if (at := bisect_right(ordered, index)) < len(ordered) else None
        for index in candidates
    }
    found: set[int] = set()
    before: int | None = None
    for index in candidates:
        if index in opens:
            before = index
            continue
        heading = _heading(pieces[index])
        if before is None or heading.family != family or heading.doubtful:
            continue
        follower = after[index]
        follows = heading.number == _heading(pieces[before]).number + 1
        if follows and (follower is None or _heading(pieces[follower]).number == heading.number + 1):
            found.add(index)
            before = index
    return found


def _unnumbered(pieces: list[Piece], opens: set[int]) -> set[int]:
    """Lines without a number that stand right above a leader or a lead unit, after a project that is complete; the first
    of a document as well, where others without a number follow."""
    found: set[int] = set()
    said: set[Label] = set()
    first: int | None = None
    for index, piece in enumerate(pieces[:-1]):
        following = pieces[index + 1]
        if index in opens:
            said, first = set(), -1
        elif isinstance(piece, Field):
            said.add(piece.label)
        elif (
            isinstance(piece, Loose)
            and isinstance(following, Field)
            and following.label in _LEADS
            and not opens_with_months(piece.text)
        ):
            if (
                said & {Label.LEAD_UNIT, Label.RESPONSIBLE}
                and Label.SCHEDULE in said
                and following.label in said
            ):
                found.add(index)
                said = set()
            elif first is None and not said:
                first = index
    if first is not None and first >= 0 and (found or not opens):
        found.add(first)
    return found


def _labelled_openings(pieces: list[Piece], opens: set[int]) -> set[int]:
    """序号 and 项目名称 as labels of a form open a project, unless a numbered line just has."""
    found: set[int] = set()
    fresh = False
    for index, piece in enumerate(pieces):
        if index in opens:
            fresh = True
        elif isinstance(piece, Field):
            if piece.label in (Label.NUMBER, Label.TITLE):
                if not fresh and _form_follows(pieces, index):
                    found.add(index)
                fresh = True
            else:
                fresh = False
    return found


def _form_follows(pieces: list[Piece], index: int) -> bool:
    for piece in pieces[index + 1 : index + 12]:
        if isinstance(piece, Field) and piece.label in _OF_A_PROJECT:
            return True
        if isinstance(piece, Field) and piece.label is Label.TITLE and pieces[index] is not piece:
            first = pieces[index]
            if isinstance(first, Field) and first.label is Label.TITLE:
                return False
    return False


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
