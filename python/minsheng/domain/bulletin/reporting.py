"""报送情况: whose file of the month is there, and for how many months the others have been missing."""

from __future__ import annotations

from collections import defaultdict

from ..duties import recipients, report_duties
from ..master import Master
from ..period import Period
from .wording import share

__all__ = ["missing_files", "reporting"]


def missing_files(master: Master, period: Period) -> dict[str, int] | None:
    """The units whose file of ``period`` is missing, each with the number of collected months in a row up to it; None
    where nothing of the month has come in. A number or a word of any row that the unit's file carries is a sign of it."""
    sent = {(report.project, report.unit, report.month) for report in master.reports}
    months = [month for month in master.collected_months() if month <= period.month]
    if not any(month == period.month for _, _, month in sent):
        return None
    months = sorted({*months, period.month}, reverse=True)
    missing: dict[str, int] = {}
    for unit in recipients(master):
        rows = {(duty.project.number, duty.unit) for duty in report_duties(master, unit)}
        if not rows:
            continue
        silent = 0
        for month in months:
            if any((*row, month) in sent for row in rows):
                break
            silent += 1
        if silent:
            missing[unit.name] = silent
    return missing


def reporting(master: Master, period: Period) -> str:
    """One sentence; empty where nobody has a number to report."""
    expected = sum(bool(report_duties(master, unit)) for unit in recipients(master))
    if not expected:
        return ""
    missing = missing_files(master, period)
    month = f"{period.month}月份"
    if missing is None:
        before = "，以上按此前的报数统计" if _any_before(master, period) else ""
        return f"{month}尚未收到任何单位的填报{before}。"
    if not missing:
        return (
            f"{expected}个填报单位均已报送{month}数据。" if expected > 1 else f"填报单位已报送{month}数据。"
        )
    arrived = expected - len(missing)
    return (
        f"{expected}个填报单位中，{arrived}个已报送{month}数据，报送率{share(arrived, expected)}；"
        f"{len(missing)}个未报送：{_listed(missing)}。"
    )


def _any_before(master: Master, period: Period) -> bool:
    return any(month < period.month for month in master.collected_months())


def _listed(missing: dict[str, int]) -> str:
    """Longest silence first; a first miss needs no remark where all are first."""
    groups: dict[int, list[str]] = defaultdict(list)
    for unit, months in missing.items():
        groups[months].append(unit)
    if set(groups) == {1}:
        return "、".join(missing)
    return "；".join(
        f"{'本月' if months == 1 else f'连续{months}个月'}未报送的{'、'.join(units)}"
        for months, units in sorted(groups.items(), reverse=True)
    )
