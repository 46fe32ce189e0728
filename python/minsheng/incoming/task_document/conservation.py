"""Nothing is lost: every token of the document stands in a field of the model or in a finding, or is told here.

A document says numbers, times and the words between them, each with its place. The check knows nothing of how it was read.
It holds what went in against what came out, project by project, and counts: a number printed twice must be found twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ...cells.labels import fold
from ...domain.catalogue import document as rules
from ...domain.quantity import plain
from ..numbers import find_mentions, read_cell_number
from .files.blocks import Paragraph, Table
from .whole import is_legend
from .words.labels import Label, is_column_of_units, is_column_word, roles_of
from .words.lines import SERIAL, read_heading, split_labels
from .words.schedule import times_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...domain.document import TaskDocument
    from ...domain.finding import Finding
    from ...domain.project import Project
    from .files.blocks import Block
    from .sections.division import Division

__all__ = ["Claim", "Kind", "Token", "claims", "tokens_of", "unclaimed_findings"]

_AMOUNT: Final = re.compile(r"\d[\d,，]{0,24}(?:\.\d{1,12})?")
#: Numbers of steps and labels, which only part what they stand before.
_STEP: Final = re.compile(
    r"(?:^|(?<=[\n。；;：:，,\s]))[\s●◆■•·]{0,4}(?:[（(]\d{1,3}[）)]|(?:\d{1,2}-)?\d{1,3}(?:[、.．)）：:。]|(?=[★☆]))(?!\d))"
)
_YEARLY: Final = re.compile(r"\d{1,3}[.、．](?:(?:19|20)\d{2}|\d{1,2}月)")
_WORDS: Final = re.compile(r"[\u4e00-\u9fffA-Za-z](?:[\u4e00-\u9fffA-Za-z \t\n]*[\u4e00-\u9fffA-Za-z])?")
#: A document of which so much is lost is told so; what more is lost needs no search.
_MOST_MISSED: Final = 500
_MOST_PARTS: Final = 20
_LONGEST_SERIAL: Final = 20


class Kind(StrEnum):
    """What a token is; the value is the clerk's word for it."""

    NUMBER = "数"
    TIME = "时间"
    WORDS = "文字"


@dataclass(frozen=True, slots=True)
class Token:
    """``said`` is what it is compared by, ``printed`` as the document has it. ``block`` and ``row`` count from 0; ``row`` is
    0 in a paragraph; ``column`` is the cell's."""

    kind: Kind
    said: str
    printed: str
    block: int
    row: int
    column: int


def tokens_of(blocks: tuple[Block, ...]) -> Iterator[Token]:
    """The tokens of all paragraphs and cells, in order; a cell merged downwards counts once."""
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            yield from _of_text(block.text, at, 0, 0)
            continue
        for row, cells in enumerate(block.rows):
            for column, cell in enumerate(cells):
                if cell.is_filled:
                    yield from _of_text(cell.text, at, row, column)


def _of_text(text: str, block: int, row: int, column: int) -> Iterator[Token]:
    for kind, said, printed in _meanings(text):
        yield Token(kind, said, printed, block, row, column)


@lru_cache(maxsize=4096)
def _meanings(text: str) -> tuple[tuple[Kind, str, str], ...]:
    """Kind, meaning and print of each token of a text. Kept, since the same unit stands in every project's table."""
    if text.isascii() and text.isdecimal() and len(text) < 20:
        return ((Kind.NUMBER, _amount(text), text),)
    found = []
    bare = "；".join(words for line in text.splitlines() for words in _without_labels(line))
    folded = fold(bare)
    times = times_in(folded)
    for start, end in times:
        found.append((Kind.TIME, "".join(folded[start:end].split()), bare[start:end]))
    rest = list(_STEP.sub(lambda match: " " * len(match.group()), folded))
    for start, end in times:
        rest[start:end] = " " * (end - start)
    blank = "".join(rest)
    found += [(Kind.NUMBER, _amount(match.group()), match.group()) for match in _AMOUNT.finditer(blank)]
    if not times and not is_column_word("".join(text.split())):
        for match in _WORDS.finditer(blank):
            said = "".join(match.group().split())
            if len(said) > 1:
                found.append((Kind.WORDS, said, match.group()))
    return tuple(found)


