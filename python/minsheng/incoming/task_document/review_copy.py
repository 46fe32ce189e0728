"""A 核对稿 that comes back: what was not touched is taken as it was read, what was corrected as it now stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from ...domain import review
from ...domain.catalogue import document as rules
from ...domain.document import TaskDocument
from ...domain.finding import Part, Severity
from ...domain.stored import unstored
from ..spreadsheets.sheet import Sheet
from .words.labels import Label

if TYPE_CHECKING:
    from ...domain.finding import Finding
    from ...domain.project import Project
    from .sections.division import Section
    from .template import Template

__all__ = ["Kept", "kept_in", "layout_of", "settled"]

#: What is judged anew once its project was corrected: it is gone exactly where the numbers now agree.
_JUDGED: Final = frozenset(
    rule.code
    for rule in (
        rules.TARGET_AGAINST_NODES, rules.SUM_DIFFERS, rules.TOTAL_DIFFERS, rules.SUM_AGAINST_TARGET,
        rules.LEAD_UNIT_MISSING, rules.PERSON_MISSING, rules.SCHEDULE_MISSING,
    )
)  # fmt: skip
_LABELS: Final[dict[str | None, Label]] = {
    Part.LEADER: Label.LEADER, Part.LEAD_UNIT: Label.LEAD_UNIT, Part.OWNER: Label.OWNER,
}  # fmt: skip
_YEAR: Final = frozenset({rules.YEAR_FROM_TEXT.code, rules.YEAR_DIFFERS.code})


@dataclass(frozen=True)
class Kept:
    """The reading that a 核对稿 was made from, and the numbers (from 1) of the doubts that were ticked."""

    document: TaskDocument
    findings: tuple[Finding, ...]
    ticked: frozenset[int]


def kept_in(sheets: tuple[Sheet, ...]) -> Kept | None:
    """What a 核对稿 carries along; None for any other workbook, or where that is damaged."""
    for sheet in sheets:
        if sheet.rows and sheet.rows[0] and sheet.rows[0][0] == review.SEAL:
            found = unstored("".join(str(row[0]) for row in sheet.rows[1:]))
            return Kept(*found, _ticked(sheets)) if found else None
    return None


def layout_of(kept: Kept) -> tuple[Sheet, ...]:
    """The sheets of the 核对稿 as they were before anybody touched them."""
    sheets = []
    for name, rows in review.laid_out(kept.document, kept.findings).items():
        width = max(map(len, rows))
        filled: list[list[Any]] = [
            [*("" if value is None else value for value in row), *[""] * (width - len(row))] for row in rows
        ]
        sheets.append(Sheet(name, filled))
    return tuple(sheets)


def _ticked(sheets: tuple[Sheet, ...]) -> frozenset[int]:
    ticked: set[int] = set()
    for sheet in sheets:
        number_at = tick_at = -1
        for row in sheet.rows:
            if review.DOUBT_NUMBER in row and review.TICKED in row:
                number_at, tick_at = row.index(review.DOUBT_NUMBER), row.index(review.TICKED)
            elif tick_at >= 0 and str(row[tick_at]).strip():
                number = row[number_at]
                if isinstance(number, int | float) and not isinstance(number, bool):
                    ticked.add(int(number))
    return frozenset(ticked)


@dataclass(frozen=True)
class _Change:
    """What of a project's cells is not as it was."""

    title: bool
    fields: frozenset[Label]
    target: bool
    tables: bool
    nodes: bool

    @property
    def any(self) -> bool:
        return self.title or bool(self.fields) or self.target or self.tables or self.nodes


