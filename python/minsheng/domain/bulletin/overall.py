"""总体情况: how many projects stand where."""

from __future__ import annotations

from ..master import Master
from ..status import Judgement, ProjectStatus, Schedule, Status
from .wording import numbered, share

__all__ = ["overall"]

#: Status → what is said of its projects, and whether they are named by number (正常 and 临期 only count).
_GROUPS = (
    (Status.DONE, "已完成全年任务", True),
    (Status.NORMAL, "正常推进", False),
    (Status.NEAR, "有节点临近期限", False),
    (Status.UNCONFIRMED, "有到期节点待确认", True),
    (Status.MISSING, "有节点到期、尚未报数", True),
    (Status.OVERDUE, "有节点逾期、推进缓慢", True),
)


def overall(master: Master, judgement: Judgement) -> str:
    """The counts and shares; where no node is overdue that is said too."""
    day, total = judgement.as_of, len(judgement.projects)
    until = f"截至{day.month}月{day.day}日，全年{total}个民生实事项目"
    groups = [
        (words, found, by_number)
        for status, words, by_number in _GROUPS
        if (found := [project for project in judgement.projects if project.status is status])
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
    found = [project.schedule for project in judgement.projects]
    counts = {word: found.count(word) for word in (Schedule.AHEAD, Schedule.ON_TIME, Schedule.BEHIND)}
    if not any(counts.values()):
        return ""
    others = len(found) - sum(counts.values())
    return f"对照计划，{'、'.join(f'{word}的{count}个' for word, count in counts.items())}、其他{others}个。"


def _none_late(master: Master, judgement: Judgement) -> str:
    statuses = {project.status for project in judgement.projects}
    if Status.OVERDUE in statuses or statuses == {Status.DONE}:
        return ""
    due = any(
        master.due(node) <= judgement.as_of
        for project in master.document.projects
        for node in project.milestones
    )
    return "没有逾期的项目。" if due else "目前还没有到期的节点。"


def _names(found: list[ProjectStatus]) -> str:
    return f"（{numbered(project.project for project in found)}）"
