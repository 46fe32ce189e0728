"""下一步工作: what follows from the figures."""

from __future__ import annotations

from ..master import Master
from ..period import Period
from ..reminder import Reminder
from ..status import Judgement, Status
from .wording import numbered

__all__ = ["next_steps"]


def next_steps(master: Master, judgement: Judgement, reminder: Reminder) -> list[str]:
    """What is to be done next: late projects, nodes due in the next period, units that have yet to report."""
    period = reminder.period
    steps = [*_projects(judgement, period), *_due_next(master, judgement, period)]
    if reminder.late:
        steps.append("未报送数据的单位要尽快补报，各单位报送的数据以累计数为准，确保真实准确。")
    elif period.month < 12:
        steps.append("各填报单位要继续按月如实报送，数据以累计数为准。")
    return steps


def _projects(judgement: Judgement, period: Period) -> list[str]:
    statuses = {project.status for project in judgement.projects}
    steps = []
    if Status.OVERDUE in statuses:
        steps.append("推进缓慢项目的责任单位要逐项查明原因，制定追赶计划，明确补齐时间。")
    if Status.MISSING in statuses:
        steps.append("节点到期、尚未报数的项目，责任单位要尽快组织填报。")
    if Status.UNCONFIRMED in statuses:
        steps.append("到期节点待确认的项目，责任单位要尽快核实并报送节点完成情况。")
    if not steps and statuses == {Status.DONE}:
        steps.append("各责任单位要做好资料归档和后续管理，巩固已有成果。")
    elif not steps and period.month < 12:
        steps.append("各责任单位要保持力度，确保后续节点如期完成。")
    return steps


def _due_next(master: Master, judgement: Judgement, period: Period) -> list[str]:
    """The nodes of the coming month that are not reached yet."""
    projects = {project.number: project for project in master.document.projects}
    due = [
        node.project
        for node in judgement.nodes
        if node.status is not Status.DONE
        and (deadline := master.due(projects[node.project].milestones[node.index - 1])).year == period.year
        and deadline.month == period.month + 1
    ]
    if not due:
        return []
    return [
        f"{period.month + 1}月份有{len(due)}个节点到期（{numbered(dict.fromkeys(due))}），责任单位要提前安排，确保按期完成。"
    ]
