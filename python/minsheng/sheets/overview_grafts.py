"""The sheets that list the projects (汇总表 with its views, 镇乡进度, 首页) when projects come, go or read otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from . import layout
from .graft import Graft, areas_on, own_cells
from .image import SheetImage, is_formula
from .places import Area
from .writing import Formula, Write

if TYPE_CHECKING:
    from ..domain.document import TaskDocument
    from .graft import Grafts
    from .open_master import OpenMaster
    from .places import Places

__all__ = ["OVERVIEWS", "OverviewChanges", "ours_on", "overview_changes", "shows_otherwise"]

#: Tab as it is built → the tables on it.
OVERVIEWS: Final = {
    tab: tuple(name for name, (sheet, _) in layout.TABLES.items() if sheet == tab)
    for tab in (layout.SHEET_HOME, layout.SHEET_SUMMARY, *layout.VIEWS, layout.SHEET_HEATMAP)
}
#: Right of the named area of 镇乡进度 stands the mean.
_BESIDE: Final = {layout.SHEET_HEATMAP: 1}


@dataclass
class OverviewChanges:
    """``writes`` go onto sheets that stay, ``own`` is what the clerk keeps on those that were built anew."""

    writes: list[Write] = field(default_factory=list)
    own: list[Write] = field(default_factory=list)


def shows_otherwise(standing: TaskDocument, wanted: TaskDocument) -> bool:
    """Whether a sheet that lists the projects would be built otherwise."""
    return bool(_shown(standing) != _shown(wanted))


def _shown(document: TaskDocument) -> Any:
    units = {unit.name for unit in document.units}
    return units, [
        (
            project.number,
            project.starred,
            project.title,
            project.lead_unit,
            project.leader,
            project.target is None,
            project.cancelled,
            [row.unit for row in project.allocations],
        )
        for project in document.projects
    ]


def overview_changes(grafts: Grafts, master: OpenMaster) -> OverviewChanges:
    """Graft every overview whose rows come or go, and say what the others are to read. One that the clerk has deleted stays
    gone."""
    changes = OverviewChanges()
    built = dict(areas_on(grafts.places, OVERVIEWS))
    for source, names in OVERVIEWS.items():
        areas = [area for name in names if (area := master.places.get(name)) is not None]
        tabs = {area.sheet for area in areas if area.sheet in master.images}
        if not tabs:
            continue
        [tab, *others] = sorted(tabs)
        new = grafts.built.image(source)
        old = master.images[tab]
        is_alike = not others and all(
            (area := master.places.get(name)) is not None and area.a1 == built[name].a1 for name in names
        )
        if is_alike:
            for name in names:
                changes.writes += _differing(old, new, built[name])
            continue
        copied = grafts.put_in(Graft(source, replaced=tab))
        ours = ours_on(master, grafts.places, source, new)
        changes.own += own_cells(old, ours, new, new.bottom, copied)
    return changes


def ours_on(master: OpenMaster, fresh: Places, source: str, new: SheetImage) -> Area:
    """What of an overview that stands is ours: as far beyond its tables as on the ``new`` sheet of a book
    with the places ``fresh``."""
    built = [area for _, area in areas_on(fresh, [source])]
    areas = [area for name in OVERVIEWS[source] if (area := master.places.get(name)) is not None]
    if not areas:
        return Area(source, 1, 1, new.bottom, new.right)
    tail = new.bottom - max(area.bottom for area in built)
    right = max(area.right for area in areas) + _BESIDE.get(source, 0)
    return Area(areas[0].sheet, 1, 1, max(area.bottom for area in areas) + tail, right)


def _differing(old: SheetImage, new: SheetImage, area: Area) -> list[Write]:
    """The cells of an area that are to read otherwise; what jobs fill in is blank in a new sheet and stays."""
    writes = []
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            text, value = new.formula(row, column), new.value(row, column)
            if is_formula(text):
                if old.formula(row, column) != text:
                    writes.append(Write(old.sheet, row, column, [[Formula(text)]]))
            elif value is not None and value != "" and old.value(row, column) != value:
                writes.append(Write(old.sheet, row, column, [[value]]))
    return writes
