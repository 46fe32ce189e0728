"""A changed document against a master: what it changes is taken, what a clerk did stays, and it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minsheng.domain.amending.amendment import Amendment, amendment
from minsheng.domain.amending.differences import ADDED, Difference, differences
from minsheng.domain.amending.matching import match_nodes, match_projects
from minsheng.domain.amending.three_way import taken_back
from minsheng.domain.document import Containment, TaskDocument
from minsheng.domain.master import Master
from minsheng.domain.project import Allocation, Milestone, Project, Reporting, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from small_county import HEALTH, WATER, county, node, report, shares

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
        (Difference(0, "填报单位", "爵溪", ""), "去掉填报单位：爵溪"),
        (Difference(3, "责任领导", "张" * 40, "李" * 41), f"第3项责任领导：{'张' * 40}→{'李' * 39}…"),
    ],
)
def test_a_difference_in_a_line(difference: Difference, line: str) -> None:
    """A unit belongs to no project; what comes new was never blank."""
    assert str(difference) == line


TWO = {
    "丹东": Allocation("丹东", Decimal("1.6")),
    "丹东、石浦": Allocation("丹东、石浦", Decimal("0.7")),
    "石浦": Allocation("石浦", Decimal(1)),
}
JUNE, DECEMBER = node(6, "1.5"), node(12, "3.3")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"title": "新（改）建城市燃气管网和站点3.3公里"}, ["项目名称：新（改）建城市燃气管网3.3公里→新（改）建城市燃气管网和站点3.3公里"]),
        ({"starred": True}, ["省级标记：空白→★"]),
        ({"leader": "李", "lead_unit": "", "owner": "吴"}, ["责任领导：周→李", "责任单位：县住建局→空白", "责任人：徐→吴"]),
        ({"cooperating": ("甲局", "乙局")}, ["配合单位：空白→甲局、乙局"]),
        ({"more_targets": (Quantity(Decimal(60), "%", ">="), Quantity(Decimal(2), "座"))}, ["其他目标：空白→≥60%、2座"]),
        ({"allocation_total": Decimal("3.40")}, ["任务书合计：3.3→3.4"]),
        ({"allocation_total": None}, ["任务书合计：3.3→空白"]),
        ({"target": Quantity(Decimal(3300), "米")}, ["年度目标：3.3公里→3300米"]),
        ({"target": None}, ["年度目标：3.3公里→空白"]),
        ({"target": Quantity(Decimal("3.3"), "公里", ">=")}, ["年度目标：3.3公里→≥3.3公里"]),
        ({"target": Quantity(Decimal(3), "公里", ">=")},
         ["年度目标：3.3公里→≥3.3公里", "调整后目标：空白→3", f"调整批准：空白→{APPROVAL}"]),
        ({"allocations": (replace(TWO["丹东"], note="山根段"), TWO["石浦"])},
         ["任务分解（丹东）：1.6→1.6（山根段）", "任务分解（丹东、石浦）：0.7→空白"]),
        ({"allocations": (replace(TWO["丹东"], quantity=None), *list(TWO.values())[1:])}, ["任务分解（丹东）：1.6→空白"]),
        ({"milestones": (JUNE, node(9, None, "公示"), DECEMBER)}, ["进度安排：空白→9月份公示"]),
        ({"milestones": (node(2, None, "公示"), node(3, None, "招标"), JUNE, DECEMBER)}, ["进度安排：空白→2月份公示", "进度安排：空白→3月份招标"]),
        ({"milestones": (JUNE,)}, ["进度安排：12月份推进工作（累计3.3）→空白"]),
        ({"milestones": ()}, ["进度安排：6月份推进工作（累计1.5）→空白", "进度安排：12月份推进工作（累计3.3）→空白"]),
        ({"milestones": (node(6, "1.8"), DECEMBER)}, ["进度安排：6月份推进工作（累计1.5）→6月份推进工作（累计1.8）"]),
        ({"milestones": (node(8, "1.5"), DECEMBER)},
         ["进度安排：6月份推进工作（累计1.5）→6月份推进工作（累计1.5），调整到2024-08-31"]),
    ],
)  # fmt: skip
def test_whatever_the_document_changes_is_told_old_and_new(fields: dict[str, Any], told: list[str]) -> None:
    found = amended(county(), with_project(2, **fields))
    assert lines(found) == [f"第2项{line}" for line in told]
    assert (found.changed, found.added, found.cancelled, found.units_added) == ((2,), (), (), 0)


def test_what_no_document_says_is_told_too() -> None:
    here = county().document.projects[1]
    led = replace(here, reporting=Reporting.LEAD, cancelled=True, starred=True)
    assert [str(each) for each in differences(here, led)] == [
        "第2项省级标记：空白→★", "第2项填报方式：镇乡→责任单位代报", "第2项办理情况：空白→已取消",
    ]  # fmt: skip
    assert [str(each) for each in differences(None, here)] == [f"新增第2项：{here.title}"]


def test_only_what_the_document_changed_of_a_row_or_node_is_taken() -> None:
    own = node(9, None, "公示")
    typed = replace(
        county().document.projects[1],
        allocations=(
            replace(TWO["丹东"], quantity=Decimal("1.5")),
            TWO["石浦"],
            Allocation("爵溪", Decimal(1)),
        ),
        milestones=(replace(JUNE, text="改过的字"), replace(own, done=True), DECEMBER),
    )
    projects = [typed if each.number == 2 else each for each in county().document.projects]
    changed = with_project(
        2,
        allocations=(replace(TWO["丹东"], note="山根段"), replace(TWO["石浦"], quantity=Decimal(2)), Allocation("爵溪", Decimal(3))),
        milestones=(replace(JUNE, cumulative=Decimal(2)), replace(own, last_month=10), DECEMBER),
    )  # fmt: skip
    two = project(amended(Master(document(*projects)), changed), 2)
    assert two.allocations == (
        Allocation("丹东", Decimal("1.5"), "山根段"), Allocation("石浦", Decimal(2)), Allocation("爵溪", Decimal(3)),
    )  # fmt: skip
    assert two.milestones == (
        replace(JUNE, text="改过的字", cumulative=Decimal(2)),
        replace(own, done=True, adjusted_to=date(2024, 10, 31), note=APPROVAL),
        DECEMBER,
    )
    # A document without a table has none.
    assert project(amended(Master(document(*projects)), with_project(2, allocations=())), 2).allocations == ()


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


def test_a_deadline_that_comes_back_is_adjusted_no_more_and_what_was_noted_stays() -> None:
    first = amended(county(), with_project(2, milestones=(node(8, "1.5"), DECEMBER)))
    moved = project(first, 2).milestones[0]
    assert (moved.last_month, moved.adjusted_to, moved.note) == (6, date(2024, 8, 31), APPROVAL)
    again = amended(Master(first.document), county().document, replace(first.document, projects=first.base))
    assert project(again, 2).milestones[0] == replace(JUNE, note=APPROVAL)
    blank = replace(moved, note="")
    projects = [
        replace(each, milestones=(blank, DECEMBER)) if each.number == 2 else each
        for each in first.document.projects
    ]
    again = amended(
        Master(document(*projects)), county().document, replace(first.document, projects=first.base)
    )
    assert project(again, 2).milestones[0] == JUNE


SAME, OTHER = "完成管网建设", "通过验收"


@pytest.mark.parametrize(
    ("standing", "changed", "pairs"),
    [
        # Equal ones before those that only moved.
        ([node(6, "1", SAME), node(9, "1", SAME)], [node(9, "1", SAME), node(6, "1", SAME)], {0: 1, 1: 0}),
        ([node(6, "1", SAME), node(6, "2", SAME)], [node(6, "2", SAME)], {0: 1}),
        # One that moved before another in its month.
        ([node(6, "1", SAME), node(8, "1", OTHER)], [node(8, "1", SAME)], {0: 0}),
        # The number before the words alone, in the same months.
        ([node(6, "1", SAME), node(6, "2", OTHER)], [node(6, "2", "建成")], {0: 1}),
        ([node(6, "1", SAME, 4), node(6, "2", SAME)], [node(6, "3", OTHER)], {0: 1}),
        # Month and number together; a node with a number is never one without.
        ([node(6, "500", "完成500人")], [node(9, "800", "完成800人")], {0: 0}),
        ([node(6, None, SAME)], [node(9, "800", SAME)], {}),
        ([node(6, "1", SAME)], [node(9, "2", OTHER)], {}),
    ],
)  # fmt: skip
def test_which_node_is_which(
    standing: list[Milestone], changed: list[Milestone], pairs: dict[int, int]
) -> None:
    assert match_nodes(standing, changed) == pairs


TITLE, ROADS = "新建城市供水管网15公里", "改建农村公路和桥梁及附属设施"


@pytest.mark.parametrize(
    ("standing", "changed", "pairs"),
    [
        # Equal but for punctuation, wherever it stands; two that are equal in their order.
        ([(1, "甲"), (2, TITLE)], [(1, TITLE + "。")], {0: 1}),
        ([(1, TITLE), (2, TITLE)], [(7, TITLE), (8, TITLE)], {0: 0, 1: 1}),
        # Other numbers alone, in digits and in words.
        ([(1, "甲"), (2, TITLE)], [(5, "新建城市供水管网2.5公里")], {0: 1}),
        ([(1, "为十二个社区配送设备")], [(5, "为３个社区配送设备")], {0: 0}),
        # An equal title goes before one with another number.
        ([(1, "新建城市供水管网2公里"), (2, TITLE)], [(1, TITLE)], {0: 1}),
        # Reworded under its own number; half of it is too little.
        ([(1, "一二三四五六七八九十")], [(1, "一二三四五六甲乙丙丁")], {0: 0}),
        ([(1, "一二三四五六七八九十")], [(1, "一二三四五甲乙丙丁戊")], {}),
        # Under another number it must be nearly the same.
        ([(1, "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉")], [(2, "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午人之初")], {0: 0}),
        ([(1, "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉")], [(2, "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳人之初性")], {}),
        # Of two that are like it the more alike, wherever that stands.
        ([(1, ROADS), (2, ROADS + "工程")], [(3, ROADS + "工程等")], {0: 1}),
        ([(1, ROADS + "工程"), (2, ROADS)], [(3, ROADS + "工程等")], {0: 0}),
        # Who has a partner is nobody else's.
        ([(1, TITLE)], [(1, TITLE), (2, "新建城市供水管网2.5公里")], {0: 0}),
    ],
)  # fmt: skip
def test_which_project_is_which(
    standing: list[tuple[int, str]], changed: list[tuple[int, str]], pairs: dict[int, int]
) -> None:
    one = county().document.projects[1]
    left, right = (
        [replace(one, number=number, title=title) for number, title in each] for each in (standing, changed)
    )
    assert match_projects(left, right) == pairs


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


def test_a_lead_unit_by_another_of_its_names_stays_as_the_clerk_has_it() -> None:
    """The clerk has called 县住建局 by its new name; the document prints the old one, as before."""
    standing = county().document
    units = tuple(
        replace(each, name="县城建局", aliases=(WATER,)) if each.name == WATER else each
        for each in standing.units
    )
    six = replace(standing.projects[5], lead_unit="县城建局", stand_in=Allocation("县城建局", Decimal(5)))
    projects = [six if each.number == 6 else each for each in standing.projects]
    found = amended(Master(document(*projects, units=units)), with_project(6, owner="吴"))
    assert [line for line in lines(found) if line.startswith("第6项")] == ["第6项责任人：徐→吴"]
    assert project(found, 6).stand_in == six.stand_in
    assert (found.base[5].lead_unit, found.base[5].stand_in) == (WATER, Allocation(WATER, Decimal(5)))


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
    # What the document said the last time is remembered of it, and that it is gone.
    assert found.base == (
        projects[0],
        replace(projects[1], cancelled=True),
        *(replace(each, number=each.number + 1) for each in rest),
    )


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


def test_pairs_of_the_settings_stay_and_those_of_new_projects_come_in_the_masters_numbers() -> None:
    standing = replace(county().document, containments=(Containment(6, 2),))
    one, *rest = standing.projects
    new = replace(one, number=2, title="新建公园2个", allocations=(), milestones=())
    printed = [one, new, *(replace(each, number=each.number + 1) for each in rest)]
    # 3 and 7 are the 2 and 6 of the master: a clerk has taken that pair out, or turned it round.
    pairs = (Containment(2, 3), Containment(3, 7), Containment(4, 2))
    found = amended(Master(standing), replace(document(*printed), containments=pairs), standing)
    assert found.document.containments == (Containment(6, 2), Containment(8, 2), Containment(3, 8))


def test_two_new_projects_whose_numbers_are_taken_get_the_next_ones() -> None:
    projects = county().document.projects
    new = [replace(projects[6], number=n, title=title) for n, title in ((1, "建公园"), (2, "修桥梁"))]
    printed = [*new, *(replace(each, number=each.number + 2) for each in projects)]
    found = amended(county(), document(*printed))
    assert [(each.number, each.title) for each in found.document.projects[7:]] == [
        (8, "建公园"),
        (9, "修桥梁"),
    ]
    assert found.changed == ()


def test_a_unit_is_new_when_none_of_its_names_is_known() -> None:
    standing = county().document
    units = (
        ReportingUnit("石浦镇", UnitKind.TOWNSHIP),
        ReportingUnit("丹城", UnitKind.TOWNSHIP, ("丹东",)),
        ReportingUnit("爵溪", UnitKind.TOWNSHIP, ("爵溪街道",)),
    )
    found = amended(county(), replace(standing, units=units))
    assert found.document.units == (*standing.units, units[2])
    assert found.differences == (Difference(0, "填报单位", "", "爵溪"),)


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
    typed = [
        replace(each, reporting=Reporting.LEAD, owner="李", cancelled=each.number == 7)
        for each in county().document.projects
    ]
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
        rows = [*each.allocations, Allocation("爵溪", Decimal(1))]
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
