"""反馈单: one unit's page, to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from ..domain.quantity import plain
from ..sheets.layout import shortened
from . import reply_words as words
from .master.canvas import Canvas, Stencil
from .package import CachedValue, package
from .templates import template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.period import Period
    from ..domain.reply import Line, NodeLine, Reply

__all__ = ["build"]

TEMPLATE: Final = "反馈单.xlsx"
SHEET: Final = "反馈单"
_STENCILS: Final = ("表首", "小标题", "退回头", "退回行", "进度头", "进度行", "节点头", "节点行", "落款")
#: Points of a page's height: what is higher would be too small to read on one page.
_ONE_PAGE: Final = 1350
#: A row cannot be higher than 409 points; the message has the whole sentence.
_LONGEST_REASON: Final = 250
#: Points of a row that no text needs.
_PADDING: Final = 4
_ORDINALS: Final = "一二三"
_DONE: Final = {True: "已完成", False: "未完成", None: "没有填"}


def build(reply: Reply, period: Period, form: str, document: str) -> bytes:
    """The workbook of one reply, the same for the same reply. ``form`` is what the unit's 填报表 is called, ``document``
    the title of the 任务书."""
    workbook = load_workbook(template(TEMPLATE))
    stencils = {name: Stencil(workbook, name) for name in _STENCILS}
    model = stencils["表首"].sheet
    model.title = "样式"
    cached: dict[tuple[str, str], CachedValue] = {}
    canvas = Canvas(workbook.create_sheet(SHEET), cached)
    canvas.like(model)
    page = _Page(canvas, stencils)
    page.head(
        {
            "填报反馈单": words.heading(reply, period),
            "任务书标题": document,
            "情况": words.state(reply, form),
            "要求": words.request(reply),
        }
    )
    if reply.refusals:
        page.section("没有采用的", "退回")
        for number, refusal in enumerate(reply.refusals, start=1):
            page.row(
                {
                    "序号": number,
                    "位置": words.place(refusal),
                    "填的内容": refusal.text or "—",
                    "没有采用的原因": shortened(words.reason(refusal), _LONGEST_REASON),
                    "请这样改": words.advice(refusal),
                }
            )
    if reply.lines:
        page.section(f"到{period.year}年{period.month}月底的进度", "进度")
        for line in reply.lines:
            page.row(_standing(line, reply))
    if reply.nodes:
        page.section("要打勾的节点", "节点")
        for node in reply.nodes:
            page.row(_tick(node))
    page.foot("经办人：　　　　　　　　日期：　　　　　　　　")
    workbook.remove(model)
    workbook.defined_names.clear()
    workbook.properties.title = words.heading(reply, period)
    return package(workbook, cached)


def _standing(line: Line, reply: Reply) -> dict[str, Any]:
    gap: Any = "—"
    if line.gap is not None:
        gap = line.gap or "无"
    value: Any = line.value
    if value is None:
        value = words.filled_in(line, reply.state)
    elif line.by_hand:
        value = f"{plain(value)}（县里登记）"
    return {
        "序号": line.duty.label,
        "项目": words.title(line),
        "单位": line.duty.measured_in,
        "全年任务": line.duty.share,
        "本月填报": value,
        "最新累计": "—" if line.total is None else line.total,
        "完成率": "—" if line.rate is None else line.rate,
        "应达到": "—" if line.pace is None else line.pace,
        "还差": gap,
        "状态": words.status(line),
        "下一节点": words.next_step(line.next_node, line),
    }


def _tick(line: NodeLine) -> dict[str, Any]:
    node, late = line.duty.node, line.status.days_late
    done = _DONE[node.done] + (f" {node.done_on}" if node.done_on else "")
    return {
        "序号": str(line.duty.project.number),
        "节点工作内容": words.node_place(line),
        "到期": f"{line.due.month}月{line.due.day}日",
        "完成情况": done,
        "状态": f"{line.status.status}{late}天" if late else str(line.status.status),
        "项目": words.project(line),
    }


class _Page:
    """The page, filled from the top."""

    def __init__(self, canvas: Canvas, stencils: Mapping[str, Stencil]) -> None:
        self.canvas, self.stencils = canvas, stencils
        self.next = 1
        self.sections = 0
        self.model = stencils["进度行"]
        self.columns: dict[str, tuple[int, int]] = {}
        self.head_row = 0

    def head(self, told: Mapping[str, str]) -> None:
        """The lines over the tables."""
        stencil = self.stencils["表首"]
        self.canvas.stamp(stencil, 1)
        for row in range(1, stencil.bottom - stencil.top + 2):
            label = self.canvas.sheet.cell(row, stencil.left).value
            if label in told:
                self._put_line(row, stencil, told[label], 12)
        self.next = stencil.bottom - stencil.top + 2

    def section(self, title: str, kind: str) -> None:
        """A headed table; ``row`` fills it."""
        stencil = self.stencils["小标题"]
        self.canvas.stamp(stencil, self.next)
        self.canvas.put(self.next, stencil.left, f"{_ORDINALS[self.sections]}、{title}")
        self.sections += 1
        header, self.model = self.stencils[f"{kind}头"], self.stencils[f"{kind}行"]
        self.head_row = self.next + 1
        self.canvas.stamp(header, self.head_row)
        ends = {left: right for left, _, right, _ in self.model.merges}
        cells = next(header.sheet.iter_rows(header.top, header.top, header.left, header.right))
        self.columns = {
            str(cell.value): (cell.column, ends.get(cell.column, cell.column))
            for cell in cells
            if cell.value is not None
        }
        self.next += 2

    def row(self, values: Mapping[str, Any]) -> None:
        """One row, as high as its longest text needs."""
        self.canvas.stamp(self.model, self.next, labels=False)
        for label, value in values.items():
            left, right = self.columns[label]
            self.canvas.put(self.next, left, value)
            self.canvas.height_for(self.next, str(value), left, right, 10.5)
        self.canvas.sheet.row_dimensions[self.next].height += _PADDING
        self.next += 1

    def foot(self, words: str) -> None:
        """Who signs; and how the page is printed."""
        stencil, sheet = self.stencils["落款"], self.canvas.sheet
        self.canvas.stamp(stencil, self.next)
        last = self.next + stencil.bottom - stencil.top
        self.canvas.put(last, stencil.left, words)
        sheet.print_area = f"A1:{get_column_letter(stencil.right)}{last}"
        height = sum(sheet.row_dimensions[row].height or 0 for row in range(1, last + 1))
        if height > _ONE_PAGE and self.head_row:
            self.canvas.let_pages_run(self.head_row)

    def _put_line(self, row: int, stencil: Stencil, words: str, points: float) -> None:
        self.canvas.put(row, stencil.left, words or None)
        self.canvas.height_for(row, words, stencil.left, stencil.right, points)
