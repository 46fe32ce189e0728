"""导入核对, 校验结果 with its 校验历史, 填报明细, 汇总记录, 设置 and the hidden 底稿."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter as letter

from ...domain.catalogue import RULES
from ...domain.period import Cycle, Period
from ...sheets import layout
from ...sheets.contents import IMPORT, FactKind, book_facts, book_rows, fact_rows, pair_row, unit_row
from .canvas import Canvas, Stencil

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from openpyxl import Workbook

    from ...domain.document import TaskDocument
    from ...domain.finding import Finding
    from ...domain.master import Settings
    from ..package import CachedValue

__all__ = ["build_facts", "build_settings", "build_tables"]

_TABLES = {
    layout.NAME_READINGS: layout.READING_COLUMNS,
    layout.NAME_FINDINGS: layout.FINDING_COLUMNS,
    layout.NAME_HISTORY: layout.HISTORY_COLUMNS,
    layout.NAME_DETAILS: layout.DETAIL_COLUMNS,
    layout.NAME_LOG: layout.LOG_COLUMNS,
}


def build_tables(
    workbook: Workbook, findings: Sequence[Finding], cached: MutableMapping[tuple[str, str], CachedValue]
) -> None:
    """Empty tables with their names; 导入核对 is filled with what the reading of the document was not sure of."""
    for name, labels in _TABLES.items():
        stencil = Stencil(workbook, f"{name}表头")
        canvas = Canvas(stencil.sheet, cached)
        rows = {layout.NAME_READINGS: len(findings), layout.NAME_HISTORY: layout.RUNS_KEPT}.get(name, 0)
        row_stencil = Stencil(workbook, f"{name}行")
        canvas.stamp(row_stencil, row_stencil.top, max(1, rows))
        canvas.name(
            name, stencil.top, stencil.left, stencil.top + max(1, rows), stencil.left + len(labels) - 1
        )
    canvas = Canvas(workbook[layout.NAME_READINGS], cached)
    top = Stencil(workbook, f"{layout.NAME_READINGS}行").top
    for row, finding in enumerate(findings, start=top):
        values = (
            row - top + 1,
            layout.SEVERITY_WORDS[finding.severity],
            finding.code,
            finding.project,
            finding.part,
            finding.original or None,
            finding.reading or None,
            finding.message,
            finding.advice,
        )
        for column, value in enumerate(values, start=1):
            canvas.put(row, column, value)
        for column in (6, 7, 8, 9):
            canvas.height_for(row, str(values[column - 1] or ""), column, column)


def build_facts(workbook: Workbook, document: TaskDocument) -> None:
    """底稿, which nobody sees: the projects as the document says them."""
    canvas = Canvas(workbook.create_sheet(layout.SHEET_FACTS), {})
    canvas.sheet.sheet_state = "veryHidden"
    rows = [
        *book_rows(IMPORT, book_facts(document, document.id)),
        *fact_rows(IMPORT, FactKind.DOCUMENT, document.projects),
    ]
    for column, label in enumerate(layout.FACT_COLUMNS, start=1):
        canvas.put(1, column, label)
        for row, values in enumerate(rows, start=2):
            canvas.put(row, column, values[label])
    canvas.name(layout.NAME_FACTS, 1, 1, 1 + max(1, len(rows)), len(layout.FACT_COLUMNS))


def build_settings(
    workbook: Workbook,
    document: TaskDocument,
    settings: Settings,
    cached: MutableMapping[tuple[str, str], CachedValue],
) -> None:
    """Parameters, units, containment pairs and rules, with the names that formulas and jobs use."""
    canvas = Canvas(workbook[layout.SHEET_SETTINGS], cached)
    parameters = Stencil(workbook, "参数")
    value_column = parameters.left + 1
    rows = {
        str(canvas.sheet.cell(row, parameters.left).value): row
        for row in range(parameters.top + 1, parameters.bottom + 1)
    }
    values: dict[str, str | int] = {
        layout.PARAM_TITLE: document.title,
        layout.PARAM_YEAR: document.year,
        layout.PARAM_PERIOD: str(Period(document.year, settings.cycle.months)),
        layout.PARAM_INBOX: settings.inbox or layout.USUAL_INBOX,
        layout.PARAM_NEAR_DAYS: settings.near_days,
        layout.PARAM_RED_GAP: int(settings.red_gap),
        layout.PARAM_RED_DAYS: settings.red_days,
        layout.PARAM_ON_TIME_DAY: settings.on_time_day,
        layout.PARAM_PAPER: str(settings.paper),
        layout.PARAM_CYCLE: str(settings.cycle),
        layout.PARAM_ID: document.id,
    }
    for label, value in values.items():
        canvas.put(rows[label], value_column, value)
    canvas.name(layout.NAME_PARAMETERS, parameters.top, parameters.left, parameters.bottom, parameters.right)
    for name, label in (
        (layout.NAME_ID, layout.PARAM_ID),
        (layout.NAME_YEAR, layout.PARAM_YEAR),
        (layout.NAME_JUDGED, layout.PARAM_JUDGED),
        (layout.NAME_AS_OF, layout.PARAM_AS_OF_USED),
        (layout.NAME_AS_OF_MONTH, layout.PARAM_MONTH_USED),
        (layout.NAME_ON_TIME_DAY, layout.PARAM_ON_TIME_DAY),
        (layout.NAME_CYCLE_MONTHS, layout.PARAM_CYCLE_MONTHS),
    ):
        canvas.name(name, rows[label], value_column, rows[label], value_column)
    _as_of(canvas, document, rows, value_column)
    cycle = f"{letter(value_column)}{rows[layout.PARAM_CYCLE]}"
    months = "".join(f'IF({cycle}="{each}",{each.months},' for each in (Cycle.QUARTER, Cycle.HALF_YEAR))
    canvas.formula(rows[layout.PARAM_CYCLE_MONTHS], value_column, f"={months}1))", settings.cycle.months)
    _units(workbook, canvas, document)
    _containments(workbook, canvas, document)
    _rules(workbook, canvas, settings)


def _as_of(canvas: Canvas, document: TaskDocument, rows: dict[str, int], column: int) -> None:
    """判定日期, else the clerk's 截至日期, else the end of the latest collected month, else 1 January."""
    collected = [layout.project_name(project.number, layout.COLLECTED_CELL) for project in document.projects]
    # A function takes at most 255 arguments in old files.
    groups = [f"MAX({','.join(collected[start : start + 100])})" for start in range(0, len(collected), 100)]
    latest = f"MAX({','.join(groups)})"
    asked = f"{letter(column)}{rows[layout.PARAM_AS_OF]}"
    year = layout.NAME_YEAR
    canvas.formula(
        rows[layout.PARAM_AS_OF_USED],
        column,
        f'=IF({layout.NAME_JUDGED}<>"",{layout.NAME_JUDGED},IF({asked}<>"",{asked},'
        f"IF({latest}=0,DATE({year},1,1),DATE({year},{latest}+1,0))))",
        (date(document.year, 1, 1) - date(1899, 12, 30)).days,
    )
    used = layout.NAME_AS_OF
    canvas.formula(
        rows[layout.PARAM_MONTH_USED],
        column,
        f"=IF(YEAR({used})>{year},12,IF(YEAR({used})<{year},0,MONTH({used})))",
        1,
    )


