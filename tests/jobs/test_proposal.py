"""What a clerk is told of the inbox before a 汇总: files of other months are counted, not listed one by one."""

from __future__ import annotations

from pathlib import Path

from minsheng.buttons.proposal import nothing_new, proposal
from minsheng.domain.catalogue.submission import OTHER_MONTH
from minsheng.domain.finding import Severity
from minsheng.domain.merging import FileEntry, MergePlan
from minsheng.domain.period import Period

JUNE = Period(2024, 6)


def plan() -> MergePlan:
    skipped = tuple(
        FileEntry(f"{month}月/{unit}.xlsx", "0" * 64, unit, Period(2024, month), "别的月份")
        for month in (4, 5)
        for unit in ("石浦", "丹东", "丹西")
    )
    findings = tuple(
        OTHER_MONTH.finding(
            file=entry.file, unit=entry.unit, month=4, other="2024年04月", asked=JUNE.label, severity=severity
        )
        for entry, severity in zip(skipped, [Severity.WARNING, *[Severity.INFO] * 5], strict=True)
    )
    return MergePlan(period=JUNE, skipped=skipped, findings=findings)


def test_files_of_other_months_are_counted_by_month() -> None:
    (question,) = proposal(plan(), Path("收件夹"))
    assert "别的月份的6份，这次跳过：2024-04的3份、2024-05的3份。" in question
    assert "石浦.xlsx" not in question


def test_files_that_their_own_month_never_took_in_are_said() -> None:
    assert "其中1份在它们自己的月份里还没有汇总过" in nothing_new(plan(), Path("收件夹"))
