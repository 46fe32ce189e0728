"""What of the domain stands in the cells of a master, as values: written into a workbook that is built and into one that
lives alike."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from ..domain.stored import BookFacts, stored_facts, stored_project
from . import layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..domain.document import Containment, TaskDocument
    from ..domain.project import Milestone, Project, ReportingUnit

__all__ = [
    "IMPORT",
    "LAYOUT",
    "FactKind",
    "book_facts",
    "book_rows",
    "fact_rows",
    "handed_over",
    "labelled",
    "node_cells",
    "own_latest",
    "pair_row",
    "title_line",
    "unit_row",
]

#: The batch of what the import found; those of 汇总记录 count from 1.
IMPORT: Final = 0
#: The version of a master's sheets, for the day when they look otherwise.
LAYOUT: Final = "0.3"
#: A cell takes 32,767 characters.
_PIECE: Final = 30_000
_HANDED_OVER, _OWN = "=IF(OR(ISNUMBER(LOOKUP(", "IFERROR(LOOKUP("


class FactKind(StrEnum):
    """What a piece of 底稿 is about."""

    BOOK = "总表"  # the master itself, as project 0
    DOCUMENT = "任务书"  # a project as the document said it
    BEFORE = "改前"  # as it stood before an amendment
    AFTER = "改后"  # as that amendment left it


def title_line(project: Project) -> str:
    """The title as it is printed: ``1.★为……。``"""
    return f"{project.number}.{'★' if project.starred else ''}{project.title}。"


def labelled(project: Project) -> dict[str, Any]:
    """Label of 概况 → what stands beside it."""
    target = project.target
    return {
        layout.LEADER: project.leader,
        layout.LEAD_UNIT: project.lead_unit,
        layout.OWNER: project.owner,
        layout.COOPERATING: "、".join(project.cooperating),
        layout.TARGET: target.value if target else None,
        layout.UNIT_OF_MEASURE: target.unit if target else None,
        layout.RELATION: layout.RELATION_WORDS[target.relation] if target else None,
        layout.PRINTED_TOTAL: project.allocation_total,
        layout.MORE_TARGETS: "；".join(str(more) for more in project.more_targets) or None,
        layout.ADJUSTED_TARGET: project.adjusted_target,
        layout.ADJUSTMENT_NOTE: project.adjustment_note or None,
        layout.REPORTING: layout.REPORTING_WORDS[project.reporting],
        layout.STANDING: layout.CANCELLED if project.cancelled else None,
    }


def node_cells(node: Milestone) -> dict[str, Any]:
    """Label of a node's row → what stands there."""
    words = {done: word for word, done in layout.DONE_WORDS.items()}
    return {
        layout.NODE_TIME: node.phrase,
        layout.NODE_TEXT: node.text,
        layout.NODE_PLAN: node.cumulative,
        layout.NODE_DONE: None if node.done is None else words[node.done],
        layout.NODE_DONE_ON: node.done_on,
        layout.NODE_ADJUSTED: node.adjusted_to,
        layout.NODE_REMARK: node.note or None,
    }


def unit_row(unit: ReportingUnit) -> tuple[Any, ...]:
    """The row of a unit, in the order of layout.UNIT_SETTING_COLUMNS; None for a blank cell."""
    lists = ("、".join(names) or None for names in (unit.aliases, unit.members, unit.successors))
    return unit.name, layout.KIND_WORDS[unit.kind], *lists, unit.since


def own_latest(formula: str) -> str:
    """The formula of a unit's own 最新累计, of one that has been ``handed_over`` too."""
    return f"={formula[formula.rindex(_OWN) : -1]}" if formula.startswith(_HANDED_OVER) else formula


def handed_over(own: str, heirs: Sequence[tuple[str, str, int]], heads: str, *, is_level: bool) -> str:
    """最新累计 of a unit that ended: its ``own`` formula until one of its heirs, of which the cells of the months, that of 最新累计
    and the first month that they report for it are given, has a number of then or later; from then on nothing, of a level the
    lowest of theirs. ``heads`` are the cells with the months' names."""
    month = f'--SUBSTITUTE({heads},"月","")'
    until = f"({month}<={layout.NAME_AS_OF_MONTH})"
    heard = [
        f"ISNUMBER(LOOKUP(2,1/(ISNUMBER({months})*({month}>={since})*{until}),{months}))"
        for months, _, since in heirs
    ]
    then = f"MIN({','.join(latest for _, latest, _ in heirs)})" if is_level else '""'
    return f"=IF(OR({','.join(heard)}),{then},{own[1:]})"


def pair_row(pair: Containment) -> tuple[Any, ...]:
    """The row of a pair, in the order of layout.CONTAINMENT_COLUMNS."""
    return pair.inner, pair.outer, f"第{pair.inner}项各单位的数不应超过第{pair.outer}项"


def fact_rows(batch: int, kind: FactKind, projects: Iterable[Project]) -> Iterator[dict[str, Any]]:
    """The rows that keep ``projects``, as Table writes them."""
    for project in projects:
        yield from _pieces(batch, kind, project.number, stored_project(project))


def book_rows(batch: int, facts: BookFacts) -> Iterator[dict[str, Any]]:
    """The rows that keep what the master is."""
    yield from _pieces(batch, FactKind.BOOK, 0, stored_facts(facts))


def book_facts(document: TaskDocument, master_id: str) -> BookFacts:
    """The facts of a master of this version."""
    return BookFacts(LAYOUT, master_id, document.title, document.year, document.units, document.containments)


def _pieces(batch: int, kind: FactKind, project: int, text: str) -> Iterator[dict[str, Any]]:
    for piece, start in enumerate(range(0, len(text), _PIECE), start=1):
        values: tuple[Any, ...] = (batch, kind.value, project, piece, text[start : start + _PIECE])
        yield dict(zip(layout.FACT_COLUMNS, values, strict=True))
