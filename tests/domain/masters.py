"""Random masters, ordinary and degenerate, for property tests."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from minsheng.domain.document import TaskDocument
from minsheng.domain.master import Master, Settings
from minsheng.domain.project import Allocation, Milestone, Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.domain.report import Report

TOWNS = ("甲镇", "乙乡", "丙街道")
LEAD = "县某局"
numbers = st.integers(0, 40).map(Decimal) | st.integers(0, 400).map(lambda n: Decimal(n) / 10)
days = st.integers(-40, 420).map(lambda n: date(2024, 1, 1) + timedelta(days=n))


@st.composite
def milestones(draw: st.DrawFn) -> tuple[Milestone, ...]:
    found = []
    for _ in range(draw(st.integers(0, 5))):
        last = draw(st.integers(1, 12))
        first = draw(st.integers(1, last))
        found.append(
            Milestone(
                first, last, f"{first}—{last}月份", draw(st.sampled_from(["完成", "全年持续保持", "启动"])),
                draw(st.none() | numbers), draw(st.sampled_from([None, True, False])), draw(st.none() | days),
                draw(st.none() | days),
            )
        )  # fmt: skip
    return tuple(found)


@st.composite
def projects(draw: st.DrawFn, number: int) -> Project:
    unit = draw(st.sampled_from(["人", "公里", "%"]))
    target = draw(st.none() | numbers)
    total = draw(numbers)
    shape = draw(st.sampled_from(["none", "table", "unsettled"]))
    towns = draw(st.lists(st.sampled_from(TOWNS), min_size=1, max_size=3, unique=True))
    rows = tuple(
        Allocation(town, draw(st.none() | numbers if shape == "unsettled" else numbers)) for town in towns
    )
    return Project(
        number, draw(st.booleans()), f"项目{number}", None if target is None else Quantity(target, unit), "张三", LEAD, "李四",
        allocations=rows if shape != "none" else (),
        allocation_total=total if shape != "none" else None,
        stand_in=Allocation(LEAD, total) if shape == "unsettled" else None,
        milestones=draw(milestones()),
        adjusted_target=draw(st.none() | numbers),
    )  # fmt: skip


@st.composite
def masters(draw: st.DrawFn) -> Master:
    found = tuple(draw(projects(number)) for number in range(1, draw(st.integers(1, 3)) + 1))
    keys = draw(
        st.lists(
            st.tuples(
                st.integers(1, len(found)), st.sampled_from((*TOWNS, LEAD)), st.integers(1, 12), st.sampled_from([1, 1, 2])
            ),
            max_size=14, unique=True,
        )
    )  # fmt: skip
    reports = tuple(Report(*key, draw(st.none() | numbers)) for key in keys)
    units = (
        *(ReportingUnit(town, UnitKind.TOWNSHIP) for town in TOWNS),
        ReportingUnit(LEAD, UnitKind.BUREAU),
    )
    return Master(
        TaskDocument("某县2024年任务", 2024, units, found),
        Settings(near_days=draw(st.integers(0, 40))),
        reports,
    )
