"""Every input cell of a master is judged as strictly as one of a 填报表, and never otherwise than the formulas take it."""

from __future__ import annotations

import datetime
import zipfile
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from openpyxl import load_workbook

from jobs.county_book import county_file, typed
from minsheng.domain.finding import Finding
from minsheng.domain.quantity import plain
from minsheng.errors import MasterDamaged
from minsheng.hosts import opened
from minsheng.jobs.checking import check
from minsheng.jobs.exporting import show
from minsheng.jobs.judging import colour
from minsheng.sheets.open_master import OpenMaster


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    return county_file(tmp_path / "总表.xlsx")


def read(path: Path) -> OpenMaster:
    with opened("file", path) as book:
        return OpenMaster.read(book)


def shown_findings(path: Path) -> list[dict[str, Any]]:
    with opened("file", path) as book:
        found: list[dict[str, Any]] = show(book)["findings"]
    return found


def formatted(path: Path, cell: str, value: object, code: str) -> None:
    """A value and its format, as another program stores them."""
    workbook = load_workbook(path)
    sheet, place = cell.split("!")
    workbook[sheet][place].value, workbook[sheet][place].number_format = value, code
    workbook.save(path)


def merged(path: Path, sheet: str, area: str, **values: object) -> None:
    """An area merged by a program that keeps what stood in the covered cells, and values put into them."""
    workbook = load_workbook(path)
    page = workbook[sheet]
    page.merge_cells(area)
    page.unmerge_cells(area)
    for cell, value in values.items():
        page[cell].value = value
    page.merged_cells.add(area)
    workbook.save(path)


@pytest.mark.parametrize("text", ["'9", "'９", "'9人", "'1,200", "'1.2万", "' 9 "])
def test_m511_text_that_looks_like_a_number_is_named_and_counted_by_nobody(
    book_file: Path, text: str
) -> None:
    typed(book_file, **{"01!C8": text, "01!C9": 20})
    master = read(book_file)
    assert [(report.unit, report.value) for report in master.master.reports] == [("石浦", 20)]
    assert [(f.code, f.project, f.unit, f.sheet, f.cell) for f in master.findings] == [
        ("M511", 1, "丹东", "01", "C8")
    ]
    assert "公式不会把它算进去" in master.findings[0].message


@pytest.mark.parametrize("cell", ["01!B8", "01!B4", "01!I15", "02!C8"])
def test_m511_in_every_input_that_formulas_read(book_file: Path, cell: str) -> None:
    typed(book_file, **{cell: "'7"})
    assert [(f.code, f"{f.sheet}!{f.cell}") for f in read(book_file).findings] == [("M511", cell)]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("约30", "不是确切的数"), ("3\n120", "格子里不止一个数"), (-3, "是负数"), (True, "是逻辑值"), (2e13, "数太大"),
        (datetime.datetime(2024, 6, 1), "是日期"), ("'12345678901234567890", "有效数字超过15位"), ("'²", "不是数字"), ("'nan", "不是数字"),
    ],
)  # fmt: skip
def test_m504_what_is_refused_in_a_form_is_refused_in_the_master(
    book_file: Path, value: object, reason: str
) -> None:
    typed(book_file, **{"01!C8": value})
    master = read(book_file)
    assert master.master.reports == ()
    assert [(f.code, f.cell) for f in master.findings] == [("M504", "C8")]
    assert reason in master.findings[0].message


def test_a_stored_number_is_what_the_clerk_sees(book_file: Path) -> None:
    typed(book_file, **{"02!B8": 1.5999999999999999, "02!C8": 0.1 + 0.2, "02!I15": 1.4999999999999998})
    master = read(book_file)
    project = master.master.document.projects[1]
    assert plain(project.allocations[0].quantity or Decimal(0)) == "1.6"
    assert [plain(report.value or Decimal(0)) for report in master.master.reports] == ["0.3"]
    assert master.findings == []


@pytest.mark.parametrize(
    ("code", "cell", "shown", "stands"),
    [
        ("0%", "03!C8", "“55%”", "0.55"),
        ('0.0,"万"', "01!C8", "另一个数", "50000"),
        ("0,", "01!B8", "另一个数", "50000"),
        ('0"亿"', "01!B4", "另一个数", "50000"),
    ],
)
def test_m512_a_format_that_shows_another_number(
    book_file: Path, code: str, cell: str, shown: str, stands: str
) -> None:
    formatted(book_file, cell, float(stands), code)
    (finding,) = [f for f in shown_findings(book_file) if f["code"] == "M512"]
    assert (f"{finding['sheet']}!{finding['cell']}") == cell
    assert f"显示的是{shown}，存的数是{stands}" in finding["message"]


def test_usual_formats_and_many_at_once_are_no_finding(book_file: Path) -> None:
    workbook = load_workbook(book_file)
    formats = {"C8": "#,##0", "D8": "0.00", "C9": '0"公里"', "E10": "@", "N9": "0%"}
    for cell, code in formats.items():
        workbook["02"][cell].value, workbook["02"][cell].number_format = 7.0, code
    workbook.save(book_file)
    assert [(f["code"], f["cell"]) for f in shown_findings(book_file)] == [("M512", "N9")]


def test_m513_a_number_that_a_merged_cell_covers(book_file: Path) -> None:
    merged(book_file, "01", "C8:C9", C8=9, C9=13)
    (finding,) = [f for f in shown_findings(book_file) if f["code"] == "M513"]
    assert (finding["sheet"], finding["cell"]) == ("01", "C9")
    assert "C8:C9合并成了一格，C9的13看不见" in finding["message"]
    master = read(book_file).master
    assert [report.value for report in master.reports] == [9, 13], "formulas count it, and so does judgement"


