"""Units that end, one after the other: whatever becomes of them, each thing that was done is counted once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from minsheng.domain.document import TaskDocument
from minsheng.domain.lateness.measures import actual, numbers_of, series_of
from minsheng.domain.master import Master
from minsheng.domain.naming import UnitNames
from minsheng.domain.project import Allocation, Milestone, Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.domain.report import Report
from minsheng.domain.succession import Succession

NAMES = ("甲", "乙", "丙", "丁", "戊")
MONTHS = range(1, 13)


@st.composite
def masters(draw: st.DrawFn) -> Master:
    """Five units, of which some end in later ones; a project that they share, some parts moved to the heirs."""
    units, parts = [], []
    for at, name in enumerate(NAMES):
        later = NAMES[at + 1 :]
        successors = draw(st.lists(st.sampled_from(later), unique=True, max_size=2)) if later else []
        since = draw(st.sampled_from([None, 1, 4, 7, 12])) if successors else None
        units.append(ReportingUnit(name, UnitKind.TOWNSHIP, successors=tuple(successors), since=since))
        moved = bool(successors) and draw(st.booleans())
        if draw(st.integers(0, 5)):
            parts.append(Allocation(name, Decimal(0 if moved else 10)))
    reports = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(NAMES), st.sampled_from(MONTHS)), st.integers(0, 30), max_size=20
        )
    )
    is_level = draw(st.booleans())
    project = Project(
        1, False, "测试", Quantity(Decimal(50), "%" if is_level else "台"), "", "丁", "", allocations=tuple(parts),
        milestones=(Milestone(12, 12, "12月份", "完成", Decimal(50)),),
    )  # fmt: skip
    return Master(
        TaskDocument("测试", 2024, tuple(units), (project,)),
        reports=tuple(Report(1, unit, month, 1, Decimal(n)) for (unit, month), n in reports.items()),
    )


def paths(units: dict[str, ReportingUnit], name: str, since: int) -> dict[str, int]:
    """Heir → the first month that it may report for ``name``, by the shortest way to it, nearest first."""
    found: dict[str, int] = {}
    layer = [(name, since)]
    while layer:
        following = []
        for ended, month in layer:
            first = max(month, units[ended].since or 1)
            for heir in units[ended].successors:
                if heir not in found:
                    found[heir] = first
                    following.append((heir, first))
        layer = following
    return found


def expected(master: Master, limit: int) -> Decimal:
    """The rule, said once more: a unit's last number counts, that of one that ended until an heir's first of its time."""
    [project] = master.document.projects
    units = {unit.name: unit for unit in master.document.units}
    parts = [row.unit for row in project.shares]
    numbers = {(r.unit, r.month): r.value or Decimal(0) for r in master.reports}

    def last(unit: str) -> Decimal | None:
        months = [month for name, month in numbers if name == unit and month <= limit]
        return numbers[unit, max(months)] if months else None

    counted = []
    for unit in parts:
        heirs = paths(units, unit, 1)
        heard = any(
            (heir, month) in numbers
            for heir, since in heirs.items()
            if heir in parts
            for month in range(since, limit + 1)
        )
        own = last(unit)
        if heard and project.is_level:
            own = min(value for heir in heirs if heir in parts and (value := last(heir)) is not None)
        elif heard:
            own = Decimal(0)
        counted.append(own or Decimal(0))
    return min(counted, default=Decimal(0)) if project.is_level else sum(counted, Decimal(0))


@settings(max_examples=300, deadline=None)
@given(masters())
def test_each_thing_is_counted_once(master: Master) -> None:
    [project] = master.document.projects
    series = series_of(master)
    for limit in MONTHS:
        assert actual(project, series, limit) == expected(master, limit), limit


def test_an_heir_that_ended_first_leaves_nothing_behind() -> None:
    """甲 goes to 丙 in April, which has been 丁's since January: what 丁 reports in April has 甲 within."""
    units = (
        ReportingUnit("甲", UnitKind.TOWNSHIP, successors=("丙",), since=4),
        ReportingUnit("丙", UnitKind.TOWNSHIP, successors=("丁",), since=1),
        ReportingUnit("丁", UnitKind.TOWNSHIP),
    )
    parts = (Allocation("甲", Decimal(0)), Allocation("丙", Decimal(10)), Allocation("丁", Decimal(10)))
    project = Project(1, False, "测试", Quantity(Decimal(20), "台"), "", "丁", "", allocations=parts)
    given = (("甲", 1, 3), ("丁", 2, 4), ("丁", 4, 5))
    reports = tuple(Report(1, unit, month, 1, Decimal(value)) for unit, month, value in given)
    series = series_of(Master(TaskDocument("测试", 2024, units, (project,)), reports=reports))
    assert [actual(project, series, month) for month in (1, 2, 4)] == [3, 7, 5]


