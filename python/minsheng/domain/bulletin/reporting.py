"""报送情况: whose file of the month has not come, in the same words as the 催报单."""

from __future__ import annotations

from collections import defaultdict

from ..master import Master
from ..reminder import LateUnit, Reminder
from .wording import share

__all__ = ["reporting"]


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
        f"{late}个未报送：{_listed(reminder.late)}。{without}"
    )


def _listed(late: tuple[LateUnit, ...]) -> str:
    """Longest silence first; a first miss needs no remark where all are first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for unit in sorted(late, key=lambda unit: (-unit.in_a_row, -len(unit.months))):
        groups[unit.lateness].append(unit.unit.name)
    if len(groups) == 1 and len(late[0].months) == 1:
        return "、".join(unit.unit.name for unit in late)
    return "；".join(f"{'、'.join(units)}（{lateness}）" for lateness, units in groups.items())
