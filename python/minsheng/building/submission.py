"""填报表: the one plain workbook that a unit fills in for a month (design, section 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension

from ..domain.duties import node_duties
from ..domain.fields import FORM_FIELDS, NODE_FIELDS
from ..domain.form_file import SEAL_SHEET, SEAL_TITLE, TEMPLATE_VERSION, Seal
from ..sheets import layout
from .master.canvas import Canvas, Stencil
from .package import CachedValue, package
from .submission_rows import (
    UNFILLED,
    check_formula,
    form_rows,
    increase_formula,
    number_validations,
    reported_last_month,
)
from .templates import template

if TYPE_CHECKING:
    from decimal import Decimal

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from ..domain.duties import NodeDuty
    from ..domain.fields import Field
    from ..domain.master import Master
    from ..domain.period import Period
    from ..domain.project import ReportingUnit
    from .submission_rows import FormRow

__all__ = ["build"]

TEMPLATE = "填报表.xlsx"


def build(master: Master, unit: ReportingUnit, period: Period) -> bytes:
    """``unit``'s form for ``period`` as the bytes of an .xlsx; the same bytes for the same content."""
    workbook = load_workbook(template(TEMPLATE))
    rows, nodes = form_rows(master, unit, period), node_duties(master, unit)
    seal = Seal(unit.name, period, master.id)
    cached: dict[tuple[str, str], CachedValue] = {}
    models = list(workbook.worksheets)
    stencils = {
        name: Stencil(workbook, name) for name in ("表首", "行", "签字", "节点表首", "节点行", "节点注")
    }
    _open_cells(stencils["表首"], stencils["行"], FORM_FIELDS)
    _open_cells(stencils["节点表首"], stencils["节点行"], NODE_FIELDS)
    for model in models:
        model.title = f"样式{model.title}"
    form = Canvas(workbook.create_sheet(layout.SUBMISSION_SHEET), cached)
    _Form(form, stencils, master, seal).fill(rows, _notice(master, rows, nodes, period))
    if nodes:
        _fill_nodes(
            Canvas(workbook.create_sheet(layout.SUBMISSION_NODE_SHEET), cached), stencils, seal, nodes
        )
    for model in models:
        workbook.remove(model)
    workbook.defined_names.clear()
    _print_titles(workbook, stencils)
    _set_seal(workbook, seal)
    workbook.active = 0 if rows or not nodes else 1
    return package(workbook, cached)


def _open_cells(head: Stencil, row: Stencil, fields: tuple[Field, ...]) -> None:
    """Lock the model row but for what the unit fills in, whatever the template says."""
    for field in fields:
        row.sheet.cell(row.top, head.column(field.label)).protection = Protection(locked=not field.open)


def _notice(master: Master, rows: tuple[FormRow, ...], nodes: tuple[NodeDuty, ...], period: Period) -> str:
    """The line in red over the table, empty where there is nothing to say."""
    if not rows:
        return "本单位没有要填数字的项目，请填写“节点”工作表。" if nodes else "本单位本月没有要填报的内容。"
    if period.month > 1 and not reported_last_month(master, rows, period):
        last = f"{period.year}年{period.month - 1:02d}月"
        return f"县里还没有收到贵单位{last}的填报表，请尽快补报；“上月累计”里是此前最近一次报送的数（没有报过的空着）。"
    return ""


