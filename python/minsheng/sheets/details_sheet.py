"""填报明细: what units wrote beside their numbers, a row a report. Rows stay where they are; what else a clerk writes
between, below or beside them is the clerk's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ..cells.labels import label as folded
from ..cells.words import read_words
from ..domain.catalogue import master as rules
from ..domain.fields import SOURCE, VALUE, WORDS
from ..domain.naming import UnitNames
from ..domain.report import Report, ReportKey, Words
from ..errors import MasterDamaged
from . import layout
from .places import cell_a1

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.finding import Finding
    from .tables import Table
    from .writing import Write

__all__ = ["Details"]

_PROJECT, _UNIT, _MONTH, _MEASURE = layout.DETAIL_COLUMNS[:4]
_UNREAD: Final = "认不出是什么"
#: As clerks write them too: 第3项, 7月.
_FORMS: Final = {
    _PROJECT: re.compile(r"第?0*([1-9][0-9]{0,3})项?"),
    _MONTH: re.compile(r"0*([1-9]|1[0-2])(?:月份?)?"),
    _MEASURE: re.compile(r"([12])"),
}


@dataclass
class Details:
    """``rows`` says where each report stands, ``reports`` what is written of it (without its number); ``findings`` are
    the rows that cannot be read."""

    table: Table
    rows: dict[ReportKey, int] = field(default_factory=dict)
    reports: dict[ReportKey, Report] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @classmethod
    def of(cls, table: Table, names: UnitNames | None = None) -> Details:
        """What stands in the table, the reports of a unit by what ``names`` call it now; of two rows that would then be one
        report, the one that says an older name stays a report under that name."""
        names = names or UnitNames()
        found = cls(table)
        keys = {row: key for row in table.used if (key := found._key(row)) is not None}
        own = {key for key in keys.values() if names.current(key.unit) == key.unit}
        for row, written in keys.items():
            now = written._replace(unit=names.current(written.unit))
            key = written if now != written and now in own else now
            report = Report(*key, words=found._words(row), file=found._text(row, SOURCE.label))
            if key not in found.rows:
                found.rows[key], found.reports[key] = row, report
            elif report != found.reports[key]:
                found._report(rules.UNIT_ROW_TWICE, row, _UNIT, project=key.project, unit=key.unit)
        return found

    def _key(self, row: int) -> ReportKey | None:
        """Which report a row is about. None for a row of the clerk's own: without a unit, or with neither a project nor a
        month; and for one of which a part cannot be read, then with a finding."""
        unit = self._text(row, _UNIT)
        project, month = self._number(row, _PROJECT), self._number(row, _MONTH)
        if not unit or (project is None and month is None):
            return None
        measure = self._number(row, _MEASURE) if self._text(row, _MEASURE) else 1
        unread = [
            label
            for label, number in ((_PROJECT, project), (_MONTH, month), (_MEASURE, measure))
            if number is None and self._text(row, label)
        ]
        for label in unread:
            self._report(rules.INPUT_UNREADABLE, row, label, text=self._text(row, label)[:30], reason=_UNREAD)
        if project is None or month is None or measure is None:
            return None
        return ReportKey(project, unit, month, measure)

    def _number(self, row: int, label: str) -> int | None:
        match = _FORMS[label].fullmatch(folded(self._text(row, label)))
        return int(match[1]) if match else None

    def _words(self, row: int) -> Words:
        standing = {
            field.name: self._text(row, field.label) for field in WORDS if field.label in self.table.labels
        }
        return Words(**standing)

    def _text(self, row: int, label: str) -> str:
        return read_words(self.table.block.image.value(row, self.table.columns[label]))

    def _report(self, rule: Any, row: int, label: str, **words: Any) -> None:
        sheet, cell = self.table.block.image.sheet, cell_a1(row, self.table.columns[label])
        self.findings.append(rule.finding(sheet=sheet, cell=cell, **words))

    def writes(self, reports: Mapping[ReportKey, Report]) -> list[Write]:
        """The writes that make the rows of these reports say what they say: rows that stand are changed in place, new ones
        go below all others. A report without words has no row: it is blanked, but its 项目 to 指标 stay where the clerk
        has something beside them.

        MasterDamaged where words have no column to go to.
        """
        self._refuse_without_column(reports)
        standing = {
            self.rows[key]: self._row(key, report) for key, report in reports.items() if key in self.rows
        }
        new = [key for key, report in reports.items() if key not in self.rows and report.words]
        new.sort(key=lambda key: (key.month, key.project, key.measure, key.unit))
        rows = [{**_columns(key), **_told(reports[key])} for key in new]
        return [*self.table.writes(standing), *self.table.appended(rows)]

    def _row(self, key: ReportKey, report: Report) -> dict[str, Any]:
        row = self.rows[key]
        if not report.words and not self.table.has_beside(row):
            return {}
        kept = self.table.kept(row)
        standing = {label: kept[label] for label in _columns(key)}
        return {**standing, **_told(report)} if report.words else standing

    def _refuse_without_column(self, reports: Mapping[ReportKey, Report]) -> None:
        for missing in WORDS:
            if missing.label in self.table.labels:
                continue
            if any(getattr(report.words, missing.name) for report in reports.values()):
                raise MasterDamaged(
                    f"总表的“{self.table.block.image.sheet}”没有“{missing.label}”这一列，有单位填了这一栏，没有汇总。",
                    f"请在“{WORDS[WORDS.index(missing) - 1].label}”右边插入一列，表头写“{missing.label}”，保存后再试。",
                )


def _columns(key: ReportKey) -> dict[str, Any]:
    """The columns that say which report it is."""
    return {_PROJECT: key.project, _UNIT: key.unit, _MONTH: key.month, _MEASURE: key.measure}


def _told(report: Report) -> dict[str, Any]:
    """The columns that say what was reported."""
    words = {field.label: getattr(report.words, field.name) for field in WORDS}
    return {VALUE.label: report.value, **words, SOURCE.label: report.file}
