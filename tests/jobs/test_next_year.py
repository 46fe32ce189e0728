"""下一年: a document in the house style of 2025, in which everything is otherwise, beside the master of 2024."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from incoming.task_document_writers import write_text
from jobs.clerk import Clerk, press
from jobs.county_book import county_file, typed
from minsheng.building import master as building
from minsheng.cli import main
from minsheng.domain.document import Containment, TaskDocument
from minsheng.domain.finding import Severity
from minsheng.domain.master import Paper, Settings
from minsheng.domain.period import Cycle, Period
from minsheng.domain.project import Milestone, Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.errors import MasterDamaged, UsageError
from minsheng.hosts import opened
from minsheng.jobs.amending import amend
from minsheng.jobs.importing import Import, import_document
from minsheng.jobs.next_year import last_year
from minsheng.sheets.open_master import OpenMaster
from minsheng.sheets.places import cell_a1
from small_county import HEALTH, WATER, county, node, shares

ROADS = "县交通运输局"
TOWN = UnitKind.TOWNSHIP


def reached(unit: str, amounts: dict[int, int]) -> tuple[Milestone, ...]:
    return tuple(node(month, str(value), f"累计完成{value}{unit}") for month, value in amounts.items())


def document(**tables: dict[str, str]) -> TaskDocument:
    """Four projects of 2025 where 2024 has seven: a renamed township, one in another rank, a new one, one gone; a bureau by
    its short name, a new bureau; two projects that come again under other numbers."""
    roads = tables.get("roads", {"爵溪": "3", "丹东街道": "5", "石浦街道": "4"})
    pipes = tables.get("pipes", {"丹东街道": "2", "丹东街道、石浦街道": "1"})
    total = Decimal(sum(map(int, roads.values())))
    projects = (
        Project(1, False, f"新建农村公路{total}公里", Quantity(total, "公里"), "林", ROADS, "方",
                allocations=shares(**roads), allocation_total=total,
                milestones=(node(3, None, "完成招标"), *reached("公里", {6: 6, 12: int(total)}))),
        Project(2, True, "为13—14岁女生接种HPV疫苗620人", Quantity(Decimal(620), "人"), "胡", "县卫健局", "朱",
                milestones=reached("人", {5: 300, 11: 620})),
        Project(3, False, "新（改）建城市燃气管网3公里", Quantity(Decimal(3), "公里"), "周", WATER, "徐",
                allocations=shares(**pipes), allocation_total=Decimal(3), milestones=reached("公里", {12: 3})),
        Project(4, True, "为4.9万60岁以上老年人免费接种流感疫苗", Quantity(Decimal(49000), "人"), "胡", "县卫健局", "朱",
                milestones=reached("人", {12: 49000})),
    )  # fmt: skip
    return TaskDocument("2025年某某县承担省政府民生实事项目目标任务责任分解", 2025, (), projects)


@pytest.fixture
def last(made: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "2024总表.xlsx"
    path.write_bytes(made)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The master of 2024 at the end of its year: numbers in it, and a 设置 in which a clerk has been at work."""
    before = county().document
    units = tuple(
        replace(unit, aliases=("县卫健局",)) if unit.name == HEALTH else unit
        for unit in (ReportingUnit("鹤浦", TOWN, ("鹤浦镇",)), *before.units)
    )
    master = replace(county(), document=replace(before, units=units, containments=(Containment(4, 1),)))
    path = county_file(tmp_path_factory.mktemp("2024") / "总表.xlsx", master)
    with opened("file", path) as book:
        settings = OpenMaster.read(book).settings
    choice = {"收件夹": "各地报表", "按时报送日": 8, "红灯差距": 15, "红灯天数": 45, "临期天数": 20,
              "报送周期": "季", "打印纸张": "A3", "截至日期": date(2024, 12, 31), "本期": "2024-12"}  # fmt: skip
    cells = {f"设置!{cell_a1(*settings.cells[label])}": value for label, value in choice.items()}
    with opened("file", path) as book:
        found = book.sheets["设置"].used_range
        rule = next(cell for cell in found if cell.value == "M207")
        cells[f"设置!{rule.offset(0, 2).get_address(False, False)}"] = "不检查"
    typed(path, **cells, **{"01!C8": 120, "04!C8": 300})
    return path.read_bytes()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_text(document(), tmp_path / "2025任务书.txt")


def imported(source: Path, last: Path, **answers: Any) -> tuple[Import, OpenMaster]:
    with opened("file", last) as book:
        before = last_year(book)
    done = import_document(source, source.parent / "2025总表.xlsx", last=before, **answers)
    with opened("file", done.master) as book:
        return done, OpenMaster.read(book)


