"""首页, three pages: the projects with lights and counts; plan against actual and who reports; what falls due next.

All of it on one page would be too small to read.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter as letter

from ...domain.home import horizon, unit_records
from ...domain.project import UnitKind
from ...domain.record import Record
from ...sheets import layout
from .canvas import Canvas, Stencil
from .chart import add_rate_chart
from .references import as_of_line, cancelled, cell, goal, looked_up, text_of

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from openpyxl import Workbook

    from ...domain.document import TaskDocument
    from ...domain.master import Master
    from ..package import CachedValue

__all__ = ["SECOND_HALF", "build_home"]

#: More points of height than this on one page are too small to read.
_LEGIBLE_POINTS = 740.0
_CHART_ROWS = 18
#: Rows that stay free for what comes up in the year.
_SPARE_COUNTS, _SPARE_NODES, _SPARE_UNITS = 4, 5, 2
_ROW_POINTS = 15.0
SECOND_HALF = "首页续"


def build_home(
    workbook: Workbook, master: Master, cached: MutableMapping[tuple[str, str], CachedValue]
) -> None:
    """The projects with links and lights, counts, a chart; 下月到期节点 and 报送情况, which 刷新汇总表 fills."""
    document = master.document
    canvas = Canvas(workbook[layout.SHEET_HOME], cached)
    header, row_stencil, counts = (Stencil(workbook, name) for name in ("首页表头", "首页行", "计数行"))
    columns = {label: header.left + index for index, label in enumerate(layout.HOME_COLUMNS)}
    canvas.put(1, 1, f"{document.year}年民生实事台账")
    canvas.formula(2, 1, as_of_line("截至日期："), f"截至日期：{document.year}-01-01")
    first = row_stencil.top
    last = first + max(1, len(document.projects)) - 1
    # The counts stand beside the projects, whose words decide how high a row is: they are laid out first.
    bottom = _counts(canvas, counts, document, (first, last), columns)
    _projects(canvas, row_stencil, document, first, columns)
    canvas.name(layout.NAME_HOME, header.top, header.left, last, header.right)
    canvas.stretch_rules(row_stencil, first, last)
    canvas.stretch_rules(counts, first, bottom)
    chart = max(last, bottom) + 2
    add_rate_chart(canvas.sheet, (first, last), columns, (chart, chart + _CHART_ROWS), counts.right)
    sent = chart + _CHART_ROWS + 1
    due = _reporting(workbook, canvas, master, sent) + 2
    finish = _due_nodes(workbook, canvas, document, due)
    # Each area starts a page of its own.
    areas = ((1, chart - 2), (chart, due - 2), (due, finish))
    canvas.sheet.print_area = ",".join(f"A{top}:{letter(counts.right)}{end}" for top, end in areas)
    if max(_height(canvas, *area) for area in areas) <= _LEGIBLE_POINTS:
        canvas.sheet.page_setup.fitToHeight = len(areas)
    else:
        canvas.let_pages_run(header.top)


def _projects(
    canvas: Canvas, stencil: Stencil, document: TaskDocument, first: int, columns: dict[str, int]
) -> None:
    canvas.stamp(stencil, first, max(1, len(document.projects)))
    for row, project in enumerate(document.projects, start=first):
        link = f'=HYPERLINK("#{cell(project, layout.OVERVIEW)}",{project.number})'
        canvas.formula(row, columns["序号"], link, project.number)
        canvas.put(row, columns["★"], "★" if project.starred else None)
        canvas.put(row, columns["项目"], project.title)
        canvas.formula(row, columns["责任单位"], text_of(project, layout.LEAD_UNIT_CELL), project.lead_unit)
        canvas.formula(row, columns["责任领导"], text_of(project, layout.LEADER_CELL), project.leader)
        shown = 0 if project.target and project.goal and not project.cancelled else ""
        plan = cell(project, layout.PLAN_CELL)
        rate = f"ROUND({plan}/{goal(project)},4)"
        canvas.formula(row, columns["计划进度"], f'=IF(OR({plan}="",N({goal(project)})=0),"",{rate})', shown)
        canvas.formula(
            row,
            columns["完成率"],
            f"={cell(project, layout.RATE_CELL)}",
            "" if project.has_numeric_nodes else shown,
        )
        for label in (layout.STATUS, layout.LIGHT):
            judged = f'IFERROR({looked_up(layout.NAME_SUMMARY, str(project.number), label)}&"","")'
            gone = layout.CANCELLED if label == layout.STATUS else ""
            text = f'=IF({cancelled(project)},"{gone}",{judged})'
            canvas.formula(row, columns[label], text, gone if project.cancelled else "")
        for label, text in (
            ("项目", project.title),
            ("责任单位", project.lead_unit),
            ("责任领导", project.leader),
        ):
            canvas.height_for(row, text, columns[label], columns[label])


def _counts(
    canvas: Canvas, stencil: Stencil, document: TaskDocument, rows: tuple[int, int], columns: dict[str, int]
) -> int:
    """Counts of each status by ★/县级, 责任领导 and 责任单位; the last row kept for them. The names are inputs that
    刷新汇总表 lays out anew, the counts are formulas on them."""
    first, last = rows
    projects = document.in_force

    def area(label: str) -> str:
        return f"${letter(columns[label])}${first}:${letter(columns[label])}${last}"

    starred = sum(project.starred for project in projects)
    classes: list[tuple[str | None, str, int]] = [
        (layout.COUNTED_ALL, f'({area("项目")}<>"")', len(projects))
    ]
    if any(project.starred for project in document.projects):
        classes.append((layout.COUNTED_STARRED, f'({area("★")}="★")', starred))
        others = f'({area("★")}<>"★")*({area("项目")}<>"")'
        classes.append((layout.COUNTED_OTHERS, others, len(projects) - starred))
    leaders = [project.leader for project in projects]
    units = [project.lead_unit for project in projects]
    names = dict.fromkeys(name for name in (*leaders, *units) if name)
    by_name = f"(({area('责任领导')}=$J{{row}})+({area('责任单位')}=$J{{row}})>0)"
    classes += [
        (name, by_name, sum(name in pair for pair in zip(leaders, units, strict=True))) for name in names
    ]
    classes += [(None, by_name, 0)] * _SPARE_COUNTS
    top = stencil.top
    canvas.stamp(stencil, top, len(classes))
    for row, (name, condition, count) in enumerate(classes, start=top):
        canvas.put(row, stencil.left, name)
        here = condition.format(row=row)
        for offset, word in enumerate(layout.COUNT_COLUMNS[1:], start=1):
            own = f'="{word}"' if offset > 1 else f'<>"{layout.CANCELLED}"'
            counted = f"{here}*({area(layout.STATUS)}{own})"
            shown: CachedValue = "" if name is None else 0 if offset > 1 else count
            canvas.formula(row, stencil.left + offset, f'=IF($J{row}="","",SUMPRODUCT({counted}))', shown)
    bottom = top + len(classes) - 1
    canvas.name(layout.NAME_COUNTS, top - 1, stencil.left, bottom, stencil.right)
    return bottom


def _due_nodes(workbook: Workbook, canvas: Canvas, document: TaskDocument, top: int) -> int:
    """下月到期节点 from ``top`` on; the last row kept for them."""
    title, header, row = (Stencil(workbook, f"到期{part}") for part in ("标题", "表头", "行"))
    canvas.stamp(title, top)
    last = horizon(date(document.year, 1, 1))
    end = f"MONTH(EOMONTH({layout.NAME_AS_OF},1))", f"DAY(EOMONTH({layout.NAME_AS_OF},1))"
    words = str(title.sheet.cell(title.top, 4).value).replace("{期末}", f"{{{end[0]}}}月{{{end[1]}}}日")
    canvas.words(top, 4, words, **{end[0]: str(last.month), end[1]: str(last.day)})
    canvas.stamp(header, top + 1)
    bottom = top + 1 + _most_nodes(document) + _SPARE_NODES
    canvas.stamp(row, top + 2, bottom - top - 1)
    canvas.rules_from(row, top + 2, bottom)
    canvas.name(layout.NAME_DUE, top + 1, row.left, bottom, row.right)
    return bottom


def _reporting(workbook: Workbook, canvas: Canvas, master: Master, top: int) -> int:
    """报送情况 from ``top`` on, townships on the left, bureaus on the right; the last row kept for them."""
    title = Stencil(workbook, "报送标题")
    canvas.stamp(title, top)
    day = str(master.settings.on_time_day)
    canvas.words(top, 4, str(title.sheet.cell(title.top, 4).value), **{layout.NAME_ON_TIME_DAY: day})
    kinds = {unit.name: unit.kind for unit in master.document.units}
    records = unit_records(master, Record(), date(master.year, 1, 1))
    bureaus = [kinds[record.unit] is UnitKind.BUREAU for record in records]
    bottom = top + 1 + max(bureaus.count(True), bureaus.count(False)) + _SPARE_UNITS
    for side, name in (("镇乡", layout.NAME_SENT_BY_TOWNSHIPS), ("部门", layout.NAME_SENT_BY_BUREAUS)):
        header, row = Stencil(workbook, f"{side}报送表头"), Stencil(workbook, f"{side}报送行")
        canvas.stamp(header, top + 1)
        canvas.stamp(row, top + 2, bottom - top - 1)
        canvas.rules_from(row, top + 2, bottom)
        canvas.name(name, top + 1, row.left, bottom, row.right)
    return bottom


def _most_nodes(document: TaskDocument) -> int:
    """The most nodes that fall due in any one month."""
    months = [node.last_month for project in document.projects for node in project.milestones]
    return max((months.count(month) for month in set(months)), default=1)


def _height(canvas: Canvas, top: int, bottom: int) -> float:
    heights = canvas.sheet.row_dimensions
    return sum(float(heights[row].height or _ROW_POINTS) for row in range(top, bottom + 1))
