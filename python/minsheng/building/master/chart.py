"""The chart of a project: plan line and actual line over the months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.chart import LineChart, Reference, Series
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["add_progress_chart"]

_PLAN_COLOUR, _ACTUAL_COLOUR = "7F7F7F", "2E75B6"


def add_progress_chart(
    sheet: Worksheet, rows: tuple[int, int], header: int, total: int, columns: tuple[range, range]
) -> None:
    """Put the chart between ``rows``, over the whole width. ``columns`` are those of the months and of the hidden totals,
    in which a month without a number is #N/A, so that the line ends instead of falling to 0."""
    months, totals = columns
    chart = LineChart()
    chart.style = 2
    chart.legend.position = "r"
    chart.visible_cells_only = False
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
    chart.set_categories(Reference(sheet, months.start, header, months.stop - 1, header))
    anchor = TwoCellAnchor(editAs="oneCell")
    anchor._from = AnchorMarker(col=0, row=rows[0] - 1)
    anchor.to = AnchorMarker(col=months.stop + 3, row=rows[1] - 1)
    chart.anchor = anchor
    sheet.add_chart(chart)
