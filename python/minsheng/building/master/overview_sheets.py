"""首页, 汇总表, 镇乡进度: formulas that follow the project sheets by name, wherever their tabs and rows have gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter as letter

from ...domain.project import UnitKind
from ...sheets import layout
from .canvas import Canvas, Stencil
from .chart import add_rate_chart, add_unit_chart

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from decimal import Decimal

    from openpyxl import Workbook
    from openpyxl.styles.cell_style import StyleArray

    from ...domain.document import TaskDocument
    from ...domain.project import Project
    from ..package import CachedValue

__all__ = ["build_heatmap", "build_home", "build_summary"]


#: What stands where a project without a target has no number.
_NO_TARGET = "—"
#: More rows than this on one page are too small to read.
_LEGIBLE_ROWS = 60
#: Rows of ordinary height that the charts take.
_RATE_CHART_ROWS, _UNIT_CHART_ROWS = 13, 14
#: An upright heading's line pitch and its size of a Chinese character, in points.
_UPRIGHT_PITCH, _UPRIGHT_POINTS = 12.0, 9.5


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
        canvas.put(row, columns["单位"], project.unit or _NO_TARGET)
        goal, none = project.goal, project.target is None
        for label, place, shown in (
            ("全年目标", _goal(project), _number(goal)),
            ("截至计划", _cell(project, layout.PLAN_CELL), 0),
            ("实际累计", _cell(project, layout.ACTUAL_CELL), 0),
            ("完成率", _cell(project, layout.RATE_CELL), 0 if goal else ""),
        ):
            canvas.formula(
                row, columns[label],
                f'=IF({_cell(project, layout.TARGET_CELL)}="","{_NO_TARGET}",{place})', _NO_TARGET if none else shown,
            )  # fmt: skip
        for label, text in (("项目", f"{number}{project.title}"), ("责任单位", project.lead_unit)):
            canvas.height_for(row, text, columns[label], columns[label], 11)
        canvas.let_grow(row)
    canvas.name(layout.NAME_SUMMARY, header.top, header.left, foot_top - 1, header.right)
    _stretch_rules(canvas, row_stencil, first, foot_top - 1)
    canvas.sheet.print_area = f"A1:{letter(header.right)}{foot_top + len(foot_rows) - 1}"


def build_heatmap(
    workbook: Workbook, document: TaskDocument, cached: MutableMapping[tuple[str, str], CachedValue]
) -> None:
    """Units × projects with a table: the 完成率 of each unit's row, their mean, and a bar a unit."""
    canvas = Canvas(workbook[layout.SHEET_HEATMAP], cached)
    sheet = canvas.sheet
    header, row_stencil, foot = (Stencil(workbook, name) for name in ("进度表头", "进度行", "进度脚"))
    mean = Stencil(workbook, "进度平均")
    mean_words, mean_looks = sheet.cell(mean.top, mean.left).value, _looks(mean)
    mean_width = sheet.column_dimensions[letter(mean.left)].width
    units = [unit for unit in document.units if unit.kind is not UnitKind.BUREAU]
    projects = [project for project in document.projects if project.allocations]
    foot_words, foot_style = sheet.cell(foot.top, foot.left).value, sheet.cell(foot.top, foot.left)._style
    canvas.put(foot.top, foot.left, None)
    canvas.formula(2, 1, _as_of_line("截至日期："), f"截至日期：{document.year}-01-01")
    columns = range(header.right, header.right + max(1, len(projects)))
    top, bottom = row_stencil.top, row_stencil.top + max(1, len(units)) - 1
    canvas.stamp_right(header, header.top, columns)
    width, height = (
        sheet.column_dimensions[letter(header.right)].width,
        sheet.row_dimensions[header.top].height,
    )
    for column, project in zip(columns, projects, strict=False):
        canvas.put(header.top, column, _upright(f"{project.number} {project.title}", width, height))
        sheet.column_dimensions[letter(column)].width = width
    canvas.put(header.top, columns.stop, mean_words)
    sheet.cell(header.top, columns.stop)._style = mean_looks[0]
    sheet.column_dimensions[letter(columns.stop)].width = mean_width
    for row in range(top, bottom + 1):
        sheet.row_dimensions[row].height = sheet.row_dimensions[top].height
        sheet.cell(row, 1)._style = sheet.cell(top, 1)._style
        canvas.stamp_right(row_stencil, row, columns)
        sheet.cell(row, columns.stop)._style = mean_looks[-1]
    for row, unit in enumerate(units, start=top):
        canvas.put(row, 1, unit.name)
        canvas.height_for(row, unit.name, 1, 1)
        for column, project in zip(columns, projects, strict=False):
            block = _cell(project, layout.UNITS)
            unit_row, rate = (
                f"MATCH($A{row},INDEX({block},0,1),0)",
                f'MATCH("{layout.RATE}",INDEX({block},1,0),0)',
            )
            canvas.formula(row, column, f'=IFERROR(INDEX({block},{unit_row},{rate}),"")', "")
        area = f"{letter(columns.start)}{row}:{letter(columns.stop - 1)}{row}"
        canvas.formula(row, columns.stop, f'=IFERROR(AVERAGE({area}),"")', "")
    canvas.put(bottom + 1, 1, foot_words)
    sheet.cell(bottom + 1, 1)._style = foot_style
    canvas.name(layout.NAME_HEATMAP, header.top, 1, bottom, columns.stop - 1)
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    canvas.drop_rules()
    for rule in rules:
        sheet.conditional_formatting.add(
            f"{letter(columns.start)}{top}:{letter(columns.stop - 1)}{bottom}", rule
        )
    last = bottom + 3 + _UNIT_CHART_ROWS
    add_unit_chart(sheet, (header.top, top, bottom), (1, columns.stop), (bottom + 3, last))
    sheet.print_area = f"A1:{letter(columns.stop)}{last}"


