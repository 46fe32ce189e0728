"""Sheets 校验结果 and 导入核对: findings as rows, each with a link to its cell; and 校验历史, how many the latest runs of
校验 had."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ..cells.dates import read_date
from ..cells.numbers import whole_number
from ..domain.finding import Finding, Severity
from . import layout
from .writing import Formula, Write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from .open_master import OpenMaster
    from .tables import Row

__all__ = ["finding_rows", "finding_writes", "history_writes", "readings"]

#: 级别 of a finding of an earlier run that was kept for the clerk's words beside it.
_EARLIER = "往次"
_EARLIER_ADVICE = "这个问题已不在最近一次校验的结果里，因旁边写有内容而保留；不再需要时，可整行删除。"
_CODE = re.compile(r"[A-Z][0-9]+")
_SAME_WORDS, _SAME_PLACE = ("代码", "项目", "单位", "月份", "问题"), ("代码", "项目", "单位", "月份")
_SEVERITIES = {word: Severity(severity) for severity, word in layout.SEVERITY_WORDS.items()}
_TIME, _AS_OF, *_COUNTS = layout.HISTORY_COLUMNS
_DAY = len("2024-06-30")


def finding_writes(master: OpenMaster, findings: Sequence[Finding]) -> list[Write]:
    """The writes that make ``findings`` the content of 校验结果. A finding beside which a clerk has written something stays
    in its row while it holds, and as one of an earlier run when it holds no more."""
    table = master.needed_table(layout.NAME_FINDINGS, layout.FINDING_COLUMNS)
    rows = finding_rows(findings)
    whose = _matched(rows, {row: texts for row in table.used if _is_ours(texts := table.texts(row))})

    def gone(row: int) -> Row:
        return table.kept(row) | {"序号": None, "级别": _EARLIER, "处理建议": _EARLIER_ADVICE}

    return table.writes(table.arranged(dict(enumerate(rows)), whose, gone))


def _is_ours(texts: dict[str, str]) -> bool:
    return bool(_CODE.fullmatch(texts["代码"])) and (
        texts["级别"] in _SEVERITIES or texts["级别"] == _EARLIER
    )


def _matched(rows: Sequence[Row], standing: Mapping[int, dict[str, str]]) -> dict[int, int | None]:
    """Which of the new rows each standing one is about: by the same words; failing that by the same place, if one finding
    alone is left there. None where there is none."""
    whose: dict[int, int | None] = dict.fromkeys(standing)
    for labels, alone in ((_SAME_WORDS, False), (_SAME_PLACE, True)):
        waiting: dict[tuple[str, ...], list[int]] = {}
        for index, row in enumerate(rows):
            if index not in whose.values() and (row["项目"] or not alone):
                waiting.setdefault(tuple(str(row[label] or "") for label in labels), []).append(index)
        for place, texts in standing.items():
            found = waiting.get(tuple(texts[label] for label in labels), [])
            if whose[place] is None and (len(found) == 1 if alone else found):
                whose[place] = found.pop(0)
    return whose


def finding_rows(findings: Sequence[Finding]) -> list[Row]:
    """The findings as rows of 校验结果, numbered."""
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


def history_writes(master: OpenMaster, findings: Sequence[Finding], as_of: date, at: str) -> list[Write]:
    """The writes that put a run of 校验 on top of those that stand there, the oldest beyond RUNS_KEPT dropped.

    ``at`` is the time as shown (``2024-07-01 09:30``). A run that found as much on the same day as the one before takes
    its place: pressing the button twice is one run. Masters built before there was a history have none: no writes.
    """
    table = master.table(layout.NAME_HISTORY, layout.HISTORY_COLUMNS)
    if table is None:
        return []
    counts = (sum(finding.severity is severity for finding in findings) for severity in Severity)
    run: Row = {_TIME: at, _AS_OF: as_of, **dict(zip(_COUNTS, counts, strict=True))}
    whose: dict[int, int | str] = {row: row for row in table.used if _is_run(table.texts(row))}
    earlier: dict[int | str, Row] = {row: table.kept(row) for row in whose}
    first = next(iter(whose), None)
    if first is not None and _same_run(table.texts(first), run):
        del earlier[first]
        if table.has_beside(first):  # what the clerk wrote of it stays beside its latest time
            whose[first] = at
    latest = dict(islice([(at, run), *earlier.items()], layout.RUNS_KEPT))
    return table.writes(table.arranged(latest, whose, table.kept))


def _is_run(texts: dict[str, str]) -> bool:
    return read_date(texts[_TIME][:_DAY]) is not None


def _same_run(before: dict[str, str], now: Row) -> bool:
    shown = {_AS_OF: now[_AS_OF].isoformat()} | {label: str(now[label]) for label in _COUNTS}
    return before[_TIME][:_DAY] == now[_TIME][:_DAY] and all(
        before[label][:_DAY] == text for label, text in shown.items()
    )
