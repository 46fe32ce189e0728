"""The units by any of their names: what was written before a unit was renamed goes on meaning that unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .project import Project, ReportingUnit, UnitKind

__all__ = ["UnitNames"]

_JOINED = "、"


class UnitNames:
    """``units`` by their names and aliases. A name is first of all its own unit's; an alias that two units have is nobody's.
    A joint unit is meant by the names of its members too, whatever they were called then. ``name in names``: it is a unit's own
    name."""

    def __init__(self, units: Iterable[ReportingUnit] = ()) -> None:
        units = tuple(units)
        self._own = {unit.name: unit for unit in units}
        self._units: dict[str, ReportingUnit | None] = {}
        for unit in units:
            for alias in unit.aliases:
                self._units[alias] = unit if self._units.get(alias, unit) is unit else None
        self._units |= self._own
        self._joint: dict[tuple[str, ...], ReportingUnit] = {}
        for unit in units:
            if unit.members:
                self._joint.setdefault(self._parts(unit.members), unit)

    def __contains__(self, name: str) -> bool:
        return name in self._own

    def unit(self, name: str) -> ReportingUnit | None:
        """The unit that a name means, None where it is nobody's."""
        if name in self._units or _JOINED not in name:
            return self._units.get(name)
        return self._joint.get(self._parts(name.split(_JOINED)))

    def current(self, name: str) -> str:
        """What the unit is called now; the name itself where it is nobody's."""
        unit = self.unit(name)
        return unit.name if unit else name

    def lead(self, name: str) -> str:
        """The same for a 责任单位, which is a bureau: another kind of unit does not lead under its alias."""
        unit = self.unit(name)
        return unit.name if unit and unit.kind is UnitKind.BUREAU else name

    def currents(self, names: Iterable[str]) -> dict[str, str]:
        """Name → what its unit is called now, for the ``names`` of one list, in which a unit stands once: a unit's own name
        before its aliases, and what would be the same unit a second time stays what it is."""
        found = {name: name for name in names}
        taken = set(found)
        for name in found:
            current = self.current(name)
            if current not in taken:
                found[name] = current
                taken.add(current)
        return found

    def resolved(self, units: Iterable[ReportingUnit]) -> tuple[ReportingUnit, ...]:
        """``units`` with their members and successors by what they are called now."""
        return tuple(
            replace(unit, members=self._parts(unit.members), successors=self._parts(unit.successors))
            if unit.members or unit.successors
            else unit
            for unit in units
        )

    def project(self, project: Project) -> Project:
        """The project with its units by what they are called now."""
        lead_unit = self.lead(project.lead_unit)
        stand_in = project.stand_in and replace(project.stand_in, unit=lead_unit)
        return replace(self.table(project), lead_unit=lead_unit, stand_in=stand_in)

    def table(self, project: Project) -> Project:
        """The project with the units of its table by what they are called now."""
        currents = self.currents(row.unit for row in project.allocations)
        rows = tuple(replace(row, unit=currents[row.unit]) for row in project.allocations)
        return replace(project, allocations=rows)

    def _parts(self, members: Iterable[str]) -> tuple[str, ...]:
        known = self._units
        return tuple(unit.name if (unit := known.get(name)) else name for name in members)
