"""催报单: the list of those who have not reported, as a workbook to print and as a message to send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from .master.canvas import Canvas, Stencil
from .package import CachedValue, package
from .templates import template

if TYPE_CHECKING:
    from datetime import date

    from ..domain.reminder import LateUnit, Reminder

__all__ = ["build", "message"]

TEMPLATE = "催报单.xlsx"
SHEET = "催报单"
COLUMNS = ("序号", "单位", "要报的项目", "未报情况", "今年未报的月份", "填报表文件名", "催办记录")


def message(reminder: Reminder) -> str:
    """The words to send to a group or by mail, lines ended by ``\\n``."""
    label = reminder.period.label
    lines = [_state(reminder)]
    for number, late in enumerate(reminder.late, start=1):
        owed = f"，未报：{_months(late)}" if len(late.months) > 1 else ""
        lines.append(f"{number}. {_who(late)}：{_lateness(late)}{owed}")
    if reminder.blank:
        names = "、".join(unit.name for unit in reminder.blank)
        lines.append(f"另有{len(reminder.blank)}家交来的表里一个数都没有填：{names}。请补填后重新报送。")
    if reminder.late:
        form = reminder.late[0].form
        lines.append(f"请尽快填好{label}填报表（文件名如“{form}”）报来。{_REQUEST}")
    return "\n".join(lines) + "\n"


_REQUEST = "确实没有进展的填0，不要空着；以前月份漏报的，请一并补报。"


def build(reminder: Reminder, title: str, day: date) -> bytes:
    """The workbook, dated ``day``; ``title`` is the document's."""
    workbook = load_workbook(template(TEMPLATE))
    stencils = {name: Stencil(workbook, name) for name in ("表首", "行", "落款")}
    model = stencils["表首"].sheet
    model.title = "样式"
    cached: dict[tuple[str, str], CachedValue] = {}
    canvas = Canvas(workbook.create_sheet(SHEET), cached)
    canvas.like(model)
    head, row_model, foot = stencils["表首"], stencils["行"], stencils["落款"]
    canvas.stamp(head, 1)
    words = {
        "填报表催报单": f"{reminder.period.label}民生实事填报表催报单",
        "任务书标题": title,
        "情况": _state(reminder),
        "要求": _request(reminder),
    }
    for line in canvas.sheet.iter_rows(1, head.bottom):
        for cell in line:
            if cell.value in words:
                canvas.put(cell.row, cell.column, words[cell.value])
                if cell.value != title:
                    canvas.height_for(cell.row, str(cell.value), head.left, head.right, 12)
    columns = {label: head.column(label) for label in COLUMNS}
    first = head.bottom + 1
    canvas.stamp(row_model, first, len(reminder.late), labels=False)
    for row, (number, late) in enumerate(enumerate(reminder.late, start=1), start=first):
        _fill(canvas, row, columns, number, late)
    last = first + len(reminder.late) + foot.bottom - foot.top
    canvas.stamp(foot, first + len(reminder.late))
    canvas.put(last, foot.left, f"经办人：　　　　　　　　{day.year}年{day.month}月{day.day}日")
    canvas.sheet.print_area = f"A1:{get_column_letter(head.right)}{last}"
    canvas.let_pages_run(head.bottom)
    workbook.remove(model)
    workbook.defined_names.clear()
    workbook.properties.title = words["填报表催报单"]
    return package(workbook, cached)


def _fill(canvas: Canvas, row: int, columns: dict[str, int], number: int, late: LateUnit) -> None:
    values: dict[str, Any] = {
        "序号": number,
        "单位": _who(late),
        "要报的项目": "、".join(late.labels) or "节点",
        "未报情况": _lateness(late),
        "今年未报的月份": _months(late),
        "填报表文件名": late.form,
    }
    for label, value in values.items():
        canvas.put(row, columns[label], value)
        canvas.height_for(row, str(value), columns[label], columns[label], 11)


def _state(reminder: Reminder) -> str:
    late = len(reminder.late)
    if not reminder.expected:
        return f"{reminder.period.label}没有发出过填报表，没有单位缺报。"
    come = (
        f"{reminder.period.label}民生实事填报表应报{reminder.expected}份，已报{reminder.expected - late}份，"
    )
    if not late:
        return f"{come}已全部报齐。"
    refused = sum(bool(unit.refused) for unit in reminder.late)
    among = f"（其中{refused}家交来的表退回了）" if refused else ""
    return f"{come}还有{late}家没有报{among}："


def _lateness(late: LateUnit) -> str:
    """For how long, and what came and was refused: that unit is not silent."""
    files = "、".join(f"“{refusal.file}”" for refusal in late.refused)
    return f"{late.lateness}；交来的{files}退回了" if files else late.lateness


def _request(reminder: Reminder) -> str:
    """What is asked of whom, over the table."""
    blank = "、".join(unit.name for unit in reminder.blank)
    told = f"交来的表里一个数都没有填的：{blank}，请补填后重新报送。" if blank else ""
    return f"请下列单位尽快报送；{_REQUEST}{told}" if reminder.late else told


def _who(late: LateUnit) -> str:
    return late.unit.name + (f"（含{'；'.join(late.carries)}）" if late.carries else "")


def _months(late: LateUnit) -> str:
    return "、".join(f"{month}月" for month in late.months)
