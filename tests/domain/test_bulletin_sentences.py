"""通报, sentence by sentence: every kind of month, project and unit, as the office reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from minsheng.domain.bulletin import compose
from minsheng.domain.bulletin.annexes import annex, ranking
from minsheng.domain.bulletin.page import RankRow, ordinal
from minsheng.domain.bulletin.sections import adjustments, late_items, next_steps, overall, reporting
from minsheng.domain.master import Master, Settings
from minsheng.domain.period import Cycle, Period
from minsheng.domain.project import Reporting, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.domain.reminder import LateUnit, Reminder
from minsheng.domain.status import (
    CellStatus,
    Judgement,
    Laggard,
    NodeStatus,
    ProjectStatus,
    Schedule,
    Status,
)
from small_county import HEALTH, POLICE, WATER, county, node, report, shares, unit

JUNE, END = Period(2024, 6), date(2024, 6, 30)
S = Status


def judged(*projects: ProjectStatus, nodes: tuple[NodeStatus, ...] = (), month: int | None = 6) -> Judgement:
    """A judgement at the end of June; units were judged by ``month``."""
    cells = (
        () if month is None else (CellStatus(1, "丹东", month, S.NORMAL), CellStatus(1, "丹东", 1, S.NORMAL))
    )
    return Judgement(END, cells, nodes, projects)


def all_of(*statuses: Status) -> Judgement:
    return judged(*(ProjectStatus(number, status) for number, status in enumerate(statuses, start=1)))


def of_project(number: int, **fields: Any) -> Master:
    """The county with one project otherwise."""
    book = county()
    projects = tuple(
        replace(each, **fields) if each.number == number else each for each in book.document.projects
    )
    return replace(book, document=replace(book.document, projects=projects))


DUE, NOT_DUE = county(), Master(replace(county().document, projects=(county().document.projects[1],)))
DUE_NEXT_MONTH = Master(
    replace(NOT_DUE.document, projects=(replace(NOT_DUE.document.projects[0], milestones=(node(7, "1"),)),))
)


@pytest.mark.parametrize(
    ("master", "judgement", "words"),
    [
        (DUE, judged(), "截至6月30日，没有在办的民生实事项目。"),
        (DUE, all_of(S.CANCELLED), "截至6月30日，没有在办的民生实事项目。"),
        (DUE, all_of(S.NORMAL), "截至6月30日，全年1个民生实事项目正常推进。没有逾期的项目。"),
        (DUE, all_of(S.NEAR, S.CANCELLED, S.NEAR), "截至6月30日，全年2个民生实事项目均有节点临近期限。没有逾期的项目。"),
        (DUE, all_of(S.DONE, S.DONE), "截至6月30日，全年2个民生实事项目均已完成全年任务。"),
        (NOT_DUE, all_of(S.NORMAL), "截至6月30日，全年1个民生实事项目正常推进。没有逾期的项目。"),
        (DUE_NEXT_MONTH, all_of(S.NORMAL), "截至6月30日，全年1个民生实事项目正常推进。目前还没有到期的节点。"),
        (
            DUE_NEXT_MONTH,
            all_of(S.DONE, S.NORMAL, S.NORMAL),
            "截至6月30日，全年3个民生实事项目中，已完成全年任务的1个（第1项），占33.3%；正常推进的2个，占66.7%。目前还没有到期的节点。",
        ),
        (
            DUE,
            all_of(S.OVERDUE, S.MISSING, S.UNCONFIRMED, S.NEAR, S.NORMAL, S.DONE, S.DONE),
            ("截至6月30日，全年7个民生实事项目中，已完成全年任务的2个（第6项、第7项），占28.6%；正常推进的1个，占14.3%；有节点临近期限的1个，占14.3%；"
            "有到期节点待确认的1个（第3项），占14.3%；有节点到期、尚未报数的1个（第2项），占14.3%；有节点逾期、推进缓慢的1个（第1项），占14.3%。"),
        ),
        (
            DUE,
            judged(
                ProjectStatus(1, S.NORMAL, schedule=Schedule.AHEAD), ProjectStatus(2, S.NORMAL, schedule=Schedule.ON_TIME),
                ProjectStatus(3, S.NORMAL, schedule=Schedule.ON_TIME), ProjectStatus(4, S.OVERDUE, schedule=Schedule.BEHIND),
                ProjectStatus(5, S.DONE, schedule=Schedule.DONE_LATE), ProjectStatus(6, S.DONE),
                ProjectStatus(7, S.CANCELLED),
            ),
            ("截至6月30日，全年6个民生实事项目中，已完成全年任务的2个（第5项、第6项），占33.3%；正常推进的3个，占50%；"
            "有节点逾期、推进缓慢的1个（第4项），占16.7%。对照计划，提前的1个、按时的2个、滞后的1个、其他2个。"),
        ),
    ],
)  # fmt: skip
def test_how_the_projects_stand(master: Master, judgement: Judgement, words: str) -> None:
    assert overall(master, judgement) == words


def late(number: int, **fields: Any) -> ProjectStatus:
    return ProjectStatus(number, S.OVERDUE, **fields)


def node_late(number: int, index: int, days: int | None, month: str = "6月份") -> NodeStatus:
    return NodeStatus(number, index, month, S.OVERDUE, days)


def behind(*units: str) -> tuple[Laggard, ...]:
    return tuple(Laggard(name, S.BEHIND, Decimal(9 - place)) for place, name in enumerate(units))


def D(value: str) -> Decimal:  # noqa: N802 - as short as a number
    return Decimal(value)


SIX = tuple("甲乙丙丁戊己")


@pytest.mark.parametrize(
    ("fields", "status", "nodes", "words"),
    [
        ({}, late(1, plan=D("500"), actual=D("410")), [node_late(1, 2, 30)],
         "计划累计500人，实际累计410人，差90人；6月份节点已逾期30天。"),
        ({}, late(1, plan=D("500"), actual=D("500")), [node_late(1, 2, 0)], "6月份节点到期未达到。"),
        ({}, late(1, plan=D("500")), [node_late(1, 2, 1)], "计划累计500人，尚未报数；6月份节点已逾期1天。"),
        ({}, late(1, plan=D("0")), [node_late(1, 1, 3, "1—3月份")], "1—3月份节点“制定接种工作方案”未完成，已逾期3天。"),
        ({}, late(1), [node_late(1, 1, 0, "1—3月份")], "1—3月份节点“制定接种工作方案”到期未完成。"),
        ({}, late(1, plan=D("1000"), actual=D("0")),
         [node_late(1, 1, 9, "1—3月份"), node_late(1, 2, 7), node_late(1, 3, 12, "12月份")],
         "计划累计1000人，实际累计0人，差1000人；12月份节点已逾期12天，共有2个数量节点逾期；1—3月份节点“制定接种工作方案”未完成，已逾期9天。"),
        ({"milestones": (node(3, None, "招标。开工；进场"), node(4, None, "进场；验收。"))}, late(1),
         [node_late(1, 1, 2, "3月份"), node_late(1, 2, 1, "4月份")],
         "3月份节点“招标”未完成，已逾期2天；4月份节点“进场”未完成，已逾期1天。"),
        ({"target": Quantity(D("50"), "%"), "allocations": ()}, late(1, plan=D("50"), actual=D("44.5")), [node_late(1, 2, 1)],
         "应达到50%，目前44.5%，差5.5个百分点；6月份节点已逾期1天。"),
        ({"target": Quantity(D("50"), "%")}, late(1, plan=D("50"), actual=D("44.5")), [node_late(1, 2, 1)],
         "应达到50%，目前最低44.5%，差5.5个百分点；6月份节点已逾期1天。"),
        ({"target": Quantity(D("50"), "%"), "allocations": ()}, late(1, plan=D("50")), [node_late(1, 2, 1)],
         "应达到50%，尚未报数；6月份节点已逾期1天。"),
        # The units.
        ({}, late(1, laggards=behind("石浦", "丹东")), [node_late(1, 2, 1)],
         "6月份节点已逾期1天。落后于应达进度的单位：石浦（差9人），丹东（差8人）。"),
        ({"allocations": shares(**dict.fromkeys(SIX, "1"))}, late(1, laggards=behind(*SIX[:5])), [node_late(1, 2, 1)],
         "6月份节点已逾期1天。落后于应达进度的单位：甲（差9人），乙（差8人），丙（差7人），丁（差6人），戊（差5人）。"),
        ({"allocations": shares(**dict.fromkeys(SIX, "1"))}, late(1, laggards=behind(*SIX), never_reported=SIX[5:]), [node_late(1, 2, 1)],
         "6月份节点已逾期1天。6个承担单位中1个尚未报数。落后于应达进度的单位：甲（差9人），乙（差8人），丙（差7人），丁（差6人），戊（差5人）等6个。"),
        ({}, late(1, never_reported=("丹东",)), [node_late(1, 2, 1)], "6月份节点已逾期1天。2个承担单位中1个尚未报数。"),
        ({}, late(1, never_reported=("丹东", "石浦")), [node_late(1, 2, 1)], "6月份节点已逾期1天。"),
        ({"reporting": Reporting.LEAD}, late(1, never_reported=("丹东",)), [node_late(1, 2, 1)],
         f"6月份节点已逾期1天。2个承担单位中1个尚未报数（由{HEALTH}代报）。"),
        ({}, late(1, shortfall=D("2")), [node_late(1, 2, 1)], "6月份节点已逾期1天。各单位达到折算进度，合计差2人。"),
        ({"allocations": shares(丹东="1")}, late(1, laggards=behind("丹东")), [node_late(1, 2, 1)], "6月份节点已逾期1天。"),
        ({"stand_in": replace(county().document.projects[5].stand_in, quantity=D("7"))}, late(1), [node_late(1, 2, 1)],
         "6月份节点已逾期1天。任务分解表尚未核定，按责任单位合计数统计。"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_late_project(
    fields: dict[str, Any], status: ProjectStatus, nodes: list[NodeStatus], words: str
) -> None:
    others = (NodeStatus(1, 1, "1—3月份", S.UNCONFIRMED, None), node_late(2, 1, 99))
    master = of_project(1, **fields)
    (item,) = late_items(master, judged(ProjectStatus(2, S.NORMAL), status, nodes=(*others, *nodes)), JUNE)
    assert item.heading == f"（一）{master.document.projects[0].title}（第1项，{HEALTH}）。"
    assert item.words == words


def test_units_are_judged_by_an_earlier_month_where_none_of_the_period_has_come() -> None:
    status = late(1, laggards=behind("石浦"))
    for month, words in ((6, "落后"), (None, "落后"), (4, "4月份落后")):
        (item,) = late_items(DUE, judged(status, nodes=(node_late(1, 2, 1),), month=month), JUNE)
        assert item.words == f"6月份节点已逾期1天。{words}于应达进度的单位：石浦（差9人）。"


def missing(name: str, *months: int, in_a_row: int = 1, cycle: Cycle = Cycle.MONTH) -> LateUnit:
    return LateUnit(unit(DUE, name), "", months, in_a_row, cycle=cycle)


ONE, TWO, THREE = missing("丹东", 6), missing("石浦", 4, 6), missing(HEALTH, 5, 6, in_a_row=2)


@pytest.mark.parametrize(
    ("expected", "who", "blank", "words"),
    [
        (0, (), (), ""),
        (1, (), (), "填报单位已报送6月份数据。"),
        (5, (), (), "5个填报单位均已报送6月份数据。"),
        (5, (), ("石浦", WATER), f"5个填报单位均已报送6月份数据。其中2个报来的表中没有填数：石浦、{WATER}。"),
        (1, (ONE,), (), "6月份尚未收到任何单位的填报，以上按此前的报数统计。"),
        (3, (ONE,), ("石浦",), "3个填报单位中，2个已报送6月份数据，报送率66.7%；1个未报送：丹东。其中1个报来的表中没有填数：石浦。"),
        (4, (ONE, missing("石浦", 6)), (), "4个填报单位中，2个已报送6月份数据，报送率50%；2个未报送：丹东、石浦。"),
        (4, (TWO,), (), "4个填报单位中，3个已报送6月份数据，报送率75%；1个未报送：石浦（今年第2次未报）。"),
        (4, (ONE, TWO, THREE), (),
         f"4个填报单位中，1个已报送6月份数据，报送率25%；3个未报送：{HEALTH}（连续第2个月未报）；石浦（今年第2次未报）；丹东（首次未报）。"),
        (4, (missing("丹东", 3, 6, in_a_row=2, cycle=Cycle.QUARTER), missing("石浦", 3, 6, in_a_row=2, cycle=Cycle.QUARTER)), (),
         "4个填报单位中，2个已报送6月份数据，报送率50%；2个未报送：丹东、石浦（连续第2期未报）。"),
    ],
)  # fmt: skip
def test_who_has_reported(
    expected: int, who: tuple[LateUnit, ...], blank: tuple[str, ...], words: str
) -> None:
    reminder = Reminder(JUNE, expected, who, tuple(unit(DUE, name) for name in blank))
    assert reporting(county(report(1, "丹东", 5, "9")), reminder) == words


def test_nobody_has_ever_reported() -> None:
    for reports in ((), (report(1, "丹东", 6, "9"),)):
        assert reporting(county(*reports), Reminder(JUNE, 1, (ONE,))) == "6月份尚未收到任何单位的填报。"


def test_what_was_cancelled_and_adjusted() -> None:
    gone = of_project(7, cancelled=True, adjustment_note=" ", adjusted_target=D("9"))
    title = gone.document.projects[6].title
    assert adjustments(gone) == [
        "共有1个项目取消，不再统计。", f"{title}（第7项，{POLICE}）已取消（批准依据未注明）。"
    ]  # fmt: skip
    assert adjustments(DUE) == []
    # What was put in as it stood is no change, nor what there was no target for.
    same = node(6, "6000"), replace(node(12, "13000"), adjusted_to=date(2024, 12, 31))
    assert adjustments(of_project(5, adjusted_target=D("13000"), milestones=same)) == []
    assert adjustments(of_project(7, adjusted_target=D("9"))) == []
    moved = replace(node(6, "6000"), adjusted_to=date(2024, 9, 5), note="县政府函〔2024〕5号")
    five = of_project(
        5, adjusted_target=D("14000.50"), adjustment_note="会议纪要", milestones=(moved, same[1])
    )
    name = five.document.projects[4].title
    assert adjustments(five) == [
        "共有2处调整，进度按调整后的节点和目标判定。",
        f"{name}（第5项），年度目标：原定13000起，调整为14000.5起（批准：会议纪要）。",
        f"{name}（第5项），6月份节点：原定2024年6月30日，调整为2024年9月5日（批准：县政府函〔2024〕5号）。",
    ]


LATE_STEP = "推进缓慢项目的责任单位要逐项查明原因，制定追赶计划，明确补齐时间。"
SILENT_STEP = "节点到期、尚未报数的项目，责任单位要尽快组织填报。"
TICK_STEP = "到期节点待确认的项目，责任单位要尽快核实并报送节点完成情况。"
DONE_STEP = "各责任单位要做好资料归档和后续管理，巩固已有成果。"
GO_ON_STEP = "各责任单位要保持力度，确保后续节点如期完成。"
SEND_STEP = "未报送数据的单位要尽快补报，各单位报送的数据以累计数为准，确保真实准确。"
MONTHLY_STEP = "各填报单位要继续按月如实报送，数据以累计数为准。"


@pytest.mark.parametrize(
    ("statuses", "month", "who", "steps"),
    [
        ((S.OVERDUE, S.MISSING, S.UNCONFIRMED, S.DONE), 6, (ONE,), [LATE_STEP, SILENT_STEP, TICK_STEP, SEND_STEP]),
        ((S.MISSING,), 6, (), [SILENT_STEP, MONTHLY_STEP]),
        ((S.DONE, S.CANCELLED, S.DONE), 6, (), [DONE_STEP, MONTHLY_STEP]),
        ((S.DONE, S.NEAR), 11, (), [GO_ON_STEP, MONTHLY_STEP]),
        ((S.DONE, S.NEAR), 12, (), []),
        ((S.DONE, S.OVERDUE), 12, (ONE,), [LATE_STEP, SEND_STEP]),
        ((), 6, (), [MONTHLY_STEP]),
    ],
)  # fmt: skip
def test_what_is_to_be_done(
    statuses: tuple[Status, ...], month: int, who: tuple[LateUnit, ...], steps: list[str]
) -> None:
    assert next_steps(DUE, all_of(*statuses), Reminder(Period(2024, month), 3, who)) == steps


@pytest.mark.parametrize(
    ("cycle", "month", "words"),
    [
        # 1, 2 and 5 have nodes of June and December, 4 of May and November, 7 of June and August.
        (Cycle.MONTH, 5, "6月份有3个节点到期（第1项、第5项、第7项），责任单位要提前安排，确保按期完成。"),
        (Cycle.MONTH, 6, None),
        (Cycle.MONTH, 7, "8月份有1个节点到期（第7项），责任单位要提前安排，确保按期完成。"),
        (Cycle.MONTH, 12, None),
        (Cycle.QUARTER, 3, "4—6月份有4个节点到期（第1项、第4项、第5项、第7项），责任单位要提前安排，确保按期完成。"),
        (Cycle.HALF_YEAR, 6, "7—12月份有6个节点到期（第1项、第2项、第4项、第5项、第6项、第7项），责任单位要提前安排，确保按期完成。"),
    ],
)  # fmt: skip
def test_what_falls_due_next(cycle: Cycle, month: int, words: str | None) -> None:
    """The June node of 2 is done; the project late at it is named once."""
    master = replace(DUE, settings=Settings(cycle=cycle))
    nodes = tuple(
        NodeStatus(each.number, index, "", S.DONE if (each.number, index) == (2, 1) else S.NORMAL, None)
        for each in DUE.document.projects
        for index in range(1, len(each.milestones) + 1)
    )
    steps = next_steps(master, Judgement(END, (), nodes, ()), Reminder(Period(2024, month), 1, ()))
    assert [step for step in steps if "节点到期" in step] == ([] if words is None else [words])


def test_a_node_put_off_to_another_year_falls_due_in_none_of_this() -> None:
    moved = replace(node(6, None, "确定实施方案", 4), adjusted_to=date(2025, 7, 31))
    master = of_project(7, milestones=(moved,))
    nodes = (NodeStatus(7, 1, "", S.NORMAL, None),)
    assert next_steps(master, Judgement(END, (), nodes, ()), Reminder(JUNE, 1, ())) == [MONTHLY_STEP]


def test_the_row_of_a_project_in_the_annex() -> None:
    level = replace(county().document.projects[2], starred=False)
    statuses = (
        ProjectStatus(1, S.OVERDUE, plan=D("500"), actual=D("333")),
        ProjectStatus(3, S.NORMAL, plan=D("0")),
        ProjectStatus(7, S.UNCONFIRMED),
    )
    projects = (
        replace(county().document.projects[0], adjusted_target=D("999")),
        level,
        county().document.projects[6],
    )
    master = Master(replace(county().document, projects=projects))
    rows = annex(master, judged(*statuses))
    assert [(row.target, row.plan, row.actual, row.rate, row.status) for row in rows] == [
        ("999人", "500人", "333人", "33.3%", "逾期"), ("≥50%", "0%", "—", "—", "正常"), ("—", "—", "—", "—", "待确认"),
    ]  # fmt: skip
    assert [(row.number, row.title, row.lead_unit) for row in rows] == [
        (1, f"★{projects[0].title}", HEALTH), (3, level.title, HEALTH), (7, f"★{projects[2].title}", POLICE),
    ]  # fmt: skip


def test_the_frame_of_the_page() -> None:
    bulletin = compose(DUE, all_of(S.OVERDUE, S.CANCELLED), Reminder(JUNE, 0, ()))
    assert bulletin.title_lines == ("关于2024年6月民生实事项目", "进展情况的通报")
    assert bulletin.title == "关于2024年6月民生实事项目进展情况的通报"
    assert bulletin.addressees == "各镇乡人民政府、街道办事处，各有关单位："
    assert bulletin.date == "2024年7月　日"
    assert bulletin.ranking == ()
    assert [section.heading for section in bulletin.sections] == [
        "一、总体情况",
        "二、推进缓慢项目",
        "三、下一步工作",
    ]
    assert bulletin.sections[1].late == late_items(DUE, all_of(S.OVERDUE), JUNE)
    towns = with_towns(2, 30, 20)
    ranked = ranking(towns, JUNE)
    assert ranked is not None
    found = compose(towns, all_of(S.NORMAL), Reminder(JUNE, 0, ()))
    assert (found.ranking, found.sections[1].paragraphs) == (ranked.rows, ranked.sentences)
    moved = of_project(7, milestones=(replace(node(6, None), adjusted_to=date(2024, 9, 30)),))
    for statuses, heading in (
        ((S.NORMAL,), "二、节点和目标调整"),
        ((S.NORMAL, S.CANCELLED), "二、项目、节点和目标调整"),
    ):
        found = compose(moved, all_of(*statuses), Reminder(JUNE, 0, ()))
        assert found.sections[1].heading == heading
    bureaus = tuple(each for each in DUE.document.units if each.kind is UnitKind.BUREAU)
    alone = Master(replace(DUE.document, units=bureaus))
    december = compose(alone, all_of(S.NORMAL), Reminder(Period(2024, 12), 0, ()))
    assert (december.addressees, december.date) == ("各有关单位：", "2025年1月　日")


# The townships.


def with_towns(count: int, *values: int) -> Master:
    """``count`` townships that share project 1 evenly, 100 人 each of which 50 are due in June."""
    master = county()
    names = [f"{'甲乙丙丁戊己庚辛壬癸'[index]}镇" for index in range(count)]
    project = replace(
        master.document.projects[0],
        target=replace(master.document.projects[0].target, value=Decimal(100 * count)),  # type: ignore[type-var]
        allocations=tuple(replace(master.document.projects[0].allocations[0], unit=name, quantity=Decimal(100)) for name in names),
        milestones=(replace(master.document.projects[0].milestones[1], cumulative=Decimal(50 * count)),),
    )  # fmt: skip
    units = (
        *(ReportingUnit(name, UnitKind.TOWNSHIP) for name in names),
        ReportingUnit(HEALTH, UnitKind.BUREAU),
    )
    reports = tuple(report(1, name, 6, str(value)) for name, value in zip(names, values, strict=False))
    return Master(replace(master.document, units=units, projects=(project,)), reports=reports)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((50, 60), "2个镇乡（街道）均达到应达进度。"),
        ((25, 25), "2个镇乡（街道）进度得分均为50%。"),
        ((25, 50), "从高到低依次为：乙镇（100%），甲镇（50%）。"),
        (
            (50, 25, 50, 10, 0, 30),
            "从高到低依次为：甲镇、丙镇（均为100%），己镇（60%），乙镇（50%），丁镇（20%），戊镇（0%）。",
        ),
        (
            (50, 49, 48, 47, 46, 45, 44, 43),
            "进度靠前的是：甲镇（100%），乙镇（98%），丙镇（96%）。进度靠后的是：己镇（90%），庚镇（88%），辛镇（86%）。",
        ),
        # A tie is named whole, and never at both ends.
        (
            (50, 20, 20, 20, 20, 20, 20, 5),
            "进度靠前的是：甲镇（100%）。进度靠后的是：辛镇（10%）。",
        ),
        (
            (50, 50, 50, 50, 50, 50, 50, 5),
            "进度靠前的是：甲镇、乙镇、丙镇、丁镇、戊镇、己镇、庚镇（均为100%）。进度靠后的是：辛镇（10%）。",
        ),
        # Three at each end, more only where they are equal; the rounded score decides.
        (
            (50, 50, 48, 48, 30, 30, 10, 10),
            "进度靠前的是：甲镇、乙镇（均为100%）。进度靠后的是：庚镇、辛镇（均为20%）。",
        ),
        (
            (50, 48, 48, 30, 30, 30, 10),
            "进度靠前的是：甲镇（100%），乙镇、丙镇（均为96%）。进度靠后的是：庚镇（20%）。",
        ),
    ],
)
def test_first_and_last_townships(values: tuple[int, ...], sentence: str) -> None:
    ranked = ranking(with_towns(len(values), *values), JUNE)
    assert ranked is not None
    assert ranked.sentences[1] == sentence


def test_nobody_is_ranked_alone_or_before_anything_is_due_or_when_nobody_has_reported() -> None:
    assert ranking(with_towns(1, 10), JUNE) is None
    assert ranking(with_towns(2), JUNE) is None
    early = replace(with_towns(3), reports=(report(1, "甲镇", 5, "10"),))
    assert ranking(early, Period(2024, 5)) is None
    assert ranking(early, Period(2024, 4)) is None
    assert ranking(early, JUNE) is not None


def test_levels_are_not_ranked() -> None:
    master = with_towns(3, 50, 20, 10)
    (project,) = master.document.projects
    kept = replace(project.milestones[0], text="全年持续保持")
    document = replace(master.document, projects=(replace(project, milestones=(kept,)),))
    assert ranking(replace(master, document=document), JUNE) is None


def test_a_township_is_ranked_by_the_mean_of_its_projects() -> None:
    """The level before them counts for nobody, the bureau's row and the cancelled project for nothing; 丙镇 has nothing to do in
    the first."""
    master = with_towns(3, 60, 25, 0)
    (one,) = master.document.projects
    level = replace(one, number=2, milestones=(replace(one.milestones[0], text="全年持续保持"),))
    second = replace(
        one, number=3, target=Quantity(D("3"), "公里"), allocations=shares(甲镇="1", 乙镇="1", 丙镇="1", **{HEALTH: "9"}),
        milestones=(node(6, "3"),),
    )  # fmt: skip
    first = replace(
        one, allocations=one.allocations[:2], target=Quantity(D("200"), "人"), milestones=(node(6, "100"),)
    )
    gone = replace(second, number=4, cancelled=True)
    reports = (
        report(1, "甲镇", 5, "10"), report(1, "甲镇", 6, "60"), report(1, "甲镇", 7, "0"), report(1, "乙镇", 3, "25"),
        report(3, "甲镇", 6, "0.333"), report(3, "乙镇", 6, "0.9"), report(3, "丙镇", 6, "1"), report(3, HEALTH, 6, "9"),
    )  # fmt: skip
    master = replace(
        master, document=replace(master.document, projects=(level, first, second, gone)), reports=reports
    )
    ranked = ranking(master, JUNE)
    assert ranked is not None
    assert ranked.rows == (
        RankRow(1, "丙镇", 1, 0, "100%"), RankRow(2, "乙镇", 2, 2, "70%"), RankRow(3, "甲镇", 2, 1, "66.7%"),
    )  # fmt: skip
    assert ranked.sentences[0] == (
        "对3个镇乡（街道）承担的2个项目，按实际累计与应达进度之比计算进度得分（每个项目最高按100%计，再取各项目的平均；比例类、全年保持类项目和联合承担的任务不参加）。"
    )
    alone = ranking(with_towns(2, 30, 30), JUNE)
    assert alone is not None
    assert [(row.rank, row.unit, row.behind, row.score) for row in alone.rows] == [
        (1, "甲镇", 1, "60%"),
        (1, "乙镇", 1, "60%"),
    ]
    assert alone.sentences[0] == (
        "对2个镇乡（街道）承担的1个项目，按实际累计与应达进度之比计算进度得分（最高按100%计；比例类、全年保持类项目和联合承担的任务不参加）。"
    )


def test_numbers_of_headings() -> None:
    assert [ordinal(number) for number in (1, 10, 11, 20, 33, 100, 105, 110, 999)] == [
        "一", "十", "十一", "二十", "三十三", "一百", "一百零五", "一百一十", "九百九十九",
    ]  # fmt: skip
