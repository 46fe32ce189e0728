"""The words of lateness and what a judgement says (design, section 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

__all__ = ["CellStatus", "Judgement", "Laggard", "Light", "NodeStatus", "ProjectStatus", "Schedule", "Status"]


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
    CANCELLED = "已取消"


class Light(StrEnum):
    """What leaders look at: a colour by its word, so that it reads in grey too."""

    GREEN = "绿"
    BLUE = "蓝"
    YELLOW = "黄"
    RED = "红"
    GREY = "灰"


class Schedule(StrEnum):
    """How a project stands against its plan."""

    AHEAD = "提前"
    ON_TIME = "按时"
    BEHIND = "滞后"
    DONE_LATE = "逾期完成"


@dataclass(frozen=True, slots=True)
class CellStatus:
    """What a unit's number of a month is judged to be; ``month`` from 1."""

    project: int
    unit: str
    month: int
    status: Status


@dataclass(frozen=True, slots=True)
class NodeStatus:
    """``index`` from 1; ``month`` as printed; ``days_late`` on every 逾期 node, else None.

    ``reached_month`` is the first collected month whose number reached the node's goal, None where it is not reached or
    not judged by numbers; ``reached_late`` whether a month on or after the deadline was seen below the goal before.
    """

    project: int
    index: int
    month: str
    status: Status
    days_late: int | None
    reached_month: int | None = None
    reached_late: bool = False


@dataclass(frozen=True, slots=True)
class Laggard:
    """A unit behind its pace. ``gap`` in the project's unit, above 0 and whole where that is counted."""

    unit: str
    status: Status
    gap: Decimal


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """``plan`` and ``actual`` in the project's unit, ``rate`` a fraction half up to 4 decimals; all None without a
    target, and the latter two while the project is silent: has numeric nodes and no number of any unit. ``schedule`` is
    None where no number says how it stands. A cancelled project has its status alone, and no light.

    ``never_reported`` and ``skipped_latest`` name units whose number is missing or older than the latest collected
    month. ``shortfall`` is what a late project lacks of its plan where every unit has reached its own pace.
    """

    project: int
    status: Status
    light: Light | None = None
    schedule: Schedule | None = None
    plan: Decimal | None = None
    actual: Decimal | None = None
    rate: Decimal | None = None
    laggards: tuple[Laggard, ...] = ()
    shortfall: Decimal | None = None
    never_reported: tuple[str, ...] = ()
    skipped_latest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What section 8 says of a master on the day ``as_of``."""

    as_of: date
    cells: tuple[CellStatus, ...]
    nodes: tuple[NodeStatus, ...]
    projects: tuple[ProjectStatus, ...]

    @property
    def in_force(self) -> tuple[ProjectStatus, ...]:
        """The projects that count: all but the cancelled ones."""
        return tuple(project for project in self.projects if project.status is not Status.CANCELLED)
