"""One section interpreted: a Project, with findings on everything that was not plain."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ....cells.labels import fold
from ....cells.names import cleaned, listed_names
from ....domain.catalogue import document as rules
from ....domain.catalogue import document_file as file_rules
from ....domain.catalogue import document_nodes as node_rules
from ....domain.finding import Severity
from ....domain.project import Milestone, Project
from ....domain.quantity import Quantity, plain
from ....sheets import layout
from ...numbers import find_mentions, read_cell_number
from ..words.clauses import read_clauses
from ..words.labels import Label
from .allocation_table import Shares
from .allocations import read_allocations
from .cumulatives import read_cumulatives
from .nodes import DatedNode, read_nodes
from .targets import Target, Witnesses, choose_target, numbers_kept_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ....domain.finding import Finding
    from ..sections.division import Section
    from .names import Names

__all__ = ["ProjectReading", "read_project"]

_SHOWN: Final = 400


@dataclass(frozen=True)
class ProjectReading:
    """A project with its findings; ``unsupported`` is told of its target where the whole document allows it."""

    project: Project
    findings: tuple[Finding, ...]
    unsupported: Finding | None = None


def read_project(
    section: Section, shares: Shares | None, names: Names, year: int, *, is_last: bool = False
) -> ProjectReading:
    """The project of a section; ``shares`` is its 任务分解 as lined up, ``names`` the units of the whole document. A
    remark under the last project is the document's."""
    number = section.number
    dated, findings = read_nodes(section, year)
    wording = "，".join((section.title, *section.target_texts))
    said = [tuple(read_clauses(node.line.text, wording)) for node in dated]
    total = None
    if shares is not None:
        total = shares.total if shares.total is not None or not shares.lined_up else shares.sum
    witnesses = Witnesses(
        total, shares.measured_in if shares else "", tuple(said), tuple(node.line.topic for node in dated)
    )
    target = _target(section, witnesses)
    findings += [*target.findings, *numbers_kept_out(number, section.target_texts)]
    allocated = read_allocations(section, shares, names, target.quantity)
    findings += allocated.findings
    is_level = target.quantity is not None and _is_level(target.quantity, dated)
    plan = read_cumulatives(number, wording, target, [node.line for node in dated], said, is_level=is_level)
    values = _stated(number, dated, plan.values, findings)
    stated = {index for index, node in enumerate(dated, start=1) if node.line.stated}
    findings += [finding for finding in plan.findings if finding.node not in stated]
    findings += _repeats(number, dated, values)
    contradicted = [f for f in allocated.findings if f.code == rules.TOTAL_DIFFERS.code]
    if target.quantity is not None:
        contradicted += (against := _against_last(number, target.quantity, values))
        findings += [] if _is_left_out(target.quantity, findings) else against
    reached = next((value for value in reversed(values) if value is not None), None)
    is_reached = target.quantity is not None and reached == target.quantity.value
    unsupported = None if contradicted or is_reached else target.unsupported
    if unsupported is not None and unsupported.severity is Severity.ERROR:
        findings.append(unsupported)
        unsupported = None
    if is_level:
        findings.append(rules.LEVEL.finding(project=number, part=layout.TARGET))
    findings += _words(section, is_last)
    project = Project(
        number=number,
        starred=section.starred,
        title=section.title,
        target=target.quantity,
        leader=cleaned(section.fields.get(Label.LEADER, "")),
        lead_unit=cleaned(section.fields.get(Label.LEAD_UNIT, "")),
        owner=cleaned(section.fields.get(Label.OWNER, "")),
        cooperating=listed_names(section.fields.get(Label.COOPERATING, "")),
        more_targets=target.more,
        allocations=allocated.allocations,
        allocation_total=allocated.total,
        stand_in=allocated.stand_in,
        milestones=tuple(
            Milestone(node.first_month, node.last_month, node.line.phrase, node.line.text, value)
            for node, value in zip(dated, values, strict=True)
        ),
    )
    return ProjectReading(project, tuple(findings), unsupported)


def _target(section: Section, witnesses: Witnesses) -> Target:
    """The target that the template states, or the one that the title's words give."""
    if section.targetless:
        return Target()
    found = choose_target(section.number, [section.title, *section.target_texts], witnesses)
    if section.stated_target is None:
        return found
    stated = section.stated_target
    units = frozenset({stated.unit, *found.units} if found.quantity == stated else {stated.unit})
    findings = []
    if found.quantity is not None and found.quantity.value != stated.value:
        findings.append(
            node_rules.STATED_DIFFERS.finding(
                project=section.number, part=layout.TARGET, original=section.title, reading=str(stated)
            )
        )
    return Target(stated, section.stated_more, units, findings=findings)


