"""Pieces gathered project by project: which numbered lines open a project, and what stands under each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from ...domain.quantity import Quantity
from .blocks import Table
from .headings import Heading, read_heading, read_title
from .labels import NAMED, Label, whole_label
from .lists import Unread
from .pieces import Caption, Chapter, Field, Grid, Loose, Numbered, Piece, Place
from .schedule import NodeLine, holds_months, opens_with_months, table_nodes

__all__ = ["Division", "Section", "divide"]

#: Fields that only a project has; a chapter may have a leader of its own.
_OF_A_PROJECT = frozenset({Label.LEAD_UNIT, Label.RESPONSIBLE, Label.SCHEDULE, Label.ALLOCATION, Label.OWNER})
_LEADS = frozenset({Label.LEADER, Label.LEAD_UNIT, Label.RESPONSIBLE})
_APPENDIX = re.compile(r"\s*附[：:表件录]")
_LISTS = frozenset({Label.SCHEDULE, Label.ALLOCATION})


@dataclass
class Section:
    """What the document says under one project's heading, not yet interpreted.

    ``numbered`` is False where the number was given by order. ``fields`` holds the first text of each label, ``again``
    what a second line with the same label said. ``stated_target``, ``stated_more`` and ``targetless`` (no target, in so
    many words) come from the template alone.
    """

    number: int
    starred: bool
    title: str
    numbered: bool = True
    fields: dict[Label, str] = field(default_factory=dict)
    printed: dict[Label, str] = field(default_factory=dict)
    again: list[tuple[Label, str]] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    tables: list[Grid] = field(default_factory=list)
    nodes: list[NodeLine] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    target_texts: list[str] = field(default_factory=list)
    stated_target: Quantity | None = None
    stated_more: tuple[Quantity, ...] = ()
    targetless: bool = False
    places: list[Place] = field(default_factory=list)
    chapter: str = ""
    family: str = ""


@dataclass(frozen=True)
class Division:
    """The text before the first project, the projects, and what belongs to no project (chapters' names, the end)."""

    preamble: tuple[str, ...]
    sections: tuple[Section, ...]
    chapters: tuple[str, ...]
    tables: tuple[Table, ...]
    unread: tuple[Unread, ...] = ()
    heads: tuple[str, ...] = ()


def divide(pieces: list[Piece]) -> Division:
    """Gather pieces into projects; none in the division where nothing looks like one."""
    opens = _openings(pieces)
    following = {index for index in opens if index}
    preamble: list[str] = []
    sections: list[Section] = []
    chapters: list[str] = []
    tables: list[Table] = []
    unread: list[Unread] = []
    heads: list[str] = []
    gatherer: _Gatherer | None = None
    for index, piece in enumerate(pieces):
        if index in opens:
            section = _open(piece, sections)
            section.chapter = chapters[-1] if chapters else ""
            section.places += piece.places
            sections.append(section)
            gatherer = _Gatherer(section)
            if isinstance(piece, Field) and piece.label is Label.NUMBER:
                gatherer.awaits_title = True
        elif isinstance(piece, Caption):
            preamble += piece.texts
            unread += piece.unread
            heads += piece.heads
        elif isinstance(piece, Chapter):
            chapters.append(piece.text)
            gatherer = None if gatherer and gatherer.current is None else gatherer
        elif isinstance(piece, Field) and piece.label is Label.LEADER and index + 1 in opens:
            chapters.append(f"{piece.printed}：{piece.text}")
        elif isinstance(piece, Numbered) and (
            gatherer is None
            or not gatherer.takes_numbered
            or index + 1 in following
            or (index + 1 < len(pieces) and isinstance(pieces[index + 1], Caption))
        ):
            chapters.append(piece.heading.printed)
        elif gatherer is not None:
            gatherer.section.places += piece.places
            gatherer.take(piece)
        elif isinstance(piece, Grid):
            tables.append(piece.table)
        else:
            preamble.append(_text(piece))
    return Division(
        tuple(preamble), tuple(sections), tuple(chapters), tuple(tables), tuple(unread), tuple(heads)
    )


def _text(piece: Piece) -> str:
    if isinstance(piece, Field):
        return f"{piece.printed}：{piece.text}"
    return piece.text if isinstance(piece, Loose | Chapter) else ""


def _openings(pieces: list[Piece]) -> set[int]:
    """Indexes of the pieces that open a project."""
    candidates = [index for index, piece in enumerate(pieces) if isinstance(piece, Numbered)]
    opens = {index for index in candidates if _looks_like_project(pieces, index)}
    opens = _without_doubtful(pieces, opens)
    families = Counter(_heading(pieces[index]).family for index in opens)
    if families:
        family = families.most_common(1)[0][0]
        opens |= _between(pieces, candidates, opens, family)
    opens |= _unnumbered(pieces, opens)
    return opens | _labelled_openings(pieces, opens)


def _heading(piece: Piece) -> Heading:
    assert isinstance(piece, Numbered)
    return piece.heading


def _looks_like_project(pieces: list[Piece], index: int) -> bool:
    """Whether a numbered line has a project's labels under it before the next numbered line."""
    piece = pieces[index]
    if isinstance(piece, Numbered) and piece.certain:
        return True
    labels = set()
    for following in pieces[index + 1 :]:
        if isinstance(following, Numbered | Caption | Chapter):
            break
        if isinstance(following, Field):
            labels.add(following.label)
            if labels & _OF_A_PROJECT:
                return True
    return False


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


def _open(piece: Piece, sections: list[Section]) -> Section:
    following = sections[-1].number + 1 if sections else 1
    if isinstance(piece, Numbered):
        heading = piece.heading
        unnumbered = heading.family == "unnumbered" or heading.number == 0
        return Section(
            heading.number or following, heading.starred, heading.title, not unnumbered, family=heading.family
        )
    if isinstance(piece, Loose):
        return Section(following, *read_title(piece.text), numbered=False)
    assert isinstance(piece, Field)
    if piece.label is Label.NUMBER and piece.text.strip("★ ").isdecimal():
        return Section(int(piece.text.strip("★ ")), "★" in piece.text, "")
    starred, title = read_title(piece.text if piece.label is Label.TITLE else "")
    return Section(following, starred, title, numbered=False)


class _Gatherer:
    """Puts the pieces under one heading where they belong."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.current: Label | None = None
        self.awaits_title = not section.title
        self.last_line = section.title
        self.untouched = True

    @property
    def takes_numbered(self) -> bool:
        """Whether a numbered line may belong to the text that is being read (a numbered list of steps)."""
        return self.current in _LISTS or self.current in (Label.TARGET, Label.OTHER, Label.REMARK)

    def take(self, piece: Field | Grid | Numbered | Loose) -> None:
        if isinstance(piece, Field):
            self._field(piece)
        elif isinstance(piece, Grid):
            self._grid(piece)
        elif isinstance(piece, Numbered):
            self._loose(piece.heading.printed)
        else:
            self._loose(piece.text)

    def _field(self, piece: Field) -> None:
        section = self.section
        self.untouched = False
        if self.current is Label.ALLOCATION and whole_label(piece.printed) is None:
            self._loose(f"{piece.printed}：{piece.text}")  # 单位：个, 丹东：50台
            return
        self.current, self.last_line = piece.label, piece.text
        if piece.label is Label.TITLE and self.awaits_title:
            heading = read_heading(piece.text)
            starred, section.title = read_title(
                heading.title if heading and not section.numbered else piece.text
            )
            section.starred = section.starred or starred
            self.awaits_title = False
        elif piece.label in (Label.TARGET, Label.TITLE):
            section.target_texts.append(piece.text)
        elif piece.label is Label.REMARK:
            section.remarks += filter(None, (piece.text,))
        elif piece.label is Label.OTHER:
            section.others.append((piece.printed, piece.text))
        elif piece.label is Label.NUMBER:
            pass
        elif section.fields.get(piece.label):
            section.again.append((piece.label, piece.text))
            self.current = Label.OTHER
        else:
            section.fields[piece.label] = piece.text
            section.printed[piece.label] = piece.printed

    def _grid(self, piece: Grid) -> None:
        self.untouched = False
        by_place = piece.label or self.current
        nodes = table_nodes(piece.table)
        if nodes and by_place is not Label.ALLOCATION:
            self.section.nodes += nodes
        else:
            self.section.tables.append(
                Grid(piece.table, Label.ALLOCATION if by_place is Label.ALLOCATION else None, piece.places)
            )

    def _loose(self, text: str) -> None:
        if _APPENDIX.match(text):
            self.current = None
        section, current = self.section, self.current
        if current is None:
            if self.untouched and _is_cut(self.last_line):
                starred, section.title = read_title(section.title + text)
                section.starred = section.starred or starred
            elif self.untouched:
                section.target_texts.append(text)
                self.current, self.untouched = Label.TARGET, False
            else:
                section.loose.append(text)
        elif current is Label.ALLOCATION or (
            current is Label.SCHEDULE and _goes_on(section.fields[current], text)
        ):
            section.fields[current] = "\n".join(filter(None, (section.fields[current], text)))
        elif current in section.fields and current not in _LISTS and _is_broken(self.last_line):
            section.fields[current] += text
        elif current is Label.REMARK:
            section.remarks.append(text)
        elif current is Label.OTHER and section.others:
            label, before = section.others[-1]
            section.others[-1] = (label, before + text)
        elif current is Label.TARGET and section.target_texts:
            section.target_texts[-1] += text
        else:
            section.loose.append(text)
        self.last_line = text


def _is_cut(line: str) -> bool:
    """Whether a title goes on in the next line: it ends in a comma or in an open bracket, or fills a line."""
    words = line.rstrip()
    return (
        words.endswith(("、", "，", ",", "—"))
        or words.count("（") > words.count("）")
        or (len(words) >= 30 and not words.endswith(("。", "；")))
    )


def _is_broken(line: str) -> bool:
    """Whether a field's text goes on in the next line: empty so far, ends in a comma, or fills a line."""
    return not line or line.endswith(("、", "，", ",", "；")) or len(line) >= 25


def _goes_on(before: str, line: str) -> bool:
    """Whether a schedule goes on with ``line``: it names months, or the text before is not finished."""
    return not before.rstrip().endswith("。") or opens_with_months(line) or holds_months(line)