def _looks(stencil: Stencil) -> list[StyleArray]:
    """The looks of a stencil's first column, from top to bottom, before anything is stamped over them."""
    rows = range(stencil.top, stencil.bottom + 1)
    return [stencil.sheet.cell(row, stencil.left)._style for row in rows]


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
    # The counts stand beside the projects, whose words decide how high a row is: they are laid out first.
    bottom = _counts(canvas, counts, document, (first, last), columns)
    canvas.stamp(row_stencil, first, last - first + 1)
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
        target, shown = _cell(project, layout.TARGET_CELL), 0 if project.target and project.goal else ""
        plan = f"{_cell(project, layout.PLAN_CELL)}/{_goal(project)}"
        canvas.formula(
            row, columns["计划进度"], f'=IF(OR({target}="",N({_goal(project)})=0),"",{plan})', shown
        )
        canvas.formula(row, columns["完成率"], f"={_cell(project, layout.RATE_CELL)}", shown)
        listed = f"MATCH({project.number},INDEX({layout.NAME_SUMMARY},0,1),0)"
        light = f'MATCH("状态",INDEX({layout.NAME_SUMMARY},1,0),0)'
        canvas.formula(
            row, columns["状态"], f'=IFERROR(INDEX({layout.NAME_SUMMARY},{listed},{light})&"","")', ""
        )
        for label, text in (("项目", project.title), ("责任单位", project.lead_unit)):
            canvas.height_for(row, text, columns[label], columns[label])
    canvas.name(layout.NAME_HOME, header.top, header.left, last, header.right)
    _stretch_rules(canvas, row_stencil, first, last)
    end = max(last, bottom) + 2
    add_rate_chart(canvas.sheet, (first, last), columns, (end, end + _RATE_CHART_ROWS), counts.right)
    canvas.sheet.print_area = f"A1:{letter(counts.right)}{end + _RATE_CHART_ROWS}"
    if end > _LEGIBLE_ROWS:
        canvas.let_pages_run(header.top)


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
    return row


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


def _upright(text: str, width: float, height: float) -> str:
    """So much of a text as a heading holds whose words run upwards: lines of ``height`` points in ``width`` characters."""
    held = int(width * 7 / _UPRIGHT_PITCH * 0.75) * int(height / _UPRIGHT_POINTS - 1)
    return text if len(text) <= held else f"{text[: held - 1]}…"


def _number(value: Decimal | None) -> int | float | str:
    if value is None:
        return ""
    return int(value) if value == value.to_integral_value() else float(value)
