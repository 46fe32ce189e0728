"""镇乡进度: units × projects, the rate of each, and a bar a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter as letter

from ...domain.project import UnitKind
from ...sheets import layout
from .canvas import Canvas, Stencil
from .chart import add_unit_chart
from .references import as_of_line, cancelled, cell

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from openpyxl import Workbook
    from openpyxl.styles.cell_style import StyleArray

    from ...domain.document import TaskDocument
    from ...domain.project import Project, ReportingUnit
    from ..package import CachedValue

__all__ = ["build_heatmap"]

#: What stands for a unit without a part in a project, and for one with a part that never reported.
_NOT_ASSIGNED, _SILENT = "／", "未报"
#: Projects that stay legible side by side on one landscape page, and units below each other.
_LEGIBLE_COLUMNS = {"A4": 26, "A3": 42}
_LEGIBLE_UNITS = 40
_CHART_ROWS = 14
#: An upright heading's line pitch and its size of a Chinese character, in points.
_UPRIGHT_PITCH, _UPRIGHT_POINTS = 12.0, 9.5


def build_heatmap(
    workbook: Workbook, document: TaskDocument, cached: MutableMapping[tuple[str, str], CachedValue]
) -> None:
    """Townships and joint units against the projects that have a table."""
    canvas = Canvas(workbook[layout.SHEET_HEATMAP], cached)
    sheet = canvas.sheet
    header, row_stencil, foot = (Stencil(workbook, name) for name in ("进度表头", "进度行", "进度脚"))
    mean = Stencil(workbook, "进度平均")
    mean_words, mean_looks = str(sheet.cell(mean.top, mean.left).value), _looks(mean)
    mean_width = sheet.column_dimensions[letter(mean.left)].width
    foot_words, foot_style = sheet.cell(foot.top, foot.left).value, sheet.cell(foot.top, foot.left)._style
    foot_height = sheet.row_dimensions[foot.top].height
    canvas.put(foot.top, foot.left, None)
    units = [unit for unit in document.units if unit.kind is not UnitKind.BUREAU]
    projects = [project for project in document.projects if project.allocations]
    canvas.formula(2, 1, as_of_line("截至日期："), f"截至日期：{document.year}-01-01")
    columns = range(header.right, header.right + max(1, len(projects)))
    top, bottom = row_stencil.top, row_stencil.top + max(1, len(units)) - 1
    _headings(canvas, header, columns, projects)
    canvas.put(header.top, columns.stop, mean_words)
    sheet.cell(header.top, columns.stop)._style = mean_looks[0]
    sheet.column_dimensions[letter(columns.stop)].width = mean_width
    height = sheet.row_dimensions[top].height
    for row in range(top, bottom + 1):
        sheet.row_dimensions[row].height = height
        sheet.cell(row, 1)._style = sheet.cell(top, 1)._style
        canvas.stamp_right(row_stencil, row, columns)
        sheet.cell(row, columns.stop)._style = mean_looks[-1]
    for row, unit in enumerate(units, start=top):
        _unit_row(canvas, row, unit, columns, projects)
    canvas.put(bottom + 1, 1, f"{foot_words}{_paper_words(len(columns))}")
    sheet.cell(bottom + 1, 1)._style = foot_style
    sheet.row_dimensions[bottom + 1].height = foot_height
    sheet.merge_cells(start_row=bottom + 1, end_row=bottom + 1, start_column=1, end_column=columns.stop)
    canvas.height_for(bottom + 1, str(foot_words), 1, columns.stop, 9)
    canvas.name(layout.NAME_HEATMAP, header.top, 1, bottom, columns.stop - 1)
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    canvas.drop_rules()
    for rule in rules:
        sheet.conditional_formatting.add(
            f"{letter(columns.start)}{top}:{letter(columns.stop - 1)}{bottom}", rule
        )
    last = bottom + 3 + _CHART_ROWS
    add_unit_chart(sheet, mean_words, (top, bottom), (1, columns.stop), (bottom + 3, last), (1, columns.stop))
    right = letter(columns.stop)
    sheet.print_area = f"A1:{right}{last}"
    if len(columns) > _LEGIBLE_COLUMNS["A3"] or len(units) > _LEGIBLE_UNITS:
        _pages(canvas, len(columns), header.top)
        # A page of its own for the chart: a page break would cut it.
        sheet.print_area = f"A1:{right}{bottom + 1},A{bottom + 3}:{right}{last}"


def _headings(canvas: Canvas, header: Stencil, columns: range, projects: list[Project]) -> None:
    sheet = canvas.sheet
    width, height = (
        sheet.column_dimensions[letter(header.right)].width,
        sheet.row_dimensions[header.top].height,
    )
    canvas.stamp_right(header, header.top, columns)
    for column, project in zip(columns, projects, strict=False):
        canvas.put(header.top, column, _upright(f"{project.number} {project.title}", width, height))
        sheet.column_dimensions[letter(column)].width = width


def _unit_row(canvas: Canvas, row: int, unit: ReportingUnit, columns: range, projects: list[Project]) -> None:
    """The unit's rates, from its row on each project's sheet, and their mean, in which silence counts 0."""
    canvas.put(row, 1, unit.name)
    canvas.height_for(row, unit.name, 1, 1)
    assigned = False
    for column, project in zip(columns, projects, strict=False):
        parts = () if project.cancelled else project.allocations
        part = next((share.quantity for share in parts if share.unit == unit.name), None)
        assigned = assigned or bool(part)
        canvas.formula(row, column, _rate(project, row), _SILENT if part else _NOT_ASSIGNED)
    area = f"{letter(columns.start)}{row}:{letter(columns.stop - 1)}{row}"
    count = f'(COUNT({area})+COUNTIF({area},"{_SILENT}"))'
    canvas.formula(
        row, columns.stop, f'=IF({count}=0,"",ROUND(SUM({area})/{count},3))', 0 if assigned else ""
    )


def _rate(project: Project, row: int) -> str:
    block = cell(project, layout.UNITS)

    def of(label: str) -> str:
        return f'INDEX({block},MATCH($A{row},INDEX({block},0,1),0),MATCH("{label}",INDEX({block},1,0),0))'

    share, latest = of(layout.SHARE), of(layout.LATEST)
    known = f'IF({latest}="","{_SILENT}",ROUND({latest}/{share},2))'
    assigned = f'IF(N({share})=0,"{_NOT_ASSIGNED}",{known})'
    return f'=IFERROR(IF({cancelled(project)},"{_NOT_ASSIGNED}",{assigned}),"{_NOT_ASSIGNED}")'


def _looks(stencil: Stencil) -> list[StyleArray]:
    """The looks of a stencil's first column, from top to bottom, before anything is stamped over them."""
    rows = range(stencil.top, stencil.bottom + 1)
    return [stencil.sheet.cell(row, stencil.left)._style for row in rows]


def _upright(text: str, width: float, height: float) -> str:
    """So much of a text as a heading holds whose words run upwards: lines of ``height`` points in ``width`` characters."""
    held = int(width * 7 / _UPRIGHT_PITCH * 0.75) * int(height / _UPRIGHT_POINTS - 1)
    return text if len(text) <= held else f"{text[: held - 1]}…"


def _paper_words(columns: int) -> str:
    if columns <= _LEGIBLE_COLUMNS["A4"]:
        return "本页用A4横向打印即可看清。"
    if columns <= _LEGIBLE_COLUMNS["A3"]:
        return "本页请用A3横向打印（在“设置”里把“打印纸张”改为A3）。"
    return "项目较多，本页分页打印，每页都带单位名称和表头。"


def _pages(canvas: Canvas, columns: int, title_row: int) -> None:
    """So many pages as it takes, with headings and names repeated."""
    canvas.sheet.page_setup.fitToWidth = -(-columns // _LEGIBLE_COLUMNS["A4"])
    canvas.let_pages_run(title_row)
    canvas.sheet.print_title_cols = "A:A"
