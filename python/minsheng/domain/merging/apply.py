"""A plan carried out on values: the master as it will be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..master import Master
from ..report import Report
from .plan import MergePlan

__all__ = ["merged"]


def merged(master: Master, plan: MergePlan) -> Master:
    """``master`` with every change of ``plan``."""
    reports = {(r.project, r.unit, r.month, r.measure): r for r in master.reports}
    for number in plan.changes:
        key = (number.project, number.unit, number.month, number.measure)
        reports[key] = replace(reports.get(key) or Report(*key), value=number.new)
    for word in plan.word_changes:
        key = (word.project, word.unit, word.month, word.measure)
        changed: dict[str, Any] = {word.field: word.new}
        reports[key] = replace(reports.get(key) or Report(*key), **changed)
    ticks: dict[tuple[int, int], dict[str, Any]] = {}
    for tick in plan.node_changes:
        ticks.setdefault((tick.project, tick.node), {})[tick.field] = tick.new
    projects = tuple(
        replace(
            project,
            milestones=tuple(
                replace(node, **ticks.get((project.number, index), {}))
                for index, node in enumerate(project.milestones, start=1)
            ),
        )
        for project in master.document.projects
    )
    return replace(
        master, document=replace(master.document, projects=projects), reports=tuple(reports.values())
    )
