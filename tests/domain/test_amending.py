"""A changed document against a master: what it changes is taken, what a clerk did stays, and it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minsheng.domain.amending.amendment import Amendment, amendment
from minsheng.domain.amending.differences import ADDED, Difference
from minsheng.domain.amending.three_way import taken_back
from minsheng.domain.document import TaskDocument
from minsheng.domain.master import Master
from minsheng.domain.project import Milestone, Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from small_county import HEALTH, county, node, report, shares

APPROVAL = "县政府第8次常务会议"


def document(*projects: Project, units: Iterable[ReportingUnit] | None = None) -> TaskDocument:
    standing = county().document
    return replace(standing, projects=projects, units=standing.units if units is None else tuple(units))


def amended(master: Master, changed: TaskDocument, known: TaskDocument | None = None) -> Amendment:
    said = {project.number: project for project in (known or county().document).projects}
    return amendment(master, said, changed, APPROVAL)


def with_project(number: int, **fields: object) -> TaskDocument:
    """The county's document with one project otherwise."""
    projects = [
        replace(project, **fields) if project.number == number else project  # type: ignore[arg-type]
        for project in county().document.projects
    ]
    return document(*projects)


def project(found: Amendment, number: int) -> Project:
    return next(each for each in found.document.projects if each.number == number)


def lines(found: Amendment) -> list[str]:
    return [str(difference) for difference in found.differences]


def test_the_same_document_changes_nothing() -> None:
    assert amended(county(), county().document).differences == ()


@pytest.mark.parametrize(
    ("difference", "line"),
    [
        (Difference(3, "责任领导", "张", "李"), "第3项责任领导：张→李"),
        (Difference(3, "调整批准", "", "县政府"), "第3项调整批准：空白→县政府"),
        (Difference(8, ADDED, "", "新建公园5个"), "新增第8项：新建公园5个"),
        (Difference(8, ADDED, "新建公园5个", ""), "去掉第8项：新建公园5个"),
        (Difference(0, "填报单位", "", "爵溪"), "新增填报单位：爵溪"),
    ],
)
def test_a_difference_in_a_line(difference: Difference, line: str) -> None:
    """A unit belongs to no project; what comes new was never blank."""
    assert str(difference) == line


def test_what_a_clerk_typed_stays_where_the_document_says_what_it_said() -> None:
    typed = [
        replace(
            each,
            leader="李",
            adjusted_target=Decimal(900),
            adjustment_note="会议纪要",
            cancelled=each.number == 7,
        )
        for each in county().document.projects
    ]
    master = Master(document(*typed))
    assert amended(master, county().document).differences == ()


def test_a_new_target_adjusts_and_the_original_stays() -> None:
    found = amended(county(), with_project(1, target=Quantity(Decimal(1200), "人")))
    one = project(found, 1)
    assert (one.target, one.adjusted_target, one.adjustment_note) == (
        Quantity(Decimal(1000), "人"),
        Decimal(1200),
        APPROVAL,
    )
    assert lines(found) == ["第1项调整后目标：空白→1200", f"第1项调整批准：空白→{APPROVAL}"]


def test_a_target_that_comes_back_to_the_original_is_adjusted_no_more() -> None:
    first = amended(county(), with_project(1, target=Quantity(Decimal(1200), "人")))
    again = amendment(
        Master(first.document), {each.number: each for each in first.base}, county().document, ""
    )
    one = project(again, 1)
    assert (one.adjusted_target, one.adjustment_note, one.target) == (None, "", Quantity(Decimal(1000), "人"))


def test_a_target_in_another_unit_replaces_the_one_that_stood() -> None:
    one = project(amended(county(), with_project(1, target=Quantity(Decimal(3), "万人"))), 1)
    assert (one.target, one.adjusted_target) == (Quantity(Decimal(3), "万人"), None)


def test_a_moved_node_keeps_its_month_and_its_tick_and_gets_a_new_deadline() -> None:
    standing = county()
    ticked = replace(standing.document.projects[6].milestones[0], done=True, note="已发文")
    seven = replace(
        standing.document.projects[6], milestones=(ticked, standing.document.projects[6].milestones[1])
    )
    master = Master(replace(standing.document, projects=(*standing.document.projects[:6], seven)))
    moved = with_project(7, milestones=(node(9, None, "确定实施方案", 4), node(8, None, "完成实行")))
    first, second = project(amended(master, moved), 7).milestones
    assert (first.last_month, first.phrase, first.adjusted_to) == (6, "4—6月份", date(2024, 9, 30))
    assert (first.done, first.note) == (True, "已发文")
    assert second == seven.milestones[1]


