"""刷新汇总表: what stands on 首页, 汇总表 and its views afterwards, on a plain file."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from jobs.clerk import fill_in, type_into_master
from minsheng.building import master as building
from minsheng.domain.home import unit_records
from minsheng.domain.period import Period
from minsheng.errors import MasterDamaged
from minsheng.hosts import opened
from minsheng.jobs.checking import check
from minsheng.jobs.dispatching import dispatch
from minsheng.jobs.judging import colour, summarise
from minsheng.jobs.merging import merge
from minsheng.jobs.undoing import undo
from minsheng.sheets import layout
from minsheng.sheets.open_master import OpenMaster
from small_county import county
from xlengines.paper import paper_of

JUNE = Period(2024, 6)


@pytest.fixture
def small_master(tmp_path: Path) -> Path:
    """The small county as a file."""
    path = tmp_path / "总表.xlsx"
    building.build(county().document, (), path)
    return path


def rows_of(path: Path, name: str, labels: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a named table that are not blank."""
    with opened("file", path, change=True) as book:
        table = OpenMaster.read(book).needed_table(name, labels)
        image = table.block.image
        rows = [
            {label: image.text(row, table.columns[label]) for label in labels} for row in table.block.rows
        ]
    return [row for row in rows if any(row.values())]


def sent(path: Path) -> dict[str, dict[str, str]]:
    return {
        row[layout.UNIT]: row
        for name in (layout.NAME_SENT_BY_TOWNSHIPS, layout.NAME_SENT_BY_BUREAUS)
        for row in rows_of(path, name, layout.SENT_COLUMNS)
    }


def with_june(path: Path, inbox: Path, day: int) -> None:
    """June's form of 石浦, the only one that has come, merged on a day of July."""
    with opened("file", path, change=True) as book:
        dispatch(book, JUNE, inbox)
        fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("1", "石浦"): 300})
        for other in inbox.glob("[!石]*.xlsx"):
            other.unlink()
        merge(book, inbox, JUNE, at=datetime(2024, 7, day, 9))


def test_who_sent_in_and_who_was_on_time_stands_on_the_first_sheet(
    small_master: Path, tmp_path: Path
) -> None:
    with_june(small_master, tmp_path / "收件夹", 5)
    with opened("file", small_master, change=True) as book:
        summarise(book)
    found = sent(small_master)
    assert [found["石浦"][label] for label in layout.SENT_COLUMNS[1:]] == ["1", "1", "1", "1", "1"]
    assert [found["丹东"][label] for label in layout.SENT_COLUMNS[1:]] == ["1", "0", "0", "0", "0"]


def test_the_setting_for_on_time_is_followed(small_master: Path, tmp_path: Path) -> None:
    with_june(small_master, tmp_path / "收件夹", 8)
    with opened("file", small_master, change=True) as book:
        summarise(book)
    assert sent(small_master)["石浦"]["按时月数"] == "0"
    set_parameter(small_master, layout.PARAM_ON_TIME_DAY, 8)
    with opened("file", small_master, change=True) as book:
        summarise(book)
    assert sent(small_master)["石浦"]["按时月数"] == "1"


def set_parameter(path: Path, label: str, value: object) -> None:
    with opened("file", path, change=True) as book:
        settings = OpenMaster.read(book).settings
        book.sheets[settings.image.sheet].range(settings.cells[label]).value = value


def test_a_merge_that_is_taken_back_is_no_arrival(small_master: Path, tmp_path: Path) -> None:
    with opened("file", small_master, change=True) as book:
        summarise(book)
    with_june(small_master, tmp_path / "收件夹", 5)
    assert sent(small_master)["石浦"]["按时月数"] == "1", "a refreshed 首页 follows every merge"
    with opened("file", small_master, change=True) as book:
        undo(book)
    assert sent(small_master)["石浦"]["已报月数"] == "0"


def test_the_records_are_the_domains(small_master: Path, tmp_path: Path) -> None:
    with_june(small_master, tmp_path / "收件夹", 5)
    with opened("file", small_master, change=True) as book:
        judgement = summarise(book)
        master = OpenMaster.read(book)
        records = unit_records(master.master, master.needed_log().record(), judgement.as_of)
    found = sent(small_master)
    assert {r.unit: (r.expected, r.sent, r.on_time) for r in records} == {
        unit: (int(row["应报月数"]), int(row["已报月数"]), int(row["按时月数"]))
        for unit, row in found.items()
    }


