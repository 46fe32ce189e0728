"""首页, 汇总表, 镇乡进度: formulas that follow the project sheets by name, wherever their tabs and rows have gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.utils import get_column_letter as letter

from ...domain.project import UnitKind
from ...sheets import layout
from .canvas import Canvas, Stencil

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from openpyxl import Workbook

    from ...domain.document import TaskDocument
    from ...domain.project import Project
    from ..package import CachedValue

__all__ = ["build_heatmap", "build_home", "build_summary"]


def _cell(project: Project, place: str) -> str:
    return layout.project_name(project.number, place)


def _goal(project: Project) -> str:
    """The adjusted target where there is one, else the target."""
    adjusted, target = _cell(project, layout.ADJUSTED_CELL), _cell(project, layout.TARGET_CELL)
    return f'IF({adjusted}="",{target},{adjusted})'


def _as_of_line(words: str) -> str:
    return f'="{words}"&TEXT({layout.NAME_AS_OF},"yyyy-mm-dd")'


def build_summary(
    workbook: Workbook, document: TaskDocument, cached: MutableMapping[tuple[str, str], CachedValue]
) -> None:
    """The printable 汇总表: a row a project; 状态 and 滞后单位 are written by the summary job."""
    canvas = Canvas(workbook[layout.SHEET_SUMMARY], cached)
    header, row_stencil, foot = (Stencil(workbook, name) for name in ("汇总表头", "汇总行", "汇总脚"))
    foot_top = header.bottom + 1 + max(1, len(document.projects))
    # The foot is moved down first: the rows would be stamped over it.
    foot_rows = [
        [cell.value for cell in row]
        for row in foot.sheet.iter_rows(foot.top, foot.bottom, foot.left, foot.right)
    ]
    for merged in [area for area in canvas.sheet.merged_cells.ranges if area.min_row >= foot.top]:
        canvas.sheet.unmerge_cells(str(merged))
    canvas.stamp(foot, foot_top, labels=False)
    for offset, words in enumerate(foot_rows):
        canvas.put(foot_top + offset, foot.left, words[0])
    columns = {label: header.left + index for index, label in enumerate(layout.SUMMARY_COLUMNS)}
    title = f"{document.title or f'{document.year}年民生实事项目'}"
    canvas.put(1, 1, f"{document.year}年民生实事项目进展汇总表")
    canvas.put(2, 1, title)
    canvas.formula(2, header.left + 6, _as_of_line("截至日期："), f"截至日期：{document.year}-01-01")
    first = row_stencil.top
    canvas.stamp(row_stencil, first, max(1, len(document.projects)))
    for row in range(first, foot_top):
        for column in range(row_stencil.left, row_stencil.right + 1):
            if canvas.sheet.cell(row, column).value is not None:
                canvas.put(row, column, None)
    for row, project in enumerate(document.projects, start=first):
        number = f"{'★' if project.starred else ''}"
        canvas.put(row, columns["序号"], project.number)
        canvas.put(row, columns["项目"], f"{number}{project.title}")
        canvas.put(row, columns["责任单位"], project.lead_unit)
        canvas.put(row, columns["责任人"], project.owner)
        canvas.put(row, columns["单位"], project.unit or "—")
        if project.target is None:
            for label in ("全年目标", "截至计划", "实际累计", "完成率"):
                canvas.put(row, columns[label], "—")
        else:
            goal = project.goal
            canvas.formula(
                row, columns["全年目标"], f"={_goal(project)}", float(goal) if goal is not None else ""
            )
            canvas.formula(row, columns["截至计划"], f"={_cell(project, layout.PLAN_CELL)}", 0)
            canvas.formula(row, columns["实际累计"], f"={_cell(project, layout.ACTUAL_CELL)}", 0)
            canvas.formula(row, columns["完成率"], f"={_cell(project, layout.RATE_CELL)}", 0 if goal else "")
        # No fixed height: the names of late units come later, and every program fits such a row to its text.
        canvas.sheet.row_dimensions[row].height = None
    canvas.name(layout.NAME_SUMMARY, header.top, header.left, foot_top - 1, header.right)
    _stretch_rules(canvas, row_stencil, first, foot_top - 1)
    canvas.sheet.print_area = f"A1:{letter(header.right)}{foot_top + len(foot_rows) - 1}"


def build_heatmap(
    workbook: Workbook, document: TaskDocument, cached: MutableMapping[tuple[str, str], CachedValue]
) -> None:
    """Units × projects with a table: the 完成率 of each unit's row."""
    canvas = Canvas(workbook[layout.SHEET_HEATMAP], cached)
    header, row_stencil, foot = (Stencil(workbook, name) for name in ("进度表头", "进度行", "进度脚"))
    units = [unit for unit in document.units if unit.kind is not UnitKind.BUREAU]
    projects = [project for project in document.projects if project.allocations]
    foot_words = canvas.sheet.cell(foot.top, foot.left).value
    foot_style = canvas.sheet.cell(foot.top, foot.left)._style
    canvas.put(foot.top, foot.left, None)
    canvas.formula(2, 1, _as_of_line("截至日期："), f"截至日期：{document.year}-01-01")
    columns = range(header.right, header.right + max(1, len(projects)))
    canvas.stamp_right(header, header.top, columns)
    width = canvas.sheet.column_dimensions[letter(header.right)].width
    for column, project in zip(columns, projects, strict=False):
        canvas.put(header.top, column, f"{project.number} {_short(project.title)}")
        canvas.sheet.column_dimensions[letter(column)].width = width
    for row, unit in enumerate(units, start=row_stencil.top):
        canvas.sheet.row_dimensions[row].height = canvas.sheet.row_dimensions[row_stencil.top].height
        canvas.sheet.cell(row, 1)._style = canvas.sheet.cell(row_stencil.top, 1)._style
        canvas.put(row, 1, unit.name)
        canvas.stamp_right(row_stencil, row, columns)
        for column, project in zip(columns, projects, strict=False):
            block = _cell(project, layout.UNITS)
            rate = f'MATCH("{layout.RATE}",INDEX({block},1,0),0)'
            canvas.formula(
                row, column, f'=IFERROR(INDEX({block},MATCH($A{row},INDEX({block},0,1),0),{rate}),"")', ""
            )
    bottom = row_stencil.top + max(1, len(units)) - 1
    canvas.put(bottom + 1, 1, foot_words)
    canvas.sheet.cell(bottom + 1, 1)._style = foot_style
    canvas.name(layout.NAME_HEATMAP, header.top, 1, bottom, columns.stop - 1)
    rules = [rule for area in canvas.sheet.conditional_formatting for rule in area.rules]
    canvas.drop_rules()
    for rule in rules:
        canvas.sheet.conditional_formatting.add(
            f"{letter(columns.start)}{row_stencil.top}:{letter(columns.stop - 1)}{bottom}", rule
        )
    canvas.sheet.print_area = f"A1:{letter(columns.stop - 1)}{bottom + 1}"