def test_a_node_whose_month_and_number_changed_together_is_the_same_node() -> None:
    nodes = (node(3, None, "制定接种工作方案", 1), node(9, "800"), node(12, "1000"))
    found = project(amended(county(), with_project(1, milestones=nodes)), 1).milestones
    assert [(each.last_month, each.adjusted_to, each.cumulative) for each in found] == [
        (3, None, None), (6, date(2024, 9, 30), Decimal(800)), (12, None, Decimal(1000)),
    ]  # fmt: skip


def test_nodes_that_come_and_go() -> None:
    nodes = (node(5, None, "公示名单"), node(12, "1000"))
    found = project(amended(county(), with_project(1, milestones=nodes)), 1).milestones
    assert [(each.last_month, each.text, each.cumulative) for each in found] == [
        (5, "公示名单", None), (12, "推进工作", Decimal(1000)),
    ]  # fmt: skip


def test_a_table_that_is_cut_anew() -> None:
    new = (*county().document.units, ReportingUnit("爵溪", UnitKind.TOWNSHIP))
    table = shares(丹东="300", 爵溪="700")
    changed = replace(with_project(1, allocations=table), units=new)
    reported = county(report(1, "石浦", 3, "20"))
    one = project(amended(reported, changed), 1)
    # 石浦 has reported: its row stays, without a part.
    assert [(row.unit, row.quantity) for row in one.allocations] == [
        ("丹东", Decimal(300)), ("爵溪", Decimal(700)), ("石浦", None),
    ]  # fmt: skip
    found = amended(county(), changed)
    assert [row.unit for row in project(found, 1).allocations] == ["丹东", "爵溪"]
    assert found.units_added == 1


def test_a_unit_by_another_of_its_names_is_the_same() -> None:
    found = amended(county(), with_project(1, allocations=shares(丹东街道="300", 石浦镇="700")))
    assert lines(found) == ["第1项任务分解（丹东）：400→300", "第1项任务分解（石浦）：600→700"]


def test_a_row_and_a_node_of_the_clerk_stay() -> None:
    standing = county().document
    one = replace(
        standing.projects[0],
        allocations=(*standing.projects[0].allocations, *shares(**{"丹东、石浦": "0"})),
        milestones=(*standing.projects[0].milestones, node(10, None, "自查")),
    )
    master = Master(replace(standing, projects=(one, *standing.projects[1:])))
    changed = with_project(
        1, allocations=shares(丹东="500", 石浦="500"), milestones=(node(6, "500"), node(12, "1000"))
    )
    found = project(amended(master, changed), 1)
    assert [row.unit for row in found.allocations] == ["丹东", "石浦", "丹东、石浦"]
    assert [each.text for each in found.milestones] == ["推进工作", "推进工作", "自查"]


def test_a_project_that_is_gone_is_cancelled_and_the_rest_keep_their_numbers() -> None:
    projects = county().document.projects
    rest = [replace(each, number=each.number - 1) for each in projects[2:]]
    found = amended(county(), document(projects[0], *rest))
    assert found.cancelled == (2,)
    two = project(found, 2)
    assert (two.cancelled, two.adjustment_note) == (True, APPROVAL)
    assert [each.number for each in found.document.projects] == [1, 2, 3, 4, 5, 6, 7]
    assert found.renumbered == {3: 2, 4: 3, 5: 4, 6: 5, 7: 6}
    assert {difference.project for difference in found.differences} == {2}


def test_a_project_that_comes_back_is_in_force_again() -> None:
    gone = amended(county(), document(*county().document.projects[:-1]))
    back = amendment(Master(gone.document), {each.number: each for each in gone.base}, county().document, "")
    assert not project(back, 7).cancelled
    assert lines(back) == ["第7项办理情况：已取消→空白"]


def test_a_new_project_takes_its_printed_number_where_it_is_free() -> None:
    projects = county().document.projects
    eight = Project(
        8, False, "新建公园2个", Quantity(Decimal(2), "个"), "周", HEALTH, "钱", milestones=(node(12, "2"),)
    )
    assert amended(county(), document(*projects, eight)).added == (8,)
    # In the middle: those behind it move on in the document, not in the master.
    moved = [
        *projects[:2],
        replace(eight, number=3),
        *(replace(p, number=p.number + 1) for p in projects[2:]),
    ]
    found = amended(county(), document(*moved))
    assert found.added == (8,)
    assert project(found, 8).title == "新建公园2个"
    assert found.differences[-1].new == "新建公园2个"