def _without_labels(line: str) -> Iterator[str]:
    """A line without its labels and without the number that it opens with."""
    before = ""
    for label, printed, words in split_labels(line):
        heading = read_heading(words) if label is None else None
        if label is None or printed != before:
            is_plain = heading is not None and (
                not heading.doubtful or _YEARLY.match(fold(words)) is not None
            )
            yield heading.title if is_plain and heading is not None else words
        before = printed


@lru_cache(maxsize=4096)
def _amount(printed: str) -> str:
    bare = printed.replace(",", "").replace("，", "")
    return format(Decimal(bare).normalize(), "f") if len(bare) < 40 else bare


@dataclass(frozen=True, slots=True)
class Claim:
    """A token with the project whose words it stands among (None outside all) and the field that took it, empty where none
    did."""

    token: Token
    project: int | None
    field: str


class _Pool:
    """What came out under one project, or under none: numbers by how often they come, and all words. Tokens are asked for in
    the order of the document, so that each search goes on where the last one ended."""

    def __init__(self) -> None:
        self._amounts: dict[str, deque[str]] = defaultdict(deque)
        self._texts: dict[str, list[str]] = defaultdict(list)
        self._words: dict[str, str] = {}
        self._at: Counter[str] = Counter()
        self._missed = 0

    def add(self, field: str, text: str) -> None:
        if text:
            folded = fold(text)
            for match in _AMOUNT.finditer(folded):
                self._amounts[_amount(match.group())].append(field)
            self._texts[field] += ("".join(line.split()) for line in folded.split("\n"))

    def mention(self, field: str, text: str) -> None:
        """Words of a field that no token of the document stands for."""
        self._texts[field].append(text)

    def take(self, token: Token) -> str:
        """The field that has the token, its number used up; empty where none has it."""
        if token.kind is Kind.NUMBER:
            fields = self._amounts.get(token.said)
            return fields.popleft() if fields else ""
        if self._missed > _MOST_MISSED:
            return ""
        if field := self._field(token.said):
            return field
        self._missed += 1
        parts = token.printed.split()
        taken = {self._field(part) for part in parts} if 1 < len(parts) < _MOST_PARTS else {""}
        return "" if "" in taken else "、".join(sorted(taken))

    def _field(self, words: str) -> str:
        for field, texts in self._texts.items():
            if field not in self._words:
                self._words[field] = "\n".join(texts)
            at = self._words[field].find(words, self._at[field])
            if at < 0:
                at = self._words[field].find(words)
            if at >= 0:
                self._at[field] = at
                return field
        return ""


def claims(
    blocks: tuple[Block, ...], division: Division, document: TaskDocument, findings: Sequence[Finding]
) -> Iterator[Claim]:
    """Every token of the document with the field that took it, in order."""
    owners = {place: section.number for section in division.sections for place in section.places}
    whole = _whole(division, document, findings)
    projects = {project.number: project for project in document.projects}
    pools = {number: _of(project) for number, project in projects.items()}
    for finding in findings:
        if finding.project in pools:
            pools[finding.project].add("导入核对", f"{finding.original} {finding.message}")
    for section in division.sections:
        for text in section.target_texts:
            pools[section.number].mention("年度目标", _without_times(text))
            pools[section.number].add("年度目标", _as_printed(text, projects[section.number]))
        if projects[section.number].allocations:  # words are read whole or not at all
            words = section.fields.get(Label.ALLOCATION, "")
            pools[section.number].mention("任务分解", "".join(fold(words).split()))
        pools[section.number].add("进度安排", section.deadline)
        pools[section.number].add("表题", " ".join(section.captions))
    counting = {(at, column) for at, block in enumerate(blocks) for column in _counting_columns(block)}
    for token in tokens_of(blocks):
        owner = owners.get((token.block, token.row))
        counts = (token.block, token.column) in counting and _is_serial(token, blocks[token.block])
        field = "序号" if counts else ""
        field = field or (pools[owner].take(token) if owner in pools else "")
        field = field or whole.take(token)
        if (
            not field and owner is None and isinstance(blocks[token.block], Table)
        ):  # one table for several projects
            field = next(filter(None, (pool.take(token) for pool in pools.values())), "")
        if not field and _is_label(token, blocks[token.block]):
            field = "表头"
        yield Claim(token, owner, field)


