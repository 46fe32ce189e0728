"""What speaks of all projects at once: a list of them before the details of each, and one 任务分解 table with a column or a row
for each, which is taken apart.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ....cells.labels import fold
from ....domain.catalogue import document as rules
from ..files.blocks import Table
from ..words.clauses import bare_words
from ..words.labels import Label, is_blank, is_column_word, is_total, roles_of
from .pieces import Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ....domain.finding import Finding
    from ..files.blocks import Cell
    from .division import Division, Section

__all__ = ["take_apart", "without_overview"]

_NUMBERED: Final = re.compile(
    r"\s{0,4}(?:第\s{0,4}(?P<named>\d{1,3})\s{0,4}[项件]|(?P<number>\d{1,3})\s{0,4}[.、．)）])(?!\d)"
)
_LONGEST: Final = 200
_MEASURE: Final = re.compile(r"[（(](?P<unit>[^（）()\d]{1,5})[)）]\s{0,4}$")


def take_apart(
    sections: Sequence[Section], loose: Sequence[Table]
) -> tuple[tuple[Table, ...], list[Finding]]:
    """Replace every table that names two projects or more, whichever section it stands under, by a table for each.

    Gives those of ``loose`` (the tables before the first project) that are no such table, and what to look at.
    """
    shared: list[_Shared] = []
    titles = _Titles(sections)
    for section in sections:
        read = [(grid, _shared(grid.table, titles)) for grid in section.tables]
        section.tables = [grid for grid, found in read if found is None]
        given = {place for grid, found in read if found is not None for place in grid.places}
        section.places = [place for place in section.places if place not in given]
        shared += [found for _, found in read if found is not None]
    rest = []
    for table in loose:
        found = _shared(table, titles)
        if found is None:
            rest.append(table)
        else:
            shared.append(found)
    return tuple(rest), [finding for table in shared for finding in table.give()]


class _Shared:
    """A table whose columns are projects: its rows, and the section of each column that names one."""

    def __init__(self, rows: Sequence[Sequence[Cell]], owners: dict[int, Section]) -> None:
        self.rows = rows
        self.owners = owners

    def give(self) -> list[Finding]:
        """Give each section its column; findings on every column, read or not."""
        header = self.rows[0]
        given = []
        findings = []
        for column in range(1, len(header)):
            section, name = self.owners.get(column), header[column].word
            if section is not None:
                section.tables.append(Grid(self._part(column), Label.ALLOCATION))
                given.append(f"第{section.number}项“{name}”")
            elif not (is_total(name) or is_column_word(name) or is_blank(name)):
                findings.append(rules.SHARED_TABLE_COLUMN.finding(original=name))
        return [rules.SHARED_TABLE.finding(original="、".join(given)), *findings]

    def _part(self, column: int) -> Table:
        measure = _MEASURE.search(fold(self.rows[0][column].text))
        heading = f"任务数（{measure['unit']}）" if measure else "任务数"
        return Table.of(
            [["单位", heading]]
            + [
                [row[0].text, row[column].text]
                for row in self.rows[1:]
                if row[0].word and (is_total(row[0].word) or not is_blank(row[column].word))
            ]
        )


def _shared(table: Table, titles: _Titles) -> _Shared | None:
    rows = [row for row in table.rows if any(cell.word for cell in row)]
    if len(rows) < 3 or len({len(row) for row in rows}) != 1 or any(cell.span > 1 for cell in table.cells):
        return None
    for grid in (rows, list(zip(*rows, strict=True))):
        units = [row[1:] for row in grid] if Label.NUMBER in roles_of(grid[0][0].text) else grid
        owners = titles.owners([cell.text[:_LONGEST] for cell in units[0]])
        if len(owners) >= 2:
            return _Shared(units, owners)
    return None


class _Titles:
    """The sections by their numbers and the words of their titles; each heading is looked up once."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._by_number = {section.number: section for section in reversed(sections)}
        self._words = [
            (words, section)
            for section in sections
            for text in (section.title, *section.target_texts)
            if (words := bare_words(text[:_LONGEST]))
        ]
        self._all = "\n".join(words for words, _ in self._words)
        self._shortest = min((len(words) for words, _ in self._words), default=0)
        self._known: dict[str, Section | None] = {}

    def owners(self, header: list[str]) -> dict[int, Section]:
        """Column → the one section that its heading names; empty where two columns name the same one."""
        found = {
            column: section
            for column, text in enumerate(header)
            if column > 0 and (section := self._named(text)) is not None
        }
        return found if len({id(section) for section in found.values()}) == len(found) else {}

    def _named(self, text: str) -> Section | None:
        if text not in self._known:
            self._known[text] = self._look_up(text)
        return self._known[text]

    def _look_up(self, text: str) -> Section | None:
        """The section whose number stands before the heading's words, or whose title alone speaks of them."""
        folded = _MEASURE.sub("", fold(text))
        numbered = _NUMBERED.match(folded)
        if numbered is not None:
            return self._by_number.get(int(numbered["named"] or numbered["number"]))
        words = bare_words(folded)
        if len(words) < 2 or is_column_word(words) or is_total(words):
            return None
        if words not in self._all and len(words) < self._shortest:
            return None
        speaking = {
            id(section): section for title, section in self._words if words in title or title in words
        }
        return next(iter(speaking.values())) if len(speaking) == 1 else None


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
        before = division.told_before
        return division, [rules.OVERVIEW.finding(count=before)] if before else []
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
