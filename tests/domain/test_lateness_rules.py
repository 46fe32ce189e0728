"""Lateness as the office tells it, with numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from minsheng.domain.document import TaskDocument
from minsheng.domain.lateness.judge import judge
from minsheng.domain.master import Master, Settings
from minsheng.domain.period import Cycle
from minsheng.domain.project import Allocation, Milestone, Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.domain.report import Report
from minsheng.domain.status import Light, ProjectStatus, Schedule, Status

D = Decimal
ROADS = Project(
    1, False, "改造农村公路10公里", Quantity(D(10), "公里"), "张三", "县交通局", "李四",
    allocations=(Allocation("甲镇", D(6)), Allocation("乙镇", D(4))), allocation_total=D(10),
    milestones=(
        Milestone(1, 3, "1—3月份", "完成2公里", D(2)),
        Milestone(4, 6, "4—6月份", "累计完成5公里", D(5)),
        Milestone(7, 9, "7—9月份", "累计完成10公里", D(10)),
    ),
)  # fmt: skip
UNITS = (ReportingUnit("甲镇", UnitKind.TOWNSHIP), ReportingUnit("乙镇", UnitKind.TOWNSHIP))


def master(*projects: Project, reports: tuple[Report, ...] = (), settings: Settings | None = None) -> Master:
    return Master(TaskDocument("某县2024年任务", 2024, UNITS, projects), settings or Settings(), reports)


def said(unit: str, month: int, value: str, project: int = 1) -> Report:
    return Report(project, unit, month, 1, D(value))


def only(book: Master, as_of: date) -> ProjectStatus:
    """The judgement of the one project of ``book``."""
    (found,) = judge(book, as_of).projects
    return found


def cells(book: Master, as_of: date) -> dict[tuple[str, int], Status]:
    return {(cell.unit, cell.month): cell.status for cell in judge(book, as_of).cells}


def test_a_unit_is_held_to_its_share_of_the_plan_rounded_down() -> None:
    # By June 5 of 10: 甲镇's share is 3, 乙镇's 2.
    book = master(ROADS, reports=(said("甲镇", 6, "2.99"), said("乙镇", 6, "2")))
    assert cells(book, date(2024, 6, 30)) == {("甲镇", 6): Status.BEHIND, ("乙镇", 6): Status.NORMAL}


def test_after_the_final_node_falling_short_is_overdue() -> None:
    book = master(ROADS, reports=(said("甲镇", 9, "5.9"), said("乙镇", 9, "4")))
    assert cells(book, date(2024, 9, 30)) == {("甲镇", 9): Status.OVERDUE, ("乙镇", 9): Status.DONE}


def test_silence_after_the_share_is_done_stays_done_and_before_it_is_missing() -> None:
    book = master(ROADS, reports=(said("乙镇", 3, "4"), said("甲镇", 4, "1")))
    found = cells(book, date(2024, 4, 30))
    assert found["乙镇", 4] is Status.DONE
    assert found["甲镇", 3] is Status.MISSING


def test_zero_is_a_report() -> None:
    assert (
        cells(master(ROADS, reports=(said("甲镇", 1, "0"),)), date(2024, 1, 31))["甲镇", 1] is Status.NORMAL
    )


def test_a_month_that_has_not_ended_is_not_judged() -> None:
    assert cells(master(ROADS, reports=(said("甲镇", 6, "1"),)), date(2024, 6, 29)) == {}


def test_days_late_count_from_the_deadline() -> None:
    judgement = judge(master(ROADS, reports=(said("甲镇", 3, "1"),)), date(2024, 4, 10))
    assert [(node.status, node.days_late) for node in judgement.nodes] == [
        (Status.OVERDUE, 10),
        (Status.NORMAL, None),
        (Status.NORMAL, None),
    ]
    assert judgement.projects[0].status is Status.OVERDUE


def test_ten_days_ahead_is_near_and_eleven_is_not() -> None:
    done = (said("甲镇", 3, "2"),)
    near = judge(master(ROADS, reports=done), date(2024, 6, 20)).nodes[1].status
    far = judge(master(ROADS, reports=done), date(2024, 6, 19)).nodes[1].status
    assert (near, far) == (Status.NEAR, Status.NORMAL)


def test_an_adjusted_deadline_replaces_the_printed_one() -> None:
    first = replace(ROADS.milestones[0], adjusted_to=date(2024, 8, 31))
    project = replace(ROADS, milestones=(first, *ROADS.milestones[1:]))
    assert judge(master(project), date(2024, 4, 10)).nodes[0].status is Status.NORMAL


def test_an_adjusted_target_caps_the_nodes_while_pace_divides_by_the_original() -> None:
    project = replace(ROADS, adjusted_target=D(4), adjustment_note="县政府批复")
    book = master(project, reports=(said("甲镇", 9, "2.39"), said("乙镇", 9, "1.6")))
    judgement = judge(book, date(2024, 9, 30))
    # 甲镇's pace: 6 × 4 ÷ 10 = 2.4.
    assert {cell.unit: cell.status for cell in judgement.cells} == {
        "甲镇": Status.OVERDUE,
        "乙镇": Status.NORMAL,
    }
    assert judgement.projects[0].plan == D(4)
    assert judgement.projects[0].rate == D("0.9975")


def test_pace_divides_by_the_adjusted_target_once_the_shares_are_cut_anew() -> None:
    shares = (Allocation("甲镇", D(3)), Allocation("乙镇", D(1)))
    project = replace(ROADS, allocations=shares, adjusted_target=D(4))
    # By June 4 (5, capped): 甲镇's pace is 3 × 4 ÷ 4, not 3 × 4 ÷ 10.
    book = master(project, reports=(said("甲镇", 6, "2.99"), said("乙镇", 6, "1")))
    assert cells(book, date(2024, 6, 30))["甲镇", 6] is Status.BEHIND


def test_a_raised_target_is_the_goal_of_the_last_node() -> None:
    project = replace(ROADS, adjusted_target=D(12))
    book = master(project, reports=(said("甲镇", 9, "6"), said("乙镇", 9, "4.5")))
    judgement = judge(book, date(2024, 9, 30))
    assert [node.status for node in judgement.nodes] == [Status.DONE, Status.DONE, Status.OVERDUE]
    assert judgement.projects[0].plan == D(12)


def test_a_level_is_its_last_report_and_its_dip_starts_anew() -> None:
    share = Project(
        1, True, "报销比例≥50%", Quantity(D(50), "%", ">="), "张三", "县医保局", "李四",
        milestones=(Milestone(1, 3, "1—3月份", "报销比例≥50%，全年持续保持", D(50)),),
    )  # fmt: skip
    reports = (said("县医保局", 3, "52"), said("县医保局", 5, "49"), said("县医保局", 6, "48"))
    node = judge(master(share, reports=reports), date(2024, 6, 30)).nodes[0]
    assert (node.status, node.days_late) == (Status.OVERDUE, 30)  # since 31 May
    assert (
        judge(master(share, reports=(*reports, said("县医保局", 7, "50"))), date(2024, 7, 31)).nodes[0].status
        is Status.DONE
    )


def test_a_text_node_waits_for_its_tick() -> None:
    plan = Milestone(1, 3, "1—3月份", "制定方案")
    project = replace(ROADS, milestones=(plan,))
    assert judge(master(project), date(2024, 3, 31)).nodes[0].status is Status.UNCONFIRMED
    ticked = replace(project, milestones=(replace(plan, done=False),))
    assert judge(master(ticked), date(2024, 4, 2)).nodes[0].days_late == 2
    later = replace(project, milestones=(replace(plan, done=True, done_on=date(2024, 5, 1)),))
    assert judge(master(later), date(2024, 4, 30)).nodes[0].status is Status.UNCONFIRMED
    assert judge(master(later), date(2024, 5, 1)).nodes[0].status is Status.DONE


def test_the_same_number_twice_is_a_second_round_and_waits_for_its_tick() -> None:
    doses = Project(
        1, True, "接种590人", Quantity(D(590), "人"), "张三", "县卫健局", "李四",
        milestones=(Milestone(5, 5, "5月份", "第一针", D(590)), Milestone(11, 11, "11月份", "第二针", D(590))),
    )  # fmt: skip
    reports = (said("县卫健局", 5, "590"),)
    judgement = judge(master(doses, reports=reports), date(2024, 11, 30))
    assert [node.status for node in judgement.nodes] == [Status.DONE, Status.UNCONFIRMED]
    assert judgement.projects[0].status is Status.UNCONFIRMED


def test_a_late_project_whose_units_keep_pace_names_nobody_but_says_what_is_lacking() -> None:
    # 10 things over three units: each pace is rounded down, and 4 of the 5 planned are there.
    units = tuple(Allocation(name, D(quantity)) for name, quantity in (("甲镇", 4), ("乙镇", 3), ("丙镇", 3)))
    project = Project(
        1, False, "建设10个", Quantity(D(10), "个"), "张三", "县某局", "李四", allocations=units, allocation_total=D(10),
        milestones=(Milestone(1, 3, "1—3月份", "完成5个", D(5)), Milestone(4, 6, "4—6月份", "累计完成10个", D(10))),
    )  # fmt: skip
    reports = (said("甲镇", 3, "2"), said("乙镇", 3, "1"), said("丙镇", 3, "1"))
    found = only(master(project, reports=reports), date(2024, 3, 31))
    assert (found.status, found.laggards, found.shortfall) == (Status.OVERDUE, (), D(1))
    # Somebody who said nothing has not kept pace.
    assert only(master(project, reports=reports[:2]), date(2024, 3, 31)).shortfall is None


def test_a_unit_that_never_reported_and_one_that_skipped_are_named() -> None:
    book = master(ROADS, reports=(said("甲镇", 1, "1"), said("县某局", 2, "1", project=2)))
    found = judge(book, date(2024, 2, 29)).projects[0]
    assert (found.never_reported, found.skipped_latest) == (("乙镇",), ("甲镇",))


def test_an_unsettled_table_speaks_through_the_lead_unit_until_it_adds_up() -> None:
    blank = replace(
        ROADS,
        allocations=(Allocation("甲镇", None), Allocation("乙镇", None)),
        stand_in=Allocation("县交通局", D(10)),
    )
    reports = (said("县交通局", 3, "2"), said("甲镇", 3, "9"))
    judgement = judge(master(blank, reports=reports), date(2024, 3, 31))
    assert [cell.unit for cell in judgement.cells] == ["县交通局"]
    assert judgement.projects[0].actual == D(2)
    settled = replace(blank, allocations=ROADS.allocations)
    assert judge(master(settled, reports=reports), date(2024, 3, 31)).projects[0].actual == D(9)


def test_a_project_without_a_number_is_silent_not_late() -> None:
    found = judge(master(ROADS, reports=(said("甲镇", 4, "9"),)), date(2024, 3, 31))
    assert [(node.status, node.days_late) for node in found.nodes] == [
        (Status.MISSING, None),
        (Status.NORMAL, None),
        (Status.NORMAL, None),
    ]
    project = found.projects[0]
    assert (project.status, project.light, project.schedule) == (Status.MISSING, Light.GREY, None)
    assert (project.plan, project.actual, project.rate) == (D(2), None, None)
    # An explicit 0 is a number.
    heard = only(master(ROADS, reports=(said("甲镇", 3, "0"),)), date(2024, 3, 31))
    assert (heard.status, heard.actual, heard.schedule) == (Status.OVERDUE, D(0), Schedule.BEHIND)


def test_before_a_node_is_due_a_silent_project_is_judged_by_the_days_ahead() -> None:
    assert only(master(ROADS), date(2024, 2, 1)).status is Status.NORMAL
    near = only(master(ROADS), date(2024, 3, 25))
    assert (near.status, near.light, near.plan) == (Status.NEAR, Light.BLUE, D(0))


def test_a_silent_project_with_a_late_tick_gets_its_light_by_days_alone() -> None:
    plan = Milestone(1, 2, "1—2月份", "制定方案", done=False)
    book = master(replace(ROADS, milestones=(plan, *ROADS.milestones)))
    # 29 February: 29 days late on 29 March; the plan of June would be half of the target.
    for day, light in ((date(2024, 3, 29), Light.YELLOW), (date(2024, 3, 30), Light.RED)):
        found = only(book, day)
        assert (found.status, found.light, found.schedule) == (Status.OVERDUE, light, None)


def test_a_late_project_is_red_from_ten_points_on() -> None:
    for value, light in (("1", Light.RED), ("1.01", Light.YELLOW)):
        book = master(ROADS, reports=(said("甲镇", 3, value),))
        assert only(book, date(2024, 3, 31)).light is light
    wider = master(ROADS, reports=(said("甲镇", 3, "1"),), settings=Settings(red_gap=D("10.1")))
    assert only(wider, date(2024, 3, 31)).light is Light.YELLOW


def test_a_late_project_is_red_from_thirty_days_on() -> None:
    book = master(ROADS, reports=(said("甲镇", 3, "1.9"),))
    assert only(book, date(2024, 4, 29)).light is Light.YELLOW
    assert only(book, date(2024, 4, 30)).light is Light.RED
    assert only(replace(book, settings=Settings(red_days=31)), date(2024, 4, 30)).light is Light.YELLOW


def test_a_due_node_that_nobody_confirmed_is_yellow_even_where_the_next_is_near() -> None:
    plan = Milestone(1, 2, "1—2月份", "制定方案")
    project = replace(ROADS, milestones=(plan, *ROADS.milestones))
    found = only(master(project, reports=(said("甲镇", 2, "1"),)), date(2024, 3, 25))
    assert (found.status, found.light) == (Status.NEAR, Light.YELLOW)
    done = only(master(project, reports=(said("甲镇", 2, "6"), said("乙镇", 2, "4"))), date(2024, 3, 25))
    assert (done.status, done.light) == (Status.DONE, Light.GREEN)


def test_a_node_is_late_done_only_where_a_month_at_its_deadline_or_later_was_below() -> None:
    late = master(ROADS, reports=(said("甲镇", 3, "1.9"), said("甲镇", 4, "2")))
    node = judge(late, date(2024, 4, 30)).nodes[0]
    assert (node.status, node.reached_month, node.reached_late) == (Status.DONE, 4, True)
    unseen = master(ROADS, reports=(said("甲镇", 2, "1.9"), said("甲镇", 4, "2")))
    node = judge(unseen, date(2024, 4, 30)).nodes[0]
    assert (node.reached_month, node.reached_late) == (4, False)


def test_a_month_in_which_the_project_was_silent_shows_nothing_below_the_goal() -> None:
    other = replace(ROADS, number=2)
    reports = (said("甲镇", 3, "2", project=2), said("甲镇", 4, "2"))
    node = judge(master(ROADS, other, reports=reports), date(2024, 4, 30)).nodes[0]
    assert (node.reached_month, node.reached_late) == (4, False)


def test_what_fell_below_the_goal_again_is_not_reached() -> None:
    book = master(ROADS, reports=(said("甲镇", 3, "2"), said("甲镇", 4, "1")))
    assert judge(book, date(2024, 3, 31)).nodes[0].reached_month == 3
    assert judge(book, date(2024, 4, 30)).nodes[0].reached_month is None


def test_the_schedule_of_a_finished_project_is_by_the_month_that_it_finished_in() -> None:
    whole = [("甲镇", "6"), ("乙镇", "4")]
    for month, before, schedule in (
        (8, None, Schedule.AHEAD),
        (9, None, Schedule.ON_TIME),
        (10, None, Schedule.ON_TIME),  # September was never collected: nobody saw it late
        (10, 9, Schedule.DONE_LATE),
    ):
        reports = [said(unit, month, value) for unit, value in whole]
        reports += [said("甲镇", before, "5")] if before else []
        found = only(master(ROADS, reports=tuple(reports)), date(2024, 10, 31))
        assert (found.status, found.schedule) == (Status.DONE, schedule)


def test_the_schedule_of_a_running_project_looks_at_the_node_that_comes_next() -> None:
    for value, schedule in (("4.99", Schedule.ON_TIME), ("5", Schedule.AHEAD)):
        book = master(ROADS, reports=(said("甲镇", 3, value),))
        assert only(book, date(2024, 3, 31)).schedule is schedule


def test_where_units_report_by_the_quarter_a_node_falls_due_at_its_end() -> None:
    early = replace(ROADS, milestones=(Milestone(1, 2, "1—2月份", "完成2公里", D(2)), *ROADS.milestones[1:]))
    reports = (said("甲镇", 2, "1"),)
    for cycle, last_day in (
        (Cycle.MONTH, date(2024, 2, 29)),
        (Cycle.QUARTER, date(2024, 3, 31)),
        (Cycle.HALF_YEAR, date(2024, 6, 30)),
    ):
        book = master(early, reports=reports, settings=Settings(cycle=cycle))
        assert judge(book, last_day - timedelta(days=1)).nodes[0].status is Status.NEAR
        node = judge(book, last_day).nodes[0]
        assert (node.status, node.days_late) == (Status.OVERDUE, 0)