def _is_level(target: Quantity, dated: list[DatedNode]) -> bool:
    probe = Project(
        0, False, "", target, "", "", "",
        milestones=tuple(Milestone(1, 1, node.line.phrase, node.line.text) for node in dated),
    )  # fmt: skip
    return probe.is_level


def _stated(
    number: int, dated: list[DatedNode], read: list[Decimal | None], findings: list[Finding]
) -> list[Decimal | None]:
    """The numbers of the nodes: those that a column of its own states, else those read from the words."""
    values: list[Decimal | None] = []
    for index, (node, value) in enumerate(zip(dated, read, strict=True), start=1):
        stated = node.line.stated
        if not stated:
            values.append(value)
            continue
        cell = read_cell_number(stated)
        given = cell.value if cell else None
        if value is not None and given is not None and value != given:
            findings.append(
                node_rules.STATED_DIFFERS.finding(
                    project=number,
                    node=index,
                    part=layout.NODE_PLAN,
                    original=node.line.text,
                    reading=plain(given),
                )
            )
        values.append(given)
    return values


def _repeats(number: int, dated: list[DatedNode], values: list[Decimal | None]) -> list[Finding]:
    """Nodes whose number is not above the one before: ticked, not counted."""
    found: list[Finding] = []
    before: Decimal | None = None
    for index, (node, value) in enumerate(zip(dated, values, strict=True), start=1):
        if value is None:
            continue
        if before is not None and value <= before:
            found.append(
                node_rules.NODE_REPEAT.finding(
                    project=number,
                    node=index,
                    part=layout.NODE_PLAN,
                    phrase=node.line.phrase,
                    original=node.line.text,
                    reading=plain(value),
                )
            )
        before = value
    return found


def _against_last(number: int, target: Quantity, values: list[Decimal | None]) -> list[Finding]:
    numeric = [(index, value) for index, value in enumerate(values, start=1) if value is not None]
    if not numeric:
        return []
    index, last = numeric[-1]
    if last == target.value or (target.relation == ">=" and last > target.value):
        return []
    return [
        rules.TARGET_AGAINST_NODES.finding(
            project=number,
            node=index,
            part=layout.NODE_PLAN,
            target=target,
            last=f"{plain(last)}{target.unit}",
        )
    ]


def _is_left_out(target: Quantity, findings: Iterable[Finding]) -> bool:
    """Whether a node that was left out for its month says the target: then that is why the last node is short of it."""
    wrong = (node_rules.MONTH_WRONG.code, node_rules.MONTHS_REVERSED.code)
    left = [mention for f in findings if f.code in wrong for mention in find_mentions(fold(f.original))]
    return any(mention.value == target.value for mention in left)


def _words(section: Section, is_last: bool) -> list[Finding]:
    """What is missing from a section, and what stands in it without a place in the model."""
    number, place = section.number, f"第{section.number}项"
    findings = []
    lead = cleaned(section.fields.get(Label.LEAD_UNIT, ""))
    if not lead:
        findings.append(rules.LEAD_UNIT_MISSING.finding(project=number, part=layout.LEAD_UNIT))
    elif len(listed_names(lead)) > 1:
        findings.append(
            rules.LEAD_UNITS_SEVERAL.finding(project=number, part=layout.LEAD_UNIT, original=lead)
        )
    findings += [
        rules.FIELD_TWICE.finding(
            project=number,
            part=label,
            label=label,
            reading=section.fields.get(label, "")[:_SHOWN],
            original=text[:_SHOWN],
        )
        for label, text in section.again
    ]
    findings += [
        file_rules.PICTURE_FOR_TABLE.finding(project=number, part=str(label), label=str(label))
        for label in dict.fromkeys(section.pictures)
        if not section.fields.get(label, "").strip()
        and not (section.tables if label is Label.ALLOCATION else section.nodes)
    ]
    findings += [
        rules.TEXT_UNREAD.finding(project=number, where=place, original=text[:_SHOWN])
        for text in section.loose
    ]
    findings += [
        rules.REMARK_KEPT_OUT.finding(project=number, where=place, original=text[:_SHOWN])
        for text in (section.remarks if not is_last else ())
    ]
    return findings
