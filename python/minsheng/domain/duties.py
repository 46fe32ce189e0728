"""What a unit has to report: the rows and the nodes of its 填报表."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from .master import Master
from .project import Milestone, Project, ReportingUnit, UnitKind
from .quantity import PERCENT, Quantity, is_measured
from .report import RowKey
from .succession import Succession

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["NodeDuty", "ReportDuty", "duties_by_unit", "node_duties", "recipients", "report_duties"]


class ReportDuty(NamedTuple):
    """One number to report: ``unit`` is the recipient itself, a joint unit whose rows it carries, or one that it reports
    for; ``share`` is the unit's part of the year in ``measured_in``. A level may fall, and there is nothing to exceed; of
    what is counted there are only whole numbers. (A tuple, because a province has tens of thousands of them.)"""

    project: Project
    measure: int
    unit: str
    share: Decimal
    measured_in: str
    is_level: bool
    is_counted: bool

    @property
    def key(self) -> RowKey:
        """The row that it fills."""
        return RowKey(self.project.number, self.unit, self.measure)

    @property
    def label(self) -> str:
        """序号 on the form: ``33``, or ``33-2`` for a second measure."""
        return f"{self.project.number}" if self.measure == 1 else f"{self.project.number}-{self.measure}"


@dataclass(frozen=True, slots=True)
class NodeDuty:
    """One text-only or repeat node to tick; ``index`` from 1."""

    project: Project
    index: int
    node: Milestone


def duties_by_unit(master: Master, month: int = 12) -> dict[str, list[ReportDuty]]:
    """Unit → the numbers that its file of ``month`` carries, in the document's order: a joint unit's with its first-named
    member, those of all units with the 责任单位 that reports for them."""
    succession = Succession(master.document.units)
    carriers = {
        unit.name: succession.carrier(unit.files_with, month) if unit.members else unit.name
        for unit in master.document.units
    }
    found: dict[str, list[ReportDuty]] = {name: [] for name in carriers}
    for project in master.document.in_force:
        if project.target is None:
            continue
        kind = project.is_level, project.is_counted
        for share in project.shares:
            carrier = carriers.get(project.lead_unit if project.is_led else share.unit)
            if carrier in found and share.quantity is not None:
                found[carrier].append(ReportDuty(project, 1, share.unit, share.quantity, project.unit, *kind))
        if project.lead_unit in found:
            found[project.lead_unit] += [
                _second(project, measure, target)
                for measure, target in enumerate(project.more_targets[:1], start=2)
            ]
    return found


def report_duties(master: Master, unit: ReportingUnit, month: int = 12) -> tuple[ReportDuty, ...]:
    """The numbers that ``unit``'s file of ``month`` carries, in the document's order."""
    return tuple(duties_by_unit(master, month).get(unit.name, ()))


def _second(project: Project, measure: int, target: Quantity) -> ReportDuty:
    is_counted = bool(target.unit) and not is_measured(target.unit) and target.value % 1 == 0
    is_level = target.unit == PERCENT
    return ReportDuty(project, measure, project.lead_unit, target.value, target.unit, is_level, is_counted)


def node_duties(master: Master, unit: ReportingUnit) -> tuple[NodeDuty, ...]:
    """The nodes that ``unit`` ticks as a 责任单位, in the document's order."""
    return tuple(
        NodeDuty(project, index + 1, node)
        for project in master.document.in_force
        if project.lead_unit == unit.name
        for index, node in enumerate(project.milestones)
        if not project.is_numeric(index)
    )


def recipients(
    master: Master, duties: Mapping[str, Sequence[ReportDuty]] | None = None, month: int | None = None
) -> tuple[ReportingUnit, ...]:
    """The units that get a file: those with anything to report, a joint unit through its first-named member.

    ``duties`` are those by unit, where they are known already; without ``month``, all that get one in any month.
    """
    duties = duties_by_unit(master, month or 12) if duties is None else duties
    succession = Succession(master.document.units)
    return tuple(
        unit
        for unit in master.document.units
        if unit.kind is not UnitKind.JOINT
        and (month is None or succession.is_active(unit.name, month))
        and (duties[unit.name] or node_duties(master, unit))
    )
