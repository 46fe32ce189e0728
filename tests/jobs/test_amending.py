"""A changed 任务书 into a master in which a county has worked: what the document changes is changed, everything else stays,
and it is taken back whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jobs.amended_county import APPROVAL, MINE, everything, in_use, row_of, write_document
from jobs.as_a_program import edited
from jobs.clerk import type_into_master
from jobs.small_master import reports_of
from minsheng.domain.as_json import master_json
from minsheng.domain.document import TaskDocument
from minsheng.errors import MasterDamaged, MinshengError, NotATaskDocument
from minsheng.hosts import opened
from minsheng.jobs import renewing
from minsheng.jobs.amending import Amend, amend
from minsheng.jobs.checking import check
from minsheng.jobs.undoing import Undo, undo
from minsheng.sheets import layout
from minsheng.sheets.open_master import OpenMaster
from small_county import HEALTH, county


@pytest.fixture
def worked(tmp_path: Path) -> Path:
    return in_use(tmp_path)


def amended(path: Path, changed: TaskDocument, approval: str = APPROVAL) -> Amend:
    with opened("file", path, change=True) as book:
        return amend(book, write_document(path.parent, changed, "新任务书.xlsx"), approval)


def model(path: Path) -> Any:
    with opened("file", path) as book:
        master = OpenMaster.read(book)
        assert [gap.finding.message for gap in master.gaps] == []
        return master_json(master.master, [])


def facts(path: Path) -> dict[int, Any]:
    return {project["number"]: project for project in model(path)["projects"]}


def tabs(path: Path) -> list[str]:
    return load_workbook(path, read_only=True).sheetnames


def test_everything_at_once(worked: Path) -> None:
    before, reported = facts(worked), reports_of(worked)
    done = amended(worked, everything(county().document))
    assert done.applied
    assert (done.amendment.added, done.amendment.cancelled) == ((8,), (2,))
    after = facts(worked)
    assert list(after) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [(row["unit"], row["quantity"]) for row in after[1]["allocations"]] == [
        ("丹东", "300"), ("爵溪", "100"), ("石浦", "600"),
    ]  # fmt: skip
    assert (after[2]["cancelled"], after[2]["approval"]) == (True, APPROVAL)
    assert (after[5]["target"]["value"], after[5]["adjusted_target"], after[5]["approval"]) == (
        "13000",
        "14000",
        APPROVAL,
    )
    assert [each["adjusted_to"] for each in after[5]["milestones"]] == ["2024-08-31", None]
    assert [each["to"] for each in after[5]["milestones"]] == [6, 12]
    assert after[7]["leader"] == "新领导"
    assert after[8]["title"] == "新建口袋公园5个"
    for number in (3, 4, 6):
        assert after[number] == before[number]
    # Nothing that was reported is lost.
    assert reports_of(worked) == reported


def test_what_the_clerk_keeps_stays(worked: Path) -> None:
    amended(worked, everything(county().document))
    book = load_workbook(worked)
    assert book[MINE]["A2"].value == "='汇总表'!B4&\"、\"&'01'!A1"
    assert book["01"]["AZ9"].value == "电话通知"
    assert book["汇总表"]["P4"].value == "领导关注"
    with opened("file", worked) as found:
        page = found.sheets["01"]
        assert page.range((row_of(page, "丹东"), 4)).color == (1, 2, 3)


def test_the_lists_show_the_new_project_and_the_day_follows_it(worked: Path) -> None:
    amended(worked, everything(county().document))
    with opened("file", worked) as book:
        master = OpenMaster.read(book)
        numbers = [row["序号"] for row in master.tables["汇总表"].rows() if row["序号"].isdigit()]
        assert numbers == [str(n) for n in range(1, 9)]
        used = master.settings.image.formula(*master.settings.cells["正在使用的截至日期"])
        assert used.count("P08_收到月") == 2
        assert "爵溪" in [unit.name for unit in master.settings.units]
        statuses = {row["序号"]: row["状态"] for row in master.tables["汇总表"].rows()}
    assert statuses["2"] == "已取消"
    assert statuses["8"] not in ("", "已取消")
    with opened("file", worked, change=True) as book:
        errors = [
            f
            for f in check(book, date(2024, 6, 30)).findings
            if f.severity == "error" and f.project in (1, 2, 5, 8)
        ]
    assert [error.message for error in errors] == []


def test_the_same_document_again_changes_nothing(worked: Path) -> None:
    amended(worked, everything(county().document))
    data = worked.read_bytes()
    again = amended(worked, everything(county().document))
    assert (again.applied, again.amendment.differences) == (False, ())
    assert worked.read_bytes() == data


def test_it_is_taken_back_whole(worked: Path) -> None:
    before, names, reported = model(worked), tabs(worked), reports_of(worked)
    amended(worked, everything(county().document))
    with opened("file", worked, change=True) as book:
        done = undo(book)
    assert (done.what, done.left) == ("修订", ())
    assert (model(worked), tabs(worked), reports_of(worked)) == (before, names, reported)
    # And the merge before it too.
    with opened("file", worked, change=True) as book:
        assert undo(book).what == "汇总"
    assert reports_of(worked) == {}


def test_what_was_typed_since_stays_when_it_is_taken_back(worked: Path) -> None:
    amended(worked, everything(county().document))
    with opened("file", worked) as book:
        sheet = OpenMaster.read(book).projects[7]
        row, column = sheet.labels["责任领导"]
        cell = f"{chr(64 + column)}{row}"
    type_into_master(worked, "07", cell, "手工改的")
    done = undone(worked)
    assert facts(worked)[7]["leader"] == "手工改的"
    assert [str(each) for each in done.left] == ["第7项责任领导：手工改的→石"]


def undone(path: Path) -> Undo:
    with opened("file", path, change=True) as book:
        return undo(book)


def test_a_new_project_that_has_reports_is_not_taken_back(worked: Path) -> None:
    amended(worked, everything(county().document))
    with opened("file", worked) as book:
        sheet = OpenMaster.read(book).projects[8]
        cell = f"{chr(64 + sheet.tables[1].month_column(6))}{sheet.tables[1].rows['丹东']}"
    type_into_master(worked, "08", cell, 1)
    data = worked.read_bytes()
    with pytest.raises(MasterDamaged, match="第8项已经有报数"):
        undone(worked)
    assert worked.read_bytes() == data


def test_saying_no_changes_nothing(worked: Path) -> None:
    data = worked.read_bytes()
    asked: list[Amend] = []
    with opened("file", worked) as book:
        source = write_document(worked.parent, everything(county().document), "新任务书.xlsx")
        done = amend(book, source, APPROVAL, agreed=lambda plan: bool(asked.append(plan)))
    assert (done.applied, len(asked), asked[0].rebuilt) == (False, 1, (1,))
    assert worked.read_bytes() == data


def another_year(found: TaskDocument) -> TaskDocument:
    return replace(found, year=2025, title=found.title.replace("2024", "2025"))


def a_supplement(found: TaskDocument) -> TaskDocument:
    return replace(found, projects=found.projects[:2])


@pytest.mark.parametrize(("make", "words"), [(another_year, "2025年"), (a_supplement, "7个项目中的5个")])
def test_what_is_no_amendment_of_this_master_is_refused(
    worked: Path, make: Callable[[TaskDocument], TaskDocument], words: str
) -> None:
    data = worked.read_bytes()
    with pytest.raises(NotATaskDocument, match=words):
        amended(worked, make(county().document))
    assert worked.read_bytes() == data


def test_a_failure_in_the_middle_leaves_the_file(worked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = worked.read_bytes()

    def fails(*_: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(renewing, "rejudged", fails)
    with pytest.raises((OSError, MinshengError)):
        amended(worked, everything(county().document))
    assert worked.read_bytes() == data


def test_a_master_that_does_not_know_its_document(worked: Path, tmp_path: Path) -> None:
    """As those of before: compared with what stands, and from then on it knows."""
    with edited(worked) as book:
        del book["底稿"]
        del book.defined_names["总表底稿"]
    other = Path(shutil.copy(worked, tmp_path / "旧.xlsx"))
    done = amended(other, everything(county().document))
    assert (done.amendment.added, done.amendment.cancelled) == ((8,), (2,))
    assert undone(other).left == ()
    assert facts(other) == facts(worked)


def test_without_an_approval_it_is_asked_for(worked: Path) -> None:
    done = amended(worked, everything(county().document), approval="")
    assert "M112" in [finding.code for finding in done.findings]
    assert HEALTH in {each["lead_unit"] for each in facts(worked).values()}


def test_the_lists_of_settings_keep_their_rows_and_the_clerks_remarks(worked: Path) -> None:
    with opened("file", worked, change=True) as book:
        area = OpenMaster.read(book).places.get(layout.NAME_UNITS)
        assert area is not None
        sheet = book.sheets["设置"]
        names = [sheet.range((row, area.left)).value for row in range(area.top, area.bottom + 1)]
        last = area.top + max(row for row, name in enumerate(names) if name)
        sheet.range((last + 2, area.left)).value = "以上名单由办公室核对"
    before = _column(worked, area.left)
    assert amended(worked, everything(county().document)).applied
    after = _column(worked, area.left)
    assert after[: len(before)] == before
    assert after[len(before) :] == ["爵溪"]


def _column(path: Path, column: int) -> list[Any]:
    """What stands in a column of 设置, down to its last filled cell."""
    cells = [row[0].value for row in load_workbook(path)["设置"].iter_rows(min_col=column, max_col=column)]
    return cells[: max(place for place, value in enumerate(cells, start=1) if value is not None)]
