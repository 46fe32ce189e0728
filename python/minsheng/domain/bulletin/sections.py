"""The sections of a 通报, but for 镇乡进度, which comes with its table: 总体情况, 推进缓慢项目, 报送情况, 节点和目标调整, 下一步工作."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from ..master import Master
from ..period import Period, month_end
from ..project import Milestone, Project
from ..reminder import LateUnit, Reminder
from ..status import Judgement, NodeStatus, ProjectStatus, Schedule, Status
from .page import LateItem, amount, gap, numbered, ordinal, share

__all__ = ["adjustments", "late_items", "next_steps", "overall", "reporting"]

#: Status → what is said of its projects, and whether they are named by number (正常 and 临期 only count).
_GROUPS = (
    (Status.DONE, "已完成全年任务", True),
    (Status.NORMAL, "正常推进", False),
    (Status.NEAR, "有节点临近期限", False),
    (Status.UNCONFIRMED, "有到期节点待确认", True),
    (Status.MISSING, "有节点到期、尚未报数", True),
    (Status.OVERDUE, "有节点逾期、推进缓慢", True),
)
#: So many units are named, the others counted: the text stays readable with eighteen behind.
_NAMED = 5


def overall(master: Master, judgement: Judgement) -> str:
    """The counts and shares; where no node is overdue that is said too."""
    day, total = judgement.as_of, len(judgement.in_force)
    until = f"截至{day.month}月{day.day}日，全年{total}个民生实事项目"
    if not total:
        return f"截至{day.month}月{day.day}日，没有在办的民生实事项目。"
    groups = [
        (words, found, by_number)
        for status, words, by_number in _GROUPS
        if (found := [project for project in judgement.in_force if project.status is status])
    ]
    if len(groups) == 1:
        words = f"{until}{'均' if total > 1 else ''}{groups[0][0]}。"
        return f"{words}{_schedules(judgement)}{_none_late(master, judgement)}"
    parts = [
        f"{words}的{len(found)}个{_names(found) if by_number else ''}，占{share(len(found), total)}"
        for words, found, by_number in groups
    ]
    return f"{until}中，{'；'.join(parts)}。{_schedules(judgement)}{_none_late(master, judgement)}"


def _schedules(judgement: Judgement) -> str:
    """How many stand how against their plan. Those finished late count as 其他, with those that no number judges, so that
    the four add up; nothing where all of them are that."""
    found = [project.schedule for project in judgement.in_force]
    counts = {word: found.count(word) for word in (Schedule.AHEAD, Schedule.ON_TIME, Schedule.BEHIND)}
    if not any(counts.values()):
        return ""
    others = len(found) - sum(counts.values())
    return f"对照计划，{'、'.join(f'{word}的{count}个' for word, count in counts.items())}、其他{others}个。"


def _none_late(master: Master, judgement: Judgement) -> str:
    statuses = {project.status for project in judgement.in_force}
    if Status.OVERDUE in statuses or statuses == {Status.DONE}:
        return ""
    due = any(
        master.due(node) <= judgement.as_of
        for project in master.document.in_force
        for node in project.milestones
    )
    return "没有逾期的项目。" if due else "目前还没有到期的节点。"


def _names(found: list[ProjectStatus]) -> str:
    return f"（{numbered(project.project for project in found)}）"


def late_items(master: Master, judgement: Judgement, period: Period) -> tuple[LateItem, ...]:
    """The late projects in the document's order."""
    judged = max((cell.month for cell in judgement.cells), default=period.month)
    nodes: dict[int, list[NodeStatus]] = defaultdict(list)
    for node in judgement.nodes:
        if node.status is Status.OVERDUE:
            nodes[node.project].append(node)
    projects = {project.number: project for project in master.document.projects}
    late = [status for status in judgement.projects if status.status is Status.OVERDUE]
    return tuple(
        LateItem(
            f"（{ordinal(place)}）{projects[status.project].title}"
            f"（第{status.project}项，{projects[status.project].lead_unit}）。",
            _late_words(
                projects[status.project],
                status,
                nodes[status.project],
                judged if judged < period.month else None,
            ),
        )
        for place, status in enumerate(late, start=1)
    )


