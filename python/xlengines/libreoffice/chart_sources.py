"""What the charts of a sheet show: the ranges behind their series and categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["point_to"]


def point_to(source: Any, sheet: Any, local: Callable[[str], str | None]) -> None:
    """Let each chart of ``sheet`` show what its model on ``source`` shows, the ranges put through ``local``; those of which it
    makes None stay."""
    ours, theirs = sheet.getCharts(), source.getCharts()
    for number in range(min(ours.getCount(), theirs.getCount())):
        mine, model = (charts.getByIndex(number).getEmbeddedObject() for charts in (ours, theirs))
        for labelled, like in zip(_sequences(mine), _sequences(model), strict=False):
            for kind in ("Values", "Label"):
                old, wanted = getattr(labelled, f"get{kind}")(), getattr(like, f"get{kind}")()
                if old is None or wanted is None:
                    continue
                text = local(wanted.getSourceRangeRepresentation())
                if text is None or text == old.getSourceRangeRepresentation():
                    continue
                new = mine.getDataProvider().createDataSequenceByRangeRepresentation(text)
                new.setPropertyValue("Role", old.getPropertyValue("Role"))
                getattr(labelled, f"set{kind}")(new)


def _sequences(chart: Any) -> Iterator[Any]:
    """Series and categories of a chart."""
    for system in chart.getFirstDiagram().getCoordinateSystems():
        categories = system.getAxisByDimension(0, 0).getScaleData().Categories
        if categories is not None:
            yield categories
        for kind in system.getChartTypes():
            for series in kind.getDataSeries():
                yield from series.getDataSequences()
