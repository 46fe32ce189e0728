"""Which of the units that are known a name in a document means, and a document that calls them so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from .document import TaskDocument
from .project import Project, ReportingUnit, UnitKind

__all__ = ["called", "named", "owners"]


def owners(units: Iterable[ReportingUnit]) -> dict[str, str]:
    """Every name by which just one of ``units`` goes → its own name; one that is a unit's own name is no other's."""
    units = tuple(units)
    claims: dict[str, set[str]] = {}
    for unit in units:
        for alias in unit.aliases:
            claims.setdefault(alias, set()).add(unit.name)
    found = {alias: min(claimed) for alias, claimed in claims.items() if len(claimed) == 1}
    return found | {unit.name: unit.name for unit in units}


def named(units: Sequence[ReportingUnit], known: Sequence[ReportingUnit]) -> dict[str, str]:
    """Name of each of ``units`` that is one of ``known`` → that one's name: by its own name, else by the only one that any of
    its aliases means; a joint unit by its members."""
    owner = owners(known)
    found: dict[str, str] = {}
    for unit in units:
        means = {owner[name] for name in (unit.name, *unit.aliases) if name in owner}
        if unit.name in owner:
            found[unit.name] = owner[unit.name]
        elif len(means) == 1:
            found[unit.name] = means.pop()
    joint = {frozenset(unit.members): unit.name for unit in known if unit.kind is UnitKind.JOINT}
    for unit in units:
        members = frozenset(found.get(name, name) for name in unit.members)
        if unit.kind is UnitKind.JOINT and unit.name not in found and members in joint:
            found[unit.name] = joint[members]
    return found


def called(document: TaskDocument, names: Mapping[str, str]) -> TaskDocument:
    """The document with its units by these ``names``; the form that it prints becomes an alias, but for a joint unit's."""
    units: dict[str, ReportingUnit] = {}
    for unit in document.units:
        name = names.get(unit.name, unit.name)
        before = units.get(name)
        forms = (unit.name, *unit.aliases) if unit.kind is not UnitKind.JOINT else ()
        if before is not None:
            forms = (*before.aliases, *forms)
        units[name] = replace(
            before or unit,
            name=name,
            aliases=tuple(form for form in dict.fromkeys(forms) if form != name),
            members=tuple(names.get(member, member) for member in unit.members),
        )
    projects = tuple(_called(project, names) for project in document.projects)
    return replace(document, units=tuple(units.values()), projects=projects)


def _called(project: Project, names: Mapping[str, str]) -> Project:
    stand_in = project.stand_in
    return replace(
        project,
        lead_unit=names.get(project.lead_unit, project.lead_unit),
        allocations=tuple(replace(row, unit=names.get(row.unit, row.unit)) for row in project.allocations),
        stand_in=stand_in and replace(stand_in, unit=names.get(stand_in.unit, stand_in.unit)),
    )
