"""通报: what a month's circular says. Pure: figures and sentences; the page belongs to building/bulletin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .duties import recipients, report_duties
from .master import Master
from .period import Period
from .project import Project
from .quantity import plain, round_half_up
from .status import Judgement, NodeStatus, ProjectStatus, Status

__all__ = ["AnnexRow", "Bulletin", "Section", "compose"]


@dataclass(frozen=True, slots=True)
class Section:
    """``heading`` as 一、…; ``paragraphs`` are whole sentences."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnexRow:
    number: int
    title: str
    lead_unit: str
    target: str
    plan: str
    actual: str
    rate: str
    status: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    title: str
    addressees: str
    sections: tuple[Section, ...]
    annex: tuple[AnnexRow, ...]
    signature: str
    date: str


def compose(master: Master, judgement: Judgement, period: Period) -> Bulletin:
    """The circular of ``period`` from a judgement at its end."""
    county = _county(master)
    day = judgement.as_of
    headings = ("总体情况", "推进缓慢项目", "填报情况", "进度调整", "下一步要求")
    bodies = (
        _overall(judgement),
        _late(master, judgement),
        _reporting(master, period),
        _adjusted(master),
        _next_steps(judgement),
    )
    kept = [(heading, body) for heading, body in zip(headings, bodies, strict=True) if body]
    return Bulletin(
        title=f"关于{master.year}年{period.month}月民生实事项目进展情况的通报",
        addressees="各镇乡人民政府、街道办事处，县级有关部门：",
        sections=tuple(
            Section(f"{'一二三四五'[index]}、{heading}", tuple(body))
            for index, (heading, body) in enumerate(kept)
        ),
        annex=tuple(_annex_row(master, project) for project in judgement.projects),
        signature=f"{county}民生实事项目推进工作办公室" if county else "民生实事项目推进工作办公室",
        date=f"{day.year}年{day.month}月{day.day}日",
    )


def _county(master: Master) -> str:
    """象山县, from a title such as 2024年象山县承担…; empty where it names none."""
    words = master.document.title.partition("年")[2]
    for mark in ("县", "市", "区", "旗"):
        name = words.partition(mark)[0]
        if mark in words and 0 < len(name) <= 6:
            return name + mark
    return ""


def _share(count: int, total: int) -> str:
    return f"{plain(round_half_up(Decimal(100 * count) / total, 1))}%" if total else "0%"


def _overall(judgement: Judgement) -> list[str]:
    projects = judgement.projects
    total = len(projects)
    day = judgement.as_of
    lead = f"截至{day.month}月{day.day}日，全年{total}个民生实事项目中，"
    groups = (
        ("已完成全年任务", Status.DONE),
        ("正常推进", Status.NORMAL),
        ("临近节点期限", Status.NEAR),
        ("到期节点待确认", Status.UNCONFIRMED),
        ("推进缓慢", Status.OVERDUE),
    )
    parts = []
    for words, status in groups:
        found = [project for project in projects if project.status is status]
        if found:
            names = (
                f"（第{'、'.join(str(project.project) for project in found)}项）"
                if status is Status.OVERDUE
                else ""
            )
            parts.append(f"{words}{len(found)}个{names}，占{_share(len(found), total)}")
    return (
        [lead + "；".join(parts) + "。"] if parts else [f"截至{day.month}月{day.day}日，没有列入统计的项目。"]
    )


def _late(master: Master, judgement: Judgement) -> list[str]:
    late = [project for project in judgement.projects if project.status is Status.OVERDUE]
    if not late:
        return ["各项目均达到序时节点要求，没有逾期项目。"]
    nodes: dict[int, list[NodeStatus]] = {}
    for node in judgement.nodes:
        if node.status is Status.OVERDUE:
            nodes.setdefault(node.project, []).append(node)
    projects = {project.number: project for project in master.document.projects}
    return [_late_words(projects[status.project], status, nodes.get(status.project, [])) for status in late]