def settled(
    kept: Kept, before: Template, now: Template, fresh: TaskDocument, fresh_findings: tuple[Finding, ...]
) -> tuple[TaskDocument, tuple[Finding, ...]]:
    """The document of a 核对稿 and what is still doubtful in it.

    ``before`` and ``now`` are its sheets as made and as they come back; ``fresh`` is what they say
    when read like any filled template.
    """
    was = {section.number: section for section in before.sections}
    changes = {
        section.number: _change(was[section.number], section)
        for section in now.sections
        if section.number in was
    }
    known = {project.number: project for project in kept.document.projects}
    projects = tuple(
        _merged(known[project.number], project, changes[project.number])
        if project.number in changes and project.number in known
        else project
        for project in fresh.projects
    )
    title = kept.document.title if now.title == before.title else fresh.title
    findings = _still_open(kept, changes, fresh, fresh_findings)
    if projects == kept.document.projects:
        return replace(kept.document, title=title, year=fresh.year), findings
    units = {unit.name: unit for unit in kept.document.units}
    numbers = {project.number for project in projects}
    return TaskDocument(
        title,
        fresh.year,
        tuple(units.get(unit.name, unit) for unit in fresh.units),
        projects,
        tuple(pair for pair in kept.document.containments if {pair.inner, pair.outer} <= numbers),
    ), findings


def _change(was: Section, now: Section) -> _Change:
    return _Change(
        title=(was.title, was.starred) != (now.title, now.starred),
        fields=frozenset(label for label in Label if was.fields.get(label) != now.fields.get(label)),
        target=(was.stated_target, was.stated_more, was.targetless)
        != (now.stated_target, now.stated_more, now.targetless),
        tables=was.tables != now.tables,
        nodes=was.nodes != now.nodes,
    )


def _merged(known: Project, fresh: Project, change: _Change) -> Project:
    """The project as read, with what was corrected."""
    if not change.any:
        return known
    taken: dict[str, Any] = {}
    if change.title:
        taken |= {"title": fresh.title, "starred": fresh.starred}
    if change.target:
        taken |= {"target": fresh.target, "more_targets": fresh.more_targets}
    if change.tables:
        taken |= {
            "allocations": fresh.allocations,
            "allocation_total": fresh.allocation_total,
            "stand_in": fresh.stand_in,
        }
    if change.nodes or Label.SCHEDULE in change.fields:
        taken["milestones"] = fresh.milestones
    names = {
        Label.LEADER: "leader",
        Label.LEAD_UNIT: "lead_unit",
        Label.OWNER: "owner",
        Label.COOPERATING: "cooperating",
    }
    for label, name in names.items():
        if label in change.fields:
            taken[name] = getattr(fresh, name)
    return replace(known, **taken)


def _still_open(
    kept: Kept, changes: dict[int, _Change], fresh: TaskDocument, fresh_findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    touched = {number for number, change in changes.items() if change.any}
    found: list[Finding] = []
    ticked: set[tuple[str, int | None]] = set()
    for number, finding in enumerate(kept.findings, start=1):
        key = finding.code, finding.project
        if number in kept.ticked:
            ticked.add(key)
        elif finding.project is None:
            if finding.code not in _YEAR or fresh.year == kept.document.year:
                found.append(finding)
        elif finding.project not in changes or (finding.project in touched and finding.code in _JUDGED):
            continue
        elif not _corrected(finding, changes[finding.project]):
            found.append(finding)
    for finding in fresh_findings:
        if finding.project is None:
            if finding.file or finding.code == rules.YEAR_DIFFERS.code:
                found.append(finding)
        elif finding.project not in changes or (
            finding.project in touched
            and (finding.code, finding.project) not in ticked
            and (finding.code in _JUDGED or (finding.severity is Severity.ERROR and finding not in found))
        ):
            found.append(finding)
    return tuple(sorted(found, key=lambda finding: finding.project or 0))


def _corrected(finding: Finding, change: _Change) -> bool:
    """Whether the place that a finding speaks of was changed by hand."""
    if finding.node is not None:
        return change.nodes
    if finding.part in (Part.NODE_TIME, Part.NODE_PLAN, review.NODES):
        return change.nodes
    if finding.unit is not None or finding.part in (Part.TOTAL, Part.SHARE, review.SHARES):
        return change.tables
    if finding.part in (Part.TARGET, Part.MEASURE):
        return change.target
    return _LABELS[finding.part] in change.fields if finding.part in _LABELS else change.any
