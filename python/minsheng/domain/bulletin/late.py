"""推进缓慢项目: each late project by name, with days, gap and the units that hold it back."""

from __future__ import annotations

from collections import defaultdict

from ..master import Master
from ..period import Period
from ..project import Milestone, Project
from ..status import Judgement, NodeStatus, ProjectStatus, Status
from .page import LateItem
from .wording import amount, gap, ordinal

__all__ = ["late_items"]

#: So many units are named, the others counted: the text stays readable with eighteen behind.
_NAMED = 5


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
            _words(
                projects[status.project],
                status,
                nodes[status.project],
                judged if judged < period.month else None,
            ),
        )
        for place, status in enumerate(late, start=1)
    )


def _words(project: Project, status: ProjectStatus, nodes: list[NodeStatus], judged: int | None) -> str:
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
    silent = f"{units}个承担单位中{never}个尚未报数。" if 0 < never < units else ""
    if status.shortfall is not None:
        return f"各单位达到折算进度，合计差{gap(status.shortfall, project.unit)}。"
    if not status.laggards:
        return silent
    named = [f"{laggard.unit}（差{gap(laggard.gap, project.unit)}）" for laggard in status.laggards[:_NAMED]]
    more = f"等{len(status.laggards)}个" if len(status.laggards) > _NAMED else ""
    behind = f"{judged}月份落后于应达进度" if judged else "落后于应达进度"
    return f"{silent}{behind}的单位：{'，'.join(named)}{more}。"