def _late_words(project: Project, status: ProjectStatus, nodes: list[NodeStatus]) -> str:
    words = f"第{project.number}项“{project.title}”（责任单位：{project.lead_unit}）："
    if status.plan is not None and status.actual is not None and status.actual < status.plan:
        words += (
            f"计划累计{plain(status.plan)}{project.unit}，实际累计{plain(status.actual)}{project.unit}，"
            f"差{plain(status.plan - status.actual)}{project.unit}；"
        )
    words += _nodes_words(nodes)
    if status.laggards:
        # Many units: the five furthest behind say enough, the annex of the workbook has the rest.
        named = [f"{laggard.unit}（差{_gap(laggard.gap)}{project.unit}）" for laggard in status.laggards[:5]]
        more = f"等{len(status.laggards)}家" if len(status.laggards) > 5 else ""
        words += f"；进度靠后的单位：{'、'.join(named)}{more}"
    return words + "。"


def _nodes_words(nodes: list[NodeStatus]) -> str:
    """The longest overdue node by name and days, the others counted."""
    worst = max(nodes, key=lambda node: node.days_late or 0)
    days = f"逾期{worst.days_late}天" if worst.days_late else "当日到期未完成"
    return f"{worst.month}节点{days}" + (f"，共{len(nodes)}个节点逾期" if len(nodes) > 1 else "")


def _gap(value: Decimal) -> str:
    return plain(value if value == round_half_up(value, 2) else round_half_up(value, 2))


def _reporting(master: Master, period: Period) -> list[str]:
    """Who reported a number for the period, by file."""
    reported = {
        (report.project, report.unit)
        for report in master.reports
        if report.month == period.month and report.value is not None
    }
    expected = [unit for unit in recipients(master) if report_duties(master, unit)]
    silent = [
        unit.name
        for unit in expected
        if not any((duty.project.number, duty.unit) in reported for duty in report_duties(master, unit))
    ]
    if len(silent) == len(expected):
        return [f"{period.month}月份尚未收到任何单位的填报。"]
    if not silent:
        return [f"{len(expected)}个填报单位{period.month}月份均已报送。"]
    return [
        f"{len(expected)}个填报单位中，{len(expected) - len(silent)}个已报送{period.month}月份进展，未报送的有：{_listed(silent)}。"
    ]


def _listed(names: Iterable[str]) -> str:
    return "、".join(names)


def _adjusted(master: Master) -> list[str]:
    """Changed targets and deadlines: 原定, 调整, 批准."""
    found = []
    for project in master.document.projects:
        if project.adjusted_target is not None and project.target is not None:
            found.append(
                f"第{project.number}项年度目标原定{plain(project.target.value)}{project.unit}，"
                f"调整为{plain(project.adjusted_target)}{project.unit}（批准：{project.adjustment_note or '未注明'}）。"
            )
        found += [
            f"第{project.number}项“{node.phrase}”节点调整至{node.adjusted_to.year}年{node.adjusted_to.month}月{node.adjusted_to.day}日"
            f"（批准：{node.note or '未注明'}）。"
            for node in project.milestones
            if node.adjusted_to is not None
        ]
    return found


def _next_steps(judgement: Judgement) -> list[str]:
    late = any(project.status is Status.OVERDUE for project in judgement.projects)
    first = (
        "推进缓慢项目的责任单位要逐项查明原因，倒排工期，明确补齐时间。"
        if late
        else "各责任单位要保持力度，确保后续节点如期完成。"
    )
    return [first, "各填报单位要按月如实填报，数据以累计数为准，按时报送。"]


def _annex_row(master: Master, status: ProjectStatus) -> AnnexRow:
    project = next(project for project in master.document.projects if project.number == status.project)
    goal = project.goal
    return AnnexRow(
        number=project.number,
        title=f"{'★' if project.starred else ''}{project.title}",
        lead_unit=project.lead_unit,
        target="—" if goal is None else f"{plain(goal)}{project.unit}",
        plan="—" if status.plan is None else plain(status.plan),
        actual="—" if status.actual is None else plain(status.actual),
        rate="—" if status.rate is None else f"{plain(round_half_up(status.rate * 100, 1))}%",
        status=str(status.status),
    )