def test_next_months_nodes_stand_there_with_their_leaders(small_master: Path) -> None:
    with opened("file", small_master, change=True) as book:
        summarise(book, date(2024, 5, 31))
    rows = rows_of(small_master, layout.NAME_DUE, layout.DUE_COLUMNS)
    assert [(row["序号"], row["责任领导"], row["应达累计"], row["状态"]) for row in rows] == [
        ("1", "胡", "500", "正常"), ("2", "周", "1.5", "正常"), ("5", "卢", "6000", "正常"), ("7", "石", "", "正常"),
    ]  # fmt: skip
    assert rows[3]["节点内容"] == "4—6月份：确定实施方案"
    with opened("file", small_master, change=True) as book:
        summarise(book, date(2024, 12, 31))
    assert [row["项目"] for row in rows_of(small_master, layout.NAME_DUE, layout.DUE_COLUMNS)] == [
        "这段时间没有节点到期"
    ]


def test_a_project_given_to_another_bureau_moves_in_every_view(small_master: Path) -> None:
    type_into_master(small_master, "02", "G2", "县水利局")
    type_into_master(small_master, "02", "B2", "林")
    with opened("file", small_master, change=True) as book:
        summarise(book)
    rows = [
        (row["责任单位"], row["序号"])
        for row in rows_of(small_master, layout.SHEET_BY_LEAD_UNIT, ("责任单位", "序号"))
    ]
    assert rows[rows.index(("县水利局", "")) + 1] == ("", "2")
    assert rows[rows.index(("县住建局", "")) + 1] == ("", "6")
    leaders = rows_of(small_master, layout.SHEET_BY_LEADER, ("责任领导", "序号"))
    assert {"责任领导": "林", "序号": ""} in leaders
    counted = [row["类别"] for row in rows_of(small_master, layout.NAME_COUNTS, ("类别",))]
    assert counted[:3] == ["全部", "★省级", "县级"]
    assert {"林", "县水利局"} <= set(counted)
    assert sorted(number for _, number in rows if number) == list("1234567"), "every project once"


def test_silence_and_unticked_nodes_are_named_beside_those_behind(small_master: Path, tmp_path: Path) -> None:
    with_june(small_master, tmp_path / "收件夹", 5)
    with opened("file", small_master, change=True) as book:
        summarise(book)
    behind = {
        row["序号"]: row["滞后单位"]
        for row in rows_of(small_master, layout.NAME_SUMMARY, layout.SUMMARY_COLUMNS)
    }
    assert behind["1"] == "从未报数：丹东；节点“1—3月份制定接种工作方案”待确认"
    assert behind["7"] == "节点“4—6月份确定实施方案”待确认"


def test_a_row_grows_with_what_is_written_into_it(small_master: Path) -> None:
    with opened("file", small_master, change=True) as book:
        height = book.sheets["汇总表"].range("A10").row_height
    type_into_master(small_master, "07", "B9", "")
    with opened("file", small_master, change=True) as book:
        node = OpenMaster.read(book).projects[7].node_rows[0]
        book.sheets["07"].range((node, 2)).value = "完成" + "很长的节点内容" * 10
        summarise(book, date(2024, 7, 1))
        assert book.sheets["汇总表"].range("A10").row_height > height


def test_what_a_clerk_has_hidden_makes_no_row_higher(small_master: Path) -> None:
    from openpyxl import load_workbook

    hidden = load_workbook(small_master)
    page = hidden["汇总表"]
    for column in ("B", "C", "K"):
        page.column_dimensions[column].hidden = True
    page.row_dimensions[6].hidden, page.row_dimensions[6].height = True, 20
    hidden.save(small_master)
    with opened("file", small_master, change=True) as book:
        summarise(book, date(2024, 7, 1))
    rows = load_workbook(small_master)["汇总表"].row_dimensions
    assert [rows[row].height for row in (5, 7, 8)] == [20, 20, 20], "as high as what is shown needs"
    assert (rows[6].hidden, rows[6].height) == (True, 20)