def _late_words(project: Project, status: ProjectStatus, nodes: list[NodeStatus], judged: int | None) -> str:
    """``judged`` is the month by which units are judged where none of the period itself has come in."""
    clauses = [
        *_gap_clause(project, status),
        *_numeric_clause(project, nodes),
        *_ticked_clauses(project, nodes),
    ]
    return f"{'；'.join(clauses)}。{_units_sentence(project, status, judged)}"


def _gap_clause(project: Project, status: ProjectStatus) -> list[str]:
    if not status.plan:
        return []
    plan, unit = amount(status.plan, project.unit), project.unit
    if status.actual is None:
        return [f"{'应达到' if project.is_level else '计划累计'}{plan}，尚未报数"]
    if status.actual >= status.plan:
        return []
    short = f"差{gap(status.plan - status.actual, unit)}"
    reached = amount(status.actual, unit)
    if project.is_level:
        lowest = "最低" if len(project.shares) > 1 else ""
        return [f"应达到{plan}，目前{lowest}{reached}，{short}"]
    return [f"计划累计{plan}，实际累计{reached}，{short}"]


def _numeric_clause(project: Project, nodes: list[NodeStatus]) -> list[str]:
    """The numeric nodes by the one that is late longest: a project late at one is late at all that follow."""
    numeric = [node for node in nodes if project.is_numeric(node.index - 1)]
    if not numeric:
        return []
    worst = max(numeric, key=lambda node: node.days_late or 0)
    more = f"，共有{len(numeric)}个数量节点逾期" if len(numeric) > 1 else ""
    days = f"已逾期{worst.days_late}天" if worst.days_late else "到期未达到"
    return [f"{worst.month}节点{days}{more}"]


def _ticked_clauses(project: Project, nodes: list[NodeStatus]) -> list[str]:
    return [
        f"{node.month}节点“{_brief(project.milestones[node.index - 1])}”{_unticked(node)}"
        for node in nodes
        if not project.is_numeric(node.index - 1)
    ]


def _brief(node: Milestone) -> str:
    """The node's text up to its first full stop or semicolon."""
    return node.text.partition("。")[0].partition("；")[0]


def _unticked(node: NodeStatus) -> str:
    return f"未完成，已逾期{node.days_late}天" if node.days_late else "到期未完成"


def _units_sentence(project: Project, status: ProjectStatus, judged: int | None) -> str:
    """The units behind, largest gap first. A project of one unit names nobody twice."""
    if not project.is_settled:
        return "任务分解表尚未核定，按责任单位合计数统计。"
    units = len(project.shares)
    if units < 2:
        return ""
    never = len(status.never_reported)
    by_lead = f"（由{project.lead_unit}代报）" if project.is_led else ""
    silent = f"{units}个承担单位中{never}个尚未报数{by_lead}。" if 0 < never < units else ""
    if status.shortfall is not None:
        return f"各单位达到折算进度，合计差{gap(status.shortfall, project.unit)}。"
    if not status.laggards:
        return silent
    named = [f"{laggard.unit}（差{gap(laggard.gap, project.unit)}）" for laggard in status.laggards[:_NAMED]]
    more = f"等{len(status.laggards)}个" if len(status.laggards) > _NAMED else ""
    behind = f"{judged}月份落后于应达进度" if judged else "落后于应达进度"
    return f"{silent}{behind}的单位：{'，'.join(named)}{more}。"


def reporting(master: Master, reminder: Reminder) -> str:
    """Empty where nobody has anything to report."""
    expected, late = reminder.expected, len(reminder.late)
    if not expected:
        return ""
    month = f"{reminder.period.month}月份"
    if late == expected:
        before = any(earlier < reminder.period.month for earlier in master.collected_months())
        return f"{month}尚未收到任何单位的填报{'，以上按此前的报数统计' if before else ''}。"
    blank = "、".join(unit.name for unit in reminder.blank)
    without = f"其中{len(reminder.blank)}个报来的表中没有填数：{blank}。" if blank else ""
    if not late:
        everyone = f"{expected}个填报单位均已报送" if expected > 1 else "填报单位已报送"
        return f"{everyone}{month}数据。{without}"
    return (
        f"{expected}个填报单位中，{expected - late}个已报送{month}数据，报送率{share(expected - late, expected)}；"
        f"{late}个未报送：{_late_units(reminder.late)}。{without}"
    )