def test_m513_a_cell_that_has_no_room_for_its_number(book_file: Path) -> None:
    merged(book_file, "02", "D9:E9")
    (finding,) = [f for f in shown_findings(book_file) if f["code"] == "M513"]
    assert finding["cell"] == "E9"
    assert "没有地方填数" in finding["message"]


def test_merged_cells_elsewhere_are_nobodys_business(book_file: Path) -> None:
    merged(book_file, "01", "Q8:R8")
    assert shown_findings(book_file) == []


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("01!A1", "1" * 6000 + ".建公园"), ("01!A1", "1." + " " * 30_000 + "建公园"), ("01!A1", "².建公园"), ("01!M5", " " * 30_000 + "x"),
        ("01!M5", "²%"), ("设置!J3", "²"), ("设置!J3", "1" * 6000), ("汇总表!A4", "²"), ("汇总表!A4", "1" * 6000), ("01!A15", "²月"), ("01!C7", "1" * 6000),
    ],
)  # fmt: skip
def test_no_text_in_any_cell_is_an_accident_or_takes_long(book_file: Path, cell: str, text: str) -> None:
    typed(book_file, **{cell: f"'{text}"})
    with opened("file", book_file) as book:
        started = perf_counter()
        OpenMaster.read(book)
        assert perf_counter() - started < 3


@pytest.mark.parametrize("stored", ["nan", "inf", "1e999", "-1e999"])
def test_m504_what_a_broken_program_stores_as_a_number(book_file: Path, stored: str) -> None:
    typed(book_file, **{"01!C8": 77, "01!I15": 77})
    with zipfile.ZipFile(book_file) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    with zipfile.ZipFile(book_file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content.replace(b"<v>77</v>", f"<v>{stored}</v>".encode()))
    assert [(f.code, f.cell) for f in read(book_file).findings] == [("M504", "C8"), ("M504", "I15")]


class TestDays:
    """截至日期, 完成日期 and 调整后时间."""

    @pytest.mark.parametrize("cell", ["01!L14", "01!O15"])
    @pytest.mark.parametrize(
        "value", [datetime.datetime(1905, 7, 16), 2024.6, "6月底", datetime.datetime(2104, 6, 30)]
    )
    def test_m504_a_day_that_is_none(self, book_file: Path, cell: str, value: object) -> None:
        typed(book_file, **{cell: value})
        assert [(f.code, f"{f.sheet}!{f.cell}") for f in read(book_file).findings] == [("M504", cell)]

    def test_a_day_as_text_is_one_where_no_formula_reads_it(self, book_file: Path) -> None:
        typed(book_file, **{"01!L14": "'2024.3.1"})
        assert read(book_file).master.document.projects[0].milestones[0].done_on == datetime.date(2024, 3, 1)

    def test_m504_a_day_as_text_where_formulas_pass_over_it(self, book_file: Path) -> None:
        typed(book_file, **{"01!O15": "'2024-08-31"})
        master = read(book_file)
        assert master.master.document.projects[0].milestones[1].adjusted_to is None
        assert "是文字，不是日期" in master.findings[0].message

    def test_m514_judged_on_a_day_of_another_year(self, book_file: Path) -> None:
        typed(book_file, **{"设置!B5": datetime.datetime(2042, 6, 30)})
        assert [(f.code, f.sheet, f.cell) for f in read(book_file).findings] == [("M514", "设置", "B5")]
        typed(book_file, **{"设置!B5": datetime.datetime(2024, 6, 30)})
        assert read(book_file).findings == []

    @pytest.mark.parametrize("formula", ["=TODAY()", "=EOMONTH(DATE(2024,6,1),1)", "=Z1", "=DATE(2024,6,30)"])
    def test_m505_a_formula_as_the_day_stops_on_a_plain_file(self, book_file: Path, formula: str) -> None:
        typed(book_file, **{"设置!B5": formula})
        assert "M505" in {finding.code for finding in read(book_file).findings}
        with opened("file", book_file) as book, pytest.raises(MasterDamaged, match="设置.*B5"):
            colour(book)


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [
        ("B8", 10.5, "应是0到366的整数"), ("B8", 400, "应是0到366的整数"), ("B9", 0, "应是1到31的整数"), ("B9", 32, "应是1到31的整数"),
        ("B6", "'2023-06", "不在2024年内"), ("B6", "某月", "不是月份"), ("B6", 2024.06, "不是月份"), ("B10", "A5", "没有采用"),
    ],
)  # fmt: skip
def test_m504_a_setting_that_is_none(book_file: Path, cell: str, value: object, reason: str) -> None:
    typed(book_file, **{f"设置!{cell}": value})
    (finding,) = read(book_file).findings
    assert (finding.code, finding.sheet, finding.cell) == ("M504", "设置", cell)
    assert reason in finding.message


@pytest.mark.parametrize(
    ("value", "month"), [("'2024-06", 6), ("'２０２４-０６", 6), (datetime.datetime(2024, 6, 1), 6)]
)
def test_the_month_of_the_settings_however_a_program_stored_it(
    book_file: Path, value: object, month: int
) -> None:
    typed(book_file, **{"设置!B6": value})
    period = read(book_file).master.settings.period
    assert period is not None
    assert period.month == month


def test_the_findings_of_looks_are_on_the_sheet_of_findings(book_file: Path) -> None:
    merged(book_file, "01", "C8:C9", C9=13)
    with opened("file", book_file, change=True) as book:
        found: tuple[Finding, ...] = check(book).findings
    assert "M513" in {finding.code for finding in found}
