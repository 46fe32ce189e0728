"""Who is in a table: M2xx."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..catalogue import master as rules
from ..finding import Finding, Part
from ..naming import UnitNames
from ..project import Project, UnitKind
from ..quantity import plain
from ..report import ReportKey
from ..succession import Succession
from .case import Case

__all__ = ["RULES", "units_without_a_form"]

#: With more units than these that no project names, none of them is meant.
_MOST_IDLE = 3
_ALL_TOWNSHIPS = re.compile(r"^各(?:镇|乡|街道|乡镇|镇乡)")


@dataclass(frozen=True, slots=True)
class _Stranger:
    """A name that 设置 does not know, where it stands in a project. ``is_remark``: it is among the rows and has no part there,
    which makes it a remark, or a unit that is yet to get one."""

    name: str
    project: int
    part: Part
    is_remark: bool


def units_are_known(case: Case) -> Iterator[Finding]:
    """Who has a row, files a joint unit's, or ticks nodes must be one of 设置: told once a name."""
    yield from _told(case, _strangers(case))


def units_without_a_form(case: Case) -> Iterator[Finding]:
    """Who has something to report and would get no 填报表, because 设置 does not know the name, or nobody is named."""
    yield from _told(case, (stranger for stranger in _strangers(case) if not stranger.is_remark))
    for finding in lead_units_are_named(case):
        project = next(project for project in case.projects if project.number == finding.project)
        if project.rows[0].unit or project.rows[0].quantity is not None:
            yield finding


def _strangers(case: Case) -> Iterator[_Stranger]:
    known = {unit.name: unit for unit in case.master.document.units}
    for project in case.projects:
        listed = project.rows if project.target is not None else project.allocations
        rows = [] if project.is_led else [row.unit for row in listed]
        shares = {row.unit: row.quantity for row in project.rows}
        carriers = [known[name].files_with for name in rows if name in known]
        for name in dict.fromkeys((*rows, *carriers)):
            if name and name not in known:
                yield _Stranger(name, project.number, Part.UNIT, shares.get(name, 0) is None)
        lead, nodes = project.lead_unit, range(len(project.milestones))
        has_form = project.is_led or not all(map(project.is_numeric, nodes))
        if lead and lead not in known and lead not in rows and has_form:
            yield _Stranger(lead, project.number, Part.LEAD_UNIT, is_remark=False)


def _told(case: Case, strangers: Iterable[_Stranger]) -> Iterator[Finding]:
    """A finding for each name, at the first place where it stands."""
    places: dict[str, list[_Stranger]] = {}
    for stranger in strangers:
        places.setdefault(stranger.name, []).append(stranger)
    for name, found in places.items():
        yield rules.UNIT_UNKNOWN.finding(
            project=found[0].project,
            unit=name,
            part=found[0].part,
            projects="、".join(f"{number}" for number in dict.fromkeys(each.project for each in found)),
            way=_way_of(case, name),
        )


def _way_of(case: Case, name: str) -> str:
    """What may have happened to a unit whose name 设置 does not know."""
    units = case.master.document.units
    owner = UnitNames(units).unit(name)
    if owner is not None:
        return f"“设置”里“{name}”是“{owner.name}”的别名，两个又各有各的行："
    rows = {row.unit for project in case.master.document.projects for row in project.rows}
    named = {project.lead_unit for project in case.master.document.projects}
    named |= {member for unit in units for member in unit.members}
    idle = [unit.name for unit in units if unit.name not in rows | named]
    if not 0 < len(idle) <= _MOST_IDLE:
        return ""
    return f"“设置”里的“{'”“'.join(idle)}”还没有一个项目用到：是“{name}”改名的，请把“{name}”写进它的别名；不是的，"


def all_townships_are_there(case: Case) -> Iterator[Finding]:
    """A township is missed where the document says 各镇乡 and 街道 and most tables of that kind have it."""
    everywhere = [
        project
        for project in case.projects
        if project.allocations
        and any(_ALL_TOWNSHIPS.match(name) for name in project.cooperating)
        and any("街道" in name for name in project.cooperating)
    ]
    ended = case.succession.ended
    units = case.master.document.units
    townships = [unit.name for unit in units if unit.kind is UnitKind.TOWNSHIP and unit.name not in ended]
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


def ended_units_are_handed_over(case: Case) -> Iterator[Finding]:
    """M210: what is left to do in a project of a unit that became part of another, or was divided."""
    succession = case.succession
    reported: dict[tuple[int, str], set[int]] = {}
    for report in case.master.reports:
        if report.measure == 1 and report.value is not None:
            reported.setdefault((report.project, report.unit), set()).add(report.month)
    for project in case.projects:
        parts = {row.unit: row.quantity for row in project.allocations}
        for name in (name for name in succession.ended if name in parts):
            months = reported.get((project.number, name), set())
            yield from _left_to_do(project, name, succession, months)


def _left_to_do(project: Project, name: str, succession: Succession, months: set[int]) -> Iterator[Finding]:
    """At most one finding of the unit's part, and one of its numbers; ``months`` are those of which it has any."""
    parts = {row.unit: row.quantity for row in project.allocations}
    part, since, heirs = parts[name], succession.ended[name], succession.heirs(name)
    told: dict[str, Any] = {
        "project": project.number,
        "unit": name,
        "since": since,
        "heirs": "、".join(heirs),
    }
    if (part or months) and not any(parts.get(heir) is not None for heir in heirs):
        way = "请给接收的单位各加一行，填上全年任务（包括划过去的），这个单位的全年任务改成0。"
        problem = "可是接收的单位在这个项目里还没有全年任务"
        yield rules.ENDED_UNIT.finding(part=Part.UNIT, problem=problem, way=way, **told)
    elif part:
        way = f"请把{plain(part)}加到接收的单位的全年任务里，这个单位的改成0；以前各月的数留着，照样计入。"
        yield rules.ENDED_UNIT.finding(
            part=Part.SHARE, problem=f"全年任务却还有{plain(part)}", way=way, **told
        )
    elif part is None and months:
        way = "请在它的全年任务里填0：填了0，以前各月的数才计入合计，直到接收的单位报数。"
        yield rules.ENDED_UNIT.finding(
            part=Part.SHARE, problem="全年任务却空着，它以前的数没有计入合计", way=way, **told
        )
    if late := sorted(month for month in months if month >= since):
        way = f"请把{late[0]}月的数并到接收的单位那一行，再清空这一格；{late[0]}月仍分开报的，请改“设置”里它的“起始月份”。"
        yield rules.ENDED_UNIT.finding(month=late[0], problem=f"{late[0]}月却还有它自己的数", way=way, **told)


def joint_units_have_members(case: Case) -> Iterator[Finding]:
    """M211: a member of a joint unit that ended."""
    succession = case.succession
    for unit in case.master.document.units:
        if unit.name not in succession.ended:
            for member in unit.members:
                if member in succession.ended:
                    heirs = "、".join(succession.heirs(member))
                    yield rules.ENDED_MEMBER.finding(
                        unit=unit.name, member=member, since=succession.ended[member], heirs=heirs
                    )


RULES = (
    units_are_known,
    ended_units_are_handed_over,
    joint_units_have_members,
    all_townships_are_there,
    contained_stays_within,
    containments_name_two_projects,
    names_belong_to_one_unit,
    lead_units_are_named,
    people_are_named,
)