def build_home(
    workbook: Workbook, document: TaskDocument, cached: MutableMapping[tuple[str, str], CachedValue]
) -> None:
    """The projects with links and lights, counts by kind and by 责任单位, and a chart of plan against actual."""
    canvas = Canvas(workbook[layout.SHEET_HOME], cached)
    header, row_stencil, counts = (Stencil(workbook, name) for name in ("首页表头", "首页行", "计数行"))
    columns = {label: header.left + index for index, label in enumerate(layout.HOME_COLUMNS)}
    canvas.put(1, 1, f"{document.year}年民生实事台账")
    canvas.formula(2, 1, _as_of_line("截至日期："), f"截至日期：{document.year}-01-01")
    first = row_stencil.top
    last = first + max(1, len(document.projects)) - 1
    canvas.stamp(row_stencil, first, last - first + 1)
    status = layout.SUMMARY_COLUMNS.index("状态") + 1
    for row, project in enumerate(document.projects, start=first):
        canvas.formula(
            row,
            columns["序号"],
            f'=HYPERLINK("#{_cell(project, layout.OVERVIEW)}",{project.number})',
            project.number,
        )
        canvas.put(row, columns["★"], "★" if project.starred else None)
        canvas.put(row, columns["项目"], project.title)
        canvas.put(row, columns["责任单位"], project.lead_unit)
        canvas.put(row, columns["责任领导"], project.leader)
        has_rate = bool(project.target and project.goal)
        plan = (
            f'=IF(N({_goal(project)})=0,"",{_cell(project, layout.PLAN_CELL)}/{_goal(project)})'
            if has_rate
            else '=""'
        )
        canvas.formula(row, columns["计划进度"], plan, 0 if has_rate else "")
        canvas.formula(
            row,
            columns["完成率"],
            f"={_cell(project, layout.RATE_CELL)}" if has_rate else '=""',
            0 if has_rate else "",
        )
        found = f"MATCH({project.number},INDEX({layout.NAME_SUMMARY},0,1),0)"
        canvas.formula(
            row, columns["状态"], f'=IFERROR(INDEX({layout.NAME_SUMMARY},{found},{status})&"","")', ""
        )
        canvas.height_for(row, project.title, columns["项目"], columns["项目"])
        canvas.height_for(row, project.lead_unit, columns["责任单位"], columns["责任单位"])
    canvas.name(layout.NAME_HOME, header.top, header.left, last, header.right)
    bottom = _counts(canvas, counts, document, (first, last), columns)
    _stretch_rules(canvas, row_stencil, first, last)
    _plan_and_actual(canvas, columns, (header.top, first, last), (counts.left, bottom + 2))
    canvas.sheet.print_area = f"A1:{letter(counts.right)}{max(last, bottom + 26)}"


