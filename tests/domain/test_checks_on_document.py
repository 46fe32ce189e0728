"""校验 on the 2024 document: clean but for item 19, and any single number of any table that is off by 1 is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from minsheng.domain.checks import check
from minsheng.domain.document import TaskDocument
from minsheng.domain.finding import Severity
from minsheng.domain.master import Master, Settings
from minsheng.incoming.task_document import read
from minsheng.jobs.importing import sample_document

DOCUMENT = read(sample_document()).document
CELLS = [
    (index, row)
    for index, project in enumerate(DOCUMENT.projects)
    for row in range(len(project.allocations) + 1)
    if project.allocations and project.stand_in is None
]


def errors(document: TaskDocument, **settings: object) -> list[int | None]:
    master = Master(document, Settings(containments=document.containments, **settings))  # type: ignore[arg-type]
    return [
        finding.project for finding in check(master, date(2024, 1, 1)) if finding.severity is Severity.ERROR
    ]


def test_the_clean_document_has_one_error() -> None:
    assert errors(DOCUMENT) == [19]


@given(st.sampled_from(CELLS), st.sampled_from([1, -1]))
def test_any_number_of_a_table_off_by_one_is_an_error_of_that_project_alone(
    place: tuple[int, int], by: int
) -> None:
    index, row = place
    project = DOCUMENT.projects[index]
    if row == len(project.allocations):
        changed = replace(project, allocation_total=(project.allocation_total or Decimal(0)) + by)
    else:
        rows = list(project.allocations)
        rows[row] = replace(rows[row], quantity=(rows[row].quantity or Decimal(0)) + by)
        changed = replace(project, allocations=tuple(rows))
    projects = (*DOCUMENT.projects[:index], changed, *DOCUMENT.projects[index + 1 :])
    assert set(errors(replace(DOCUMENT, projects=projects))) == {19, project.number}


def test_decimals_add_up_exactly() -> None:
    pipes = next(project for project in DOCUMENT.projects if project.number == 18)
    assert [str(row.quantity) for row in pipes.allocations] == [
        "13.6",
        "1.7",
        "7.97",
        "1.7",
        "6.4",
        "1.45",
        "2.48",
    ]
    assert sum(row.quantity or Decimal(0) for row in pipes.allocations) == Decimal("35.3")


def test_a_rule_can_be_switched_off_or_made_milder() -> None:
    assert errors(DOCUMENT, severities={"M104": None}) == []
    assert errors(DOCUMENT, severities={"M104": Severity.WARNING}) == []


def test_a_contained_project_that_outgrows_the_other_is_warned_about() -> None:
    inner = next(project for project in DOCUMENT.projects if project.number == 24)
    rows = tuple(
        replace(row, quantity=(row.quantity or Decimal(0)) + (row.unit == "石浦"))
        for row in inner.allocations
    )
    projects = tuple(replace(inner, allocations=rows) if p.number == 24 else p for p in DOCUMENT.projects)
    master = Master(replace(DOCUMENT, projects=projects), Settings(containments=DOCUMENT.containments))
    found = [f for f in check(master, date(2024, 1, 1)) if f.code == "M203"]
    assert [(f.project, f.unit, f.severity) for f in found] == [(24, "石浦", Severity.WARNING)]
