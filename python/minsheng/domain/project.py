"""A project of the yearly document, what its units have to do and by when (design, sections 1 and 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ..cells.labels import fold
from .period import month_end
from .quantity import PERCENT, Quantity, is_measured, plain

__all__ = ["Allocation", "Milestone", "Project", "Reporting", "ReportingUnit", "UnitKind"]

_PERCENTAGE = re.compile(r"\d%|百分之")
KEPT_ALL_YEAR = "全年持续保持"


class UnitKind(StrEnum):
    """What a reporting unit is: a township, several that share a row, or a 责任单位."""

    TOWNSHIP = "township"
    JOINT = "joint"
    BUREAU = "bureau"


class Reporting(StrEnum):
    """Who fills in a project's numbers: the units that have to do it, or the 责任单位 for all of them."""

    UNITS = "units"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class ReportingUnit:
    """Who reports. ``aliases`` are other forms of the name that the document shows (丹东 = 丹东街道);
    ``members`` are the units of a joint unit in the order of its name, empty for the others. ``successors`` are the units that
    it became part of, or was divided into, in the month ``since``; a unit without any reports from that month on."""

    name: str
    kind: UnitKind
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    since: int | None = None

    @property
    def ended(self) -> int | None:
        """The first month that its successors report, None for a unit that goes on."""
        return (self.since or 1) if self.successors else None

    @property
    def begins(self) -> int:
        """The first month that it reports."""
        return 1 if self.successors else self.since or 1

    @property
    def files_with(self) -> str:
        """The unit whose 填报表 carries this unit's rows: itself, or a joint unit's first-named member."""
        return self.members[0] if self.members else self.name


@dataclass(frozen=True, slots=True)
class Allocation:
    """What one unit has to do in the year, in the project's unit; None where the table could not be lined up."""

    unit: str
    quantity: Decimal | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A node of the 进度安排, one per month phrase, and what the clerk has recorded of it.

    ``phrase`` is the month phrase as printed ("1—3月份"), ``text`` the rest without the final ；or 。.
    ``cumulative`` is the project's own measure that must be reached by the end of ``last_month``; None if text-only.
    ``done`` is the tick (True 已完成, False 未完成, None blank).
    """

    first_month: int
    last_month: int
    phrase: str
    text: str
    cumulative: Decimal | None = None
    done: bool | None = None
    done_on: date | None = None
    adjusted_to: date | None = None
    note: str = ""

    @property
    def prints_its_number(self) -> bool:
        """Whether ``cumulative`` stands in the document as it is; False where it was worked out from a percentage."""
        text = fold(self.text)
        number = re.escape(plain(self.cumulative or Decimal(0)))
        return not _PERCENTAGE.search(text) or bool(re.search(rf"(?<![\d.]){number}(?!\d|\s?%)", text))

    def deadline(self, year: int) -> date:
        """The adjusted deadline where there is one, else the last day of the last month."""
        return self.adjusted_to or month_end(year, self.last_month)


@dataclass(frozen=True, slots=True)
class Project:
    """One numbered project. ``title`` is without number, ★ and final 。.

    ``allocations`` are the rows of the 任务分解 table in printed order, empty where there is no table;
    ``allocation_total`` is the 合计 as printed. ``stand_in`` is set where the table's header and values did not line
    up: the 责任单位 with 合计 as its part, counted until the units' quantities sum to it. ``adjustment_note`` is the
    approval of an adjusted target, and of a project that was ``cancelled``.
    """

    number: int
    starred: bool
    title: str
    target: Quantity | None
    leader: str
    lead_unit: str
    owner: str
    cooperating: tuple[str, ...] = ()
    more_targets: tuple[Quantity, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    allocation_total: Decimal | None = None
    stand_in: Allocation | None = None
    milestones: tuple[Milestone, ...] = ()
    adjusted_target: Decimal | None = None
    adjustment_note: str = ""
    reporting: Reporting = Reporting.UNITS
    cancelled: bool = False

    @property
    def is_led(self) -> bool:
        """Whether the 责任单位 reports for all units."""
        return self.reporting is Reporting.LEAD

    @property
    def unit(self) -> str:
        """The unit of the project's own measure, empty without a target."""
        return self.target.unit if self.target else ""

    @property
    def is_counted(self) -> bool:
        """Whether there are only whole numbers of the project's own measure: its unit is none of measure, and the document
        prints no fraction of it. A single share that is a fraction while the table does not add up is a slip."""
        if self.target is None or not self.unit or is_measured(self.unit):
            return False
        if self.target.value % 1 or (self.allocation_total or 0) % 1 or self._has_fractional_shares:
            return False
        return not any((node.cumulative or 0) % 1 and node.prints_its_number for node in self.milestones)

    @property
    def _has_fractional_shares(self) -> bool:
        parts = [row.quantity for row in self.allocations if row.quantity is not None]
        fractions = sum(part % 1 != 0 for part in parts)
        return fractions > 1 or (fractions == 1 and sum(parts) in (self.goal, self.allocation_total))

    @property
    def step(self) -> Decimal:
        """The least amount of the project's own measure that is told apart: 1 where counted, else 0.01."""
        return Decimal(1) if self.is_counted else Decimal("0.01")

    @property
    def goal(self) -> Decimal | None:
        """What must be reached in the year: the adjusted target where there is one, else the target."""
        if self.adjusted_target is not None:
            return self.adjusted_target
        return self.target.value if self.target else None

    @property
    def is_level(self) -> bool:
        """A level is judged by its last report, never added up (a unit of %, or 全年持续保持)."""
        return self.unit == PERCENT or any(KEPT_ALL_YEAR in node.text for node in self.milestones)

    @property
    def is_settled(self) -> bool:
        """Whether the table may be used: it always lined up, or the clerk's quantities now sum to 合计."""
        if self.stand_in is None:
            return True
        quantities = [row.quantity for row in self.allocations]
        known = [quantity for quantity in quantities if quantity is not None]
        return len(known) == len(quantities) and sum(known, Decimal(0)) == self.stand_in.quantity

    @property
    def shares(self) -> tuple[Allocation, ...]:
        """The units that count and what each has to do: the table's rows, or the 责任单位 alone where there is no
        table or none that can be used. Empty where there is nothing to count."""
        if self.stand_in is not None and not self.is_settled:
            return (self.stand_in,)
        if self.allocations:
            return tuple(row for row in self.allocations if row.quantity is not None)
        if self.target is None:
            return ()
        return (Allocation(self.lead_unit, self.target.value),)

    @property
    def rows(self) -> tuple[Allocation, ...]:
        """The unit rows of the project's sheet, in order: the table's, then the stand-in; or the 责任单位 alone."""
        if self.allocations:
            return self.allocations + ((self.stand_in,) if self.stand_in else ())
        return (Allocation(self.lead_unit, self.target.value if self.target else None),)

    def repeats(self) -> frozenset[int]:
        """Indexes (from 0) of the repeat nodes: a number not above the number before (item 10's second dose)."""
        found: set[int] = set()
        before: Decimal | None = None
        for index, node in enumerate(self.milestones):
            if node.cumulative is None:
                continue
            if before is not None and node.cumulative <= before:
                found.add(index)
            before = node.cumulative
        return frozenset(found)

    @property
    def has_numeric_nodes(self) -> bool:
        """Whether any node is judged by numbers; without one reported the project is silent."""
        return any(self.is_numeric(index) for index in range(len(self.milestones)))

    def is_numeric(self, index: int) -> bool:
        """Whether node ``index`` (from 0) is judged by numbers rather than by its tick."""
        return self.milestones[index].cumulative is not None and index not in self.repeats()
