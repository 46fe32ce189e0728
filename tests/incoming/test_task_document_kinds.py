"""Layouts of other counties in many variations: every fact is read, or said to be unsure; none is wrong in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from incoming.further_kinds_of_documents import FURTHER
from incoming.kinds_of_documents import CASES, Case, Facts
from minsheng.domain.finding import Severity
from minsheng.domain.project import Project
from minsheng.domain.quantity import Quantity, plain
from minsheng.incoming.task_document import read


def amount(quantity: Quantity | None) -> tuple[str, str] | None:
    return None if quantity is None else (plain(quantity.value), quantity.unit)


def as_read(project: Project) -> Facts:
    """What was read of a project, as the cases write it."""
    return Facts(
        title=project.title,
        target=amount(project.target),
        leader=project.leader,
        lead_unit=project.lead_unit,
        owner=project.owner,
        cooperating=project.cooperating,
        nodes=tuple(
            (node.first_month, node.last_month, None if node.cumulative is None else plain(node.cumulative))
            for node in project.milestones
        ),
        more=tuple((plain(more.value), more.unit) for more in project.more_targets),
        shares=tuple(
            (row.unit, plain(row.quantity)) for row in project.allocations if row.quantity is not None
        ),
        starred=project.starred,
        relation=project.target.relation if project.target else "=",
    )


@pytest.mark.parametrize("case", [*CASES, *FURTHER], ids=lambda case: case.name)
def test_every_fact_is_read(tmp_path: Path, case: Case) -> None:
    reading = read(case.write(tmp_path))
    assert tuple(as_read(project) for project in reading.document.projects) == case.facts
    assert reading.document.year == case.year
    if case.units is not None:
        assert tuple(unit.name for unit in reading.document.units) == case.units
    assert "D12F" not in [finding.code for finding in reading.findings], "no token is lost"
    errors = [finding.code for finding in reading.findings if finding.severity is Severity.ERROR]
    assert set(errors) <= {"D127", "D149"}, "nothing untrue is said"
