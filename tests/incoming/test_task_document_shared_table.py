"""One 任务分解 table for all projects: each column, or each row, goes to the project that its heading names."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from minsheng.incoming.task_document import Reading, read

PROJECTS = [
    "2025年云岭县民生实事项目",
    "1.城镇新增就业4500人。", "责任单位：县人社局", "进度安排：一季度完成1000人；年底前累计完成4500人。",
    "2.改造老旧小区15个。", "责任单位：县住建局", "进度安排：6月底前完成8个；11月底前累计完成15个。",
    "3.适龄妇女“两癌”筛查12000人。", "责任单位：县卫健局", "进度安排：10月底前完成12000人。",
    "附：分乡镇任务分解表",
]  # fmt: skip
TABLE = [
    ["乡镇", "1.城镇新增就业（人）", "老旧小区（个）", "“两癌”筛查（人）"],
    ["城东街道", "2000", "10", "5000"],
    ["山前镇", "1500", "5", "4000"],
    ["河口乡", "1000", "", "3000"],
    ["合计", "4500", "15", "12000"],
]


def reading(folder: Path, table: list[list[str]]) -> Reading:
    document = Document()
    for line in PROJECTS:
        document.add_paragraph(line)
    grid = document.add_table(rows=len(table), cols=len(table[0]))
    for words, row in zip(table, grid.rows, strict=True):
        for text, cell in zip(words, row.cells, strict=True):
            cell.text = text
    document.save(str(folder / "任务书.docx"))
    return read(folder / "任务书.docx")


def allocations(found: Reading) -> list[tuple[dict[str, int], int]]:
    return [
        (
            {row.unit: int(row.quantity or 0) for row in project.allocations},
            int(project.allocation_total or 0),
        )
        for project in found.document.projects
    ]


@pytest.mark.parametrize("turned", [False, True], ids=["a column each", "a row each"])
def test_every_project_gets_its_own_part(tmp_path: Path, turned: bool) -> None:
    table = [list(row) for row in zip(*TABLE, strict=True)] if turned else TABLE
    found = reading(tmp_path, table)
    assert allocations(found) == [
        ({"城东街道": 2000, "山前镇": 1500, "河口乡": 1000}, 4500),
        ({"城东街道": 10, "山前镇": 5}, 15),
        ({"城东街道": 5000, "山前镇": 4000, "河口乡": 3000}, 12000),
    ]
    assert not [finding for finding in found.findings if finding.severity == "error"]
    assert found.document.projects[2].milestones[-1].cumulative == Decimal(12000)


def test_a_slip_in_one_column_is_an_error_of_that_project(tmp_path: Path) -> None:
    table = [list(row) for row in TABLE]
    table[2][2] = "6"
    found = reading(tmp_path, table)
    assert {finding.project for finding in found.findings if finding.severity == "error"} == {2}


def test_a_column_that_names_no_project_is_said(tmp_path: Path) -> None:
    table = [
        [*row, extra] for row, extra in zip(TABLE, ["农村公路（公里）", "3", "4", "5", "12"], strict=True)
    ]
    found = reading(tmp_path, table)
    assert [finding.original for finding in found.findings if finding.code == "D14D"] == ["农村公路（公里）"]
    assert len(allocations(found)[0][0]) == 3


def test_two_columns_of_one_project_are_not_taken_apart(tmp_path: Path) -> None:
    """Nothing is guessed where headings do not tell the projects apart."""
    table = [[row[0], row[1], row[1]] for row in TABLE]
    table[0] = ["乡镇", "城镇新增就业", "新增就业"]
    found = reading(tmp_path, table)
    assert not [finding for finding in found.findings if finding.code == "D14C"]
