"""A 核对稿 comes back as it went out; what was ticked or corrected in it is no doubt any more."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from incoming.task_document_writers import SAMPLE, write_seed_docx, write_template, write_text
from incoming.test_task_document_round_trip import documents
from minsheng import cli
from minsheng.domain import review
from minsheng.domain.document import TaskDocument
from minsheng.domain.project import Allocation
from minsheng.domain.stored import stored, unstored
from minsheng.errors import NotATaskDocument, TargetExists
from minsheng.incoming.task_document import Reading, read
from minsheng.jobs.importing import read_for_review

MESSY = """2025年某县民生实事项目任务分解
1.新建公厕20座、改造公厕30座
责任领导：张三
责任单位：县住建局
责任人：李四
任务分解：丹东 8，石浦 9，合计 20
进度安排：3月份，选址12处；6月份，建成8座，另有5座在建；12月份，约20座建成。
2.改造老旧小区5个
责任单位：县建设局
进度安排：13月份，完成5个。
"""


def reviewed(source: Path, folder: Path) -> Path:
    copy = folder / "核对稿.xlsx"
    copy.unlink(missing_ok=True)
    read_for_review(source, copy)
    return copy


def change(copy: Path, **cells: Any) -> Path:
    """Type into cells, each named sheet_A1, and save as a spreadsheet program does."""
    book = load_workbook(copy)
    for name, value in cells.items():
        sheet, cell = name.split("_")
        book[sheet][cell] = value
    book.save(copy)
    return copy


def messy(folder: Path) -> Path:
    path = folder / "任务书.txt"
    path.write_text(MESSY, encoding="utf-8")
    return path


@pytest.fixture(params=["txt", "docx", "messy", "template"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return {
        "txt": lambda: SAMPLE,
        "docx": lambda: write_seed_docx(tmp_path / "任务书.docx"),
        "messy": lambda: messy(tmp_path),
        "template": lambda: write_template(read(SAMPLE).document, tmp_path / "任务书模板.xlsx"),
    }[request.param]()


def test_what_nobody_touched_comes_back_whole(source: Path, tmp_path: Path) -> None:
    whole = read(source)
    assert read(reviewed(source, tmp_path)) == whole
    assert read(change(tmp_path / "核对稿.xlsx")) == whole  # saved by another program


def test_the_visible_cells_alone_say_the_same(tmp_path: Path) -> None:
    """Without its hidden sheet it is a filled template: all that lines up stands in the cells that a clerk sees."""
    copy = reviewed(SAMPLE, tmp_path)
    book = load_workbook(copy)
    del book[review.STORE]
    book.save(copy)
    lined_up = [project for project in read(SAMPLE).document.projects if project.stand_in is None]
    again = {project.number: project for project in read(copy).document.projects}
    assert [again[project.number] for project in lined_up] == lined_up


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(document=documents())
def test_any_document_comes_back_whole(tmp_path: Path, document: TaskDocument) -> None:
    source = write_text(document, tmp_path / "任务书.txt")
    assert read(reviewed(source, tmp_path)) == read(source)


def doubts(copy: Path) -> dict[int, str]:
    """The rows of the first sheet by the number of the doubt: its words."""
    rows = load_workbook(copy).worksheets[0].iter_rows(values_only=True)
    return {int(row[0]): str(row[5]) for row in rows if isinstance(row[0], int)}


def test_every_doubt_is_listed_coloured_and_signed(tmp_path: Path) -> None:
    copy = reviewed(messy(tmp_path), tmp_path)
    reading = read(tmp_path / "任务书.txt")
    assert list(doubts(copy).values()) == [finding.message for finding in reading.findings]
    book = load_workbook(copy)
    signed = {
        (sheet.title, cell.row)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if "？" in cell.number_format and cell.fill.fill_type == "solid"
    }
    noted = {
        (sheet.title, cell.row)
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith("？核对")
    }
    assert signed == noted
    assert {project for finding in reading.findings if (project := finding.project)} == {
        row - 4 if sheet == "项目" else book[sheet].cell(row, 1).value for sheet, row in signed
    }


def test_a_tick_ends_a_doubt_and_no_other(tmp_path: Path) -> None:
    copy = reviewed(messy(tmp_path), tmp_path)
    whole = read(copy)
    assert len(whole.findings) > 2
    sheet = load_workbook(copy).worksheets[0]
    row = next(row for row in range(1, sheet.max_row) if sheet.cell(row, 1).value == 2)
    again = read(change(copy, **{f"核对_H{row}": "√"}))
    assert again == Reading(whole.document, (whole.findings[0], *whole.findings[2:]))


def test_a_correction_changes_its_field_alone_and_is_not_asked_about(tmp_path: Path) -> None:
    copy = reviewed(SAMPLE, tmp_path)
    whole = read(copy)
    again = read(change(copy, 项目_H5="王五", 项目_J5="赵六"))
    first = whole.document.projects[0]
    assert again.document.projects == (
        replace(first, leader="王五", owner="赵六"),
        *whole.document.projects[1:],
    )
    assert again.findings == whole.findings
    assert again.document.units == whole.document.units


def test_the_table_that_did_not_line_up_is_settled_in_the_copy(tmp_path: Path) -> None:
    whole = read(SAMPLE)
    stuck = next(project for project in whole.document.projects if project.stand_in is not None)
    copy = reviewed(SAMPLE, tmp_path)
    sheet = load_workbook(copy)["任务分解"]
    rows = [row for row in range(4, sheet.max_row) if sheet.cell(row, 1).value == stuck.number]
    total = stuck.stand_in.quantity if stuck.stand_in else None
    assert total is not None
    given = [int(total) - (len(rows) - 2), *[1] * (len(rows) - 2)]
    cells = {f"任务分解_C{row}": value for row, value in zip(rows, given, strict=False)}
    again = read(change(copy, **cells))
    now = next(project for project in again.document.projects if project.number == stuck.number)
    assert now.stand_in is None
    assert now.allocations == tuple(
        Allocation(row.unit, Decimal(value)) for row, value in zip(stuck.allocations, given, strict=False)
    )
    assert not [finding for finding in again.findings if finding.severity == "error"]


def test_a_correction_that_contradicts_itself_is_an_error(tmp_path: Path) -> None:
    copy = reviewed(SAMPLE, tmp_path)
    before = [finding for finding in read(copy).findings if finding.severity == "error"]
    sheet = load_workbook(copy)["任务分解"]
    assert isinstance(sheet["C4"].value, int)
    again = read(change(copy, 任务分解_C4=sheet["C4"].value + 1))
    errors = [finding for finding in again.findings if finding.severity == "error"]
    assert [finding.project for finding in errors if finding not in before] == [sheet["A4"].value]


DOUBTFUL = """2025年清溪县民生实事项目目标任务责任分解
1.新建城乡公厕20座、改造公厕30座
责任领导：唐立新
责任单位：县城管局
责任人：何敏
任务分解：东山镇8座、西河街道7座、南湖乡6座，合计20座
进度安排：3月底前确定20座公厕选址；6月底前约完成8座；12月底前完成20座。
2.改造老旧小区12个
责任领导：周国平
责任单位：县住建局、县城投公司
责任人：李乙
进度安排：6月底前开工12个；9月底前完成5个；12月底前完成11个。
3.新增养老床位300张
责任领导：周国平
责任单位：县民政局
进度安排：6月底前新增100张；13月底前新增300张。
4.城区道路提升改造
责任领导：周国平
责任单位：县交通局
责任人：赵刚
任务分解：由各镇街自行申报
进度安排：8月底前完成主体工程；11月底前全部完工。
5.培训养老护理员500人
责任领导：唐立新
责任单位：县民政局
责任人：孙丽
任务分解：东山镇200人、西河街道200人、南湖乡约100人
进度安排：按季度推进，全年培训500人。
"""


def doubtful(folder: Path) -> Path:
    path = folder / "任务书.txt"
    path.write_text(DOUBTFUL, encoding="utf-8")
    return reviewed(path, folder)


def test_a_clerk_settles_every_doubt_by_the_words_of_the_copy(tmp_path: Path) -> None:
    """What was not read has an empty row to fill in; what is right is ticked; then nothing is asked again."""
    copy = doubtful(tmp_path)
    book = load_workbook(copy)
    shares, nodes, listed = book["任务分解"], book["进度安排"], book["核对"]

    def row(sheet: Any, number: int, second: str | None) -> int:
        return next(
            at
            for at in range(4, 40)
            if (sheet.cell(at, 1).value, sheet.cell(at, 2).value) == (number, second)
        )

    shares.cell(row(shares, 1, "南湖乡"), 3).value = 5
    shares.cell(row(shares, 5, "南湖乡"), 3).value = 100
    nodes.cell(row(nodes, 1, "6月底前"), 4).value = 8
    nodes.cell(row(nodes, 2, "12月底前"), 4).value = 12
    book["项目"]["J7"] = "冯宁"
    lost = row(nodes, 3, None)
    for column, value in enumerate(("12月底前", "新增300张", 300), start=2):
        nodes.cell(lost, column).value = value
    right = ("第二个指标", "前期工作", "开工或启动", "不止一个（", "各镇街自行申报", "没有数量", "按季度推进")
    for at in range(10, listed.max_row + 1):
        if any(words in str(listed.cell(at, 6).value) for words in right):
            listed.cell(at, 8).value = "√"
    book.save(copy)
    again = read(copy)
    assert [finding.message for finding in again.findings] == []
    toilets, quarters, beds, roads, nurses = again.document.projects
    assert [(row.unit, row.quantity) for row in toilets.allocations] == [
        ("东山镇", 8),
        ("西河街道", 7),
        ("南湖乡", 5),
    ]
    assert [node.cumulative for node in toilets.milestones] == [None, 8, 20]
    assert [node.cumulative for node in quarters.milestones] == [None, 5, 12]
    assert [(node.last_month, node.cumulative) for node in beds.milestones] == [(6, 100), (12, 300)]
    assert (beds.owner, roads.allocations, roads.target) == ("冯宁", (), None)
    assert [(row.unit, row.quantity) for row in nurses.allocations] == [
        ("东山镇", 200),
        ("西河街道", 200),
        ("南湖乡", 100),
    ]


def test_a_copy_speaks_of_itself_and_counts_its_doubts(tmp_path: Path) -> None:
    listed = load_workbook(doubtful(tmp_path))["核对"]
    advice = [str(listed.cell(at, 7).value) for at in range(10, listed.max_row + 1)]
    assert not [words for words in advice if "总表第" in words or "模板" in words or "重新导入" in words]
    assert [(listed.cell(at, 1).value, listed.cell(at, 3).value) for at in (5, 6, 7)] == [
        ("错误", 5), ("提醒", 3), ("提示", 5),
    ]  # fmt: skip
    assert "任务分解读不懂1处" in str(listed["E5"].value)


def test_the_month_that_is_none_is_why_the_last_node_is_short(tmp_path: Path) -> None:
    doubtful(tmp_path)
    found = [finding.code for finding in read(tmp_path / "任务书.txt").findings if finding.project == 3]
    assert "D151" in found
    assert "D137" not in found


def test_a_stored_reading_is_exact_or_none(tmp_path: Path) -> None:
    reading = read(SAMPLE)
    text = stored(reading.document, reading.findings)
    assert unstored(text) == (reading.document, reading.findings)
    good = json.loads(text)
    for name, bad in (("year", "2024"), ("units", 3), ("projects", [{}]), ("title", None)):
        assert unstored(json.dumps([good[0] | {name: bad}, good[1]])) is None
    assert unstored("") is None


@pytest.mark.parametrize(
    ("said", "forged"),
    [
        ('"first_month":1,"last_month":3', '"first_month":1,"last_month":13'),
        ('"value":"160"', '"value":"1E+999999999"'),
        ('"value":"160"', '"value":"NaN"'),
        ('"number":2,', '"number":1,'),
        ('"title":"', '"title":"\\u0000'),
        ('"year":2024', '"year":99999'),
        ('"relation":"="', '"relation":"<"'),
    ],
)
def test_a_forged_store_is_none_and_the_cells_are_read(said: str, forged: str, tmp_path: Path) -> None:
    copy = reviewed(SAMPLE, tmp_path)
    book = load_workbook(copy)
    sheet = book[review.STORE]
    text = "".join(str(row[0].value) for row in sheet.iter_rows(min_row=2))
    assert unstored(text) is not None
    assert said in text
    sheet.delete_rows(2, sheet.max_row)
    bad = text.replace(said, forged, 1)
    for row, start in enumerate(range(0, len(bad), 30_000), start=2):
        sheet.cell(row, 1).value = bad[start : start + 30_000]
    book.save(copy)
    reading = read(copy)
    assert not reading.reviewed
    assert len(reading.document.projects) == len(read(SAMPLE).document.projects)


@pytest.mark.validator
def test_the_copy_is_a_valid_workbook(validator: str, source: Path, tmp_path: Path) -> None:
    subprocess.run([validator, str(reviewed(source, tmp_path))], check=True, capture_output=True)


def test_nothing_is_written_where_nothing_is_read(tmp_path: Path) -> None:
    empty = tmp_path / "空.txt"
    empty.write_text("今天天气很好。", encoding="utf-8")
    with pytest.raises(NotATaskDocument):
        read_for_review(empty, tmp_path / "核对稿.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["空.txt"]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy, master = tmp_path / "核对稿.xlsx", tmp_path / "总表.xlsx"
    assert cli.main(["read", str(SAMPLE), "-o", str(copy), "--json"]) == 1  # item 19 does not line up
    told = json.loads(capsys.readouterr().out)
    assert (told["copy"], told["year"], told["projects"]) == (
        str(copy),
        2024,
        len(read(SAMPLE).document.projects),
    )
    before = copy.read_bytes()
    assert cli.main(["read", str(SAMPLE), "-o", str(copy)]) == 3
    assert "已经存在" in capsys.readouterr().err
    assert copy.read_bytes() == before
    with pytest.raises(TargetExists):
        read_for_review(SAMPLE, copy)
    assert cli.main(["import", str(copy), "-o", str(master)]) == 1
    assert cli.main(["show", str(master), "--json"]) == 0