def _counts(
    canvas: Canvas, stencil: Stencil, document: TaskDocument, rows: tuple[int, int], columns: dict[str, int]
) -> int:
    """Counts of each status by ★/县级, by 责任单位 and by 责任领导; the last row used."""
    first, last = rows

    def area(label: str) -> str:
        return f"${letter(columns[label])}${first}:${letter(columns[label])}${last}"

    classes: list[tuple[str, str, int]] = [("全部", f'({area("项目")}<>"")', len(document.projects))]
    starred = sum(project.starred for project in document.projects)
    if starred:
        classes.append(("★省级", f'({area("★")}="★")', starred))
        classes.append(("县级", f'({area("★")}<>"★")', len(document.projects) - starred))
    for label, names in (
        ("责任领导", [project.leader for project in document.projects]),
        ("责任单位", [project.lead_unit for project in document.projects]),
    ):
        classes += [
            (name, f'({area(label)}="{name.replace(chr(34), chr(34) * 2)}")', names.count(name))
            for name in dict.fromkeys(names)
            if name
        ]
    row = stencil.top
    canvas.stamp(stencil, row, len(classes))
    for row, (name, condition, count) in enumerate(classes, start=stencil.top):
        canvas.put(row, stencil.left, name)
        canvas.formula(row, stencil.left + 1, f"=SUMPRODUCT({condition}*1)", count)
        for offset, word in enumerate(layout.COUNT_COLUMNS[2:], start=2):
            canvas.formula(
                row, stencil.left + offset, f'=SUMPRODUCT({condition}*({area("状态")}="{word}"))', 0
            )
        canvas.height_for(row, name, stencil.left, stencil.left)
    return row


def _plan_and_actual(
    canvas: Canvas, columns: dict[str, int], rows: tuple[int, int, int], place: tuple[int, int]
) -> None:
    """A bar pair a project: 计划进度 beside 完成率."""
    _, first, last = rows
    chart = BarChart()
    chart.type = "col"
    chart.title = "计划进度与完成率"
    chart.style = 10
    chart.height, chart.width = 9.5, 15.5
    chart.legend.position = "b"
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.y_axis.number_format = "0%"
    chart.y_axis.scaling.min = 0
    chart.gapWidth = 60
    for label, colour in (("计划进度", "BFBFBF"), ("完成率", "2E75B6")):
        cells = Reference(canvas.sheet, columns[label], first, columns[label], last)
        series = Series(cells, title=label)
        series.graphicalProperties.solidFill = colour
        chart.series.append(series)
    chart.set_categories(Reference(canvas.sheet, columns["序号"], first, columns["序号"], last))
    canvas.sheet.add_chart(chart, f"{letter(place[0])}{place[1]}")


def _stretch_rules(canvas: Canvas, stencil: Stencil, top: int, bottom: int) -> None:
    """The template's rules on its one row, over all rows in use."""
    rules = [
        (letter(area.min_col), letter(area.max_col), rule)
        for formatting in canvas.sheet.conditional_formatting
        for area in formatting.sqref.ranges
        if stencil.top <= area.min_row <= stencil.bottom
        for rule in formatting.rules
    ]
    canvas.drop_rules()
    for left, right, rule in rules:
        canvas.sheet.conditional_formatting.add(f"{left}{top}:{right}{bottom}", rule)


def _short(title: str) -> str:
    """So much of a title as a narrow heading holds."""
    return title if len(title) <= 12 else f"{title[:11]}…"
