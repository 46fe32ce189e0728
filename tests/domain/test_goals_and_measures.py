"""What is planned and what was reached, at the edges: nothing to divide by, nothing reported, the first day late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.test_lateness_rules import ROADS, master, only, said
from minsheng.domain.lateness.judge import judge
from minsheng.domain.lateness.measures import actual, due_month, gap, goals_of, latest_collected, pace
from minsheng.domain.master import Master, Settings
from minsheng.domain.project import Allocation, Milestone
from minsheng.domain.quantity import Quantity
from minsheng.domain.status import Light, Schedule, Status

D = Decimal
COUNTED = replace(ROADS, target=Quantity(D(10), "个"))


@pytest.mark.parametrize(("lacking", "shown"), [("0.2", "1"), ("1", "1"), ("1.01", "2"), ("2.5", "3")])
def test_what_counted_things_lack_is_whole_and_never_nothing(lacking: str, shown: str) -> None:
    assert str(gap(COUNTED, D(lacking))) == shown


def test_what_measured_things_lack_is_said_exactly() -> None:
    assert str(gap(ROADS, D("0.25"))) == "0.25"


def test_a_unit_without_a_part_and_a_project_without_a_target_set_no_pace() -> None:
    goals = goals_of(master(ROADS), ROADS)
    assert pace(ROADS, Allocation("甲镇", D(6)), goals, 2024, 6) == D(3)
    assert pace(ROADS, Allocation("丙镇", None), goals, 2024, 6) == 0
    for target in (None, Quantity(D(0), "公里")):
        assert pace(replace(ROADS, target=target), Allocation("甲镇", D(6)), goals, 2024, 6) == 0


def test_shares_of_which_one_is_blank_are_not_cut_anew() -> None:
    """Shares of 6 and a blank add up to 6: to an adjusted target of 6 they are cut anew, to one of 7 they are not."""
    shares = (Allocation("甲镇", D(6)), Allocation("乙镇", None))
    anew = replace(ROADS, allocations=shares, adjusted_target=D(6))
    goals = goals_of(master(anew), anew)
    assert pace(anew, shares[0], goals, 2024, 6) == D(5)
    other = replace(anew, adjusted_target=D(7))
    assert pace(other, shares[0], goals_of(master(other), other), 2024, 6) == D(3)


def test_the_last_month_that_counts_is_that_of_the_day_within_the_year() -> None:
    days = (date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1))
    assert [due_month(2024, day) for day in days] == [0, 1, 12, 12]


def test_before_anything_was_collected_there_is_no_latest_month() -> None:
    assert latest_collected(master(ROADS), date(2024, 6, 30)) == 0
    book = master(ROADS, reports=(said("甲镇", 5, "1"), said("甲镇", 6, "1")))
    assert [latest_collected(book, day) for day in (date(2024, 4, 30), date(2024, 5, 1))] == [0, 5]


def test_a_level_that_nobody_reports_and_a_sum_of_nothing_are_0() -> None:
    level = replace(
        ROADS, target=Quantity(D(50), "%"), allocations=(), lead_unit="", milestones=ROADS.milestones[:1]
    )
    assert level.is_level
    assert actual(level, {}, 12) == 0
    assert str(actual(replace(ROADS, allocations=(Allocation("甲镇", D(10)),)), {}, 12)) == "0"


def test_on_the_very_day_a_node_is_no_day_late() -> None:
    book = master(ROADS, reports=(said("甲镇", 3, "1.9"),), settings=Settings(red_days=1))
    assert (only(book, date(2024, 3, 31)).status, only(book, date(2024, 3, 31)).light) == (
        Status.OVERDUE,
        Light.YELLOW,
    )
    assert only(book, date(2024, 4, 1)).light is Light.RED


def test_in_the_month_of_the_last_node_no_other_comes_next() -> None:
    """September's number is there, its day is not: nothing to be ahead of."""
    found = only(master(ROADS, reports=(said("甲镇", 9, "5"),)), date(2024, 9, 20))
    assert (found.status, found.schedule) == (Status.NEAR, Schedule.ON_TIME)


def test_days_late_of_a_tick_count_from_its_day() -> None:
    plan = Milestone(1, 2, "1—2月份", "制定方案", done=False)
    for day, days in ((date(2024, 2, 29), 0), (date(2024, 3, 1), 1)):
        node = judge(master(replace(ROADS, milestones=(plan,))), day).nodes[0]
        assert (node.status, node.days_late) == (Status.OVERDUE, days)


def test_a_unit_without_a_part_hides_none_of_those_below_it() -> None:
    shares = (Allocation("丙镇", None), *ROADS.allocations)
    book = master(replace(ROADS, allocations=shares), reports=(said("甲镇", 3, "1"),))
    assert [cell.unit for cell in judge(book, date(2024, 3, 31)).cells] == ["甲镇", "乙镇"]


def test_what_was_reached_later_says_nothing_of_a_month_before() -> None:
    book = master(ROADS, reports=(said("甲镇", 3, "1"), said("乙镇", 4, "4")))
    found = {(cell.unit, cell.month): cell.status for cell in judge(book, date(2024, 4, 30)).cells}
    assert (found["乙镇", 3], found["乙镇", 4]) == (Status.MISSING, Status.DONE)


def test_a_node_that_is_not_reached_was_not_reached_late() -> None:
    book = master(ROADS, reports=(said("甲镇", 3, "1"), said("甲镇", 4, "1.5")))
    first, *others = judge(book, date(2024, 4, 30)).nodes
    assert (first.status, first.reached_late) == (Status.OVERDUE, False)
    assert not any(node.reached_late for node in others)


def level(*reports: tuple[int, str], adjusted_to: date | None = None) -> Master:
    node = Milestone(1, 1, "1月份", "报销比例≥50%，全年持续保持", D(50), adjusted_to=adjusted_to)
    share = replace(ROADS, target=Quantity(D(50), "%"), allocations=(), milestones=(node,))
    return master(share, reports=tuple(said(ROADS.lead_unit, month, value) for month, value in reports))


def test_a_dip_begins_with_the_first_month_below_and_not_with_one_that_is_just_reached() -> None:
    for reports, days in (
        (((1, "50"), (2, "49"), (3, "48")), 31),  # since 29 February
        (((1, "49"), (2, "48"), (3, "48")), 60),  # since 31 January, when it fell due too
        (((1, "49"), (2, "50"), (3, "48")), 0),
    ):
        node = judge(level(*reports), date(2024, 3, 31)).nodes[0]
        assert (node.status, node.days_late) == (Status.OVERDUE, days)


def test_a_level_that_fell_due_within_its_first_month_is_late_from_the_end_of_it() -> None:
    node = judge(level((1, "40"), adjusted_to=date(2024, 1, 15)), date(2024, 2, 10)).nodes[0]
    assert (node.status, node.days_late) == (Status.OVERDUE, 10)
