"""生成填报表 for units whose names a spreadsheet or a file system would take for something else."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from minsheng.building import master as building
from minsheng.cli import main
from minsheng.domain.document import TaskDocument
from minsheng.domain.project import Allocation, Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.incoming import forms
from small_county import node

NAMES = ("=甲", "甲", "甲.", "CON", "abc", "ABC", "-乙", "@丙", "'丁", "戊/己", "很长" * 60, "NUL.docx")


def test_every_unit_gets_a_form_of_its_own_that_reads_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shares = tuple(Allocation(name, Decimal(10)) for name in NAMES)
    project = Project(
        1, False, "建成停车泊位120个", Quantity(Decimal(120), "个"), "胡", "县住建局", "朱",
        allocations=shares, allocation_total=Decimal(120), milestones=(node(12, "120"),),
    )  # fmt: skip
    units = tuple(ReportingUnit(name, UnitKind.TOWNSHIP) for name in NAMES)
    master, inbox = tmp_path / "总表.xlsx", tmp_path / "收件夹"
    building.build(TaskDocument("2024年某县民生实事", 2024, units, (project,)), (), master)
    assert main(["dispatch", str(master), "--period", "2024-06", "-o", str(inbox)]) == 0
    assert f"生成{len(NAMES)}份" in capsys.readouterr().err
    read = forms.read_inbox(inbox).submissions
    assert {submission.unit for submission in read} == {*NAMES}
    assert [row.key.unit for submission in read for row in submission.rows] == [each.unit for each in read]
    assert main(["dispatch", str(master), "--period", "2024-06", "-o", str(inbox)]) == 0
    assert f"生成0份填报表，{len(NAMES)}份原来就有且相同" in capsys.readouterr().err
    assert main(["remind", str(master), "--period", "2024-06", "-o", str(tmp_path / "催报")]) == 0
    assert main(["reply", str(master), "--period", "2024-06", "-o", str(tmp_path / "反馈")]) == 0
    assert len(list((tmp_path / "反馈").iterdir())) == 2 * len(NAMES)
