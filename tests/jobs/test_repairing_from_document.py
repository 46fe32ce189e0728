"""修复 --from: a master that has been amended, and the 任务书 of the beginning of the year. What 底稿 knows goes before it, and what
neither knows is said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from jobs.amended_county import APPROVAL, everything, in_use, write_document
from jobs.test_repairing import damage, model, without
from minsheng.errors import NotATaskDocument
from minsheng.hosts import opened
from minsheng.jobs.amending import amend
from minsheng.jobs.repairing import Repair, repair
from small_county import county


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A master in use, amended: project 1 cut anew, 2 cancelled, 8 added, 5 and 7 changed."""
    folder = tmp_path_factory.mktemp("amended")
    path = in_use(folder)
    with opened("file", path, change=True) as book:
        assert amend(
            book, write_document(folder, everything(county().document), "调整.xlsx"), APPROVAL
        ).applied
    return path.read_bytes()


@pytest.fixture
def amended(made: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(made)
    return path


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The document that was imported."""
    return write_document(tmp_path, county().document, "年初.xlsx")


def repaired(path: Path, source: Path) -> Repair:
    with opened("file", path, change=True) as book:
        return repair(book, source)


def test_what_an_amendment_left_goes_before_the_document(amended: Path, first: Path) -> None:
    before = model(amended)
    damage(amended, without("01", "05"))
    done = repaired(amended, first)
    assert done.applied
    assert done.unknown == ()
    assert model(amended) == before


def test_without_its_record_the_document_serves_and_what_came_since_is_told(
    amended: Path, first: Path
) -> None:
    damage(amended, without("05", "08", "底稿"))
    done = repaired(amended, first)
    unknown = "\n".join(done.unknown)
    assert "第5项按“年初.xlsx”恢复，后来修订的没有恢复" in unknown
    assert "调整后目标：空白→14000" in unknown
    # 8 came with the amendment: only that document can tell.
    assert "第8项的工作表读不出来，“底稿”和“年初.xlsx”里都没有它" in unknown
    assert "它是按“调整.xlsx”新增的" in unknown
    with opened("file", amended) as book:
        assert "08" not in [sheet.name for sheet in book.sheets]
    five = next(project for project in county().document.projects if project.number == 5)
    shown = next(project for project in _projects(amended) if project["number"] == 5)
    assert (shown["title"], shown["adjusted_target"]) == (five.title, None)


def _projects(path: Path) -> list[dict[str, object]]:
    from minsheng.domain.as_json import master_json
    from minsheng.sheets.open_master import OpenMaster

    with opened("file", path) as book:
        found: list[dict[str, object]] = master_json(OpenMaster.read(book).master, [])["projects"]
    return found


def test_a_document_with_other_numbers_is_not_taken_by_number(amended: Path, tmp_path: Path) -> None:
    """Without 2, all that follows has moved up: what it calls 4 is the master's 5."""
    found = county().document
    others = [project for project in found.projects if project.number != 2]
    moved = replace(
        found, projects=tuple(replace(each, number=place) for place, each in enumerate(others, start=1))
    )
    damage(amended, without("06", "底稿"))
    done = repaired(amended, write_document(tmp_path, moved, "挪动.xlsx"))
    assert any("“挪动.xlsx”的序号和总表不一致" in words for words in done.unknown), done.unknown
    with opened("file", amended) as book:
        assert "06" not in [sheet.name for sheet in book.sheets]


def test_what_the_master_never_had_is_not_added(amended: Path, tmp_path: Path) -> None:
    found = county().document
    more = replace(found.projects[0], number=9, title="新建文化礼堂1000座", allocations=(), allocation_total=None,
                   milestones=())  # fmt: skip
    damage(amended, without("05", "底稿"))
    done = repaired(
        amended, write_document(tmp_path, replace(found, projects=(*found.projects, more)), "多一项.xlsx")
    )
    assert any("“多一项.xlsx”里的第9项总表里没有，没有添加" in words for words in done.unknown), done.unknown
    assert {project["number"] for project in _projects(amended)} == set(range(1, 9))
    assert Decimal(13000) == county().document.projects[4].goal


def test_without_log_and_record_nobody_knows_of_amendments(amended: Path, first: Path) -> None:
    damage(amended, without("05", "底稿", "汇总记录"))
    done = repaired(amended, first)
    assert any("“汇总记录”也没有了，后来修订过没有，没有人知道" in words for words in done.unknown)


def test_without_settings_the_id_is_told_to_be_made_anew(amended: Path, first: Path) -> None:
    damage(amended, without("设置", "底稿"))
    done = repaired(amended, first)
    assert any("总表编号按“年初.xlsx”重新算出" in words for words in done.unknown)


def test_another_years_document_is_refused(amended: Path, tmp_path: Path) -> None:
    other = replace(county().document, year=2025, title="2025年某某县任务书")
    data = amended.read_bytes()
    with pytest.raises(NotATaskDocument, match="2025年的任务书，总表是2024年的"):
        repaired(amended, write_document(tmp_path, other, "明年.xlsx"))
    assert amended.read_bytes() == data
