"""Documents of other counties and years, in layouts that their offices use; the expectations are read off the text."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from docx import Document
from openpyxl import Workbook

from minsheng.domain.finding import Severity
from minsheng.domain.project import Project, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.incoming.task_document import Reading, read


def plan(project: Project) -> list[tuple[int, int, str | None]]:
    return [
        (node.first_month, node.last_month, None if node.cumulative is None else str(node.cumulative))
        for node in project.milestones
    ]


def shares(project: Project) -> dict[str, str | None]:
    return {row.unit: None if row.quantity is None else str(row.quantity) for row in project.allocations}


def codes(reading: Reading, severity: Severity) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.project) for finding in reading.findings if finding.severity is severity]


def target(value: str, unit: str, relation: str = "=") -> Quantity:
    return Quantity(Decimal(value), unit, ">=" if relation == ">=" else "=")


# One big table, as a landscape Word page has it.

BIG_TABLE = [
    ["序号", "项目名称", "分管领导", "牵头单位", "责任人", "协办单位", "进度安排", "", "", "", "任务分解"],
    ["", "", "", "", "", "", "一季度", "上半年", "三季度", "年底前", ""],
    ["一、教育卫生", "", "", "", "", "", "", "", "", "", ""],
    ["1", "★新建普惠性幼儿园6所", "李明", "县教育局", "王芳", "各街道", "完成选址", "开工建设6所",
     "累计建成2所", "累计建成6所", "城东街道3所、城西街道2所、山前镇1所"],
    ["2", "开展免费健康体检1.2万人", "", "县卫生健康局", "张伟", "各镇乡街道", "制定方案",
     "完成体检4000人", "累计完成9000人", "累计完成1.2万人", "城东街道5000人、城西街道4000人、山前镇3000人，合计12000人"],
    ["二、交通", "", "", "", "", "", "", "", "", "", ""],
    ["3", "改造农村公路25.5公里", "陈刚", "县交通运输局", "刘洋", "", "完成招标", "完成改造10公里",
     "累计完成20公里", "累计完成25.5公里", ""],
]  # fmt: skip


def big_table(path: Path) -> Path:
    document = Document()
    document.add_paragraph("2025年云岭县民生实事项目任务分解表")
    table = document.add_table(rows=len(BIG_TABLE), cols=11)
    for words, row in zip(BIG_TABLE, table.rows, strict=True):
        for text, cell in zip(words, row.cells, strict=True):
            cell.text = text
    for column in (0, 1, 2, 3, 4, 5, 10):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(0, 6).merge(table.cell(0, 9))
    table.cell(3, 2).merge(table.cell(4, 2))  # one leader for two projects
    for row in (2, 5):
        table.cell(row, 0).merge(table.cell(row, 10))
    document.save(str(path))
    return path


def test_one_big_word_table(tmp_path: Path) -> None:
    reading = read(big_table(tmp_path / "任务书.docx"))
    one, two, three = reading.document.projects
    assert (reading.document.title, reading.document.year) == ("2025年云岭县民生实事项目任务分解表", 2025)
    assert (one.starred, one.title, one.leader, one.lead_unit, one.owner) == (
        True, "新建普惠性幼儿园6所", "李明", "县教育局", "王芳",
    )  # fmt: skip
    assert one.target == target("6", "所")
    assert plan(one) == [(1, 3, None), (1, 6, None), (7, 9, "2"), (1, 12, "6")]
    assert shares(one) == {"城东街道": "3", "城西街道": "2", "山前镇": "1"}
    assert (two.leader, two.target, two.allocation_total) == ("李明", target("12000", "人"), 12000)
    assert plan(two) == [(1, 3, None), (1, 6, "4000"), (7, 9, "9000"), (1, 12, "12000")]
    assert shares(two) == {"城东街道": "5000", "城西街道": "4000", "山前镇": "3000"}
    assert (three.target, three.cooperating, three.allocations) == (target("25.5", "公里"), (), ())
    assert [unit.name for unit in reading.document.units if unit.kind is UnitKind.TOWNSHIP] == [
        "城东街道", "城西街道", "山前镇",
    ]  # fmt: skip
    assert codes(reading, Severity.ERROR) == []
    assert "一、教育卫生" in next(f.original for f in reading.findings if f.code == "D12A")


# Plain text: Chinese numerals, other labels, quarters, shares in one line, no ★.

LINES = """
青川县人民政府办公室关于印发二〇二三年民生实事任务书的通知