def told(done: Import) -> dict[str, str]:
    return {finding.code: finding.message for finding in done.findings if finding.code.startswith("D18")}


def test_units_are_last_years_by_name_and_alias(source: Path, last: Path) -> None:
    done, master = imported(source, last)
    assert master.gaps == []
    by_name = {unit.name: unit for unit in master.settings.units}
    # 丹东街道 was an alias of 丹东; nobody says whether 石浦街道 is 石浦, an alias of which is 石浦镇.
    assert [unit.name for unit in master.settings.units] == [
        "丹东", "爵溪", "石浦街道", "丹东街道、石浦街道", HEALTH, ROADS,
    ]  # fmt: skip
    assert by_name["丹东"].aliases == ("丹东街道",)
    assert by_name["丹东街道、石浦街道"].members == ("丹东", "石浦街道")
    assert by_name[HEALTH].aliases == ("县卫健局",)
    one, two, three, four = master.master.document.projects
    assert [row.unit for row in one.allocations] == ["爵溪", "丹东", "石浦街道"]
    assert [row.unit for row in three.allocations] == ["丹东", "丹东街道、石浦街道"]
    assert (two.lead_unit, four.lead_unit, one.lead_unit) == (HEALTH, HEALTH, ROADS)
    assert "丹东街道＝丹东" in told(done)["D181"]
    assert "县卫健局＝县卫生健康局" in told(done)["D181"]


def test_what_is_new_what_is_gone_and_what_is_asked(source: Path, last: Path) -> None:
    done, _ = imported(source, last)
    said = told(done)
    assert "“石浦街道”和“2024总表.xlsx”里的“石浦”写法不同" in said["D182"]
    assert f"有3个：爵溪，丹东街道、石浦街道，{ROADS}。" in said["D183"]
    assert said["D184"].endswith("：鹤浦，丹东、石浦，县公安局，县住建局。")
    asked = [finding for finding in done.findings if finding.code == "D182"]
    assert [finding.severity for finding in asked] == [Severity.WARNING]


@pytest.mark.parametrize("answer", [True, False])
def test_who_is_asked_decides(answer: bool, source: Path, last: Path) -> None:
    asked: list[tuple[str, str]] = []

    def is_same(printed: str, unit: ReportingUnit) -> bool:
        asked.append((printed, unit.name))
        return answer

    done, master = imported(source, last, is_same=is_same)
    assert asked == [("石浦街道", "石浦")]
    assert "D182" not in told(done)
    by_name = {unit.name: unit for unit in master.settings.units}
    if answer:
        assert by_name["石浦"].aliases == ("石浦镇", "石浦街道")
        # Of the same members now: last year's joint unit.
        assert by_name["丹东、石浦"].members == ("丹东", "石浦")
        assert "石浦街道" not in by_name
    else:
        assert by_name["石浦街道"].aliases == ()
        assert "石浦" not in by_name


def test_what_a_clerk_chose_goes_over_and_no_number_does(source: Path, last: Path) -> None:
    done, master = imported(source, last)
    assert master.settings.settings == Settings(
        period=Period(2025, 3), inbox="各地报表", near_days=20, red_gap=Decimal(15), red_days=45, on_time_day=8,
        cycle=Cycle.QUARTER, paper=Paper.A3, containments=(Containment(2, 4),), severities={"M207": None},
    )  # fmt: skip
    assert (master.settings.year, master.settings.title) == (2025, document().title)
    assert master.settings.id == done.document.id
    assert master.master.reports == ()
    assert master.needed_log().entries == ()
    for words in ("收件夹各地报表", "报送周期季", "按时报送日8", "红灯差距15", "打印纸张A3", "M207"):
        assert words in told(done)["D185"]
    assert "第2项包含于第4项" in told(done)["D187"]


def test_without_last_year_it_is_the_same_file_as_ever(source: Path, last: Path) -> None:
    done = import_document(source, source.parent / "新.xlsx")
    assert done.master.read_bytes() == building.build_bytes(done.document, done.findings)
    assert not told(done)


def test_an_inbox_that_was_for_its_year_is_left(source: Path, last: Path) -> None:
    with opened("file", last) as book:
        settings = OpenMaster.read(book).settings
    typed(last, **{f"设置!{cell_a1(*settings.cells['收件夹'])}": "D:\\报表2024"})
    done, master = imported(source, last)
    assert master.settings.settings.inbox == "收件夹"
    assert "“D:\\报表2024”" in told(done)["D186"]


