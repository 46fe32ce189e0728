"""Pieces gathered project by project: which numbered lines open a project, and what stands under each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ...domain.quantity import Quantity
from .blocks import Table
from .headings import Heading, read_heading, read_title
from .labels import Label, whole_label
from .pieces import Chapter, Field, Grid, Loose, Numbered, Piece
from .schedule import NodeLine, opens_with_months, table_nodes

__all__ = ["Division", "Section", "divide"]

#: Fields that only a project has; a chapter may have a leader of its own.
_OF_A_PROJECT = frozenset({Label.LEAD_UNIT, Label.SCHEDULE, Label.ALLOCATION, Label.OWNER})
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


@dataclass(frozen=True)
class Division:
    """The text before the first project, the projects, and what belongs to no project (chapters' names, the end)."""

    preamble: tuple[str, ...]
    sections: tuple[Section, ...]
    chapters: tuple[str, ...]
    tables: tuple[Table, ...]


def divide(pieces: list[Piece]) -> Division:
    """Gather pieces into projects; none in the division where nothing looks like one."""
    opens = _openings(pieces)
    preamble: list[str] = []
    sections: list[Section] = []
    chapters: list[str] = []
    tables: list[Table] = []
    gatherer: _Gatherer | None = None
    for index, piece in enumerate(pieces):
        if index in opens:
            section = _open(piece, sections)
            sections.append(section)
            gatherer = _Gatherer(section)
            if isinstance(piece, Field) and piece.label is Label.NUMBER:
                gatherer.awaits_title = True
        elif isinstance(piece, Chapter):
            chapters.append(piece.text)
        elif isinstance(piece, Numbered) and (
            gatherer is None or not gatherer.takes_numbered or index + 1 in opens
        ):
            chapters.append(piece.heading.printed)
        elif gatherer is not None:
            gatherer.take(piece)
        elif isinstance(piece, Grid):
            tables.append(piece.table)
        else:
            preamble.append(_text(piece))
    return Division(tuple(preamble), tuple(sections), tuple(chapters), tuple(tables))


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
        if isinstance(following, Numbered):
            break
        if isinstance(following, Field):
            labels.add(following.label)
    return bool(labels & _OF_A_PROJECT)


def _without_doubtful(pieces: list[Piece], opens: set[int]) -> set[int]:
    """ "3.5公里管网" opens project 3 only where project 2 stands before it."""
    kept: set[int] = set()
    last = 0
    for index in sorted(opens):
        heading = _heading(pieces[index])
        if heading.doubtful and heading.number != last + 1:
            continue
        kept.add(index)
        last = heading.number
    return kept


def _between(pieces: list[Piece], candidates: list[int], opens: set[int], family: str) -> set[int]:
    """Numbered lines without a project's labels, but with just the number that is missing between two projects."""
    ordered = sorted(opens)
    found: set[int] = set()
    for index in candidates:
        before = [at for at in ordered if at < index]
        after = [at for at in ordered if at > index]
        if index in opens or not before or _heading(pieces[index]).family != family:
            continue
        number = _heading(pieces[index]).number
        follows = number == _heading(pieces[before[-1]]).number + 1
        if follows and (not after or _heading(pieces[after[0]]).number == number + 1):
            found.add(index)
            ordered = sorted({*ordered, index})
    return found


def _unnumbered(pieces: list[Piece], opens: set[int]) -> set[int]:
    """Lines without a number after a project that is complete, with a project's labels said anew below."""
    found: set[int] = set()
    said: set[Label] = set()
    for index, piece in enumerate(pieces[:-1]):
        following = pieces[index + 1]
        if index in opens:
            said = set()
        elif isinstance(piece, Field):
            said.add(piece.label)
        elif (
            isinstance(piece, Loose)
            and {Label.LEAD_UNIT, Label.SCHEDULE} <= said
            and isinstance(following, Field)
            and following.label in said & {Label.LEADER, Label.LEAD_UNIT}
            and not opens_with_months(piece.text)
        ):
            found.add(index)
            said = set()
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
        return Section(heading.number or following, heading.starred, heading.title, not unnumbered)
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
                Grid(piece.table, Label.ALLOCATION if by_place is Label.ALLOCATION else None)
            )

    def _loose(self, text: str) -> None:
        if _APPENDIX.match(text):
            self.current = None
        section, current = self.section, self.current
        if current is None:
            if (
                self.untouched
                and not section.title.endswith("。")
                and not self.last_line.endswith(("。", "；"))
            ):
                starred, section.title = read_title(section.title + text)
                section.starred = section.starred or starred
                self.last_line = text
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


def _is_broken(line: str) -> bool:
    """Whether a field's text goes on in the next line: empty so far, ends in a comma, or fills a line."""
    return not line or line.endswith(("、", "，", ",", "；")) or len(line) >= 25


def _goes_on(before: str, line: str) -> bool:
    """Whether a schedule goes on with ``line``: it opens with months, or the text before is not finished."""
    return not before.rstrip().endswith("。") or opens_with_months(line)
