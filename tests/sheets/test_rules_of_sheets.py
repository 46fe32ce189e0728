"""校验 of the sheets themselves, rule by rule: names, labels, formulas, inputs, tabs, and what 设置 says of the rules."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl.workbook.defined_name import DefinedName

from jobs.as_a_program import edited, rows_inserted
from jobs.county_book import county_file, typed
from minsheng.domain.catalogue import RULES
from minsheng.domain.finding import Finding, Severity
from minsheng.hosts import opened
from minsheng.jobs.checking import check
from minsheng.jobs.exporting import show
from minsheng.sheets import layout
from minsheng.sheets.open_master import OpenMaster
from small_county import WATER


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    return county_file(tmp_path / "总表.xlsx")


def sheet_findings(path: Path) -> list[Finding]:
    with opened("file", path) as book:
        return OpenMaster.read(book).findings


def only(path: Path, code: str) -> Finding:
    findings = sheet_findings(path)
    assert [finding.code for finding in findings] == [code]
    assert findings[0].severity is RULES[code].severity
    return findings[0]


def insert_row(path: Path, sheet: str, row: int, texts: tuple[object, ...]) -> None:
    """A row inserted above ``row``, as a program does it: names, formulas and merged cells below move down."""
    rows_inserted(path, sheet, row)
    typed(path, **{f"{sheet}!{letter}{row}": text for letter, text in zip("AB", texts, strict=True)})


def setting(path: Path, name: str, row: int, label: str) -> str:
    """The cell of a table of 设置, row from 1 below the header, as ``设置!P3``."""
    with opened("file", path) as book:
        master = OpenMaster.read(book)
        block = master.settings.image.block(master.places.areas[name])
        return f"设置!{block.cell(block.header_row + row, block.columns()[label])}"


def rule_cell(path: Path, code: str) -> str:
    with opened("file", path) as book:
        master = OpenMaster.read(book)
        block = master.settings.image.block(master.places.areas[layout.NAME_RULES])
        columns = block.columns()
        row = next(row for row in block.rows if block.image.text(row, columns["代码"]) == code)
        return f"设置!{block.cell(row, columns['级别'])}"


def test_a_fresh_master_has_no_finding_of_its_sheets(book_file: Path) -> None:
    assert sheet_findings(book_file) == []


@pytest.mark.parametrize("phrase", ["13月份", "5—3月份", "尽快"])
def test_m303_a_node_in_no_month_is_left_out_and_said(book_file: Path, phrase: str) -> None:
    with opened("file", book_file) as book:
        row = OpenMaster.read(book).projects[1].node_rows[1]
    typed(book_file, **{f"01!A{row}": phrase})
    finding = only(book_file, "M303")
    assert (finding.project, finding.cell) == (1, f"A{row}")
    assert phrase in finding.message
    with opened("file", book_file) as book:
        assert check(book).findings


def test_m306_a_title_with_another_number(book_file: Path) -> None:
    typed(book_file, **{"01!A1": "2.★为6.16万60岁以上老年人免费接种流感疫苗。"})
    assert "序号是2" in only(book_file, "M306").message


def test_m111_another_target_without_a_row_to_report_it(book_file: Path) -> None:
    with opened("file", book_file) as book:
        master = OpenMaster.read(book)
        cells = {n: master.projects[n].labels[layout.MORE_TARGETS] for n in (1, 5)}
    book_cell = f"01!{chr(64 + cells[1][1])}{cells[1][0]}"
    typed(book_file, **{book_cell: "≥60%"})
    assert "≥60%" in only(book_file, "M111").message
    typed(book_file, **{book_cell: "六成以上"})
    assert only(book_file, "M504").project == 1


def test_m501_a_lost_name(book_file: Path) -> None:
    with edited(book_file) as workbook:
        del workbook.defined_names["P03_节点"]
    assert "P03_节点" in only(book_file, "M501").message


def test_m502_a_lost_heading(book_file: Path) -> None:
    typed(book_file, **{"02!B7": "任务"})
    assert "全年任务" in only(book_file, "M502").message


@pytest.mark.parametrize(
    ("place", "value", "label"),
    [
        ("01!O8", 12, "最新累计"),
        ("01!Q8", "正常", "状态"),
        ("01!B10", 1000, "合计"),
        ("01!D10", 7, "合计"),
        ("01!D11", None, "计划累计"),
        ("01!J14", 3, "实际累计"),
        ("汇总表!H4", 5, "实际累计"),
    ],
)
def test_m503_a_formula_typed_over(book_file: Path, place: str, value: object, label: str) -> None:
    typed(book_file, **{place: value})
    finding = only(book_file, "M503")
    assert (f"{finding.sheet}!{finding.cell}", finding.project) == (place, 1)
    assert f"“{label}”" in finding.message


def test_m503_the_day_in_use_typed_over(book_file: Path) -> None:
    with opened("file", book_file) as book:
        row, column = OpenMaster.read(book).settings.cells[layout.PARAM_AS_OF_USED]
    typed(book_file, **{f"设置!{chr(64 + column)}{row}": "2024-06-30"})
    assert only(book_file, "M503").sheet == "设置"


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("01!C8", "约30"),
        ("01!C8", -3),
        ("01!B8", -400),
        ("01!C8", True),
        ("01!K14", "做完了"),
        ("01!L14", "上个月"),
        ("设置!B6", "某月"),
        ("设置!F3", "大镇"),
    ],
)
def test_m504_an_input_that_is_none(book_file: Path, place: str, value: object) -> None:
    typed(book_file, **{place: value})
    finding = only(book_file, "M504")
    assert f"{finding.sheet}!{finding.cell}" == place


def test_m504_a_pair_of_projects_that_is_none(book_file: Path) -> None:
    inner = setting(book_file, layout.NAME_CONTAINMENTS, 1, "项目")
    typed(book_file, **{inner: "第24项"})
    assert only(book_file, "M504").sheet == "设置"


def test_m505_a_formula_where_a_number_belongs(book_file: Path) -> None:
    typed(book_file, **{"01!C8": "=100+20"})
    assert only(book_file, "M505").cell == "C8"


@pytest.mark.parametrize("with_names", [True, False])
def test_m506_a_deleted_project_sheet(book_file: Path, with_names: bool) -> None:
    """Some programs leave the names of a deleted tab broken, some take them away with it."""
    with edited(book_file) as workbook:
        del workbook["04"]
        if not with_names:
            for name in [name for name in workbook.defined_names if name.startswith("P04_")]:
                del workbook.defined_names[name]
    assert only(book_file, "M506").project == 4


def test_m507_a_unit_with_two_rows(book_file: Path) -> None:
    typed(book_file, **{"01!A9": "丹东"})
    finding = only(book_file, "M507")
    assert (finding.cell, finding.unit) == ("A9", "丹东")


def test_m508_a_rule_that_must_speak_cannot_be_switched_off(book_file: Path) -> None:
    typed(book_file, **{rule_cell(book_file, "M504"): "不检查", "01!C8": "约30"})
    findings = sheet_findings(book_file)
    assert {finding.code for finding in findings} == {"M504", "M508"}
    with opened("file", book_file, change=True) as book:
        assert Severity.ERROR in {f.severity for f in check(book).findings if f.code == "M504"}


def test_m509_a_rule_that_is_not_there(book_file: Path) -> None:
    typed(book_file, **{setting(book_file, layout.NAME_RULES, 1, "代码"): "M999"})
    assert "M999" in only(book_file, "M509").message


def test_m510_a_copied_tab_counts_nothing(book_file: Path) -> None:
    with edited(book_file) as workbook:
        copy = workbook.copy_worksheet(workbook["01"])
        copy.title = "01 (2)"
        copy["C8"] = 99
        copy.defined_names["P01_分解"] = DefinedName("P01_分解", attr_text="'01 (2)'!$A$7:$R$9")
    assert only(book_file, "M510").sheet == "01 (2)"
    with opened("file", book_file) as book:
        assert not OpenMaster.read(book).master.reports


@pytest.mark.parametrize(
    ("tab", "severity"),
    [("汇总记录", Severity.ERROR), ("填报明细", Severity.ERROR), ("汇总表", Severity.ERROR), ("设置", Severity.ERROR),
     ("校验结果", Severity.ERROR), ("首页", Severity.WARNING), ("按责任单位", Severity.WARNING), ("镇乡进度", Severity.WARNING)],
)  # fmt: skip
@pytest.mark.parametrize("with_names", [True, False])
def test_m521_a_sheet_of_ours_that_was_deleted(
    book_file: Path, tab: str, severity: Severity, with_names: bool
) -> None:
    with edited(book_file) as workbook:
        del workbook[tab]
        if not with_names:
            for name, place in list(workbook.defined_names.items()):
                if tab in str(place.attr_text):
                    del workbook.defined_names[name]
    findings = [finding for finding in sheet_findings(book_file) if finding.code == "M521"]
    assert findings
    assert {(finding.sheet, finding.severity) for finding in findings} == {(tab, severity)}
    with opened("file", book_file) as book:
        assert any(f.code == "M521" and tab in f.message for f in check(book).findings)


def test_m501_a_table_whose_name_was_deleted_is_found_where_it_stands(book_file: Path) -> None:
    """A renamed tab without its name: its header tells it."""
    with edited(book_file) as workbook:
        del workbook.defined_names["汇总记录"]
        workbook["汇总记录"].title = "日志"
    finding = only(book_file, "M501")
    assert (finding.sheet, finding.severity) == ("日志", Severity.ERROR)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("01!R7", "6月"),
        ("01!R13", "备注2"),
        ("汇总记录!B2", "批次"),
        ("01!C4", "责任人"),
        ("设置!A9", "年度"),
    ],
)
def test_m522_two_columns_of_one_name(book_file: Path, place: str, text: str) -> None:
    typed(book_file, **{place: text})
    found = {f"{f.sheet}!{f.cell}" for f in sheet_findings(book_file) if f.code == "M522"}
    assert found == (set() if text == "备注2" else {place})


def test_m523_a_block_on_another_sheet(book_file: Path) -> None:
    with edited(book_file) as workbook:
        workbook.defined_names["P03_节点"].attr_text = "'02'!$A$15:$R$16"
    assert "“02”A15:R16" in only(book_file, "M523").message


def test_m523_marks_beside_other_rows(book_file: Path) -> None:
    with edited(book_file) as workbook:
        marks = workbook.defined_names["P01_标记"]
        marks.attr_text = marks.attr_text.replace("$9", "$8")
    assert only(book_file, "M523").project == 1


@pytest.mark.parametrize(
    ("sheet", "row", "texts", "reason"),
    [
        ("01", 10, ("注：以上为街道", None), "不在“设置”"),
        ("01", 10, ("保税区", 5), "不在“设置”"),
        ("01", 10, (None, 5), "没有单位名称"),
        ("03", 9, ("石浦", 5), "没有任务分解表"),
        ("06", 11, ("丹东、石浦", 5), "认不到"),
    ],
)
def test_m524_a_row_above_the_total_that_is_no_units(
    book_file: Path, sheet: str, row: int, texts: tuple[str | None, int | None], reason: str
) -> None:
    insert_row(book_file, sheet, row, texts)
    finding = only(book_file, "M524")
    assert (finding.sheet, finding.cell) == (sheet, f"A{row}")
    assert reason in finding.message


def test_m524_a_node_below_the_nodes(book_file: Path) -> None:
    with opened("file", book_file) as book:
        row = OpenMaster.read(book).projects[1].node_rows[-1] + 1
    insert_row(book_file, "01", row, ("12月份", "收尾"))
    assert only(book_file, "M524").cell == f"A{row}"


def test_m525_numbers_of_nobody(book_file: Path) -> None:
    typed(book_file, **{"01!A9": None})
    assert only(book_file, "M525").cell == "A9"


def test_m526_a_total_sorted_in_among_the_units(book_file: Path) -> None:
    typed(book_file, **{"01!A9": "合计"})
    assert only(book_file, "M526").cell == "A9"


def test_m526_a_stand_in_that_is_not_the_last(book_file: Path) -> None:
    typed(book_file, **{"06!A8": WATER, "06!A10": "丹东", "06!B8": 5, "06!B10": None})
    assert only(book_file, "M526").cell == "A8"


def test_m530_a_month_left_of_the_one_before_it(book_file: Path) -> None:
    typed(book_file, **{"01!G7": "6月", "01!H7": "5月"})
    finding = only(book_file, "M530")
    assert (finding.cell, "“5月”的左边" in finding.message) == ("G7", True)


def test_m503_a_formula_of_the_summary_that_gives_an_error(book_file: Path) -> None:
    """As a program leaves it where a name that the formula reads points nowhere."""
    with ZipFile(book_file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    broken = re.compile(
        rb'<c r="H4"([^>]*)>(<f>[^<]*</f>)<v>[^<]*</v></c>|<c r="H4"([^>]*)>(<f>[^<]*</f>)</c>'
    )
    changed = 0
    with opened("file", book_file) as book:
        assert book.sheets["汇总表"].range("H4").formula.startswith("=")
        number = book.sheets["汇总表"].index
    for name, content in parts.items():
        if name.endswith(f"/sheet{number}.xml"):
            parts[name], changed = broken.subn(rb'<c r="H4" t="e">\g<2>\g<4><v>#NAME?</v></c>', content)
    assert changed == 1
    with ZipFile(book_file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    finding = only(book_file, "M503")
    assert (finding.sheet, finding.cell, "#NAME?" in finding.message) == ("汇总表", "H4", True)


def test_a_name_alone_among_the_units_is_a_remark_and_no_unit(book_file: Path) -> None:
    cell = setting(book_file, layout.NAME_UNITS, 7, layout.UNIT)
    typed(book_file, **{cell: "以上为名单"})
    assert only(book_file, "M504").cell == cell.split("!")[1].replace("E", "F")
    with opened("file", book_file) as book:
        master = OpenMaster.read(book)
    assert "以上为名单" not in {unit.name for unit in master.master.document.units}
    assert not master.gaps


def test_m527_a_unit_added_above_the_total_is_one_like_the_others(book_file: Path) -> None:
    insert_row(book_file, "01", 10, ("丹东、石浦", 50))
    assert only(book_file, "M527").cell == "A10"
    with opened("file", book_file) as book:
        project = OpenMaster.read(book).projects[1].project
    assert project is not None
    assert [(row.unit, row.quantity) for row in project.allocations][-1] == ("丹东、石浦", 50)


def test_m528_a_project_that_the_summary_does_not_list(book_file: Path) -> None:
    typed(book_file, **{"汇总表!A5": None})
    assert (only(book_file, "M528").project, only(book_file, "M528").sheet) == (2, "汇总表")


def test_m529_a_tab_without_its_names(book_file: Path) -> None:
    with edited(book_file) as workbook:
        for name in [name for name in workbook.defined_names if name.startswith("P04_")]:
            del workbook.defined_names[name]
    assert (only(book_file, "M529").project, only(book_file, "M529").sheet) == (4, "04")


def test_labels_that_differ_in_spaces_are_the_same(book_file: Path) -> None:
    typed(book_file, **{"01!H7": " 6 月 ", "01!B7": "全年　任务", "01!A2": " 责任领导", "01!A10": "合 计"})
    assert sheet_findings(book_file) == []


def test_everything_that_is_missing_is_said_at_once(book_file: Path) -> None:
    typed(
        book_file,
        **{"01!H7": "六月", "02!B7": "任务数", "05!A2": "领导", "汇总记录!B2": "时刻", "01!I7": "七月"},
    )
    assert [(f.code, f.sheet, f.cell) for f in sheet_findings(book_file)] == [
        ("M502", "汇总记录", "B2"), ("M502", "01", "H7"), ("M502", "01", "I7"), ("M502", "02", "B7"), ("M502", "05", "A1"),
    ]  # fmt: skip


def test_a_word_that_is_no_severity_is_said_and_the_rule_stands(book_file: Path) -> None:
    typed(book_file, **{rule_cell(book_file, "M503"): "严重"})
    assert only(book_file, "M504").sheet == "设置"


def test_a_rule_of_the_sheets_is_as_grave_as_the_settings_say(book_file: Path) -> None:
    """校验, its exit code and ``show`` agree."""
    typed(book_file, **{"01!O8": 12})

    def judged(word: str) -> tuple[list[str], list[str]]:
        typed(book_file, **{rule_cell(book_file, "M503"): word})
        with opened("file", book_file, change=True) as book:
            checked = [str(f.severity) for f in check(book).findings if f.code == "M503"]
        with opened("file", book_file) as book:
            shown = [f["severity"] for f in show(book)["findings"] if f["code"] == "M503"]
        return checked, shown

    assert judged("错误") == (["error"], ["error"])
    assert judged("不检查") == ([], [])


def test_signs_stand_in_the_row_and_month_of_the_finding(book_file: Path) -> None:
    typed(book_file, **{"01!D8": "约30", "01!E9": 9.5, "01!K14": "做完了", "02!Q4": 2})
    with opened("file", book_file, change=True) as book:
        check(book)
    with opened("file", book_file) as book:
        master = OpenMaster.read(book)
    found = {
        (number, place, block.image.text(row, block.columns()[layout.MARK_KEY]), label): block.image.text(row, column)
        for number, sheet in master.projects.items()
        for place, block in sheet.marks.items()
        for label, column in block.columns().items()
        for row in block.rows
        if "问题" in label and block.image.text(row, column)
    }  # fmt: skip
    assert found == {
        (1, layout.UNIT_MARKS, "丹东", "2月问题"): "错误",
        (1, layout.UNIT_MARKS, "石浦", "3月问题"): "错误",
        (1, layout.NODE_MARKS, "1—3月份", "问题"): "错误",
        (2, layout.PROJECT_MARKS, "2", "问题"): "提醒",
        (6, layout.UNIT_MARKS, "县住建局", "问题"): "错误",
    }
