"""Pieces gathered project by project: which numbered lines open a project, and what stands under each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ....cells.labels import fold
from ....domain.month_phrase import read_month_phrase
from ....domain.quantity import Quantity
from ..files.blocks import PICTURE, Table
from ..words.clauses import bare_words
from ..words.labels import Label, whole_label
from ..words.lines import read_heading, read_title
from ..words.schedule import NodeLine, holds_months, opens_with_months
from .lists import Unread
from .margins import is_full, margin_of, printed
from .node_tables import table_nodes
from .numbering import heads_chapter, openings
from .pieces import Caption, Chapter, Field, Grid, Loose, Numbered, Piece, Place

__all__ = ["Division", "Section", "divide"]

_APPENDIX = re.compile(r"\s*附[：:表件录]")
#: The heading of a table: "各镇街任务分解表".
_CAPTION = re.compile(
    r"(?:附[表件录]\d{0,2}[：:.、\s]{0,3})?[\u4e00-\u9fff]{2,12}(?:分解|分配|安排|计划|进度)表[：:]?"
)
#: What stands over the rest of a table on the next page.
_CONTINUED = re.compile(r"[（(]?(?:续表|续上表|接上表|接上页|续)\s{0,3}\d{0,2}[)）]?")
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
    deadline: str = ""
    captions: list[str] = field(default_factory=list)
    pictures: list[Label] = field(default_factory=list)
    chapter: str = ""
    listed: bool = False


@dataclass(frozen=True)
class Division:
    """The text before the first project, the projects, and what belongs to no project (chapters' names, the end).

    ``told_before`` is how many projects the document names in lines before it tells them in full.
    """

    preamble: tuple[str, ...]
    sections: tuple[Section, ...]
    chapters: tuple[str, ...]
    tables: tuple[Table, ...]
    unread: tuple[Unread, ...] = ()
    heads: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    told_before: int = 0


def divide(pieces: list[Piece]) -> Division:
    """Gather pieces into projects; none in the division where nothing looks like one."""
    opens = openings(pieces)
    preamble: list[str] = []
    sections: list[Section] = []
    chapters: list[str] = []
    tables: list[Table] = []
    unread: list[Unread] = []
    heads: list[str] = []
    notes: list[str] = []
    gatherer: _Gatherer | None = None
    told = {
        bare_words(piece.heading.title) for index in opens if isinstance(piece := pieces[index], Numbered)
    }
    named: list[Numbered] = []
    margin = margin_of(pieces)
    for index, piece in enumerate(pieces):
        if index in opens:
            section = _open(piece, sections)
            section.chapter = chapters[-1] if chapters else ""
            section.places += piece.places
            sections.append(section)
            gatherer = _Gatherer(section, margin)
            if isinstance(piece, Field) and piece.label is Label.NUMBER:
                gatherer.awaits_title = True
        elif isinstance(piece, Caption):
            preamble += piece.texts
            unread += piece.unread
            heads += piece.heads
        elif isinstance(piece, Numbered) and gatherer is None and bare_words(piece.heading.title) in told:
            named.append(piece)
        elif (chapter := _chapter(pieces, index, opens, gatherer)) is not None:
            chapters.append(chapter)
            if isinstance(piece, Chapter) and gatherer is not None and gatherer.current is None:
                gatherer = None
        elif isinstance(piece, Loose) and _CONTINUED.fullmatch(piece.text.strip()):
            heads.append(piece.text)
        elif isinstance(piece, Loose) and gatherer is not None and gatherer.is_behind(piece):
            notes.append(piece.text)
        elif gatherer is not None and not isinstance(piece, Chapter):
            gatherer.section.places += piece.places
            gatherer.take(piece)
        elif isinstance(piece, Grid):
            tables.append(piece.table)
        elif not (isinstance(piece, Loose) and piece.text == PICTURE):
            preamble.append(_text(piece))
    _give_back(named, sections)
    return Division(
        tuple(preamble),
        tuple(sections),
        tuple(chapters),
        tuple(tables),
        tuple(unread),
        tuple(heads),
        tuple(notes),
        len(named),
    )


def _chapter(pieces: list[Piece], index: int, opens: set[int], gatherer: _Gatherer | None) -> str | None:
    """The words of a piece that heads a group of projects; None for any other."""
    piece, following = pieces[index], pieces[index + 1] if index + 1 < len(pieces) else None
    if isinstance(piece, Chapter):
        return piece.text
    if isinstance(piece, Field):
        if heads_chapter(pieces, index) and (gatherer is None or index + 1 in opens):
            return piece.printed
        is_own = (
            gatherer is not None and gatherer.lacks_leader and isinstance(pieces[index - 1], Field | Loose)
        )
        if piece.label is Label.LEADER and index + 1 in opens and not is_own:
            return f"{piece.printed}：{piece.text}"
    if isinstance(piece, Numbered) and (
        gatherer is None
        or not gatherer.takes_numbered
        or (index + 1 in opens and not piece.heading.doubtful)
        or (isinstance(following, Field) and following.label is Label.LEADER and index + 2 in opens)
        or isinstance(following, Caption)
    ):
        return piece.heading.printed
    return None


def _give_back(named: list[Numbered], sections: list[Section]) -> None:
    """Lines that only name a project belong to it; one that says another number than its title is left to be told."""
    for piece in named:
        title = piece.heading.title
        same = [section for section in sections if bare_words(section.title) == bare_words(title)]
        exact = [section for section in same if _squeezed(section.title) == _squeezed(title)]
        for section in (exact or same)[:1]:
            section.places += piece.places
            section.captions += [piece.heading.printed] if exact else []


def _squeezed(text: str) -> str:
    return "".join(fold(text).split())


def _text(piece: Piece) -> str:
    if isinstance(piece, Field):
        return f"{piece.printed}：{piece.text}"
    return piece.text if isinstance(piece, Loose | Chapter) else ""


def _open(piece: Piece, sections: list[Section]) -> Section:
    following = sections[-1].number + 1 if sections else 1
    if isinstance(piece, Numbered):
        heading = piece.heading
        unnumbered = heading.family == "unnumbered" or heading.number == 0
        return Section(
            heading.number or following, heading.starred, heading.title, not unnumbered, listed=piece.certain
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

    def __init__(self, section: Section, margin: int | None) -> None:
        self.section = section
        self.margin = margin
        self.current: Label | None = None
        self.awaits_title = not section.title
        self.last_line = section.title
        self.last_printed = f"1.{section.title}"
        self.untouched = True

    @property
    def takes_numbered(self) -> bool:
        """Whether a numbered line may belong to the text that is being read (a numbered list of steps)."""
        return self.current in _LISTS or self.current in (Label.TARGET, Label.OTHER, Label.REMARK)

    @property
    def lacks_leader(self) -> bool:
        """Whether a leader named at the end of the project is its own: neither it nor a chapter has named one before."""
        return Label.LEADER not in self.section.fields and not self.section.chapter

    def is_behind(self, piece: Loose) -> bool:
        """Whether a text stands behind the table that lists the project: then it is not the project's."""
        places = self.section.places
        return self.section.listed and bool(places and piece.places) and piece.places[0][0] != places[0][0]

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
        self.current, self.last_line, self.last_printed = piece.label, piece.text, printed(piece)
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
            starred, words = read_title(piece.text)
            section.starred = section.starred or (starred and not words)
            section.remarks += filter(None, (piece.text if words else "",))
        elif piece.label is Label.OTHER:
            section.others.append((piece.printed, piece.text))
        elif piece.label is Label.NUMBER or (
            piece.label is Label.SCHEDULE and self._settles_deadline(piece.text)
        ):
            pass
        elif section.fields.get(piece.label):
            section.again.append((piece.label, piece.text))
            self.current = Label.OTHER
        else:
            section.fields[piece.label] = piece.text
            section.printed[piece.label] = piece.printed

    def _settles_deadline(self, text: str) -> bool:
        """Whether one of two schedules is a mere date ("完成时限：12月31日"): then the other is the schedule."""
        section = self.section
        before = section.fields.get(Label.SCHEDULE, "")
        if not before:
            return False
        if read_month_phrase(text.strip("。；; ")) is not None:
            section.deadline = text
        elif read_month_phrase(before.strip("。；; ")) is not None:
            section.deadline, section.fields[Label.SCHEDULE] = before, text
        return bool(section.deadline)

    def _grid(self, piece: Grid) -> None:
        self.untouched = False
        by_place = piece.label or self.current
        nodes = table_nodes(piece.table)
        if nodes and (by_place is not Label.ALLOCATION or self.section.tables):
            self.section.nodes += nodes
        else:
            self.section.tables.append(
                Grid(piece.table, Label.ALLOCATION if by_place is Label.ALLOCATION else None, piece.places)
            )

    def _heads_or_shows(self, text: str) -> bool:
        """Whether a line is a picture or the heading of a table; an appendix ends what was being read."""
        if _APPENDIX.match(text):
            self.current = None
        if text == PICTURE:
            if self.current in _LISTS and not (self.section.tables or self.section.nodes):
                self.section.pictures.append(self.current)
            return True
        if _CAPTION.fullmatch(text.strip()):
            self.section.captions.append(text)
            self.current = Label.ALLOCATION if "分" in text else Label.SCHEDULE
            self.section.fields.setdefault(self.current, "")
            return True
        return False

    def _loose(self, text: str) -> None:
        if self._heads_or_shows(text):
            return
        section, current = self.section, self.current
        if current is None:
            if self.untouched and (_is_cut(self.last_line) or is_full(self.last_printed, self.margin)):
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
        elif (
            current in section.fields
            and current not in _LISTS
            and (_is_broken(self.last_line) or is_full(self.last_printed, self.margin))
        ):
            section.fields[current] += text
        elif current is Label.REMARK:
            section.remarks.append(text)
        elif current is Label.OTHER and section.others:
            label, before = section.others[-1]
            section.others[-1] = (label, "；".join(filter(None, (before, text))))
        elif current is Label.TARGET and section.target_texts:
            section.target_texts[-1] += text
        else:
            section.loose.append(text)
        self.last_line = self.last_printed = text


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