各乡镇人民政府，县政府各部门：
现将任务书印发给你们，请认真贯彻执行。

一、新增公共停车泊位500个
分管县领导：赵强　牵头部门：县住建局　负责人：孙丽
责任科室：城建科
协办单位：各乡镇
任务分解：城关镇300个、石桥镇150个、水口乡50个，合计500个。
时间安排：
第一季度：完成选址和方案设计；
第二季度：开工建设，建成100个；
第三季度：累计建成350个；
12月底前：累计建成500个。

二、为不少于800名失能老人提供上门护理
分管县领导：赵强
牵头部门：县民政局
负责人：周敏
时间安排：3月底前完成摸底；6月底前服务300名；9月底前累计服务600名；年底前累计服务800名以上。

三、城乡公交一体化改造
分管县领导：钱进
牵头部门：县交通运输局
负责人：吴军
时间安排：上半年制定方案；11月底前完成改造。
"""


def test_plain_text_with_other_labels_and_quarters(tmp_path: Path) -> None:
    path = tmp_path / "任务书.txt"
    path.write_bytes(LINES.encode("gb18030"))
    reading = read(path)
    one, two, three = reading.document.projects
    assert reading.document.year == 2023
    assert (one.leader, one.lead_unit, one.owner, one.starred) == ("赵强", "县住建局", "孙丽", False)
    assert one.target == target("500", "个")
    assert plan(one) == [(1, 3, None), (4, 6, "100"), (7, 9, "350"), (12, 12, "500")]
    assert one.milestones[1].text == "开工建设，建成100个"
    assert shares(one) == {"城关镇": "300", "石桥镇": "150", "水口乡": "50"}
    assert one.allocation_total == 500
    assert two.target == target("800", "名", ">=")
    assert plan(two) == [(3, 3, None), (6, 6, "300"), (9, 9, "600"), (1, 12, "800")]
    assert (three.target, plan(three)) == (None, [(1, 6, None), (11, 11, None)])
    assert codes(reading, Severity.ERROR) == []
    kept_out = next(f for f in reading.findings if f.code == "D123")
    assert (kept_out.project, kept_out.original) == (1, "城建科")


# A form a project, its shares down a table of its own with the sum first, its nodes in a third.


def forms(path: Path) -> Path:
    document = Document()
    document.add_paragraph("临江区2026年度为民办实事")
    document.add_paragraph("工作任务书")
    for number, title, unit, rows, nodes in [
        ("1", "建设口袋公园8处", "区住建局", [("合计", "8"), ("江北街道", "5"), ("江南街道", "3")],
         [("1-4月", "完成设计", ""), ("5-8月", "建成4处", "4"), ("9-12月", "建成8处", "8")]),
        ("2", "老旧小区加装电梯30台", "区房管局", [("合计", "30"), ("江北街道", "14"), ("江南街道", "16")],
         [("6月底前", "完成12台", "12"), ("11月底前", "完成30台", "30")]),
    ]:  # fmt: skip
        form = document.add_table(rows=4, cols=4)
        for words, row in zip(
            [("序号", number, "项目名称", title), ("责任区领导", "何江", "责任单位", unit),
             ("负责人", "林海", "配合单位", "各街道"), ("联系电话", "0571-88888888", "备注", "")],
            form.rows, strict=True,
        ):  # fmt: skip
            for text, cell in zip(words, row.cells, strict=True):
                cell.text = text
        document.add_paragraph("任务分解（单位：处）" if number == "1" else "任务分解：")
        _table(document, [("街道", "任务数"), *rows])
        document.add_paragraph("进度安排：")
        _table(document, [("时间节点", "工作内容", "累计完成"), *nodes])
    document.save(str(path))
    return path


def _table(document: Document, rows: list[tuple[str, ...]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for words, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(words, row.cells, strict=True):
            cell.text = text


def test_a_form_for_every_project(tmp_path: Path) -> None:
    reading = read(forms(tmp_path / "任务书.docx"))
    one, two = reading.document.projects
    assert (reading.document.title, reading.document.year) == ("临江区2026年度为民办实事工作任务书", 2026)
    assert (one.number, one.title, one.leader, one.lead_unit, one.owner) == (
        1, "建设口袋公园8处", "何江", "区住建局", "林海",
    )  # fmt: skip
    assert (one.target, one.allocation_total) == (target("8", "处"), 8)
    assert shares(one) == {"江北街道": "5", "江南街道": "3"}
    assert plan(one) == [(1, 4, None), (5, 8, "4"), (9, 12, "8")]
    assert [node.text for node in one.milestones] == ["完成设计", "建成4处", "建成8处"]
    assert (two.number, two.target, shares(two)) == (
        2,
        target("30", "台"),
        {"江北街道": "14", "江南街道": "16"},
    )
    assert plan(two) == [(6, 6, "12"), (11, 11, "30")]
    assert codes(reading, Severity.ERROR) == []


# A workbook that is not the template: one sheet, units as columns.


def workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    for row in [
        ["2025年南屿县民生实事项目责任分解表"],
        ["序号", "项目名称", "责任领导", "责任单位", "责任人", "进度安排", "东门街道", "海口镇", "合计"],
        [1, "新建农村污水管网12.5公里", "郑和", "县水务局", "江涛", "6月底前完成5公里；12月底前累计完成12.5公里", 7.5, 5, 12.5],
        [2, "培训新型农民300人", "郑和", "县农业农村局", "田丰", "1—5月完成100人；10月累计完成300人", 120, 180, 300],
        [3, "提升24小时自助图书馆服务", "马良", "县文旅局", "文静", "全年完成", None, None, None],
    ]:  # fmt: skip
        sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_that_is_not_the_template(tmp_path: Path) -> None:
    reading = read(workbook(tmp_path / "任务书.xlsx"))
    one, two, three = reading.document.projects
    assert reading.document.year == 2025
    assert (one.target, shares(one), one.allocation_total) == (
        target("12.5", "公里"), {"东门街道": "7.5", "海口镇": "5"}, Decimal("12.5"),
    )  # fmt: skip
    assert plan(one) == [(6, 6, "5"), (12, 12, "12.5")]
    assert (two.target, plan(two)) == (target("300", "人"), [(1, 5, "100"), (10, 10, "300")])
    assert (three.target, three.allocations, plan(three)) == (None, (), [(1, 12, None)])
    assert codes(reading, Severity.ERROR) == []


def test_a_schedule_that_only_says_all_year(tmp_path: Path) -> None:
    """Where 全年 is the only time a schedule names, it is the node's; beside a month it says how, not when."""
    path = tmp_path / "任务书.txt"
    path.write_text(
        "2025年云岭县民生实事项目\n"
        "1.医保参保率稳定在99%以上。\n责任单位：县医保局\n进度安排：全年保持99%以上。\n"
        "2.报销比例≥50%。\n责任单位：县医保局\n进度安排：1—3月份报销比例≥50%，全年持续保持。\n",
        encoding="utf-8",
    )
    first, second = read(path).document.projects
    assert plan(first) == [(1, 12, "99")]
    assert plan(second) == [(1, 3, "50")]


