"""The whole of an amendment: what a changed document makes of a master's projects, units and pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..document import Containment, TaskDocument
from ..master import Master
from ..project import Project, Reporting, ReportingUnit
from ..unit_names import called, named, owners
from .differences import Difference, differences
from .matching import match_projects
from .three_way import Decision, amended

__all__ = ["Amendment", "amendment"]


@dataclass(frozen=True, slots=True)
class Amendment:
    """``document`` is what the master's document is to be, in the master's own numbers, ``base`` what the changed document
    says of each of them. ``renumbered`` maps a project of the master → the number that the document prints for it."""

    document: TaskDocument
    base: tuple[Project, ...]
    differences: tuple[Difference, ...]
    added: tuple[int, ...]
    cancelled: tuple[int, ...]
    renumbered: Mapping[int, int]

    @property
    def changed(self) -> tuple[int, ...]:
        """The projects that stood before and are to read otherwise, in order."""
        numbers = {difference.project for difference in self.differences}
        return tuple(sorted(numbers - set(self.added)))

    @property
    def units_added(self) -> int:
        """How many reporting units are new."""
        return sum(difference.project == 0 for difference in self.differences)


def amendment(
    master: Master, known: Mapping[int, Project], document: TaskDocument, approval: str
) -> Amendment:
    """What ``document`` changes in ``master``. ``known`` is what the document said before, by the master's numbers; a
    project that is not in it is compared with what stands. A project keeps its number, whatever the document prints; a
    new one whose printed number is taken gets the next free one. A project that the document has no more is cancelled."""
    standing = list(master.document.projects)
    base = [known.get(project.number, _as_printed(project)) for project in standing]
    leads, owner = [project.lead_unit for project in document.projects], owners(master.document.units)
    document = called(document, owner | named(document.units, master.document.units))
    partner = match_projects(base, document.projects)
    numbers = _numbers(standing, document.projects, partner)
    reporting = _reporting(master)
    wanted = {project.number: project for project in standing}
    said: dict[int, Project] = {}
    for index, printed in enumerate(document.projects):
        number = numbers[index]
        after = said[number] = replace(printed, number=number)
        if index not in partner:
            wanted[number] = after
            continue
        here, before = standing[partner[index]], base[partner[index]]
        if before.lead_unit in (leads[index], owner.get(leads[index])):  # the document has not changed it
            after = said[number] = _led_by(after, before.lead_unit)
        decision = Decision(master.year, approval)
        wanted[number] = amended(before, here, after, decision, reporting.get(number, ()))
    gone = [project for project in standing if project.number not in said and not project.cancelled]
    for project in gone:
        note = approval or project.adjustment_note
        wanted[project.number] = replace(project, cancelled=True, adjustment_note=note)
    old = {project.number: project for project in standing}
    projects = tuple(wanted[number] for number in sorted(wanted))
    units = _units(master.document.units, document.units)
    changes = [
        difference for project in projects for difference in differences(old.get(project.number), project)
    ]
    new_units = units[len(master.document.units) :]
    changes += [Difference(0, "填报单位", "", unit.name) for unit in new_units]
    pairs = _pairs(master.document, document, numbers)
    return Amendment(
        replace(master.document, units=units, projects=projects, containments=pairs),
        tuple(
            said.get(number, replace(known.get(number, wanted[number]), cancelled=True))
            for number in sorted(wanted)
        ),
        tuple(changes),
        tuple(sorted(set(wanted) - set(old))),
        tuple(project.number for project in gone),
        {
            numbers[index]: project.number
            for index, project in enumerate(document.projects)
            if numbers[index] != project.number
        },
    )


def _as_printed(project: Project) -> Project:
    """What a document may have said of a project of which nothing is kept: all but what no document says."""
    return replace(project, reporting=Reporting.UNITS, cancelled=False)


def _led_by(project: Project, lead_unit: str) -> Project:
    stand_in = project.stand_in and replace(project.stand_in, unit=lead_unit)
    return replace(project, lead_unit=lead_unit, stand_in=stand_in)


def _numbers(
    standing: Iterable[Project], printed: Iterable[Project], partner: Mapping[int, int]
) -> dict[int, int]:
    """Index in the document → number in the master."""
    standing = list(standing)
    taken = {project.number for project in standing}
    numbers: dict[int, int] = {index: standing[there].number for index, there in partner.items()}
    for index, project in enumerate(printed):
        if index not in numbers:
            numbers[index] = project.number if project.number not in taken else max(taken) + 1
            taken.add(numbers[index])
    return numbers


def _reporting(master: Master) -> dict[int, set[str]]:
    """The units of which each project has any number or words."""
    found: dict[int, set[str]] = {}
    for report in master.reports:
        found.setdefault(report.project, set()).add(report.unit)
    return found


def _units(
    standing: tuple[ReportingUnit, ...], document: Iterable[ReportingUnit]
) -> tuple[ReportingUnit, ...]:
    """The units of 设置, and below them those that the document has besides."""
    known = {name for unit in standing for name in (unit.name, *unit.aliases)}
    return (*standing, *(unit for unit in document if known.isdisjoint((unit.name, *unit.aliases))))


def _pairs(
    standing: TaskDocument, document: TaskDocument, numbers: Mapping[int, int]
) -> tuple[Containment, ...]:
    """The pairs of 设置, which a clerk may have changed, and what is proposed for new projects."""
    old = {project.number for project in standing.projects}
    mine = {project.number: numbers[index] for index, project in enumerate(document.projects)}
    new = (Containment(mine[pair.inner], mine[pair.outer]) for pair in document.containments)
    return (*standing.containments, *(pair for pair in new if not {pair.inner, pair.outer} <= old))