def _is_label(token: Token, block: Block) -> bool:
    return token.kind is Kind.WORDS and (bool(roles_of(token.printed)) or _heads_numbers(token, block))


def _counting_columns(block: Block) -> set[int]:
    """The columns of a table that are headed 序号."""
    if not isinstance(block, Table):
        return set()
    heads = (enumerate(row) for row in block.rows[:4])
    return {column for row in heads for column, cell in row if Label.NUMBER in roles_of(cell.text)}


def _is_serial(token: Token, block: Block) -> bool:
    """Whether a token of a column headed 序号 only counts the rows."""
    return (
        isinstance(block, Table)
        and len(word := block.rows[token.row][token.column].word) < _LONGEST_SERIAL
        and SERIAL.fullmatch(fold(word)) is not None
    )


def _heads_numbers(token: Token, block: Block) -> bool:
    """Whether a token stands in the header of a table of units over a column of mere numbers, which are tokens of their own:
    面积（亩）."""
    if not isinstance(block, Table) or token.row > 0 or len(block.rows) < 3:
        return False
    if not any(is_column_of_units(cell.word) for cell in block.rows[0][:3]):
        return False
    below = [row[token.column] for row in block.rows[1:] if token.column < len(row)]
    return all(read_cell_number(cell.text) for cell in below if cell.word) and any(
        cell.word for cell in below
    )


def _of(project: Project) -> _Pool:
    pool = _Pool()
    pool.add("项目名称", project.title)
    pool.add("序号", str(project.number))
    for quantity in (project.target, *project.more_targets):
        pool.add("年度目标", str(quantity or ""))
    pool.add("责任领导", project.leader)
    pool.mention("责任领导", "同上")
    pool.add("责任单位", project.lead_unit)
    pool.add("责任人", project.owner)
    pool.add("配合单位", "、".join(project.cooperating))
    rows = (
        (row.unit, "" if row.quantity is None else plain(row.quantity), row.note)
        for row in project.allocations
    )
    pool.add("任务分解", "\n".join(map(" ".join, rows)))
    if project.allocation_total is not None:
        pool.add("任务分解", f"合计总计 {plain(project.allocation_total)}")
    for node in project.milestones:
        pool.add("进度安排", f"{node.phrase} {node.text}")
        if node.cumulative is not None:
            pool.mention("进度安排", plain(node.cumulative))
    return pool


def _as_printed(text: str, project: Project) -> str:
    """The numbers of a target's text that became a target, as they are printed: "1.5万" is 15000."""
    kept = {quantity.value for quantity in (project.target, *project.more_targets) if quantity}
    folded = fold(text)
    return " ".join(folded[each.start : each.end] for each in find_mentions(folded) if each.value in kept)


def _without_times(text: str) -> str:
    """The words of a target's text: a month in it counts only where a node has it."""
    folded = fold(text)
    for start, end in reversed(times_in(folded)):
        folded = f"{folded[:start]}\n{folded[end:]}"
    return folded


def _whole(division: Division, document: TaskDocument, findings: Iterable[Finding]) -> _Pool:
    pool = _Pool()
    pool.add("标题", f"{document.title} {document.year}")
    pool.add("标题", " ".join(filter(is_legend, division.preamble)))
    pool.add("表头", " ".join(division.heads))
    pool.add(
        "导入核对",
        " ".join(f"{finding.original} {finding.message}" for finding in findings if not finding.project),
    )
    for unit in document.units:
        pool.add("填报单位", " ".join((unit.name, *unit.aliases)))
    return pool


def unclaimed_findings(found: Iterable[Claim]) -> list[Finding]:
    """One finding for each project, and one for what stands outside all, that names every token nobody claimed."""
    lost: dict[int | None, list[Token]] = {}
    for claim in found:
        if not claim.field:
            lost.setdefault(claim.project, []).append(claim.token)
    return [
        rules.WORDS_UNCLAIMED.finding(
            project=project,
            where=f"第{project}项" if project else "任务书",
            original="；".join(token.printed for token in tokens),
        )
        for project, tokens in lost.items()
    ]