def test_a_last_node_that_says_all_is_done_reaches_the_target(tmp_path: Path) -> None:
    """全部建成 is the target; 全部完成选址 is not, and what says it earlier in the year is left to the clerk."""
    path = tmp_path / "任务书.txt"
    path.write_text(
        "2025年云岭县民生实事项目\n"
        "1.新建公厕20座。\n责任单位：县住建局\n进度安排：6月底前建成8座；11月底前全部建成。\n"
        "2.新建停车场5个。\n责任单位：县住建局\n进度安排：6月底前建成2个；11月底前全部完成选址。\n"
        "3.改造公园4个。\n责任单位：县住建局\n进度安排：6月全部开工；11月份全面完成改造任务。\n"
        "4.改造农贸市场3家。\n责任单位：县商务局\n进度安排：5月全部完成；11月份通过验收。\n",
        encoding="utf-8",
    )
    found = read(path)
    toilets, parking, parks, markets = found.document.projects
    assert plan(toilets) == [(6, 6, "8"), (11, 11, "20")]
    assert plan(parking) == [(6, 6, "2"), (11, 11, None)]
    assert plan(parks) == [(6, 6, None), (11, 11, "4")]
    assert plan(markets) == [(5, 5, None), (11, 11, None)]
    assert [number for code, number in codes(found, Severity.INFO) if code == "D15L"] == [1, 3]


