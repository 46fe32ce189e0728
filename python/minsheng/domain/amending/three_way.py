"""One project of a changed document, merged into what stands: what the document changed is taken, all else stays.

``before`` is the project as the document said it the last time, ``standing`` as the master has it now, ``after`` as the
document says it now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any, Final

from ..period import month_end
from ..project import Allocation, Milestone, Project
from .matching import match_nodes

__all__ = ["Decision", "amended", "taken_back"]

#: The tables, and the key, which never changes; the target has a rule of its own.
_TABLES: Final = frozenset({"number", "allocations", "milestones"})
_TARGETS: Final = frozenset({"target", "adjusted_target", "adjustment_note"})
_FIELDS: Final = tuple(field.name for field in fields(Project) if field.name not in _TABLES)
_WORDS: Final = tuple(name for name in _FIELDS if name not in _TARGETS)
#: What a document prints of a node beside its months; the rest is what the clerk has recorded.
_PRINTED: Final = ("text", "cumulative")
_OF_NODES: Final = tuple(field.name for field in fields(Milestone))

#: A node before (None where it is new), as it stands, and after → as it is to be.
_NodeRule = Callable[[Milestone | None, Milestone, Milestone], Milestone]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a change rests on: the year that months belong to, and the words of the approval."""

    year: int
    approval: str = ""


def amended(
    before: Project, standing: Project, after: Project, decision: Decision, reporting: Iterable[str] = ()
) -> Project:
    """``standing`` with everything that the document changed. A new target or deadline adjusts the one that stands: the
    original stays beside it. A unit of ``reporting`` that the new table leaves out keeps its row, without a part."""
    return replace(
        standing,
        **_changed(_WORDS, before, after),
        **_target(before, standing, after, decision),
        allocations=_allocations(before, standing, after, frozenset(reporting)),
        milestones=_milestones(before, standing, after, partial(_node, decision)),
    )


def taken_back(after: Project, standing: Project, before: Project) -> Project:
    """``standing`` with every field that still reads as in ``after`` put back to what it was ``before``."""

    def field_by_field(new: Milestone | None, here: Milestone, old: Milestone) -> Milestone:
        return here if new is None else replace(here, **_put_back(_OF_NODES, new, here, old))

    return replace(
        standing,
        **_put_back(_FIELDS, after, standing, before),
        allocations=_allocations(after, standing, before, frozenset()),
        milestones=_milestones(after, standing, before, field_by_field),
    )


def _changed(names: Iterable[str], before: Any, after: Any) -> dict[str, Any]:
    return {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}


def _put_back(names: Iterable[str], after: Any, standing: Any, before: Any) -> dict[str, Any]:
    changed = _changed(names, after, before)
    return {name: value for name, value in changed.items() if getattr(standing, name) == getattr(after, name)}


def _target(before: Project, standing: Project, after: Project, decision: Decision) -> dict[str, Any]:
    """A goal in the same unit is adjusted; any other new target replaces the one that stands."""
    old, new, here = before.target, after.target, standing.target
    if old == new:
        return {}
    if old is None or new is None or here is None or new.unit != here.unit:
        return {"target": new}
    target = replace(here, relation=new.relation) if old.relation != new.relation else here
    if old.value == new.value:
        return {"target": target}
    goal = None if new.value == here.value else new.value
    return {
        "target": target,
        "adjusted_target": goal,
        "adjustment_note": "" if goal is None else decision.approval,
    }


def _node(decision: Decision, before: Milestone | None, here: Milestone, after: Milestone) -> Milestone:
    """Its words are the document's, its months stay as first printed, and a new deadline is an adjusted one."""
    words = _changed(_PRINTED, before or here, after)
    if after.last_month == (before or here).last_month:
        return replace(here, **words)
    deadline = None if after.last_month == here.last_month else month_end(decision.year, after.last_month)
    note = here.note or (decision.approval if deadline else "")
    return replace(here, **words, adjusted_to=deadline, note=note)


def _allocations(
    before: Project, standing: Project, after: Project, reporting: frozenset[str]
) -> tuple[Allocation, ...]:
    """The rows of the document's table in its order, then the clerk's own."""
    if before.allocations == after.allocations:
        return standing.allocations
    old = {row.unit: row for row in before.allocations}
    stands = {row.unit: row for row in standing.allocations}
    rows = [
        replace(stands[row.unit], **_changed(("quantity", "note"), old.get(row.unit, stands[row.unit]), row))
        if row.unit in stands
        else row
        for row in after.allocations
    ]
    if not rows:
        return ()
    named = {row.unit for row in rows}
    for unit in (unit for unit in stands if unit not in named):
        if unit not in old:
            rows.append(stands[unit])
        elif unit in reporting:
            rows.append(replace(stands[unit], quantity=None))
    return tuple(rows)


def _milestones(before: Project, standing: Project, after: Project, rule: _NodeRule) -> tuple[Milestone, ...]:
    """The document's nodes in its order, then the clerk's own."""
    if before.milestones == after.milestones:
        return standing.milestones
    of_before = match_nodes(before.milestones, after.milestones)
    of_standing = match_nodes(standing.milestones, after.milestones)
    rows = [
        rule(
            before.milestones[of_before[index]] if index in of_before else None,
            standing.milestones[of_standing[index]],
            node,
        )
        if index in of_standing
        else node
        for index, node in enumerate(after.milestones)
    ]
    printed = match_nodes(before.milestones, standing.milestones)
    taken = {*printed, *of_standing.values()}
    return (*rows, *(node for index, node in enumerate(standing.milestones) if index not in taken))