def _units(workbook: Workbook, canvas: Canvas, document: TaskDocument) -> None:
    stencil = Stencil(workbook, "单位行")
    canvas.stamp(stencil, stencil.top, max(1, len(document.units)))
    for row, unit in enumerate(document.units, start=stencil.top):
        for column, value in enumerate(unit_row(unit), start=stencil.left):
            canvas.put(row, column, value)
    bottom = stencil.top + max(1, len(document.units)) - 1
    canvas.rules_from(stencil, stencil.top, bottom)
    canvas.name(layout.NAME_UNITS, stencil.top - 1, stencil.left, bottom, stencil.right)


def _containments(workbook: Workbook, canvas: Canvas, document: TaskDocument) -> None:
    stencil = Stencil(workbook, "包含行")
    canvas.stamp(stencil, stencil.top, max(1, len(document.containments)))
    for row, pair in enumerate(document.containments, start=stencil.top):
        for column, value in enumerate(pair_row(pair), start=stencil.left):
            canvas.put(row, column, value)
    bottom = stencil.top + max(1, len(document.containments)) - 1
    canvas.name(layout.NAME_CONTAINMENTS, stencil.top - 1, stencil.left, bottom, stencil.right)


def _rules(workbook: Workbook, canvas: Canvas, settings: Settings) -> None:
    stencil = Stencil(workbook, "规则行")
    # Those of 校验, and those of 汇总 that 设置 may change; what a fixed one says is better known than missed.
    rules = [rule for code, rule in sorted(RULES.items()) if code.startswith("M") or rule.adjustable]
    canvas.stamp(stencil, stencil.top, max(1, len(rules)))
    for row, rule in enumerate(rules, start=stencil.top):
        canvas.put(row, stencil.left, rule.code)
        canvas.put(row, stencil.left + 1, rule.title if rule.adjustable else f"{rule.title}（不能调）")
        severity = settings.severities.get(rule.code, rule.severity)
        word = layout.SEVERITY_OFF if severity is None else layout.SEVERITY_WORDS[severity]
        canvas.put(row, stencil.left + 2, word)
    bottom = stencil.top + max(1, len(rules)) - 1
    canvas.rules_from(stencil, stencil.top, bottom)
    canvas.name(layout.NAME_RULES, stencil.top - 1, stencil.left, bottom, stencil.right)
