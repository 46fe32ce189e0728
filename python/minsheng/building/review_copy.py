"""The 核对稿 as an .xlsx: templates/任务书模板.xlsx filled in, with every doubt coloured, signed and listed."""

from __future__ import annotations

from collections import Counter, defaultdict
from copy import copy
from typing import TYPE_CHECKING, Final

from openpyxl import load_workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ..domain import review
from ..domain.catalogue import RULES
from ..domain.finding import SEVERITY_WORDS, Severity
from ..domain.review_advice import advice_here
from ..domain.stored import stored
from .package import CachedValue, package
from .templates import template

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from ..domain.document import TaskDocument
    from ..domain.finding import Finding
    from ..domain.review import Place, Value

__all__ = ["as_bytes"]

_FILLS: Final = {Severity.ERROR: "F4B6B6", Severity.WARNING: "FFE699", Severity.INFO: "E2EFDA"}
#: The sign is part of the number format: it shows and prints, and the value stays what it is.
_SIGNED: Final = 'General"？";-General"？";General"？";@"？"'
_SIGN: Final = "？"
_HEAD_ROW: Final = 9
_WIDTHS: Final = (6, 7, 15, 24, 10, 38, 30, 8)  # the ticks fit on a small screen
#: Columns of the template that would push the words beside a row off the screen.
_NARROWED: Final = {review.PROJECTS: ("L", 8), review.NODES: ("C", 44)}
_NOTE_WIDTH: Final = 60
_SPARE_ROWS: Final = 3  # printed, to be written on
_LONGEST_LIST: Final = 250  # a typed list has at most 255 characters
_CHUNK: Final = 30_000
_THIN: Final = Side(style="thin", color="FF999999")


def as_bytes(
    document: TaskDocument, findings: tuple[Finding, ...], choices: tuple[tuple[str, ...], ...]
) -> bytes:
    """The workbook. ``choices[i]`` are the readings between which finding ``i`` leaves the choice, empty where it
    leaves none."""
    book = load_workbook(template("任务书模板.xlsx"))
    sheets = review.laid_out(document, findings)
    for name, rows in sheets.items():
        _fill(book[name], rows, review.first_row(name))
        # The template's own bands would hide the colours of doubts.
        book[name].conditional_formatting = ConditionalFormattingList()
    _front(book[review.PROJECTS], sheets[review.PROJECTS][1])
    places = review.places(document, findings)
    _mark(book, findings, places)
    _offer(book, places, choices)
    cached = _list(book, findings, places)
    _seal(book, stored(document, findings))
    return package(book, cached)


def _fill(sheet: Worksheet, rows: list[list[Value]], first: int) -> None:
    for row, values in enumerate(rows[first - 1 :], start=first):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column)
            if not cell.has_style:
                cell._style = copy(sheet.cell(first, column)._style)
            _put(cell, value)


def _front(sheet: Worksheet, row: list[Value]) -> None:
    """The title and the year, which stand above the projects."""
    _put(sheet["C2"], row[2])
    _put(sheet["J2"], row[9])


def _put(cell: Cell, value: Value) -> None:
    cell.value = int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins with = is no formula


def _mark(book: Workbook, findings: tuple[Finding, ...], places: list[Place | None]) -> None:
    """Colour and sign every doubtful cell, and say beside its row what is doubtful."""
    notes: dict[tuple[str, int], list[str]] = defaultdict(list)
    worst: dict[Place, Severity] = {}
    order = list(Severity)
    for number, (finding, place) in enumerate(zip(findings, places, strict=True), start=1):
        if place is None:
            continue
        is_new = finding.original and finding.original not in finding.message
        original = f"原文：“{finding.original}”。" if is_new else ""
        todo = "" if finding.severity is Severity.INFO else advice_here(finding.advice)
        notes[place.sheet, place.row].append(f"{_SIGN}核对{number}：{original}{finding.message}{todo}")
        worst[place] = min(worst.get(place, Severity.INFO), finding.severity, key=order.index)
    for place, severity in worst.items():
        cell = book[place.sheet].cell(place.row, place.column)
        cell.fill = PatternFill("solid", fgColor=_FILLS[severity])
        cell.number_format = _SIGNED
    for name in (review.PROJECTS, review.SHARES, review.NODES):
        _write_notes(book[name], {row: lines for (sheet, row), lines in notes.items() if sheet == name})