def test_two_projects_that_changed_places_change_nothing() -> None:
    projects = list(county().document.projects)
    projects[0], projects[1] = replace(projects[1], number=1), replace(projects[0], number=2)
    found = amended(county(), document(*projects))
    assert found.differences == ()
    assert found.renumbered == {1: 2, 2: 1}


def test_a_title_with_another_number_in_it_is_the_same_project() -> None:
    found = amended(
        county(),
        with_project(2, title="新（改）建城市燃气管网4.8公里", target=Quantity(Decimal("4.8"), "公里")),
    )
    assert found.added == found.cancelled == ()
    assert project(found, 2).adjusted_target == Decimal("4.8")


def test_a_master_that_does_not_know_its_document_is_compared_with_what_stands() -> None:
    typed = [replace(each, reporting="lead", owner="李") for each in county().document.projects]  # type: ignore[arg-type]
    found = amendment(Master(document(*typed)), {}, county().document, "")
    assert {difference.what for difference in found.differences} == {"责任人"}


# Any changes at all.

FIELDS = ("leader", "lead_unit", "owner", "title", "target", "shares", "nodes")


def mutated(source: TaskDocument, random: Random) -> TaskDocument:
    """``source`` with projects dropped, added, moved and changed; numbered through as documents are."""
    projects = [_changed(each, random) if random.random() < 0.5 else each for each in source.projects]
    if random.random() < 0.5:
        projects.pop(random.randrange(len(projects)))
    if random.random() < 0.5:
        number = random.randrange(10**6)
        new = Project(0, False, f"全新事项{number}号建设", Quantity(Decimal(5), "座"), "赵", HEALTH, "孙",
                      milestones=(node(12, "5"),))  # fmt: skip
        projects.insert(random.randrange(len(projects) + 1), new)
    if random.random() < 0.3:
        random.shuffle(projects)
    return replace(
        source, projects=tuple(replace(each, number=n) for n, each in enumerate(projects, start=1))
    )


def _changed(each: Project, random: Random) -> Project:
    field = random.choice(FIELDS)
    if field in ("leader", "lead_unit", "owner"):
        return replace(each, **{field: random.choice(["甲", "乙", HEALTH])})  # type: ignore[arg-type]
    if field == "title":
        return replace(each, title=each.title + "（含配套）")
    if field == "target" and each.target:
        return replace(each, target=replace(each.target, value=each.target.value + random.randrange(3)))
    if field == "shares" and each.allocations:
        rows = list(each.allocations)
        random.shuffle(rows)
        return replace(each, allocations=tuple(rows[: random.randint(1, len(rows))]))
    rows = [_moved(one, random) for one in each.milestones if random.random() < 0.8]
    return replace(each, milestones=tuple(rows))


def _moved(each: Milestone, random: Random) -> Milestone:
    last = random.randint(each.first_month, 12)
    return replace(each, last_month=last, phrase=f"{each.first_month}—{last}月份")


@settings(max_examples=300)
@given(st.randoms(use_true_random=False))
def test_amending_twice_changes_nothing_the_second_time(random: Random) -> None:
    changed = mutated(county().document, random)
    first = amended(county(), changed)
    assert len({each.number for each in first.document.projects}) == len(first.document.projects)
    again = amendment(Master(first.document), {each.number: each for each in first.base}, changed, APPROVAL)
    assert again.differences == ()


@settings(max_examples=300)
@given(st.randoms(use_true_random=False))
def test_an_amendment_is_taken_back_exactly(random: Random) -> None:
    standing = {each.number: each for each in county().document.projects}
    found = amended(county(), mutated(county().document, random))
    for after in found.document.projects:
        if after.number in standing:
            assert taken_back(after, after, standing[after.number]) == standing[after.number]


@settings(max_examples=300)
@given(st.randoms(use_true_random=False))
def test_what_was_typed_after_an_amendment_survives_its_undoing(random: Random) -> None:
    standing = {each.number: each for each in county().document.projects}
    found = amended(county(), mutated(county().document, random))
    for after in found.document.projects:
        if after.number in standing:
            typed = replace(after, owner="手工改的")
            assert taken_back(after, typed, standing[after.number]).owner == "手工改的"
