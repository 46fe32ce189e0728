"""The books between which sheets are copied."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from lxml import etree
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.series import SeriesLabel
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from engines.rich_workbook import parts, write_parts

__all__ = ["write_source", "write_target"]

RED = PatternFill("solid", start_color="FFFF0000", end_color="FFFF0000")


def write_source(path: Path) -> Path:
    """Sheets 样 (looks, rules, validations, print set-up, a chart) and 设置, which 样 speaks of."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "样"
    settings = book.create_sheet("设置")
    settings["A1"] = 7
    bold = NamedStyle("醒目", font=Font(name="黑体", size=15), fill=RED)
    book.add_named_style(bold)
    sheet["A1"] = "标题"
    sheet["A1"].style = "醒目"
    sheet["B2"] = 0.5
    sheet["B2"].number_format = '0.0"件"'
    sheet["B2"].border = Border(bottom=Side("double", color="FF00FF00"))
    sheet["B2"].alignment = Alignment(horizontal="right", indent=1)
    sheet["C3"] = "=设置!A1*B2+样!B2+比率"
    sheet["C4"] = '="样!B2"&SUM(样!B2:样!B3)'
    sheet["D1"] = "去"
    sheet["D1"].hyperlink = "https://example.org/甲"
    sheet["D1"].style = "Normal"
    sheet.merge_cells("E1:F2")
    sheet.column_dimensions["B"].width = 33
    sheet.row_dimensions[2].height = 44
    sheet.row_dimensions[7].hidden = True
    sheet.row_dimensions[8].outlineLevel = 1
    sheet.freeze_panes = "B2"
    sheet.conditional_formatting.add("B2:B9", CellIsRule("greaterThan", ["设置!$A$1"], fill=RED))
    sheet.conditional_formatting.add("C3:C9", FormulaRule(["样!$B$2>1"], font=Font(italic=True)))
    check = DataValidation("list", formula1="设置!$A$1:$A$3", allow_blank=True)
    check.add("A5")
    sheet.add_data_validation(check)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.oddHeader.center.text = "页眉"
    sheet.print_area = "A1:F9"
    sheet.print_title_rows = "1:2"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=2, max_row=5))
    chart.add_data(Reference(settings, min_col=1, min_row=1, max_row=3))
    chart.series[0].tx = SeriesLabel(v="件数")
    sheet.add_chart(chart, "H2")
    for name, text in (("区", "样!$A$1:$C$4"), ("比率", "设置!$A$1"), ("无关", "设置!$A$2")):
        book.defined_names[name] = DefinedName(name, attr_text=text)
    sheet.defined_names["私"] = DefinedName("私", attr_text="样!$B$2")
    book.save(path)
    content = parts(path)
    content["xl/styles.xml"] = _with_ordered_fonts(content["xl/styles.xml"])
    write_parts(path, content)
    return path


def _with_ordered_fonts(content: bytes) -> bytes:
    """openpyxl orders what a font says in a way that the validator does not accept."""
    order = ["b", "i", "strike", "u", "sz", "color", "name", "family", "charset", "scheme"]
    root = etree.fromstring(content)
    for font in root.iter("{*}font"):
        font[:] = sorted(font, key=lambda child: order.index(etree.QName(child).localname))
    return etree.tostring(root)


def write_target(path: Path) -> Path:
    """By another writer, with shared strings: sheets 首 and 设置; styles, formats and names of its own."""
    book = xlsxwriter.Workbook(path)
    sheet, settings = book.add_worksheet("首"), book.add_worksheet("设置")
    blue = book.add_format({"bg_color": "#0000FF", "num_format": "0.000", "font_name": "宋体"})
    sheet.write("A1", "原来的", blue)
    sheet.conditional_format("A1:A3", {"type": "cell", "criteria": ">", "value": 1, "format": blue})
    sheet.write_formula("A2", "=设置!A1", None, 3)
    settings.write("A1", 3)
    book.define_name("区", "=首!$A$1")
    book.close()
    return path
