"""The charts: plan line and actual line of a project and its units as bars, rates of all projects, means of the units.

They hold references alone, no copies of numbers: whoever draws one has to look at the cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RichTextProperties
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["add_progress_chart", "add_rate_chart", "add_unit_chart"]

#: Characters of width for a bar below which the names stand upright.
_UPRIGHT_BELOW = 7.5
_PLAN_COLOUR, _ACTUAL_COLOUR, _PALE = "7F7F7F", "2E75B6", "BFBFBF"


def add_progress_chart(
    sheet: Worksheet, rows: tuple[int, int], header: int, total: int, columns: tuple[range, range], right: int
) -> None:
    """Put the chart between ``rows``, from the left edge to ``right``. ``columns`` are those of the months and of the
    hidden totals, in which a month without a number is #N/A, so that the line ends instead of falling to 0."""
    months, totals = columns
    chart = LineChart()
    chart.style = 2
    chart.legend.position = "t"
    chart.visible_cells_only = False
    chart.display_blanks = "span"  # LibreOffice draws #N/A as 0 where blanks are gaps
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.y_axis.number_format = "General"
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    for title, row, cells, colour in (
        ("计划累计", total + 1, months, _PLAN_COLOUR),
        ("实际累计", total, totals, _ACTUAL_COLOUR),
    ):
        series = Series(Reference(sheet, cells.start, row, cells.stop - 1, row), title=title)
        series.graphicalProperties.line.solidFill = colour
        series.graphicalProperties.line.width = 22000
        series.graphicalProperties.line.dashStyle = "dash" if colour == _PLAN_COLOUR else "solid"
        series.marker.symbol = "none" if colour == _PLAN_COLOUR else "circle"
        series.smooth = False
        chart.series.append(series)
    heads = Reference(sheet, months.start, header, months.stop - 1, header)
    for series in chart.series:
        series.cat = AxDataSource(strRef=StrRef(f=str(heads)))
    _place(sheet, chart, rows, right)


def add_rate_chart(
    sheet: Worksheet, projects: tuple[int, int], columns: dict[str, int], rows: tuple[int, int], right: int
) -> None:
    """计划进度 beside 完成率, a pair of bars a project; ``projects`` are the first and last row of the list."""
    chart = _bars()
    for label, colour in (("计划进度", _PALE), ("完成率", _ACTUAL_COLOUR)):
        _add_bars(
            chart, Reference(sheet, columns[label], projects[0], columns[label], projects[1]), label, colour
        )
    numbers = Reference(sheet, columns["序号"], projects[0], columns["序号"], projects[1])
    chart.set_categories(numbers)
    chart.gapWidth = 60
    _place(sheet, chart, rows, right)


def add_unit_chart(
    sheet: Worksheet,
    title: str,
    units: tuple[int, int],
    columns: tuple[int, int],
    rows: tuple[int, int],
    place: tuple[int, int],
) -> None:
    """A rate of every unit as a bar, between two columns (``place``). ``units`` are the first and last row, ``columns``
    those of names and rates."""
    names, rates = columns
    chart = _bars()
    _add_bars(chart, Reference(sheet, rates, units[0], rates, units[1]), title, _ACTUAL_COLOUR)
    cells = Reference(sheet, names, units[0], names, units[1])
    chart.series[0].cat = AxDataSource(strRef=StrRef(f=str(cells)))
    width = sum(
        sheet.column_dimensions[get_column_letter(column)].width for column in range(place[0], place[1] + 1)
    )
    if width / (units[1] - units[0] + 1) < _UPRIGHT_BELOW:
        upright = RichTextProperties(rot=-5400000, vert="horz")
        paragraph = Paragraph(pPr=ParagraphProperties(), endParaRPr=CharacterProperties())
        chart.x_axis.txPr = RichText(bodyPr=upright, p=[paragraph])
    chart.gapWidth = 45
    _place(sheet, chart, rows, place[1], left=place[0])


def _bars() -> BarChart:
    chart = BarChart()
    chart.type, chart.style = "col", 2
    if chart.legend is not None:
        chart.legend.position = "t"
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.y_axis.number_format = "0%"
    chart.y_axis.scaling.min = 0
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=_PALE, w=6350))
    return chart


def _add_bars(chart: BarChart, cells: Reference, title: str, colour: str) -> None:
    series = Series(cells, title=title)
    series.graphicalProperties.solidFill = colour
    chart.series.append(series)


def _place(
    sheet: Worksheet, chart: BarChart | LineChart, rows: tuple[int, int], right: int, left: int = 1
) -> None:
    """Over whole cells, from column ``left`` to ``right``: it stays on the printed page however wide the fonts are."""
    anchor = TwoCellAnchor(editAs="oneCell")
    anchor._from = AnchorMarker(col=left - 1, row=rows[0] - 1)
    anchor.to = AnchorMarker(col=right, row=rows[1] - 1)
    chart.anchor = anchor
    sheet.add_chart(chart)