def _late_units(late: tuple[LateUnit, ...]) -> str:
    """Longest silence first; a first miss needs no remark where all are first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for unit in sorted(late, key=lambda unit: (-unit.in_a_row, -len(unit.months))):
        groups[unit.lateness].append(unit.unit.name)
    if len(groups) == 1 and len(late[0].months) == 1:
        return "、".join(unit.unit.name for unit in late)
    return "；".join(f"{'、'.join(units)}（{lateness}）" for lateness, units in groups.items())


def adjustments(master: Master) -> list[str]:
    """A sentence for every project that was cancelled, and for every target and deadline that was adjusted: 原定, 调整,
    批准."""
    return [*_cancelled(master), *_adjusted(master)]


def _cancelled(master: Master) -> list[str]:
    found = [project for project in master.document.projects if project.cancelled]
    if not found:
        return []
    return [
        f"共有{len(found)}个项目取消，不再统计。",
        *(
            f"{project.title}（第{project.number}项，{project.lead_unit}）已取消（{_approval(project.adjustment_note)}）。"
            for project in found
        ),
    ]


def _adjusted(master: Master) -> list[str]:
    found: list[str] = []
    for project in master.document.in_force:
        name = f"{project.title}（第{project.number}项），"
        target, adjusted = project.target, project.adjusted_target
        if target is not None and adjusted is not None and adjusted != target.value:
            found.append(
                f"{name}年度目标：原定{amount(target.value, target.unit)}，调整为{amount(adjusted, target.unit)}"
                f"（{_approval(project.adjustment_note)}）"
            )
        for node in project.milestones:
            original = month_end(master.year, node.last_month)
            if node.adjusted_to is not None and node.adjusted_to != original:
                found.append(
                    f"{name}{node.phrase}节点：原定{_day(original)}，调整为{_day(node.adjusted_to)}（{_approval(node.note)}）"
                )
    if not found:
        return []
    return [f"共有{len(found)}处调整，进度按调整后的节点和目标判定。", *(f"{words}。" for words in found)]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _approval(note: str) -> str:
    return f"批准：{note}" if note.strip() else "批准依据未注明"


def next_steps(master: Master, judgement: Judgement, reminder: Reminder) -> list[str]:
    """What is to be done next: late projects, nodes due in the next period, units that have yet to report."""
    period = reminder.period
    steps = [*_of_statuses(judgement, period), *_due_next(master, judgement, period)]
    if reminder.late:
        steps.append("未报送数据的单位要尽快补报，各单位报送的数据以累计数为准，确保真实准确。")
    elif period.month < 12:
        steps.append(f"各填报单位要继续按{master.settings.cycle}如实报送，数据以累计数为准。")
    return steps


def _of_statuses(judgement: Judgement, period: Period) -> list[str]:
    statuses = {project.status for project in judgement.in_force}
    steps = []
    if Status.OVERDUE in statuses:
        steps.append("推进缓慢项目的责任单位要逐项查明原因，制定追赶计划，明确补齐时间。")
    if Status.MISSING in statuses:
        steps.append("节点到期、尚未报数的项目，责任单位要尽快组织填报。")
    if Status.UNCONFIRMED in statuses:
        steps.append("到期节点待确认的项目，责任单位要尽快核实并报送节点完成情况。")
    if not steps and statuses == {Status.DONE}:
        steps.append("各责任单位要做好资料归档和后续管理，巩固已有成果。")
    elif not steps and statuses and period.month < 12:
        steps.append("各责任单位要保持力度，确保后续节点如期完成。")
    return steps


def _due_next(master: Master, judgement: Judgement, period: Period) -> list[str]:
    """The nodes of the period to come that are not reached yet."""
    last = period.month + master.settings.cycle.months
    projects = {project.number: project for project in master.document.projects}
    due = [
        node.project
        for node in judgement.nodes
        if node.status is not Status.DONE
        and (deadline := master.due(projects[node.project].milestones[node.index - 1])).year == period.year
        and period.month < deadline.month <= last
    ]
    if not due:
        return []
    months = "—".join(map(str, dict.fromkeys((period.month + 1, last))))
    return [
        f"{months}月份有{len(due)}个节点到期（{numbered(dict.fromkeys(due))}），责任单位要提前安排，确保按期完成。"
    ]
