"""The 填报表 as a township clerk gets it: what may be typed, what it says at once, how it prints."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from minsheng.building import submission as building
from minsheng.domain.duties import recipients
from minsheng.domain.master import Master
from minsheng.domain.period import Period
from minsheng.incoming.task_document import Reading
from small_county import HEALTH, POLICE, county, report, unit

JUNE = Period(2024, 6)
SIGN_OFF = ("填报人：", "审核人：", "负责人：", "联系电话：", "报送日期：", "单位（盖章）：")


def sheet_of(master: Master, name: str, title: str = "填报", period: Period = JUNE) -> Worksheet:
    return load_workbook(io.BytesIO(building.build(master, unit(master, name), period)))[title]


def columns_of(sheet: Worksheet, label: str = "序号") -> tuple[int, dict[str, int]]:
    """The header's row and label → column."""
    header = next(row for row in sheet.iter_rows() if any(cell.value == label for cell in row))
    return header[0].row, {cell.value: cell.column for cell in header if cell.value}


def words(sheet: Worksheet) -> str:
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_only_the_number_the_words_and_the_sign_off_can_be_typed_into() -> None:
    sheet = sheet_of(county(), "丹东")
    header, columns = columns_of(sheet)
    assert sheet.protection.sheet
    assert not sheet.protection.password
    open_columns = {
        columns[label] for label in ("本月累计", "进展说明", "存在问题", "需协调事项", "预计完成时间")
    }
    places = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    rows = range(header + 1, header + 4)
    expected = {sheet.cell(row, column).coordinate for row in rows for column in open_columns}
    labels = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value in SIGN_OFF}
    assert tuple(labels) == SIGN_OFF
    expected |= {sheet.cell(cell.row, cell.column + 1).coordinate for cell in labels.values()}
    assert places == expected


def test_the_day_of_sending_is_a_date_that_the_reader_takes() -> None:
    from incoming.form_files import form, only, saved

    def sign(workbook: Any) -> None:
        from datetime import date

        sheet = workbook["填报"]
        (label,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "报送日期："]
        sheet.cell(label.row, label.column + 1).value = date(2024, 6, 28)

    assert str(only(saved(form(), sign)).sent_on) == "2024-06-28"


@pytest.mark.parametrize(
    ("before", "told"),
    [((), True), ((report(1, "丹东", 4, "60"),), True), ((report(1, "丹东", 5, "60"),), False)],
    ids=["never", "the month before last", "last month"],
)
def test_a_unit_that_owes_last_month_is_told_so(before: tuple[Any, ...], told: bool) -> None:
    assert ("还没有收到贵单位2024年05月的填报表" in words(sheet_of(county(*before), "丹东"))) is told


def test_in_january_nothing_is_owed() -> None:
    assert "还没有收到" not in words(sheet_of(county(), "丹东", period=Period(2024, 1)))


#: What WPS, LibreOffice and Excel 2007 alike can compute.
PLAIN_FUNCTIONS = {"IF", "ISERROR", "ISNUMBER", "NOT", "AND", "OR", "INT", "ROUND", "N"}


def test_no_formula_needs_a_program_of_today() -> None:
    for name in ("丹东", HEALTH, POLICE):
        sheet = sheet_of(county(), name)
        formulas = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        formulas += [str(validation.formula1) for validation in sheet.data_validations.dataValidation]
        assert formulas
        used = {function for formula in formulas for function in re.findall(r"([A-Z][A-Z.]*)\(", formula)}
        assert used <= PLAIN_FUNCTIONS


@pytest.mark.parametrize("title", ["填报", "节点"])
def test_it_prints_on_a4_across_one_page_wide(title: str) -> None:
    sheet = sheet_of(county(), HEALTH, title)
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth) == ("landscape", 9, 1)
    assert not setup.fitToHeight, "as many pages high as it takes"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows, "the header is repeated on every page"


@pytest.mark.libreoffice
def test_check_says_at_once_what_is_wrong_and_the_page_is_one_wide(soffice: str, tmp_path: Path) -> None:
    """Typed by a clerk, computed and printed by a real program: low, high, fractional, text, a percentage as 0.55."""
    from python_calamine import CalamineWorkbook

    master = county(report(1, "丹东", 5, "60"), report(2, "丹东", 5, "0.5"))
    typed = {
        "丹东": {("1", "丹东"): 59, ("2", "丹东"): 1.7, ("2", "丹东、石浦"): 0.3},
        "石浦": {("1", "石浦"): 1.5, ("2", "石浦"): "约1", ("2", "丹东、石浦"): None},
        HEALTH: {("3", HEALTH): 0.55, ("4", HEALTH): -1},
    }
    for name, values in typed.items():
        book = load_workbook(io.BytesIO(building.build(master, unit(master, name), JUNE)))
        sheet = book["填报"]
        header, columns = columns_of(sheet)
        for row in sheet.iter_rows(min_row=header + 1):
            key = (str(row[0].value), str(row[columns["承担单位"] - 1].value))
            if values.get(key) is not None:
                row[columns["本月累计"] - 1].value = values[key]
        book.save(tmp_path / f"{name}.xlsx")
    files = [str(tmp_path / f"{name}.xlsx") for name in typed]
    for target, folder in (("pdf", "pdf"), ("ods", "ods")):
        subprocess.run(
            [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", target,
             "--outdir", str(tmp_path / folder), *files],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    told = {}
    for name in typed:
        rows = (
            CalamineWorkbook.from_path(str(tmp_path / "ods" / f"{name}.ods"))
            .get_sheet_by_name("填报")
            .to_python()
        )
        header_row = next(row for row in rows if "序号" in row)
        place = {label: column for column, label in enumerate(header_row) if label}
        for row in rows[rows.index(header_row) + 1 :]:
            if row[place["序号"]] and row[place["核对"]]:
                told[str(row[place["序号"]]), str(row[place["承担单位"]])] = row[place["核对"]]
    assert told == {
        ("1", "丹东"): "低于上月", ("2", "丹东"): "超过任务", ("2", "丹东、石浦"): "正常",
        ("1", "石浦"): "应为整数", ("2", "石浦"): "不是数字",
        ("3", HEALTH): "按百分点填", ("4", HEALTH): "不能为负",
    }  # fmt: skip
    for name, pages in (("丹东", 1), ("石浦", 1), (HEALTH, 2)):  # the bureau has a sheet 节点 too
        info = subprocess.run(
            ["pdfinfo", str(tmp_path / "pdf" / f"{name}.pdf")], check=True, capture_output=True, text=True
        ).stdout
        assert re.search(rf"Pages:\s+{pages}\b", info), info
        width, height = map(float, re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info).groups())  # type: ignore[union-attr]
        assert (round(width), round(height)) == (842, 595), "A4 across"


@pytest.mark.validator
def test_every_form_of_the_year_is_clean_by_the_schema(
    validator: str, reading: Reading, tmp_path: Path
) -> None:
    """One township, one bureau with nodes, one with a second measure, one without numbers."""
    master = Master(reading.document)
    units = {each.name: each for each in recipients(master)}
    some = [
        next(iter(units.values())),
        *(each for name, each in units.items() if "卫生" in name or "公安" in name or "民政" in name),
    ]
    for each in some:
        path = tmp_path / f"{each.name}.xlsx"
        path.write_bytes(building.build(master, each, JUNE))
        subprocess.run([validator, str(path)], check=True, capture_output=True)
