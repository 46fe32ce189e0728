"""Lateness as the office tells it, with numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from minsheng.domain.document import TaskDocument
from minsheng.domain.lateness.judge import judge
from minsheng.domain.master import Master
from minsheng.domain.project import Allocation, Milestone, Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.domain.report import Report
from minsheng.domain.status import Status

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


def master(*projects: Project, reports: tuple[Report, ...] = ()) -> Master:
    return Master(TaskDocument("某县2024年任务", 2024, UNITS, projects), reports=reports)


def said(unit: str, month: int, value: str, project: int = 1) -> Report:
    return Report(project, unit, month, 1, D(value))


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
    judgement = judge(master(ROADS), date(2024, 4, 10))
    assert [(node.status, node.days_late) for node in judgement.nodes] == [
        (Status.OVERDUE, 10),
        (Status.NORMAL, None),
        (Status.NORMAL, None),
    ]
    assert judgement.projects[0].status is Status.OVERDUE


def test_thirty_one_days_ahead_is_near_and_thirty_two_is_not() -> None:
    done = (said("甲镇", 3, "2"),)
    near = judge(master(ROADS, reports=done), date(2024, 5, 30)).nodes[1].status
    far = judge(master(ROADS, reports=done), date(2024, 5, 29)).nodes[1].status
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


def test_a_late_project_without_a_late_unit_names_those_below_the_mean() -> None:
    # 10 things over three units: each pace is rounded down to 1, and 3 of the 5 planned are there.
    units = tuple(Allocation(name, D(quantity)) for name, quantity in (("甲镇", 4), ("乙镇", 3), ("丙镇", 3)))
    project = Project(
        1, False, "建设10个", Quantity(D(10), "个"), "张三", "县某局", "李四", allocations=units, allocation_total=D(10),
        milestones=(Milestone(1, 3, "1—3月份", "完成5个", D(5)), Milestone(4, 6, "4—6月份", "累计完成10个", D(10))),
    )  # fmt: skip
    reports = (said("甲镇", 3, "2"), said("乙镇", 3, "1"), said("丙镇", 3, "1"))
    found = judge(master(project, reports=reports), date(2024, 3, 31)).projects[0]
    assert found.status is Status.OVERDUE
    assert [(laggard.unit, laggard.gap, laggard.below_mean) for laggard in found.laggards] == [
        ("乙镇", D(1), True),
        ("丙镇", D(1), True),
    ]


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