def _write_notes(sheet: Worksheet, notes: dict[int, list[str]]) -> None:
    column = sheet.max_column + 1
    if sheet.title == review.SHARES:  # its table has two columns here, and the words stand beside them
        column = 4
        sheet.unmerge_cells("B3:X3")
        sheet.merge_cells("B3:C3")
        sheet.column_dimensions["B"].width, sheet.column_dimensions["C"].width = 24, 14
    if sheet.title in _NARROWED:
        letter, width = _NARROWED[sheet.title]
        sheet.column_dimensions[letter].width = width
    header = review.first_row(sheet.title) - 1
    head = sheet.cell(header, column, review.NOTES)
    head._style = copy(sheet.cell(header, 1)._style)
    sheet.column_dimensions[get_column_letter(column)].width = _NOTE_WIDTH
    last = max(header, *(cell.row for cell in sheet["A"] if cell.value is not None)) + _SPARE_ROWS
    for row, lines in notes.items():
        cell = sheet.cell(row, column)
        _put(cell, "\n".join(lines)[:_CHUNK])
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(name=sheet.cell(row, 1).font.name, size=9)
        needed = 15 * sum(1 + 2 * len(line) // _NOTE_WIDTH for line in lines)
        sheet.row_dimensions[row].height = min(
            400, max(sheet.row_dimensions[row].height or 0, _height(sheet, row), needed)
        )
    sheet.page_setup.orientation = "landscape"
    sheet.print_area = f"A1:{get_column_letter(column)}{last}"


def _height(sheet: Worksheet, row: int) -> float:
    """What the row's own words need, in points."""
    lines = [
        1
        + 2
        * len(str(cell.value))
        // max(4, int(sheet.column_dimensions[get_column_letter(cell.column)].width or 9))
        for cell in sheet[row][:-1]
        if cell.value is not None
    ]
    return 16.0 * max(lines, default=1)


def _offer(book: Workbook, places: list[Place | None], choices: tuple[tuple[str, ...], ...]) -> None:
    """A drop-down where there are several readings; another value may still be typed."""
    taken: dict[Place, tuple[str, ...]] = {}
    for place, offered in zip(places, choices, strict=True):
        if place is not None and len(offered) > 1:
            taken.setdefault(place, offered)
    for place in taken:
        _spare(book[place.sheet], place)
    for place, offered in taken.items():
        rule = DataValidation(
            "list", formula1=f'"{",".join(offered)}"', allow_blank=True, showErrorMessage=False
        )
        rule.promptTitle, rule.prompt, rule.showInputMessage = "有几种读法", "请选一个，或填上正确的。", True
        rule.add(f"{get_column_letter(place.column)}{place.row}")
        book[place.sheet].add_data_validation(rule)


def _spare(sheet: Worksheet, place: Place) -> None:
    """Take a cell out of the template's own validation: a cell has one."""
    for rule in sheet.data_validations.dataValidation:
        ranges = []
        for area in rule.sqref.ranges:
            inside = area.min_row <= place.row <= area.max_row
            if not (inside and area.min_col == area.max_col == place.column):
                ranges.append(area.coord)
                continue
            letter = get_column_letter(place.column)
            if area.min_row < place.row:
                ranges.append(f"{letter}{area.min_row}:{letter}{place.row - 1}")
            if place.row < area.max_row:
                ranges.append(f"{letter}{place.row + 1}:{letter}{area.max_row}")
        rule.sqref = type(rule.sqref)(" ".join(ranges))
    sheet.data_validations.dataValidation = [
        rule for rule in sheet.data_validations.dataValidation if rule.sqref.ranges
    ]


def _list(
    book: Workbook, findings: tuple[Finding, ...], places: list[Place | None]
) -> dict[tuple[str, str], CachedValue]:
    """The first sheet: how many doubts of each kind, then all of them with a column to tick. Gives its formulas' values."""
    sheet = book.create_sheet(review.DOUBTS, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    font = book[review.PROJECTS]["A5"].font.name
    sheet["A1"], sheet["A2"] = (
        "任务书核对稿",
        (
            "有疑问的格子涂了颜色，数后面带“？”；空着的是没有读进来的。请对照任务书：读对了的，在本表“已核对”栏选“√”；读错了的、空着的，"
            "直接在“项目”“任务分解”“进度安排”表里改、补。改好后保存，再点“导入任务书”选这个文件。打了√的和改过的不再提醒。"
        ),
    )
    sheet["A1"].font = Font(name=font, size=18, bold=True)
    sheet["A2"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A2"].font = Font(name=font, size=11)
    sheet.merge_cells("A2:H2")
    sheet.row_dimensions[2].height = 54
    last = _HEAD_ROW + max(1, len(findings))
    cached: dict[tuple[str, str], CachedValue] = {}
    rows: list[tuple[Value, ...]] = [("类别", None, "共有", "还没有打√", "是什么")]
    for severity in Severity:
        count = sum(finding.severity is severity for finding in findings)
        open_ones = f'=COUNTIFS($B${_HEAD_ROW + 1}:$B${last},"{SEVERITY_WORDS[severity]}",$H${_HEAD_ROW + 1}:$H${last},"")'
        cached[review.DOUBTS, f"D{4 + len(rows)}"] = count
        kinds = Counter(_kind(finding) for finding in findings if finding.severity is severity)
        told = "，".join(f"{kind}{number}处" for kind, number in kinds.most_common())
        rows.append((SEVERITY_WORDS[severity], None, float(count), open_ones, told or None))
    for row, values in enumerate(rows, start=4):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = int(value) if isinstance(value, float) else value
            sheet.cell(row, column).font = Font(name=font, size=10.5, bold=row == 4)
            sheet.cell(row, column).alignment = Alignment(horizontal="left")
        if row > 4:
            sheet.cell(row, 1).fill = PatternFill("solid", fgColor=_FILLS[list(Severity)[row - 5]])
    for column, (label, width) in enumerate(zip(review.DOUBT_LABELS, _WIDTHS, strict=True), start=1):
        cell = sheet.cell(_HEAD_ROW, column, label)
        cell._style = copy(book[review.PROJECTS]["B4"]._style)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, (finding, place) in enumerate(zip(findings, places, strict=True), start=1):
        _list_one(sheet, number, finding, place, font)
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    tick = DataValidation("list", formula1='"√"', allow_blank=True)
    tick.add(f"H{_HEAD_ROW + 1}:H{last}")
    sheet.add_data_validation(tick)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    return cached


def _kind(finding: Finding) -> str:
    return RULES[finding.code].title if finding.code in RULES else finding.code


def _list_one(sheet: Worksheet, number: int, finding: Finding, place: Place | None, font: str) -> None:
    row = _HEAD_ROW + number
    cell_name = f"{get_column_letter(place.column)}{place.row}" if place else ""
    where = f"{place.sheet} {cell_name}" if place else "整份任务书"
    said = (
        float(number), SEVERITY_WORDS[finding.severity], where, finding.original or None, finding.reading or None,
        finding.message, advice_here(finding.advice), None,
    )  # fmt: skip
    for column, value in enumerate(said, start=1):
        cell = sheet.cell(row, column)
        _put(cell, value)
        cell.font = Font(name=font, size=10)
        cell.alignment = Alignment(
            wrap_text=True, vertical="top", horizontal="center" if column in (1, 2, 8) else None
        )
        cell.border = Border(_THIN, _THIN, _THIN, _THIN)
    sheet.cell(row, 2).fill = PatternFill("solid", fgColor=_FILLS[finding.severity])
    if place:
        sheet.cell(row, 3).hyperlink = f"#'{place.sheet}'!{cell_name}"
        sheet.cell(row, 3).font = Font(name=font, size=10, underline="single", color="FF1F4E79")
    sheet.row_dimensions[row].height = min(
        400,
        15
        * max(
            1 + 2 * len(str(value)) // width
            for value, width in zip(said, _WIDTHS, strict=True)
            if value is not None
        ),
    )


def _seal(book: Workbook, text: str) -> None:
    sheet = book.create_sheet(review.STORE)
    sheet["A1"] = review.SEAL
    for row, start in enumerate(range(0, len(text), _CHUNK), start=2):
        sheet.cell(row, 1, text[start : start + _CHUNK]).data_type = "s"
    sheet.sheet_state = "veryHidden"