def test_labels_in_brackets_after_the_title_and_one_date_as_the_schedule(tmp_path: Path) -> None:
    """A list of one line a project: who and until when stand in brackets."""
    path = tmp_path / "任务书.txt"
    path.write_text(
        "2025年云岭县十大民生实事任务分解表\n"
        "1．新建改造供水管网52.6公里，其中城区12.6公里、农村40公里。（牵头单位：县水务局；配合单位：各乡镇；完成时限：2025年12月底）\n"
        "2．为3000名老人改造住房（一期）。（牵头单位：县民政局；责任人：甲某；完成时限：11月底）\n",
        encoding="utf-8",
    )
    found = read(path)
    water, homes = found.document.projects
    assert (water.title, water.lead_unit, water.cooperating) == (
        "新建改造供水管网52.6公里，其中城区12.6公里、农村40公里", "县水务局", ("各乡镇",)
    )  # fmt: skip
    assert water.target == target("52.6", "公里")
    assert plan(water) == [(12, 12, "52.6")]
    assert (homes.title, homes.owner) == ("为3000名老人改造住房（一期）", "甲某")
    assert plan(homes) == [(11, 11, "3000")]


def test_projects_numbered_by_name_and_an_allocation_of_one_unit_a_line(tmp_path: Path) -> None:
    path = tmp_path / "任务书.txt"
    path.write_text(
        "云岭县2025年民生实事项目目标任务\n"
        "项目一：新建口袋公园6个\n责任单位：县住建局\n任务分解：\n单位：个\n东关街道 2\n西关街道 1\n北山镇 3\n合 计 6\n"
        "进度安排：\n9月：建成3个\n11月：累计建成6个\n"
        "项目二：修建便民桥5座\n责任单位：县交通局\n任务分解：\n东关街道：2座\n北山镇：3座\n合计：5座\n"
        "进度安排：6月建成5座。\n",
        encoding="utf-8",
    )
    parks, bridges = read(path).document.projects
    assert shares(parks) == {"东关街道": "2", "西关街道": "1", "北山镇": "3"}
    assert parks.allocation_total == Decimal(6)
    assert shares(bridges) == {"东关街道": "2", "北山镇": "3"}


def test_parts_in_brackets_of_a_title_are_no_target(tmp_path: Path) -> None:
    """The last period's number must not pass for the target because one township's part is the same."""
    path = tmp_path / "任务书.txt"
    path.write_text(
        "云岭县2025年民生实事项目目标任务\n"
        "1.创建示范村8个（东关街道1个、北山镇4个、南河镇3个）\n责任单位：县农业农村局\n"
        "进度安排：1—6月完成2个；7—9月完成3个；10—12月完成3个。\n",
        encoding="utf-8",
    )
    villages = read(path).document.projects[0]
    assert villages.target == target("8", "个")
    assert plan(villages) == [(1, 6, "2"), (7, 9, "5"), (10, 12, "8")]


def list_of_quarters(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    for row in [
        ["云岭县2025年民生实事项目任务清单"],
        ["序号", "项目名称及年度目标", "牵头单位", "一季度", "二季度", "四季度"],
        [1, "新建幼儿园6所", "县教育局", "—", "完工2所", "累计完工6所"],
        [2, "新增学位1200个", "县教育局", "制定方案", "新增300个", "累计新增1200个"],
        [3, "改造农村公路25.5公里", "县交通运输局", "无", "10公里", "25.5公里"],
    ]:
        sheet.append(row)
    for row in [
        ["乡镇", "改造农村公路（公里）", "新增学位（个）"],
        ["山前镇", 15.5, 800],
        ["河口乡", 10, 400],
    ]:
        if sheet.title != "乡镇分解":
            sheet = book.create_sheet("乡镇分解")
        sheet.append(row)
    book.save(path)
    return path


def test_a_list_with_quarters_and_a_second_sheet_for_the_townships(tmp_path: Path) -> None:
    reading = read(list_of_quarters(tmp_path / "任务书.xlsx"))
    schools, places, roads = reading.document.projects
    assert (schools.title, schools.target) == ("新建幼儿园6所", target("6", "所"))
    assert plan(schools) == [(4, 6, "2"), (10, 12, "6")], "a dash is no node"
    assert plan(places) == [(1, 3, None), (4, 6, "300"), (10, 12, "1200")]
    assert shares(places) == {"山前镇": "800", "河口乡": "400"}
    assert shares(roads) == {"山前镇": "15.5", "河口乡": "10"}
    assert plan(roads) == [(4, 6, "10"), (10, 12, "25.5")]
    assert codes(reading, Severity.ERROR) == []
    assert codes(reading, Severity.WARNING) == []
    assert [f.message for f in reading.findings if f.code == "D12B"] == [
        "任务书里各项目都没有写责任领导。", "任务书里各项目都没有写责任人。",
    ]  # fmt: skip