@settings(max_examples=200, deadline=None)
@given(masters())
def test_what_the_heir_has_not_reported_yet_changes_no_total(master: Master) -> None:
    """As long as no heir has given a number of its time, the project stands as if nobody had ended, parts moved or not."""
    [project] = master.document.projects
    succession = Succession(master.document.units)
    reports = tuple(
        report
        for report in master.reports
        if not any(report.month >= succession.heirs(name).get(report.unit, 13) for name in NAMES)
    )
    quiet = replace(master, reports=reports)
    before = replace(
        quiet,
        document=replace(quiet.document, units=tuple(ReportingUnit(n, UnitKind.TOWNSHIP) for n in NAMES)),
    )
    for limit in MONTHS:
        assert actual(project, series_of(quiet), limit) == actual(project, series_of(before), limit)


@settings(max_examples=100, deadline=None)
@given(masters(), st.sampled_from(MONTHS))
def test_a_form_shows_the_heir_what_its_number_must_not_fall_below(master: Master, month: int) -> None:
    """What a unit that nobody ended in reports follows its own numbers alone."""
    succession = Succession(master.document.units)
    own = {(r.unit, r.month): r.value for r in master.reports}
    for row, series in numbers_of(master, month).items():
        if not succession.takes_over(row.unit, month):
            assert {(row.unit, each): value for each, value in series.items()} == {
                place: value for place, value in own.items() if place[0] == row.unit
            }


def test_a_chain_of_heirs_begins_with_each_ones_month() -> None:
    units = (
        ReportingUnit("甲", UnitKind.TOWNSHIP, successors=("乙",), since=3),
        ReportingUnit("乙", UnitKind.TOWNSHIP, successors=("丙",), since=7),
        ReportingUnit("丙", UnitKind.TOWNSHIP),
    )
    succession = Succession(units)
    assert succession.heirs("甲") == {"乙": 3, "丙": 7}
    assert succession.carrier("甲", 5) == "丙"
    assert [succession.is_active("乙", month) for month in (6, 7)] == [True, False]
    assert not succession.takes_over("丙", 6)
    assert succession.takes_over("丙", 7)


def test_of_a_level_the_heir_stands_for_the_one_that_ended() -> None:
    units = (
        ReportingUnit("甲", UnitKind.TOWNSHIP, successors=("乙",), since=7),
        ReportingUnit("乙", UnitKind.TOWNSHIP),
    )
    project = Project(
        1, False, "比例", Quantity(Decimal(50), "%"), "", "", "",
        allocations=(Allocation("甲", Decimal(0)), Allocation("乙", Decimal(50))),
        milestones=(Milestone(12, 12, "12月份", "完成", Decimal(50)),),
    )  # fmt: skip
    numbers = {("甲", 6): 30, ("乙", 6): 60, ("乙", 7): 55}
    master = Master(
        TaskDocument("测试", 2024, units, (project,)),
        reports=tuple(Report(1, unit, month, 1, Decimal(n)) for (unit, month), n in numbers.items()),
    )
    assert [actual(project, series_of(master), month) for month in (6, 7)] == [30, 55]


def test_a_name_is_first_its_own_units_then_an_alias() -> None:
    units = (
        ReportingUnit("丹东", UnitKind.TOWNSHIP, ("丹城", "石浦")),
        ReportingUnit("石浦", UnitKind.TOWNSHIP, ("石镇", "两家的")),
        ReportingUnit("西周", UnitKind.TOWNSHIP, ("两家的",)),
        ReportingUnit("丹东、石浦", UnitKind.JOINT, (), ("丹城", "石浦")),
    )
    names = UnitNames(units)
    called = {name: names.current(name) for name in ("丹城", "石浦", "石镇", "两家的", "别家", "丹城、石镇")}
    assert called == {
        "丹城": "丹东", "石浦": "石浦", "石镇": "石浦", "两家的": "两家的", "别家": "别家", "丹城、石镇": "丹东、石浦",
    }  # fmt: skip
    assert names.currents(["丹城", "丹东", "石镇"]) == {"丹城": "丹城", "丹东": "丹东", "石镇": "石浦"}
    assert names.resolved(units)[3].members == ("丹东", "石浦")
