"""The yearly task document and the identity that every file made from it carries."""

from __future__ import annotations

from dataclasses import dataclass

from ..cells.labels import letters_alone
from .project import Project, ReportingUnit, UnitKind

__all__ = ["Containment", "TaskDocument", "bureaus_that_report", "master_id", "with_leads"]


@dataclass(frozen=True, slots=True)
class Containment:
    """The ``inner`` project's numbers are part of the ``outer`` one's, unit by unit (24 ⊆ 23)."""

    inner: int
    outer: int


@dataclass(frozen=True, slots=True)
class TaskDocument:
    """A 任务书: ``title`` as printed (lines joined), the year, the units that report, the projects in printed order."""

    title: str
    year: int
    units: tuple[ReportingUnit, ...]
    projects: tuple[Project, ...]
    containments: tuple[Containment, ...] = ()

    @property
    def in_force(self) -> tuple[Project, ...]:
        """The projects that count: all but the cancelled ones."""
        return tuple(project for project in self.projects if not project.cancelled)

    @property
    def id(self) -> str:
        """The id that its numbers and titles give."""
        return master_id(self.year, [(project.number, project.title) for project in self.projects])


def master_id(year: int, titles: list[tuple[int, str]]) -> str:
    """A hash of year, numbers and titles without punctuation (12 hex digits): two imports take the same files."""
    import hashlib  # a 校验 of a master, which keeps its id, has no use for it

    lines = [str(year), *(f"{number}:{letters_alone(title)}" for number, title in sorted(titles))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def bureaus_that_report(projects: tuple[Project, ...]) -> tuple[ReportingUnit, ...]:
    """The 责任单位 that send a file of their own, in order of first appearance (design, section 2: ReportingUnit)."""
    names: dict[str, None] = {}
    for project in projects:
        has_tick_node = not all(project.is_numeric(index) for index in range(len(project.milestones)))
        if not project.allocations or project.stand_in is not None or has_tick_node or project.is_led:
            names.setdefault(project.lead_unit)
    return tuple(ReportingUnit(name, UnitKind.BUREAU) for name in names if name)


def with_leads(units: tuple[ReportingUnit, ...], projects: tuple[Project, ...]) -> tuple[ReportingUnit, ...]:
    """``units`` with the 责任单位 that report for others: they are reporting units by that. One whose name is another
    unit's alias is none of its own."""
    known = {name for unit in units for name in (unit.name, *unit.aliases)}
    leads = dict.fromkeys(project.lead_unit for project in projects if project.is_led)
    return (*units, *(ReportingUnit(name, UnitKind.BUREAU) for name in leads if name and name not in known))
