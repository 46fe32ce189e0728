"""Whole documents as offices lay them out: overviews, forms, headers of several rows, a row a node; read off the text."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from incoming.test_task_document_other_counties import plan, shares, target
from minsheng.domain.finding import Severity
from minsheng.incoming.task_document import Reading, read

Area = tuple[int, int, int, int]


def table(document: Document, rows: list[list[str | None]], *merged: Area) -> None:  # type: ignore[valid-type]
    grid = document.add_table(rows=len(rows), cols=len(rows[0]))  # type: ignore[attr-defined]
    for words, row in zip(rows, grid.rows, strict=True):
        for text, cell in zip(words, row.cells, strict=True):
            if text is not None:
                cell.text = text
    for top, left, bottom, right in merged:
        keep = grid.cell(top, left).text
        grid.cell(top, left).merge(grid.cell(bottom, right)).text = keep


def saved(tmp_path: Path, document: Document) -> Reading:  # type: ignore[valid-type]
    document.save(str(tmp_path / "任务书.docx"))  # type: ignore[attr-defined]
    return read(tmp_path / "任务书.docx")


def codes(reading: Reading, *severities: Severity) -> list[str]:
    return [finding.code for finding in reading.findings if finding.severity in severities]


def test_an_overview_before_the_details_is_one_document(tmp_path: Path) -> None:
    document = Document()
    for line in ("2024年云山县民生实事项目", "一、项目总表"):
        document.add_paragraph(line)
    table(document, [["序号", "项目名称", "目标任务", "牵头单位"], ["1", "公厕提升", "新建公厕20座", "县住建局"],
                     ["2", "养老服务", "新建养老中心5家", "县民政局"]])  # fmt: skip
    document.add_paragraph("二、项目分解")
    for number, name, goal, leader in (
        (1, "公厕提升", "新建公厕20座", "王甲"),
        (2, "养老服务", "新建养老中心5家", "李乙"),
    ):
        for line in (
            f"{number}.{name}",
            f"目标任务：{goal}",
            f"责任领导：{leader}",
            "进度安排：6月底前开工；12月底前全部建成。",
        ):
            document.add_paragraph(line)
    reading = saved(tmp_path, document)
    toilets, homes = reading.document.projects
    assert (toilets.number, toilets.leader, toilets.lead_unit, toilets.target) == (
        1,
        "王甲",
        "县住建局",
        target("20", "座"),
    )
    assert plan(homes) == [(6, 6, None), (12, 12, "5")]
    assert "D12H" in codes(reading, Severity.INFO)
    assert codes(reading, Severity.ERROR, Severity.WARNING) == []


def test_a_list_with_a_row_a_node(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("2024年云山县民生实事项目节点表")
    table(
        document,
        [["序号", "项目名称", "责任单位", "时间节点", "工作内容"], ["1", "新建公厕20座", "县住建局", "3月底", "完成选址"],
         [None, None, None, "6月底", "建成8座"], [None, None, None, "12月底", "累计建成20座"],
         ["2", "改造小区9个", "县建设局", "6月底", "开工9个"], [None, None, None, "11月底", "完成9个"]],
        (1, 0, 3, 0), (1, 1, 3, 1), (1, 2, 3, 2), (4, 0, 5, 0), (4, 1, 5, 1), (4, 2, 5, 2),
    )  # fmt: skip
    reading = saved(tmp_path, document)
    toilets, homes = reading.document.projects
    assert plan(toilets) == [(3, 3, None), (6, 6, "8"), (12, 12, "20")]
    assert [node.text for node in homes.milestones] == ["开工9个", "完成9个"]
    assert plan(homes) == [(6, 6, None), (11, 11, "9")]
    assert codes(reading, Severity.ERROR, Severity.WARNING) == []


def test_a_sheet_with_a_title_two_header_rows_that_are_not_merged_and_dates(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["附件2"], ["云山县2025年民生实事任务分解清单"],
        ["序号", "项目", "目标", "责任", "", "镇街任务", "", "", "完成时间"],
        ["", "", "", "单位", "负责人", "东山镇", "西河街道", "北岭乡", ""],
        [1, "★新建公厕", "20座", "县住建局", "李乙", 8, 7, 5, datetime.date(2025, 11, 30)],
        [2, "改造小区", "9个", "县建设局", "赵丙", 4, 3, 2, datetime.date(2025, 10, 31)],
    ):  # fmt: skip
        sheet.append(row)
    book.create_sheet("说明").append(["本表由县府办负责解释"])
    book.save(tmp_path / "清单.xlsx")
    reading = read(tmp_path / "清单.xlsx")
    toilets, homes = reading.document.projects
    assert (toilets.starred, toilets.title, toilets.lead_unit, toilets.owner) == (
        True,
        "新建公厕",
        "县住建局",
        "李乙",
    )
    assert (toilets.target, plan(toilets)) == (target("20", "座"), [(11, 11, "20")])
    assert shares(homes) == {"东山镇": "4", "西河街道": "3", "北岭乡": "2"}
    assert plan(homes) == [(10, 10, "9")]
    assert codes(reading, Severity.ERROR) == []
    assert "本表由县府办负责解释" in {finding.original for finding in reading.findings}


def test_a_form_for_each_project_and_a_table_of_townships_with_a_caption(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("2024年云山县民生实事任务书")
    table(
        document,
        [["项目编号", "1", "项目名称", "新建公厕20座"], ["分管领导", "王甲", "牵头单位", "县住建局"],
         ["协办单位", "县财政局、各镇", "责任人", "李乙"], ["月度计划", "3月：完成设计；12月：完成20座", None, None]],
        (3, 1, 3, 3),
    )  # fmt: skip
    document.add_paragraph("各镇街任务分解表")
    table(
        document,
        [["序号", "镇街", "任务数（座）"], ["1", "东山镇", "8"], ["2", "西河街道", "12"], ["合计", "", "20"]],
    )
    reading = saved(tmp_path, document)
    (toilets,) = reading.document.projects
    assert (toilets.leader, toilets.lead_unit, toilets.owner) == ("王甲", "县住建局", "李乙")
    assert toilets.cooperating == ("县财政局", "各镇")
    assert plan(toilets) == [(3, 3, None), (12, 12, "20")]
    assert (shares(toilets), toilets.allocation_total) == ({"东山镇": "8", "西河街道": "12"}, 20)
    assert codes(reading, Severity.ERROR, Severity.WARNING) == []


def test_a_lead_unit_marked_among_others(tmp_path: Path) -> None:
    path = tmp_path / "任务书.txt"
    path.write_text(
        "平阳县2025年政府民生实事项目任务分解\n项目一 城乡公交提升\n年度任务：更新公交车30辆。\n"
        "责任单位：县交通运输局（牵头）、县财政局、各乡镇\n责任人：陈伟\n计划安排：第三季度投用20辆；第四季度累计投用30辆。\n",
        encoding="utf-8",
    )
    (buses,) = read(path).document.projects
    assert (buses.lead_unit, buses.cooperating) == ("县交通运输局", ("县财政局", "各乡镇"))
    assert (buses.target, plan(buses)) == (target("30", "辆"), [(7, 9, "20"), (10, 12, "30")])


def text(tmp_path: Path, words: str) -> Reading:
    path = tmp_path / "任务书.txt"
    path.write_text(f"柳城区2024年度民生实事项目责任清单\n{words}", encoding="utf-8")
    return read(path)


def test_steps_numbered_under_the_schedule_are_no_projects(tmp_path: Path) -> None:
    reading = text(
        tmp_path,
        "（一）新建公办幼儿园6所。\n责任领导：副区长  陈小丽\n牵头单位：区教育局，责任人：林建；协办单位：区财政局。\n实施计划：\n"
        "1.3月15日前完成前期审批；\n2.7月底前主体完工4所；\n3.8月底前6所全部投入使用。\n"
        "（二）改造公厕60座。\n责任领导：王勇\n牵头单位：区农业农村局，责任人：何平；协办单位：各乡镇。\n实施计划：\n"
        "1.6月底前完成20座；\n2.11月底前全面完成。\n",
    )
    schools, toilets = reading.document.projects
    assert (schools.leader, schools.lead_unit, schools.owner, schools.cooperating) == (
        "副区长 陈小丽", "区教育局", "林建", ("区财政局",),
    )  # fmt: skip
    assert plan(schools) == [(3, 3, None), (7, 7, None), (8, 8, "6")], "a structure that stands is no school"
    assert plan(toilets) == [(6, 6, "20"), (11, 11, "60")]
    assert codes(reading, Severity.ERROR, Severity.WARNING) == []


def test_who_leads_in_the_titles_brackets_and_a_deadline_beside_the_schedule(tmp_path: Path) -> None:
    reading = text(
        tmp_path,
        "一、就业创业（市人社局牵头，市财政局配合）\n目标：城镇新增就业1.5万人。\n责任人：孔亮 13800001111\n时限：2024年12月\n"
        "进度：一季度4000人，二季度8000人，三季度12000人，四季度15000人。\n"
        "二、供水一体化（市水利局牵头）\n目标：铺设供水管网86公里。\n责任人：白雪\n完成时限：11月底\n"
        "进度安排：8月底前铺设管网50公里；12月底前铺设管网86公里。\n",
    )
    work, water = reading.document.projects
    assert (work.title, work.lead_unit, work.cooperating, work.owner) == (
        "就业创业",
        "市人社局",
        ("市财政局",),
        "孔亮",
    )
    assert plan(work) == [(1, 3, "4000"), (4, 6, "8000"), (7, 9, "12000"), (10, 12, "15000")]
    assert (water.target, plan(water)) == (target("86", "公里"), [(8, 8, "50"), (12, 12, "86")])
    assert [(f.code, f.project) for f in reading.findings if f.severity is not Severity.INFO] == [("D124", 2)]


@pytest.mark.parametrize(
    ("title", "words", "amount", "wanted"),
    [
        ("改造户厕3500户、公厕60座", "青山乡户厕1200户、公厕20座；白水镇户厕2300户、公厕40座。", ("3500", "户"),
         [("青山乡", "1200", "公厕20座"), ("白水镇", "2300", "公厕40座")]),
        ("新建公办园3所、改建5所", "新建3所、改建5所，其中甲湖镇1所、2所，乙溪镇2所、3所。", ("3", "所"),
         [("甲湖镇", "1", "改建2所"), ("乙溪镇", "2", "改建3所")]),
        ("新建公办园3所、改建5所", "甲湖镇新建1所、改建2所，乙溪镇新建2所、改建3所", ("3", "所"), [("甲湖镇", "1", "改建2所"), ("乙溪镇", "2", "改建3所")]),
        ("新建公厕12座", "由甲湖镇承担5座、乙溪镇承担7座，共计12座。", ("12", "座"), [("甲湖镇", "5", ""), ("乙溪镇", "7", "")]),
        ("新建公厕12座", "共12座。其中，甲湖镇5座，乙溪镇7座。", ("12", "座"), [("甲湖镇", "5", ""), ("乙溪镇", "7", "")]),
    ],
)  # fmt: skip
def test_shares_in_words(
    tmp_path: Path, title: str, words: str, amount: tuple[str, str], wanted: list[tuple[str, str, str]]
) -> None:
    reading = text(
        tmp_path,
        f"1.{title}\n责任领导：王甲\n责任单位：县住建局\n责任人：李乙\n任务分解：{words}\n进度安排：11月底前完成{''.join(amount)}。\n",
    )
    (project,) = reading.document.projects
    found = [(row.unit, str(row.quantity), row.note) for row in project.allocations]
    assert (str(project.target), found) == ("".join(amount), wanted)
    assert codes(reading, Severity.ERROR, Severity.WARNING) == []


@pytest.mark.parametrize(
    "words",
    [
        "甲湖镇1所、2所，乙溪镇2所、4所，其余自行安排",
        "甲湖镇1所、2所，乙溪镇3所",  # which of the two is missing?
        "甲湖镇1所、2所，乙溪镇1所、9所",  # neither comes to 3 or 5
        "甲湖镇校车2辆、幼儿园1所，乙溪镇幼儿园2所",
    ],
)
def test_shares_in_words_that_do_not_prove_themselves_are_not_read(tmp_path: Path, words: str) -> None:
    reading = text(
        tmp_path,
        f"1.新建幼儿园3所、改建5所\n责任领导：王甲\n责任单位：县教育局\n责任人：李乙\n任务分解：{words}\n进度安排：11月底前完成3所。\n",
    )
    assert reading.document.projects[0].allocations == ()
    assert codes(reading, Severity.ERROR) == ["D149"]


def test_a_list_with_the_offices_own_codes_and_a_star_in_the_remarks(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["沙洲市2024年为民办实事项目清单"])
    sheet.append(["项目编号", "实事项目", "主要建设内容和规模", "完成时限", "主办单位", "备注"])
    sheet.append(["ZS-01", "残疾儿童康复", "为420名0—6岁残疾儿童提供康复救助", "2024年12月", "市残联", "★"])
    sheet.append(["ZS-02", "口袋公园建设", "新建口袋公园22个", "2024年9月", "市城管局", None])
    book.save(tmp_path / "清单.xlsx")
    reading = read(tmp_path / "清单.xlsx")
    assert [(p.number, p.starred, p.target, p.lead_unit) for p in reading.document.projects] == [
        (1, True, target("420", "名"), "市残联"),
        (2, False, target("22", "个"), "市城管局"),
    ]
    assert [finding.code for finding in reading.findings if finding.severity is not Severity.INFO] == []
    assert ["0—6岁" in f.original for f in reading.findings if f.code == "D13A"] == [True], (
        "the title does not hold the ages"
    )


@pytest.mark.parametrize(
    ("time", "said"),
    [("2024年6月30日前", []), ("6月底前", []), ("2024.6.30前", []), ("6.30前", []),
     ("6月20日前", ["D15H"]), ("2024-06-15前", ["D15H"]), ("6.15前", ["D15H"]), ("6月中旬", ["D15H"])],
)  # fmt: skip
def test_a_day_that_is_the_months_last_changes_nothing(tmp_path: Path, time: str, said: list[str]) -> None:
    reading = text(
        tmp_path,
        "1.新建公园10个\n责任领导：王甲\n责任单位：县住建局\n责任人：李乙\n"
        f"进度安排：{time}建成4个；12月底前累计建成10个。\n",
    )
    assert plan(reading.document.projects[0]) == [(6, 6, "4"), (12, 12, "10")]
    assert [finding.code for finding in reading.findings] == said


def test_rows_and_columns_that_nobody_sees_are_named(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "清单"
    sheet.append(["2024年清河县民生实事清单"])
    sheet.append(["序号", "项目名称", "责任领导", "责任单位", "责任人", "完成时限"])
    for number in (1, 2, 3):
        sheet.append([number, f"新建公园{number}0个", "王甲", "县住建局", "李乙", "12月底前"])
    sheet.row_dimensions[4].hidden = True
    sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["E"].hidden = True
    book.save(tmp_path / "清单.xlsx")
    reading = read(tmp_path / "清单.xlsx")
    assert [p.target for p in reading.document.projects] == [target(f"{n}0", "个") for n in (1, 2, 3)]
    named = [f for f in reading.findings if f.code == "D17B"]
    assert [("第4行" in f.message, "E列" in f.message, "第9行" in f.message, f.sheet) for f in named] == [
        (True, True, False, "清单")
    ]


@pytest.mark.parametrize(
    ("head", "cells", "said"),
    [
        ("进展情况", ("3月底前完成选址", "5月底前开工"), ["D12J"]),
        ("建设周期", ("2025年3月—11月", "5月—12月"), []),
        ("投资来源", ("县财政", "社会资本"), ["D12G"]),
    ],
)  # fmt: skip
def test_no_absence_is_claimed_that_a_column_may_disprove(
    tmp_path: Path, head: str, cells: tuple[str, str], said: list[str]
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2025年清河县民生实事清单"])
    sheet.append(["序号", "项目名称", "责任单位", head])
    for number, cell in enumerate(cells, start=1):
        sheet.append([number, f"新建公园{number}0个", "县住建局", cell])
    book.save(tmp_path / "清单.xlsx")
    reading = read(tmp_path / "清单.xlsx")
    assert [code for code in codes(reading, *Severity) if code in ("D127", "D12G", "D12J")] == said


@pytest.mark.parametrize(("label", "said"), [("挂联", []), ("资金", ["D12B", "D12B"])])
def test_nobody_is_said_to_be_unnamed_where_an_unknown_label_has_a_name(
    tmp_path: Path, label: str, said: list[str]
) -> None:
    lines = "".join(
        f"{at}.新建公园{at}0个\n责任单位：县住建局\n{label}：王小甲\n进度安排：12月底前建成{at}0个。\n"
        for at in (1, 2)
    )
    assert [code for code in codes(text(tmp_path, lines), *Severity) if code == "D12B"] == said
