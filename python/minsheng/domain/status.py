"""The words of lateness and what a judgement says (design, section 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

__all__ = ["CellStatus", "Judgement", "Laggard", "NodeStatus", "ProjectStatus", "Status"]


class Status(StrEnum):
    """The words of a judgement, as the sheets show them."""

    DONE = "已完成"
    NORMAL = "正常"
    BEHIND = "滞后"
    OVERDUE = "逾期"
    NEAR = "临期"
    UNCONFIRMED = "待确认"
    MISSING = "未报"
    NOT_ASSIGNED = "不承担"


@dataclass(frozen=True, slots=True)
class CellStatus:
    """What a unit's number of a month is judged to be; ``month`` from 1."""

    project: int
    unit: str
    month: int
    status: Status


@dataclass(frozen=True, slots=True)
class NodeStatus:
    """``index`` from 1; ``month`` as printed; ``days_late`` on every 逾期 node, else None."""

    project: int
    index: int
    month: str
    status: Status
    days_late: int | None


@dataclass(frozen=True, slots=True)
class Laggard:
    """A unit behind its pace. ``gap`` in the project's unit; ``below_mean`` for one named only because the project is
    late and nobody is 滞后 or 逾期 (低于均值)."""

    unit: str
    status: Status | None
    gap: Decimal
    below_mean: bool = False


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """``plan`` and ``actual`` in the project's unit, ``rate`` a fraction half up to 4 decimals; all None without a
    target. ``never_reported`` and ``skipped_latest`` name units whose number is missing or older than the latest
    collected month."""

    project: int
    status: Status
    plan: Decimal | None
    actual: Decimal | None
    rate: Decimal | None
    laggards: tuple[Laggard, ...] = ()
    never_reported: tuple[str, ...] = ()
    skipped_latest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What section 8 says of a master on the day ``as_of``."""

    as_of: date
    cells: tuple[CellStatus, ...]
    nodes: tuple[NodeStatus, ...]
    projects: tuple[ProjectStatus, ...]
