"""What the charts of a sheet show: the ranges behind their series and categories, and the words of their legends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["literals", "point_to", "put_back"]

#: A sequence of a chart, and what it shows.
Literal = tuple[Any, Any, str]


def point_to(source: Any, sheet: Any, local: Callable[[str], str | None]) -> None:
    """Let each chart of ``sheet`` show what its model on ``source`` shows, the ranges put through ``local``; those of which it
    makes None stay."""
    ours, theirs = sheet.getCharts(), source.getCharts()
    for number in range(min(ours.getCount(), theirs.getCount())):
        mine, model = (charts.getByIndex(number).getEmbeddedObject() for charts in (ours, theirs))
        for labelled, like in zip(_sequences(mine), _sequences(model), strict=False):
            for kind in ("Values", "Label"):
                old, wanted = getattr(labelled, f"get{kind}")(), getattr(like, f"get{kind}")()
                if wanted is None:
                    continue
                text = local(wanted.getSourceRangeRepresentation())
                if text is not None and (old is None or text != old.getSourceRangeRepresentation()):
                    role = wanted.getPropertyValue("Role")
                    getattr(labelled, f"set{kind}")(_sequence(mine, text, role))


def literals(document: Any) -> list[Literal]:
    """The names of series that are words and no cells."""
    sheets = document.getSheets()
    return [
        (chart, labelled, label.getSourceRangeRepresentation())
        for sheet in map(sheets.getByIndex, range(sheets.getCount()))
        for charts in (sheet.getCharts(),)
        for chart in (charts.getByIndex(number).getEmbeddedObject() for number in range(charts.getCount()))
        for labelled in _sequences(chart)
        if (label := labelled.getLabel()) is not None and label.getSourceRangeRepresentation().startswith('"')
    ]


def put_back(known: list[Literal]) -> None:
    """Say such names again where LibreOffice has made something else of them."""
    for chart, labelled, text in known:
        if chart.getDataProvider() is None:  # gone with its sheet
            continue
        label = labelled.getLabel()
        if label is None or label.getSourceRangeRepresentation() != text:
            labelled.setLabel(_sequence(chart, text, "label"))


def _sequence(chart: Any, text: str, role: str) -> Any:
    made = chart.getDataProvider().createDataSequenceByRangeRepresentation(text)
    made.setPropertyValue("Role", role)
    return made


def _sequences(chart: Any) -> Iterator[Any]:
    """Series and categories of a chart."""
    for system in chart.getFirstDiagram().getCoordinateSystems():
        categories = system.getAxisByDimension(0, 0).getScaleData().Categories
        if categories is not None:
            yield categories
        for kind in system.getChartTypes():
            for series in kind.getDataSeries():
                yield from series.getDataSequences()
