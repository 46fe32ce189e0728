"""Where a master still says a unit's older name, and which units its 镇乡进度 lacks: what is left to do when units change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..domain.catalogue import master as rules
from ..domain.project import UnitKind
from . import layout
from .gaps import SETTINGS
from .places import cell_a1
from .writing import Write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.finding import Finding
    from .open_master import OpenMaster

__all__ = ["OlderName", "heatmap_differs", "older_names", "unit_row_findings"]


@dataclass(frozen=True, slots=True)
class OlderName:
    """A cell that says ``text`` where ``unit`` is meant; ``project`` is None beside the projects' sheets."""

    unit: str
    text: str
    sheet: str
    row: int
    column: int
    project: int | None = None

    @property
    def write(self) -> Write:
        """What puts the name of now there."""
        return Write(self.sheet, self.row, self.column, [[self.unit]])


def older_names(master: OpenMaster) -> list[OlderName]:
    """Every one of them: unit rows and 责任单位 of the projects, then the rows of 镇乡进度."""
    found = []
    for number, sheet in master.projects.items():
        tab = sheet.image.sheet
        for table in sheet.tables.values():
            column = table.columns[layout.UNIT]
            for unit, row in table.older_names.items():
                found.append(OlderName(unit, sheet.image.text(row, column), tab, row, column, number))
        lead = master.names.lead(sheet.lead_unit)
        if lead != sheet.lead_unit:
            place = sheet.labels[layout.LEAD_UNIT]
            found.append(OlderName(lead, sheet.lead_unit, tab, *place, number))
    rows = _heatmap_rows(master)
    for text, unit in master.names.currents(rows).items():
        if text != unit:
            image, column = master.tables[layout.NAME_HEATMAP].block.image, _heatmap_column(master)
            found.append(OlderName(unit, text, image.sheet, rows[text], column))
    return found


def heatmap_differs(master: OpenMaster) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The units that have no row in 镇乡进度, and the names that have one and are no unit's. None where the sheet is gone, or where
    设置 does not know a name that the projects have: that comes first."""
    if layout.NAME_HEATMAP not in master.tables or master.lacks(SETTINGS):
        return (), ()
    units = [unit.name for unit in master.settings.units if unit.kind is not UnitKind.BUREAU]
    listed = [*master.names.currents(_heatmap_rows(master)).values()]
    strange = tuple(name for name in listed if name not in master.names)
    tables = (table for sheet in master.projects.values() for table in sheet.tables.values())
    if not {unit for table in tables for unit in table.rows}.isdisjoint(strange):
        return (), ()
    return tuple(name for name in units if name not in listed), strange


def unit_row_findings(master: OpenMaster) -> Iterator[Finding]:
    """M208, M209: a finding for each unit with an older name somewhere, and one for the rows of 镇乡进度."""
    places: dict[tuple[str, str], list[OlderName]] = {}
    for older in older_names(master):
        places.setdefault((older.unit, older.text), []).append(older)
    for (unit, text), found in places.items():
        first = found[0]
        yield rules.OLDER_NAME.finding(
            project=first.project,
            unit=unit,
            sheet=first.sheet,
            cell=cell_a1(first.row, first.column),
            places=_places(found),
            text=text,
        )
    lacking, strange = heatmap_differs(master)
    if lacking or strange:
        block = master.tables[layout.NAME_HEATMAP].block
        problems = [f"没有“{layout.listed(lacking)}”的行"] if lacking else []
        problems += [f"还有名单里没有的“{layout.listed(strange)}”"] if strange else []
        yield rules.HEATMAP_ROWS.finding(
            sheet=block.image.sheet,
            cell=cell_a1(block.header_row, _heatmap_column(master)),
            problem="，".join(problems),
        )


def _places(found: list[OlderName]) -> str:
    projects = "、".join(f"{number}" for number in dict.fromkeys(each.project for each in found) if number)
    others = dict.fromkeys(f"“{each.sheet}”" for each in found if each.project is None)
    return "在" + "和".join([*([f"第{projects}项"] if projects else []), *others])


def _heatmap_column(master: OpenMaster) -> int:
    [label] = layout.TABLES[layout.NAME_HEATMAP][1]
    return master.tables[layout.NAME_HEATMAP].columns[label]


def _heatmap_rows(master: OpenMaster) -> dict[str, int]:
    """Name → row of 镇乡进度."""
    table = master.tables.get(layout.NAME_HEATMAP)
    if table is None:
        return {}
    column = _heatmap_column(master)
    texts = {table.block.image.text(row, column): row for row in reversed(table.block.rows)}
    return {text: row for text, row in texts.items() if text}
