"""A county small enough to check by hand, with every kind of row that a 填报表 can have."""

from __future__ import annotations

from decimal import Decimal

from minsheng.domain.document import TaskDocument
from minsheng.domain.master import Master
from minsheng.domain.project import Allocation, Milestone, Project, ReportingUnit, UnitKind
from minsheng.domain.quantity import Quantity
from minsheng.domain.report import Report, Words

__all__ = ["HEALTH", "POLICE", "WATER", "county", "node", "report", "shares", "unit"]

HEALTH, POLICE, WATER = "县卫生健康局", "县公安局", "县住建局"


def node(last: int, cumulative: str | None, text: str = "推进工作", first: int | None = None) -> Milestone:
    phrase = f"{last}月份" if first is None else f"{first}—{last}月份"
    return Milestone(first or last, last, phrase, text, None if cumulative is None else Decimal(cumulative))


def shares(**quantities: str | None) -> tuple[Allocation, ...]:
    return tuple(
        Allocation(unit, None if value is None else Decimal(value)) for unit, value in quantities.items()
    )


def report(project: int, unit: str, month: int, value: str | None, measure: int = 1, **words: str) -> Report:
    return Report(project, unit, month, measure, None if value is None else Decimal(value), Words(**words))


def county(*reports: Report) -> Master:
    """Two townships, a joint unit and three bureaus; seven projects.

    1 people counted by townships, with a text node · 2 公里 measured, with a joint unit · 3 a rate of the health bureau
    · 4 a repeat node (two doses) · 5 a count and a rate (second measure) of the police · 6 a table that did not line up ·
    7 nodes only.
    """
    units = (
        ReportingUnit("丹东", UnitKind.TOWNSHIP, ("丹东街道",)),
        ReportingUnit("石浦", UnitKind.TOWNSHIP, ("石浦镇",)),
        ReportingUnit("丹东、石浦", UnitKind.JOINT, (), ("丹东", "石浦")),
        ReportingUnit(HEALTH, UnitKind.BUREAU),
        ReportingUnit(POLICE, UnitKind.BUREAU),
        ReportingUnit(WATER, UnitKind.BUREAU),
    )
    projects = (
        Project(
            1, True, "为6.16万60岁以上老年人免费接种流感疫苗", Quantity(Decimal(1000), "人"), "胡", HEALTH, "朱",
            allocations=shares(丹东="400", 石浦="600"), allocation_total=Decimal(1000),
            milestones=(node(3, None, "制定接种工作方案", 1), node(6, "500"), node(12, "1000")),
        ),
        Project(
            2, False, "新（改）建城市燃气管网3.3公里", Quantity(Decimal("3.3"), "公里"), "周", WATER, "徐",
            allocations=shares(**{"丹东": "1.6", "丹东、石浦": "0.7", "石浦": "1"}), allocation_total=Decimal("3.3"),
            milestones=(node(6, "1.5"), node(12, "3.3")),
        ),
        Project(
            3, True, "基层医疗机构门诊报销比例≥50%", Quantity(Decimal(50), "%", ">="), "潘", HEALTH, "陈",
            milestones=(node(3, "50", "报销比例≥50%，全年持续保持", 1),),
        ),
        Project(
            4, True, "为13—14岁女生接种HPV疫苗590人", Quantity(Decimal(590), "人"), "胡", HEALTH, "朱",
            milestones=(node(5, "590", "完成第一针"), node(11, "590", "完成第二针")),
        ),
        Project(
            5, False, "建立“浙里快处”网上平台", Quantity(Decimal(13000), "起"), "卢", POLICE, "张",
            more_targets=(Quantity(Decimal(60), "%", ">="),),
            milestones=(node(6, "6000"), node(12, "13000")),
        ),
        Project(
            6, False, "新（改）建城市供水管网5公里", Quantity(Decimal(5), "公里"), "周", WATER, "徐",
            allocations=shares(丹东=None, 石浦=None), allocation_total=Decimal(5),
            stand_in=Allocation(WATER, Decimal(5)), milestones=(node(12, "5"),),
        ),
        Project(
            7, True, "实行群众“身后事”基本服务免费", None, "石", POLICE, "干",
            milestones=(node(6, None, "确定实施方案", 4), node(8, None, "完成实行")),
        ),
    )  # fmt: skip
    title = "2024年某某县承担省政府民生实事项目目标任务责任分解"
    return Master(TaskDocument(title, 2024, units, projects), reports=reports)


def unit(master: Master, name: str) -> ReportingUnit:
    return next(unit for unit in master.document.units if unit.name == name)
