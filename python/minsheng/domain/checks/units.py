"""Who is in a table: M2xx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..catalogue import master as rules
from ..finding import Finding, Part
from ..project import UnitKind
from ..quantity import plain
from ..report import ReportKey
from .case import Case

__all__ = ["RULES", "units_without_a_form"]

_ALL_TOWNSHIPS = re.compile(r"^各(?:镇|乡|街道|乡镇|镇乡)")


def units_are_known(case: Case) -> Iterator[Finding]:
    """Who has a row, files a joint unit's, or ticks nodes must be one of 设置."""
    known = {unit.name: unit for unit in case.master.document.units}
    for project in case.projects:
        listed = project.rows if project.target is not None else project.allocations
        rows = [] if project.is_led else [row.unit for row in listed]
        carriers = [known[name].files_with for name in rows if name in known]
        for name in dict.fromkeys((*rows, *carriers)):
            if name and name not in known:
                yield rules.UNIT_UNKNOWN.finding(project=project.number, unit=name, part=Part.UNIT)
        lead, nodes = project.lead_unit, range(len(project.milestones))
        has_form = project.is_led or not all(map(project.is_numeric, nodes))
        if lead and lead not in known and lead not in rows and has_form:
            yield rules.UNIT_UNKNOWN.finding(project=project.number, unit=lead, part=Part.LEAD_UNIT)


def units_without_a_form(case: Case) -> Iterator[Finding]:
    """Who has something to report and would get no 填报表, because 设置 does not know the name, or nobody is named."""
    projects = {project.number: project for project in case.projects}
    for finding in (*units_are_known(case), *lead_units_are_named(case)):
        shares = {row.unit: row.quantity for row in projects[finding.project or 0].rows}
        # A name without a part, among the rows, is a remark or a unit that is yet to get one.
        if shares.get(finding.unit or "", 0) is not None:
            yield finding


def all_townships_are_there(case: Case) -> Iterator[Finding]:
    """A township is missed where the document says 各镇乡 and 街道 and most tables of that kind have it."""
    everywhere = [
        project
        for project in case.projects
        if project.allocations
        and any(_ALL_TOWNSHIPS.match(name) for name in project.cooperating)
        and any("街道" in name for name in project.cooperating)
    ]
    townships = [unit.name for unit in case.master.document.units if unit.kind is UnitKind.TOWNSHIP]
    usual = [
        name
        for name in townships
        if 2 * sum(any(row.unit == name for row in project.allocations) for project in everywhere)
        > len(everywhere)
    ]
    for project in everywhere:
        present = {row.unit for row in project.allocations}
        missing = [name for name in usual if name not in present]
        if missing:
            yield rules.UNIT_MISSING.finding(project=project.number, part=Part.UNIT, units="、".join(missing))


def contained_stays_within(case: Case) -> Iterator[Finding]:
    """A breach is the contained project's, unit by unit: the year's parts, and each month's numbers."""
    projects = {project.number: project for project in case.projects}
    values = {report.key: report.value for report in case.master.reports}
    for pair in case.master.document.containments:
        inner, outer = projects.get(pair.inner), projects.get(pair.outer)
        if inner is None or outer is None or inner is outer:
            continue  # the next rule's
        shares = {row.unit: row.quantity for row in outer.allocations}
        for row in inner.allocations:
            limit = shares.get(row.unit) or Decimal(0)
            if row.quantity is not None and row.quantity > limit:
                yield rules.CONTAINED.finding(
                    project=inner.number,
                    unit=row.unit,
                    part=Part.SHARE,
                    what=Part.SHARE,
                    inner=plain(row.quantity),
                    outer_project=outer.number,
                    outer=plain(limit),
                )
            for month in range(1, 13):
                small = values.get(ReportKey(inner.number, row.unit, month))
                large = values.get(ReportKey(outer.number, row.unit, month))
                if small is not None and large is not None and small > large:
                    yield rules.CONTAINED.finding(
                        project=inner.number,
                        unit=row.unit,
                        month=month,
                        what=f"{month}月累计",
                        outer_project=outer.number,
                        inner=plain(small),
                        outer=plain(large),
                    )


def containments_name_two_projects(case: Case) -> Iterator[Finding]:
    """M204: a pair of 设置 that names one project twice, or one that is not there."""
    known = {project.number for project in case.master.document.projects}
    for pair in case.master.document.containments:
        missing = [number for number in (pair.inner, pair.outer) if number not in known]
        if missing or pair.inner == pair.outer:
            reason = f"总表里没有第{missing[0]}项" if missing else "两边是同一个项目"
            yield rules.CONTAINMENT_LOOSE.finding(
                project=None if pair.inner in missing else pair.inner,
                outer_project=pair.outer,
                reason=reason,
                number=pair.inner,
            )


def names_belong_to_one_unit(case: Case) -> Iterator[Finding]:
    """M205: a name or alias of 设置 that two units use."""
    owners: dict[str, str] = {}
    for unit in case.master.document.units:
        for name in dict.fromkeys((unit.name, *unit.aliases)):
            if name in owners:
                yield rules.NAME_SHARED.finding(unit=unit.name, other=owners[name], text=name)
            owners.setdefault(name, unit.name)


def lead_units_are_named(case: Case) -> Iterator[Finding]:
    """M206: a project without a 责任单位."""
    for project in case.projects:
        if not project.lead_unit:
            yield rules.LEAD_UNIT_MISSING.finding(project=project.number, part=Part.LEAD_UNIT)


def people_are_named(case: Case) -> Iterator[Finding]:
    """M207: a project without a 责任领导 or a 责任人."""
    for project in case.projects:
        for part, name in ((Part.LEADER, project.leader), (Part.OWNER, project.owner)):
            if not name:
                yield rules.PERSON_MISSING.finding(project=project.number, part=part)


RULES = (
    units_are_known,
    all_townships_are_there,
    contained_stays_within,
    containments_name_two_projects,
    names_belong_to_one_unit,
    lead_units_are_named,
    people_are_named,
)
