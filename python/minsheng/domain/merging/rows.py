"""What the rows of a file change in the master, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from ...cells.labels import label, letters_alone, stripped
from ..catalogue import submission as rules
from ..quantity import PERCENT, is_counted, plain
from .changes import WORDS, NumberChange, WordChange, cut

if TYPE_CHECKING:
    from ..duties import ReportDuty
    from ..finding import Finding, Rule
    from ..period import Period
    from ..report import Report
    from ..submission import ReportRow
    from .identity import Identified
    from .register import Register, ReportKey

__all__ = ["RowJudge"]

#: A leap is told only against at least so many earlier monthly increases.
_EARLIER_MONTHS = 3


class RowJudge:
    """Judges the rows of one file; ``numbers``, ``words`` and ``findings`` are what it comes to.

    A blank number changes nothing (未报 is no report), a refused one neither.
    """

    def __init__(self, register: Register, file: Identified, period: Period) -> None:
        self.register, self.file, self.period = register, file, period
        self.duties = register.duties(file.unit)
        self.numbers: list[NumberChange] = []
        self.words: list[WordChange] = []
        self.findings: list[Finding] = []
        for key, row in self._own_rows():
            self._judge(key, row)

    def _own_rows(self) -> Iterator[tuple[tuple[int, int, str], ReportRow]]:
        """The rows that the unit has to report, each once; the others are told."""
        found: dict[tuple[int, int, str], ReportRow] = {}
        conflicting: set[tuple[int, int, str]] = set()
        for row in self.file.submission.rows:
            unit = self.register.unit_named(row.unit)
            key = (row.project, row.measure, unit.name if unit else row.unit)
            if key not in self.duties:
                if _says_anything(row):
                    self._say(rules.NO_PART, row, row.unit, sender=self.file.unit.name)
            elif key not in found:
                found[key] = row
            elif _reported(row) != _reported(found[key]):
                conflicting.add(key)
                self._say(rules.ROW_TWICE, row, key[2])
        for key, row in found.items():
            if key not in conflicting and self._is_this_row(row, self.duties[key]):
                yield key, row

    def _is_this_row(self, row: ReportRow, duty: ReportDuty) -> bool:
        """Whether 项目名称 and 单位 agree with 序号: a row that has been shifted is refused, never merged."""
        if not _says_anything(row):
            return True
        if row.title and row.title != duty.project.title:
            title = letters_alone(row.title)
            other = self.register.titles.get(title, duty.project.number)
            if other != duty.project.number and title != letters_alone(duty.project.title):
                self._say(rules.TITLE_DIFFERS, row, duty.unit, other=other)
                return False
            if title != letters_alone(duty.project.title):
                self._say(rules.TITLE_CHANGED, row, duty.unit, text=row.title[:40])
        if row.measured_in == duty.measured_in:
            return True
        stands = label(row.measured_in)
        if stands != duty.measured_in and stands != stripped(duty.measured_in):
            self._say(
                rules.MEASURE_DIFFERS, row, duty.unit, measured_in=duty.measured_in, stands=stands or "空白"
            )
            return False
        return True

    def _judge(self, key: tuple[int, int, str], row: ReportRow) -> None:
        standing, duty = self.register.reports(*key), self.duties[key]
        report = standing.get(self.period.month)
        old = None if report is None else report.value
        if row.value is not None:
            if self._is_acceptable(row.value, row, duty):
                self._judge_against_months(row.value, row, duty, standing)
                if row.value != old:
                    self._change_number(row.value, row, (*key, self.period.month), old)
        elif old is not None and not row.refused:
            self._say(rules.KEPT, row, duty.unit, before=plain(old))
        if row.progress or row.problem or row.expected:
            self._change_words(row, (*key, self.period.month), report)

    def _change_number(self, value: Decimal, row: ReportRow, key: ReportKey, old: Decimal | None) -> None:
        project, measure, unit, month = key
        by_hand = self.register.number_by_hand(key, old)
        if by_hand and old is not None:
            self._say(rules.BY_HAND, row, unit, before=plain(old), text=plain(value))
        self.numbers.append(
            NumberChange(project, unit, month, measure, old, value, self.file.submission.file, by_hand)
        )

    def _change_words(self, row: ReportRow, key: ReportKey, report: Report | None) -> None:
        project, measure, unit, month = key
        for field, new in zip(WORDS, (row.progress, row.problem, row.expected), strict=True):
            if not new:
                continue
            old: str = "" if report is None else getattr(report, field)
            if new == old:
                continue
            by_hand = self.register.words_by_hand(key, field, old)
            if by_hand:
                self._say(rules.WORDS_BY_HAND, row, unit, label=WORDS[field], before=cut(old), text=cut(new))
            file = self.file.submission.file
            self.words.append(WordChange(project, unit, month, measure, field, old, new, file, by_hand))

    def _is_acceptable(self, value: Decimal, row: ReportRow, duty: ReportDuty) -> bool:
        """Whether the number can be one of the things that are measured."""
        if duty.measured_in == PERCENT and 0 < value <= 1:
            self._say(rules.SHARE_AS_FRACTION, row, duty.unit, text=plain(value))
            return False
        if is_counted(duty.measured_in) and value % 1:
            self._say(rules.FRACTION, row, duty.unit, text=plain(value), measured_in=duty.measured_in)
            return False
        return True

    def _judge_against_months(
        self, value: Decimal, row: ReportRow, duty: ReportDuty, standing: Mapping[int, Report]
    ) -> None:
        """What the year so far says to this number; it is merged all the same."""
        months = sorted(month for month, report in standing.items() if report.value is not None)
        earlier = [standing[month] for month in months if month < self.period.month]
        before = earlier[-1].value if earlier else None
        if row.share is not None and row.share != duty.share:
            self._say(rules.SHARE_ALTERED, row, duty.unit, stands=plain(row.share), share=plain(duty.share))
        if row.before is not None and row.before != before:
            shown = "空白" if before is None else plain(before)
            self._say(rules.BEFORE_ALTERED, row, duty.unit, before=shown, stands=plain(row.before))
        if duty.is_level:
            return
        if value > duty.share:
            self._say(rules.OVER_TARGET, row, duty.unit, text=plain(value), share=plain(duty.share))
        if before is not None and value < before:
            self._say(
                rules.FELL,
                row,
                duty.unit,
                text=plain(value),
                before=plain(before),
                before_month=earlier[-1].month,
            )
        later = next((standing[month] for month in months if month > self.period.month), None)
        if later is not None and later.value is not None and value > later.value:
            self._say(
                rules.MORE_THAN_LATER, row, duty.unit,
                text=plain(value), later=plain(later.value), later_month=later.month,
            )  # fmt: skip
        if len(earlier) >= _EARLIER_MONTHS:
            self._judge_increase(
                value, row, duty, [report.value for report in earlier if report.value is not None]
            )

    def _judge_increase(
        self, value: Decimal, row: ReportRow, duty: ReportDuty, earlier: list[Decimal]
    ) -> None:
        """More than three times the median of the unit's earlier monthly increases; a median of 0 says nothing."""
        increases = [after - before for before, after in pairwise([Decimal(0), *earlier])]
        usual = median(increases)
        increase = value - earlier[-1]
        if increase > 3 * usual > 0:
            self._say(rules.LEAP, row, duty.unit, increase=plain(increase), median=plain(usual))

    def _say(self, rule: Rule, row: ReportRow, unit: str, **words: Any) -> None:
        self.findings.append(
            rule.finding(
                project=row.project, unit=unit, month=self.period.month, measure=row.measure,
                file=self.file.submission.file, sheet=row.sheet, cell=row.cell, **words,
            )
        )  # fmt: skip


def _says_anything(row: ReportRow) -> bool:
    return row.value is not None or row.refused or bool(row.progress or row.problem or row.expected)


def _reported(row: ReportRow) -> tuple[object, ...]:
    return (row.value, row.refused, row.progress, row.problem, row.expected)
