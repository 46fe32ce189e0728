"""Random masters, ordinary and degenerate, for property tests. Numbers and days fall on the edges more often than chance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from random import Random

from hypothesis import strategies as st

from minsheng.domain.document import Containment, TaskDocument
from minsheng.domain.master import Master, Settings
from minsheng.domain.period import Cycle
from minsheng.domain.project import Allocation, Milestone, Project, Reporting, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.domain.report import Report

TOWNS = ("甲镇", "乙乡", "丙街道")
LEAD = "县某局"
NEW_YEAR = date(2024, 1, 1)
numbers = st.integers(0, 40).map(Decimal) | st.integers(0, 400).map(lambda n: Decimal(n) / 10)
#: From the autumn before to the spring after; month ends, and a month before them, as often as any other day.
month_ends = st.integers(-1, 14).map(
    lambda n: date(2024 + (n - 1) // 12, (n - 1) % 12 + 1, 1) - timedelta(days=1)
)
days = (
    st.integers(4, 13).map(lambda n: date(2024 + (n - 1) // 12, (n - 1) % 12 + 1, 1) - timedelta(days=1))
    | st.integers(-40, 420).map(lambda n: NEW_YEAR + timedelta(days=n))
    | month_ends
    | month_ends.map(lambda day: day - timedelta(days=31))
)
containments = st.lists(
    st.builds(Containment, st.integers(1, 3), st.integers(1, 3)), max_size=2, unique=True
).map(tuple)


def rarely(strategy: st.SearchStrategy[date]) -> st.SearchStrategy[date | None]:
    return st.none() | st.none() | strategy


@st.composite
def milestones(draw: st.DrawFn, target: Decimal | None) -> tuple[Milestone, ...]:
    """Nodes as documents have them, rising to the target by the end, or any nodes at all."""
    orderly = draw(st.booleans())
    count = draw(st.integers(0, 5))
    months = [draw(st.integers(1, 12)) for _ in range(count)]
    found = []
    for index, last in enumerate(sorted(months) if orderly else months, start=1):
        first = draw(st.integers(1, last))
        step = None if target is None else (target * index / count).quantize(Decimal("0.01"))
        cumulative = draw(st.none() | st.just(step) | st.just(target) if orderly else st.none() | numbers)
        found.append(
            Milestone(
                first, last, f"{first}—{last}月份", draw(st.sampled_from(["完成", "完成", "全年持续保持", "启动"])),
                cumulative, draw(st.sampled_from([None, True, False])), draw(rarely(days)), draw(rarely(days)),
            )
        )  # fmt: skip
    return tuple(found)


@st.composite
def projects(draw: st.DrawFn, number: int) -> Project:
    unit = draw(st.sampled_from(["人", "公里", "%"]))
    target = draw(st.sampled_from([None, *map(Decimal, ("0", "7", "10", "12.5", "40", "50", "100"))]))
    total = draw(numbers)
    shape = draw(st.sampled_from(["none", "table", "summed", "unsettled", "settled"]))
    towns = draw(st.lists(st.sampled_from(TOWNS), min_size=1, max_size=3, unique=True))
    rows = tuple(
        Allocation(town, draw(st.none() | numbers if shape == "unsettled" else numbers)) for town in towns
    )
    if shape in ("summed", "settled"):
        # A clerk's table adds up, to the target where there is one.
        total = sum((row.quantity or Decimal(0) for row in rows), Decimal(0))
        target = None if target is None else draw(st.sampled_from([target, total, total]))
    return Project(
        number, draw(st.booleans()), f"项目{number}", None if target is None else Quantity(target, unit), "张三", LEAD, "李四",
        allocations=rows if shape != "none" else (),
        allocation_total=total if shape != "none" else None,
        stand_in=Allocation(LEAD, total) if shape in ("unsettled", "settled") else None,
        milestones=draw(milestones(target)),
        adjusted_target=draw(st.none() | st.none() | numbers),
        reporting=draw(st.sampled_from([Reporting.UNITS, Reporting.UNITS, Reporting.LEAD])),
        cancelled=draw(st.sampled_from([False, False, False, False, True])),
    )  # fmt: skip


def telling(project: Project, unit: str) -> list[Decimal]:
    """Reports that decide something: the unit's part, its share of a node, and a little below either."""
    parts = [row.quantity for row in project.rows if row.unit == unit and row.quantity is not None]
    whole = project.target.value if project.target else None
    cumulatives = [node.cumulative for node in project.milestones if node.cumulative is not None]
    cumulatives += [project.adjusted_target] if project.adjusted_target is not None else []
    values = {*parts, *cumulatives}
    if whole:
        values |= {
            (part * cumulative / whole).quantize(step, rounding=ROUND_FLOOR)
            for part in parts
            for cumulative in cumulatives
            for step in (Decimal(1), Decimal("0.01"))
        }
    return sorted(
        {max(Decimal(0), value - below) for value in values for below in (0, Decimal(1), Decimal("0.01"))}
    )


def reported(chance: Random, found: tuple[Project, ...], collected: list[int]) -> Iterator[Report]:
    """A report of most units in most collected months, and now and then one of a unit without a part, of words alone, or
    of a second measure."""
    for project in found:
        own = [row.unit for row in project.rows]
        for unit in dict.fromkeys((*own, chance.choice(TOWNS))):
            values = telling(project, unit) or [Decimal(0)]
            for month in collected:
                kind = chance.random()
                if kind < 0.6:
                    yield Report(project.number, unit, month, 1, chance.choice(values))
                elif kind < 0.7:
                    yield Report(project.number, unit, month, 1, Decimal(chance.randint(0, 400)) / 10)
                elif kind < 0.75:
                    yield Report(project.number, unit, month, 1, None)
                elif kind < 0.8:
                    yield Report(project.number, unit, month, 2, Decimal(chance.randint(0, 100)))


@st.composite
def masters(draw: st.DrawFn) -> Master:
    found = tuple(draw(projects(number)) for number in range(1, draw(st.integers(1, 3)) + 1))
    collected = draw(st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True))
    reports = tuple(reported(draw(st.randoms(use_true_random=False)), found, collected))
    units = (
        *(ReportingUnit(town, UnitKind.TOWNSHIP) for town in TOWNS),
        ReportingUnit(LEAD, UnitKind.BUREAU),
    )
    return Master(
        TaskDocument("某县2024年任务", 2024, units, found, draw(containments)),
        Settings(
            near_days=draw(st.integers(0, 40) | st.just(10)),
            red_gap=Decimal(draw(st.sampled_from([0, 5, 10, 50]))),
            red_days=draw(st.sampled_from([0, 30, 31, 90])),
            cycle=draw(st.sampled_from([Cycle.MONTH, Cycle.MONTH, Cycle.QUARTER, Cycle.HALF_YEAR])),
        ),
        reports,
    )
