"""Sheets 校验结果 and 导入核对: findings as rows, each with a link to its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..cells.numbers import whole_number
from ..domain.finding import Finding, Severity
from . import layout
from .writing import Formula, Write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .open_master import OpenMaster

__all__ = ["finding_rows", "finding_writes", "readings"]

_SEVERITIES = {word: Severity(severity) for severity, word in layout.SEVERITY_WORDS.items()}


def finding_writes(master: OpenMaster, findings: Sequence[Finding]) -> list[Write]:
    """The writes that make ``findings`` the content of 校验结果."""
    table = master.needed_table(layout.NAME_FINDINGS, layout.FINDING_COLUMNS)
    return table.replaced(finding_rows(findings))


def finding_rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "序号": index,
            "级别": layout.SEVERITY_WORDS[finding.severity],
            "代码": finding.code,
            "项目": finding.project,
            "单位": finding.unit,
            "月份": finding.month,
            "问题": finding.message,
            "处理建议": finding.advice,
            "位置": _link(finding),
        }
        for index, finding in enumerate(findings, start=1)
    ]


def _link(finding: Finding) -> Formula | str | None:
    """A formula, because a formula is a link in every host."""
    if not finding.sheet or not finding.cell:
        return finding.sheet or finding.file
    target = f"#'{finding.sheet.replace(chr(39), chr(39) * 2)}'!{finding.cell}".replace('"', '""')
    shown = f"{finding.sheet}!{finding.cell}".replace('"', '""')
    return Formula(f'=HYPERLINK("{target}","{shown}")')


def readings(master: OpenMaster) -> tuple[Finding, ...]:
    """The findings of the import, as 导入核对 keeps them."""
    table = master.table(layout.NAME_READINGS, layout.READING_COLUMNS)
    if table is None:
        return ()
    return tuple(
        Finding(
            code=row["代码"],
            severity=_SEVERITIES.get(row["级别"], Severity.INFO),
            message=row["说明"],
            advice=row["处理建议"],
            project=whole_number(row["项目"]),
            part=row["位置"] or None,
            original=row["任务书原文"],
            reading=row["读作"],
        )
        for row in table.rows()
        if row["代码"]
    )