def test_two_rows_of_one_table_are_two_units(last: Path, tmp_path: Path) -> None:
    """Last year's alias or not: a table that has both says that they differ."""
    both = {"丹东": "3", "丹东街道": "5", "爵溪": "4"}
    source = write_text(document(roads=both, pipes={"丹东": "3"}), tmp_path / "2025任务书.txt")
    done, master = imported(source, last)
    assert [row.unit for row in master.master.document.projects[0].allocations] == [*both]
    by_name = {unit.name: unit for unit in master.settings.units}
    assert by_name["丹东"].aliases == ()
    assert "“丹东街道”和“2024总表.xlsx”里的“丹东”" in told(done)["D182"]


def test_the_same_document_amends_the_new_master_by_nothing(source: Path, last: Path) -> None:
    """The document still prints 丹东街道 and 县卫健局: they are known by now."""
    done, _ = imported(source, last, is_same=lambda *_: True)
    with opened("file", done.master) as book:
        assert amend(book, source, agreed=lambda _: False).amendment.differences == ()


@pytest.mark.parametrize("year", [2024, 2023])
def test_a_master_of_no_earlier_year_is_refused(year: int, last: Path, tmp_path: Path) -> None:
    words = write_text(document(), tmp_path / "任务书.txt").read_text("utf-8").replace("2025年", f"{year}年")
    (tmp_path / "任务书.txt").write_text(words, "utf-8")
    with pytest.raises(UsageError, match="请指定往年的总表"):
        imported(tmp_path / "任务书.txt", last)
    assert not (tmp_path / "2025总表.xlsx").exists()


def test_settings_that_cannot_be_read_are_named(source: Path, last: Path) -> None:
    with opened("file", last) as book:
        settings = OpenMaster.read(book).settings
    typed(last, **{f"设置!{cell_a1(*settings.cells['红灯天数'])}": "一个月"})
    with pytest.raises(MasterDamaged, match="“设置”B16填的是“一个月”"):
        imported(source, last)


def test_on_the_command_line(source: Path, last: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = source.parent / "2025总表.xlsx"
    assert main(["import", str(source), "-o", str(target)]) == 0
    hint = f"加上 --like {last}"
    assert hint in capsys.readouterr().err
    target.unlink()
    assert main(["import", str(source), "-o", str(target), "--like", str(last), "--json"]) == 0
    out, err = capsys.readouterr()
    said = json.loads(out)
    assert (said["master"], said["like"], said["year"], said["projects"]) == (
        str(target),
        str(last),
        2025,
        4,
    )
    assert {"D181", "D182", "D183", "D184", "D185", "D187"} <= {found["code"] for found in said["findings"]}
    assert hint not in err
    # What is refused: no master, none that is older, none at all.
    target.unlink()
    for like, code, words in (
        (source, 3, "2025任务书.txt"),
        (source.parent / "没有.xlsx", 2, "找不到总表"),
        (source.parent / "旧.xlsx", 2, "请指定往年的总表"),
    ):
        if like.name == "旧.xlsx":
            import_document(source, like)
        assert main(["import", str(source), "-o", str(target), "--like", str(like)]) == code
        assert words in capsys.readouterr().err
        assert not target.exists()


def test_two_older_masters_are_no_hint(source: Path, last: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (last.parent / "2024总表副本.xlsx").write_bytes(last.read_bytes())
    assert main(["import", str(source), "-o", str(source.parent / "新.xlsx")]) == 0
    assert "--like" not in capsys.readouterr().err


class Asked(Clerk):
    """Says yes to what last year's master is asked about, and no to all else."""

    def ask(self, words: str) -> bool:
        self.said.append(words)
        return "沿用" in words or "同一个单位" in words


@pytest.mark.parametrize("is_open", [True, False])
def test_by_the_button(
    is_open: bool, source: Path, last: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the older master open, and with it beside the new one."""
    monkeypatch.setattr("minsheng.buttons.files.open_for_a_person", lambda *_, **__: None)
    clerk = Asked(file=source, new_file=tmp_path / "2025总表.xlsx")
    if is_open:
        with opened("file", last) as book:
            words = press(book, "import_document", clerk)
    else:
        words = press(None, "import_document", clerk)
    assert words.startswith("已生成总表：2025年，4个项目")
    questions = [said for said in clerk.said if said.endswith("吗？") or "吗？\n" in said]
    assert not any("修订" in question for question in questions)
    assert "是否沿用“2024总表.xlsx”的单位和设置" in clerk.said[-3]
    assert "“石浦街道”和去年总表里的“石浦”（别名：石浦镇）" in clerk.said[-2]
    with opened("file", tmp_path / "2025总表.xlsx") as book:
        units = OpenMaster.read(book).settings.units
    assert "石浦" in [unit.name for unit in units]
