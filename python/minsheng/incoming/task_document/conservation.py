"""Nothing is lost: every token of the document stands in a field of the model or in a finding, or is told here.

The check knows nothing of how the document was read. It holds what went in against what came out, project by project, and
counts: a number printed twice must be found twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ...cells.labels import fold
from ...domain.catalogue import document as rules
from ...domain.quantity import plain
from ..numbers import find_mentions
from .blocks import Table
from .front_matter import is_legend
from .labels import Label, roles_of
from .schedule import times_in
from .tokens import Kind, Token, amounts_in, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...domain.document import TaskDocument
    from ...domain.finding import Finding
    from ...domain.project import Project
    from .blocks import Block
    from .sections import Division

__all__ = ["Claim", "claims", "unclaimed_findings"]


#: A document of which so much is lost is told so; what more is lost needs no search.
_MOST_MISSED: Final = 500
_MOST_PARTS: Final = 20
#: What a column of numbers counts its rows with: 12, ZS-01.
_SERIAL: Final = re.compile(r"(?:[A-Za-z]{1,8}[-—._]?)?\d{1,4}")


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
        self._amounts: dict[str, Counter[str]] = defaultdict(Counter)
        self._texts: dict[str, list[str]] = defaultdict(list)
        self._words: dict[str, str] = {}
        self._at: Counter[str] = Counter()
        self._missed = 0

    def add(self, field: str, text: str) -> None:
        if text:
            self._amounts[field].update(amounts_in(text))
            self._texts[field].append("".join(fold(text).split()))

    def mention(self, field: str, text: str) -> None:
        """Words of a field that no token of the document stands for."""
        self._texts[field].append(text)

    def take(self, token: Token) -> str:
        """The field that has the token, its number used up; empty where none has it."""
        if token.kind is Kind.NUMBER:
            for field, counted in self._amounts.items():
                if counted[token.said] > 0:
                    counted[token.said] -= 1
                    return field
            return ""
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
) -> list[Claim]:
    """Every token of the document with the field that took it."""
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
        pools[section.number].add("进度安排", section.deadline)
        pools[section.number].add("表题", " ".join(section.captions))
    found = []
    for token in tokens_of(blocks):
        owner = owners.get((token.block, token.row))
        field = pools[owner].take(token) if owner in pools else ""
        field = field or whole.take(token)
        if (
            not field and owner is None and isinstance(blocks[token.block], Table)
        ):  # one table for several projects
            field = next(filter(None, (pool.take(token) for pool in pools.values())), "")
        if not field and _is_label_or_serial(token, blocks[token.block]):
            field = "表头"
        found.append(Claim(token, owner, field))
    return found


def _is_label_or_serial(token: Token, block: Block) -> bool:
    """Whether a token is a label, or a number that only counts the rows of a table."""
    if token.kind is Kind.WORDS and roles_of(token.printed):
        return True
    return (
        isinstance(block, Table)
        and _SERIAL.fullmatch(fold(block.rows[token.row][token.column].word)) is not None
        and any(
            token.column < len(row) and Label.NUMBER in roles_of(row[token.column].text)
            for row in block.rows[:4]
        )
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
    for row in project.allocations:
        pool.add("任务分解", f"{row.unit} {'' if row.quantity is None else plain(row.quantity)} {row.note}")
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


def unclaimed_findings(found: Sequence[Claim]) -> list[Finding]:
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