class _Form:
    """Sheet 填报 being filled; columns are where the template prints their labels."""

    def __init__(self, canvas: Canvas, stencils: dict[str, Stencil], master: Master, seal: Seal) -> None:
        self.canvas, self.sheet, self.stencils = canvas, canvas.sheet, stencils
        self.master, self.seal = master, seal
        head = stencils["表首"]
        canvas.like(head.sheet)
        self.columns = {label: head.column(label) for label in layout.SUBMISSION_COLUMNS}
        self.header = head.bottom - head.top + 1

    def fill(self, rows: tuple[FormRow, ...], notice: str) -> None:
        self._head(notice)
        first = self.header + 1
        self.canvas.stamp(self.stencils["行"], first, len(rows), labels=False)
        for row, form_row in enumerate(rows, start=first):
            self._row(row, form_row)
        if rows:
            self.canvas.rules_from(self.stencils["行"], first, self.header + len(rows))
        cells = [
            (form_row.duty, self._cell("本月累计", row)) for row, form_row in enumerate(rows, start=first)
        ]
        for validation in number_validations(cells):
            self.sheet.add_data_validation(validation)
        sign_off = self.stencils["签字"]
        self.canvas.stamp(sign_off, first + len(rows))
        last = self.header + len(rows) + sign_off.bottom - sign_off.top + 1
        _finish(self.sheet, last, sign_off.right)

    def _head(self, notice: str) -> None:
        self.canvas.stamp(self.stencils["表首"], 1)
        words = {
            "填报单位：": self.seal.unit,
            "报送月份：": self.seal.period.label,
            "总表编号：": f"{self.seal.master_id}　　表式版本：{TEMPLATE_VERSION}",
        }
        _complete(self.canvas, self.header, words)
        _replace(self.canvas, self.header, "任务书标题", self.master.document.title)
        notice_row = _replace(self.canvas, self.header, "提示", notice)
        self.sheet.row_dimensions[notice_row].hidden = not notice

    def _row(self, row: int, form_row: FormRow) -> None:
        duty = form_row.duty
        cells = {label: self._cell(label, row) for label in self.columns}
        values: dict[str, Any] = {
            "序号": duty.label,
            "项目名称": duty.project.title,
            "承担单位": duty.unit,
            "单位": duty.measured_in,
            "全年任务": _number(duty.share),
            "上月累计": None if form_row.before is None else _number(form_row.before),
        }
        for label, value in values.items():
            self.canvas.put(row, self.columns[label], value)
        if duty.is_level:
            self.canvas.put(row, self.columns["本月新增"], "不累加")
        else:
            self.canvas.formula(row, self.columns["本月新增"], increase_formula(cells), None)
        self.canvas.formula(row, self.columns["核对"], check_formula(duty, cells), UNFILLED)
        _grow(self.sheet, row, self.columns["项目名称"], duty.project.title)

    def _cell(self, label: str, row: int) -> str:
        return f"{get_column_letter(self.columns[label])}{row}"


def _fill_nodes(
    canvas: Canvas, stencils: dict[str, Stencil], seal: Seal, nodes: tuple[NodeDuty, ...]
) -> None:
    """Sheet 节点: the text-only and repeat nodes, with what the master knows of them so far."""
    head, model = stencils["节点表首"], stencils["节点行"]
    canvas.like(head.sheet)
    canvas.stamp(head, 1)
    header = head.bottom - head.top + 1
    _complete(canvas, header, {"填报单位：": seal.unit, "报送月份：": seal.period.label})
    columns = {label: head.column(label) for label in layout.SUBMISSION_NODE_COLUMNS}
    canvas.stamp(model, header + 1, len(nodes), labels=False)
    done_words = {done: word for word, done in layout.DONE_WORDS.items()}
    for row, duty in enumerate(nodes, start=header + 1):
        values: dict[str, Any] = {
            "序号": str(duty.project.number),
            "节点时间": duty.node.phrase,
            "工作内容": duty.node.text,
            "完成情况": None if duty.node.done is None else done_words[duty.node.done],
            "完成日期": duty.node.done_on,
            "说明": duty.node.note or None,
        }
        for label, value in values.items():
            canvas.put(row, columns[label], value)
        _grow(canvas.sheet, row, columns["工作内容"], duty.node.text)
    last = header + len(nodes)
    for validation, label in (
        (DataValidation("list", '"' + ",".join(layout.DONE_WORDS) + '"'), "完成情况"),
        (DataValidation("date", str(_FIRST_DAY), operator="greaterThanOrEqual"), "完成日期"),
    ):
        letter = get_column_letter(columns[label])
        validation.add(f"{letter}{header + 1}:{letter}{last}")
        validation.errorTitle = label
        validation.error = (
            "请从下拉框里选“已完成”或“未完成”。" if label == "完成情况" else "请填日期，如 2024-06-30。"
        )
        validation.allow_blank = validation.showErrorMessage = True
        canvas.sheet.add_data_validation(validation)
    _finish(canvas.sheet, _legend(canvas, stencils["节点注"], last + 1, nodes), head.right)