@pytest.mark.parametrize(("typed", "paper"), [("A3", "A3"), ("Ａ３", "A3"), ("", "A4")])
def test_the_paper_is_that_of_the_settings(small_master: Path, typed: str, paper: str) -> None:
    set_parameter(small_master, layout.PARAM_PAPER, typed)
    with opened("file", small_master, change=True) as book:
        summarise(book)
        assert not [finding for finding in check(book).findings if typed and typed in finding.message]
    with opened("file", small_master, change=True) as book:
        for name in ("首页", "汇总表", "按责任单位", "按责任领导", "镇乡进度"):
            assert paper_of(book.sheets[name]) == paper, name
        assert paper_of(book.sheets["01"]) == "A4"


def test_a_paper_that_nobody_has_is_named_and_nothing_is_refreshed(small_master: Path) -> None:
    set_parameter(small_master, layout.PARAM_PAPER, "B5")
    with opened("file", small_master, change=True) as book:
        with pytest.raises(MasterDamaged, match="B10填的是“B5”"):
            summarise(book)
        assert [finding for finding in check(book).findings if "B5" in finding.message]


def test_a_day_that_no_month_has_is_a_finding(small_master: Path) -> None:
    set_parameter(small_master, layout.PARAM_ON_TIME_DAY, 45)
    with opened("file", small_master, change=True) as book:
        assert OpenMaster.read(book).settings.settings.on_time_day == 5
        assert any("45" in finding.message for finding in check(book).findings)


def test_every_later_job_keeps_the_charts(small_master: Path, tmp_path: Path) -> None:
    before = charts(small_master)
    drawn = [name for name in before if "/charts/" in name]
    assert len(drawn) == 10, (
        "2 for leaders, a line for each of 6 projects with numbers, bars for 2 with several units"
    )
    with_june(small_master, tmp_path / "收件夹", 5)
    with opened("file", small_master, change=True) as book:
        check(book)
        colour(book)
        summarise(book)
    assert charts(small_master) == before
    # They follow the data because they have none of their own.
    assert not any(b"Cache>" in content for name, content in before.items() if "/charts/" in name)


def charts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {
            name: archive.read(name)
            for name in archive.namelist()
            if "/charts/" in name or "/drawings/" in name
        }


def test_rates_are_exact_decimals(small_master: Path, tmp_path: Path) -> None:
    with_june(small_master, tmp_path / "收件夹", 5)
    with opened("file", small_master, change=True) as book:
        judgement = summarise(book)
    rate = next(project.rate for project in judgement.projects if project.project == 1)
    assert rate == Decimal("0.3")


def test_lights_stand_in_words_beside_the_statuses(small_master: Path, tmp_path: Path) -> None:
    with_june(small_master, tmp_path / "收件夹", 5)
    set_parameter(small_master, layout.PARAM_RED_DAYS, 366)
    with opened("file", small_master, change=True) as book:
        judgement = summarise(book)
    rows = rows_of(small_master, layout.NAME_SUMMARY, layout.SUMMARY_COLUMNS)
    shown = {row["序号"]: (row["状态"], row["灯"]) for row in rows if row["序号"]}
    assert shown == {
        str(project.project): (str(project.status), str(project.light)) for project in judgement.projects
    }
    assert {"红", "灰"} <= {light for _, light in shown.values()}
    set_parameter(small_master, layout.PARAM_RED_GAP, 100)
    with opened("file", small_master, change=True) as book:
        assert "红" not in {str(project.light) for project in summarise(book).projects}


def test_a_master_without_the_thresholds_of_lights_has_the_usual_ones(small_master: Path) -> None:
    with opened("file", small_master) as book:
        cells = OpenMaster.read(book).settings.cells
    for label in layout.NEWER_PARAMETERS:
        row = cells[label][0]
        type_into_master(small_master, layout.SHEET_SETTINGS, f"A{row}", None)
        type_into_master(small_master, layout.SHEET_SETTINGS, f"B{row}", None)
    with opened("file", small_master) as book:
        master = OpenMaster.read(book)
        assert master.gaps == []
        assert (master.settings.settings.red_gap, master.settings.settings.red_days) == (10, 30)
