"""Layouts that offices use for what they divide among their units and plan by the month."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from incoming.test_task_document_other_counties import codes, plan, shares, target
from minsheng.domain.finding import Severity
from minsheng.domain.project import Project, UnitKind
from minsheng.incoming.task_document import Reading, read


def read_text(tmp_path: Path, text: str) -> Reading:
    path = tmp_path / "任务书.txt"
    path.write_text(f"临江县2025年民生实事项目目标任务责任分解\n{text}", encoding="utf-8")
    return read(path)


def only(reading: Reading) -> Project:
    (project,) = reading.document.projects
    return project


@pytest.mark.parametrize(
    "words",
    [
        "合计65.5公里，其中城关镇10公里、柳河乡25.5公里、白马镇30公里。",
        "合计65.5公里：城关镇10公里，柳河乡25.5公里，白马镇30公里。",
        "城关镇10公里、柳河乡25.5公里、白马镇30公里，合计65.5公里。",
    ],
)
def test_the_sum_may_come_first_in_a_sentence(tmp_path: Path, words: str) -> None:
    roads = only(
        read_text(
            tmp_path,
            f"1.改造农村公路65.5公里。\n责任单位：县交通运输局\n任务分解：{words}\n进度安排：11月完成65.5公里。\n",
        )
    )
    assert shares(roads) == {"城关镇": "10", "柳河乡": "25.5", "白马镇": "30"}
    assert str(roads.allocation_total) == "65.5"


def test_a_thousands_comma_does_not_part_two_units(tmp_path: Path) -> None:
    people = only(
        read_text(
            tmp_path,
            "1.新增受益人口9500人。\n责任单位：县水利局\n任务分解：石桥乡8,000人,白马镇1,500人\n进度安排：11月完成9500人。\n",
        )
    )
    assert shares(people) == {"石桥乡": "8000", "白马镇": "1500"}


def test_an_area_with_its_own_administration_reports_like_a_township(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "1.新建停车场5处。\n责任单位：县住建局\n任务分解：开发区管委会2处、红旗农场1处、城关镇2处\n进度安排：11月完成5处。\n",
    )
    kinds = {unit.name: unit.kind for unit in reading.document.units}
    assert kinds["开发区管委会"] is UnitKind.TOWNSHIP


GROUPED = [
    ["镇（街道）", "农贸市场（个）", "公厕（座）"],
    ["一、平原片", "5", "22"],
    ["云溪街道", "3", "12"],
    ["平安镇", "2", "10"],
    ["二、山区片", "4", "18"],
    ["高岭镇", "2", "10"],
    ["苍岩乡", "2", "8"],
    ["合计", "9", "40"],
]
TWO_PROJECTS = (
    "1、改造农贸市场9个。", "责任单位：市市场监管局", "进度安排：12月完成9个。",
    "2、新建公厕40座。", "责任单位：市城管局", "进度安排：12月完成40座。",
)  # fmt: skip


def grouped(path: Path, rows: list[list[str]]) -> Path:
    document = Document()
    document.add_paragraph("云溪市2024年为民办实事任务分解")
    for line in TWO_PROJECTS:
        document.add_paragraph(line)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for words, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(words, row.cells, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def test_rows_that_add_up_the_townships_below_them_are_no_units(tmp_path: Path) -> None:
    reading = read(grouped(tmp_path / "任务书.docx", GROUPED))
    markets, toilets = reading.document.projects
    assert shares(markets) == {"云溪街道": "3", "平安镇": "2", "高岭镇": "2", "苍岩乡": "2"}
    assert shares(toilets) == {"云溪街道": "12", "平安镇": "10", "高岭镇": "10", "苍岩乡": "8"}
    assert codes(reading, Severity.ERROR) == []
    assert "一、平原片 5" in {f.original for f in reading.findings}, "what was left out is told"


def test_groups_that_do_not_add_up_stay_and_are_an_error(tmp_path: Path) -> None:
    rows = [row[:] for row in GROUPED]
    rows[2][1] = "2"
    reading = read(grouped(tmp_path / "任务书.docx", rows))
    assert "一、平原片" in shares(reading.document.projects[0])
    assert codes(reading, Severity.ERROR) == [("D142", 1)], "the other project's column is still read"


def test_a_column_of_areas_before_the_units(tmp_path: Path) -> None:
    document = Document()
    for line in ("云溪市2024年为民办实事任务分解", *TWO_PROJECTS[:2], "任务分解："):
        document.add_paragraph(line)
    rows = [
        ["片区", "单位", "任务"],
        ["平原片", "云溪街道", "3"], ["", "平安镇", "2"], ["", "小计", "5"],
        ["山区片", "高岭镇", "4"],
        ["总计", "", "9"],
    ]  # fmt: skip
    table = document.add_table(rows=len(rows), cols=3)
    for words, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(words, row.cells, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(3, 0))
    table.cell(5, 0).merge(table.cell(5, 1))
    document.add_paragraph(TWO_PROJECTS[2])
    document.save(str(tmp_path / "任务书.docx"))
    markets = only(read(tmp_path / "任务书.docx"))
    assert shares(markets) == {"云溪街道": "3", "平安镇": "2", "高岭镇": "4"}
    assert markets.allocation_total == 9


def test_a_table_inside_the_cell_that_is_its_label(tmp_path: Path) -> None:
    document = Document()
    for line in ("洪山县2025年民生实事任务分解", "1.建设高标准农田2.5万亩", "责任单位：县农业农村局"):
        document.add_paragraph(line)
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "任务分解"
    inner = cell.add_table(rows=4, cols=2)
    for at, words in enumerate(
        [("乡镇", "面积（亩）"), ("洪山镇", "15000"), ("石桥乡", "10000"), ("合计", "25000")]
    ):
        inner.cell(at, 0).text, inner.cell(at, 1).text = words
    document.add_paragraph("进度安排：1—6月份完成1万亩；7—10月份累计完成2.5万亩。")
    document.save(str(tmp_path / "任务书.docx"))
    reading = read(tmp_path / "任务书.docx")
    assert shares(only(reading)) == {"洪山镇": "15000", "石桥乡": "10000"}
    assert codes(reading, Severity.ERROR) == []


def list_with_two_header_rows(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [
        ["2026年南塘区民生实事项目清单"],
        ["序号", "项目名称", "目标任务", "责任单位", "任务分解", None, None, "进度安排", None, "备注"],
        [None, None, None, None, "合计", "塘南街道", "高新区管委会", "上半年", "全年", None],
        [1, "★加装既有住宅电梯", "加装电梯120台", "区住建局", 120, 80, 40, 50, 120, "省级"],
        [2, "新建绿道", "新建绿道15.75公里", "区园林中心", 15.75, 5.25, 10.5, "6公里", "15.75公里", None],
    ]:
        sheet.append(row)
    for area in ("A1:J1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:G2", "H2:I2", "J2:J3"):
        sheet.merge_cells(area)
    book.save(path)
    return path


def test_a_list_whose_header_is_merged_over_two_rows(tmp_path: Path) -> None:
    reading = read(list_with_two_header_rows(tmp_path / "清单.xlsx"))
    lifts, paths = reading.document.projects
    assert shares(lifts) == {"塘南街道": "80", "高新区管委会": "40"}
    assert plan(lifts) == [(1, 6, "50"), (1, 12, "120")], (
        "a cell that is a number counts what the project counts"
    )
    assert (shares(paths), paths.allocation_total) == (
        {"塘南街道": "5.25", "高新区管委会": "10.5"},
        paths.target.value,
    )  # type: ignore[union-attr]
    assert plan(paths) == [(1, 6, "6"), (1, 12, "15.75")]
    assert codes(reading, Severity.ERROR) == []


def test_a_project_without_a_number_does_not_run_into_the_one_before(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "1.改造老旧小区20个。\n责任领导：王一\n责任单位：县住建局\n责任人：赵三\n进度安排：11月完成20个。\n"
        "★新开工保障性租赁住房500套\n责任领导：王一\n责任单位：县房管中心\n责任人：钱四\n进度安排：9月底前新开工500套。\n"
        "3.建成公厕8座。\n责任领导：王一\n责任单位：县城管局\n责任人：孙五\n进度安排：11月建成8座。\n",
    )
    first, second, third = reading.document.projects
    assert (second.number, second.starred, second.title) == (2, True, "新开工保障性租赁住房500套")
    assert (first.lead_unit, second.lead_unit, third.number) == ("县住建局", "县房管中心", 3)
    assert plan(second) == [(9, 9, "500")]
    assert codes(reading, Severity.WARNING) == [("D116", 2)]


def test_a_number_in_an_unknown_unit_is_never_a_percentage(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "1.接种疫苗2.4万瓶装。\n责任单位：县卫健局\n进度安排：10月完成40%；11月完成城关片区90%；12月完成2.4万瓶装。\n",
    )
    assert only(reading).target == target("24000", "")
    assert ("D133", 1) in codes(reading, Severity.WARNING)


@pytest.mark.parametrize("unit", ["剂次", "批次", "㎡", "课时"])
def test_units_of_health_food_and_building(tmp_path: Path, unit: str) -> None:
    project = only(
        read_text(
            tmp_path,
            f"1.完成任务2.4万{unit}。\n责任单位：县局\n进度安排：6月完成1万{unit}；12月完成2.4万{unit}。\n",
        )
    )
    assert project.target == target("24000", unit)
    assert plan(project) == [(6, 6, "10000"), (12, 12, "24000")]


def test_the_whole_year_after_the_quarters_is_a_node(tmp_path: Path) -> None:
    vouchers = only(
        read_text(
            tmp_path,
            "1.发放消费券5000万元。\n责任单位：县商务局\n"
            "进度安排：上半年累计发放2500万元；前三季度累计发放4000万元；全年累计发放5000万元。\n",
        )
    )
    assert plan(vouchers) == [(1, 6, "2500"), (1, 9, "4000"), (1, 12, "5000")]


def test_all_is_done_in_the_last_node_that_has_words(tmp_path: Path) -> None:
    """A column 完成时限 beside the quarters gives a month without words."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [
        ["平湖县2025年民生实事清单"],
        ["序号", "项目名称", "牵头单位", "二季度", "四季度", "完成时限"],
        [1, "为妇女两癌筛查1.2万人", "县卫健局", "4000人", "全部完成", "12月底前"],
    ]:
        sheet.append(row)
    book.save(tmp_path / "清单.xlsx")
    project = only(read(tmp_path / "清单.xlsx"))
    assert plan(project)[:2] == [(4, 6, "4000"), (10, 12, "12000")]