def _legend(canvas: Canvas, stencil: Stencil, row: int, nodes: tuple[NodeDuty, ...]) -> int:
    """Below the nodes, which project each number stands for: the node table has no room for titles. Its row."""
    canvas.stamp(stencil, row)
    titles = dict.fromkeys(f"{duty.project.number} {duty.project.title}" for duty in nodes)
    text = f"{stencil.sheet.cell(stencil.top, stencil.left).value}{'；'.join(titles)}。"
    canvas.put(row, stencil.left, text)
    canvas.height_for(row, text, stencil.left, stencil.right)
    return row


#: 1 January 2000 as a sheet counts days: what a date has to be at least.
_FIRST_DAY = 36526


class _GrowingRow(RowDimension):  # type: ignore[misc]  # openpyxl has no types
    """A row whose height is a start only: programs make it higher when a clerk writes more into it."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - openpyxl's name
        return False


def _grow(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Give a row the height that its title needs at first."""
    standing = sheet.row_dimensions[row].height or 15
    lines = layout.lines_needed(text, sheet.column_dimensions[get_column_letter(column)].width)
    sheet.row_dimensions[row] = _GrowingRow(sheet, index=row, ht=max(standing, lines * 15 + 4))


def _complete(canvas: Canvas, rows: int, words: dict[str, str]) -> None:
    """Put each word behind the label that the template prints."""
    for line in canvas.sheet.iter_rows(1, rows):
        for cell in line:
            if isinstance(cell.value, str) and cell.value in words:
                canvas.put(cell.row, cell.column, cell.value + words[cell.value])


def _replace(canvas: Canvas, rows: int, placeholder: str, text: str) -> int:
    """Put ``text`` where the template prints ``placeholder``; the row."""
    for line in canvas.sheet.iter_rows(1, rows):
        for cell in line:
            if cell.value == placeholder:
                canvas.put(cell.row, cell.column, text or None)
                return int(cell.row)
    raise LookupError(f"the template does not say {placeholder}")


def _finish(sheet: Worksheet, last_row: int, last_column: int) -> None:
    """Print area, and the protection without a password that keeps labels and numbers where they are."""
    sheet.print_area = f"A1:{get_column_letter(last_column)}{last_row}"
    protection = sheet.protection
    protection.sheet = True
    # False allows: a clerk may make a row higher or a column wider for what has been written.
    protection.formatRows = protection.formatColumns = False


def _print_titles(workbook: Workbook, stencils: dict[str, Stencil]) -> None:
    for title, head in ((layout.SUBMISSION_SHEET, "表首"), (layout.SUBMISSION_NODE_SHEET, "节点表首")):
        if title in workbook.sheetnames:
            header = stencils[head].bottom - stencils[head].top + 1
            workbook[title].print_title_rows = f"{header}:{header}"


def _set_seal(workbook: Workbook, seal: Seal) -> None:
    """Twice, because programs drop one or the other: custom properties, and a very hidden sheet."""
    sheet = workbook.create_sheet(SEAL_SHEET)
    sheet.sheet_state = "veryHidden"
    canvas = Canvas(sheet, {})  # which knows that text is text, a unit's name that begins with "=" too
    canvas.put(1, 1, SEAL_TITLE)
    for row, (key, word) in enumerate(seal.as_words().items(), start=2):
        canvas.put(row, 1, key)
        canvas.put(row, 2, word)
        workbook.custom_doc_props.append(StringProperty(name=f"{SEAL_TITLE}{key}", value=word))
    sheet.protection.sheet = True
    workbook.properties.title = f"{seal.unit}{seal.period.label}{SEAL_TITLE}"
    workbook.properties.creator = "民生实事台账"


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
