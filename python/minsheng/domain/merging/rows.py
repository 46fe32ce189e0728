"""What the rows of a file, of numbers and words and of nodes, change in the master, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from ...cells.labels import label, letters_alone, stripped
from ..catalogue import submission_rows as rules
from ..change import Change, NodeKey, line
from ..fields import SOURCE, TICKS, VALUE, WORDS
from ..quantity import PERCENT, plain

if TYPE_CHECKING:
    from ..change import Value
    from ..duties import NodeDuty, ReportDuty
    from ..fields import Field
    from ..finding import Finding, Rule
    from ..report import ReportKey, RowKey
    from ..submission import NodeRow, ReportRow
    from .register import Identified, Register

__all__ = ["RowJudge", "TickJudge"]

#: A leap is told only against at least so many earlier monthly increases.
_EARLIER_MONTHS = 3


class RowJudge:
    """Judges the rows of numbers and words of one file; ``changes`` and ``findings`` are what it comes to.

    A blank number changes nothing (未报 is no report), a refused one neither.
    """

    def __init__(self, register: Register, file: Identified) -> None:
        self.register, self.file, self.month = register, file, file.period.month
        self.duties = register.duties(file.unit)
        self.changes: list[Change] = []
        self.findings: list[Finding] = []
        for key, row in self._own_rows():
            self._judge(key, row)

    def _own_rows(self) -> Iterator[tuple[RowKey, ReportRow]]:
        """The rows that the unit has to report, each once; the others are told."""
        found: dict[RowKey, ReportRow] = {}
        conflicting: set[RowKey] = set()
        for row in self.file.submission.rows:
            unit = self.register.unit_named(row.key.unit)
            key = row.key._replace(unit=unit.name) if unit else row.key
            if key.project in self.register.cancelled or key not in self.duties:
                if not row.is_blank:
                    self._say_not_asked(row)
            elif key not in found:
                found[key] = row
            elif row.reported != found[key].reported:
                conflicting.add(key)
                self._say(rules.ROW_TWICE, row, key.unit)
        for key, row in found.items():
            if key not in conflicting and self._is_this_row(row, self.duties[key]):
                yield key, row

    def _say_not_asked(self, row: ReportRow) -> None:
        """Why nobody asks the unit for what stands in a row: it was shifted, its project was cancelled or is reported by
        the 责任单位 since the form was made, or the unit has no part in it."""
        number, register, told = row.key.project, self.register, {"sender": self.file.unit.name}
        other = register.titles.get(letters_alone(row.locked.title), number)
        is_known = number in register.cancelled or number in register.leads
        if is_known and other != number:
            self._say(rules.TITLE_DIFFERS, row, row.key.unit, other=other)
        elif number in register.cancelled:
            self._say(rules.OF_CANCELLED, row, row.key.unit, **told)
        elif number in register.leads:
            self._say(rules.BY_LEAD, row, row.key.unit, lead_unit=register.leads[number], **told)
        else:
            self._say(rules.NO_PART, row, row.key.unit, **told)

    def _is_this_row(self, row: ReportRow, duty: ReportDuty) -> bool:
        """Whether 项目名称 and 单位 agree with 序号: a row that has been shifted is refused, never merged."""
        if row.is_blank:
            return True
        if row.locked.title and row.locked.title != duty.project.title:
            title = letters_alone(row.locked.title)
            other = self.register.titles.get(title, duty.project.number)
            if other != duty.project.number and title != letters_alone(duty.project.title):
                self._say(rules.TITLE_DIFFERS, row, duty.unit, other=other)
                return False
            if title != letters_alone(duty.project.title):
                self._say(rules.TITLE_CHANGED, row, duty.unit, text=row.locked.title[:40])
        if row.locked.measured_in == duty.measured_in:
            return True
        stands = label(row.locked.measured_in)
        if stands != duty.measured_in and stands != stripped(duty.measured_in):
            self._say(
                rules.MEASURE_DIFFERS, row, duty.unit, measured_in=duty.measured_in, stands=stands or "空白"
            )
            return False
        return True

    def _judge(self, row_key: RowKey, row: ReportRow) -> None:
        months, duty = self.register.reports(row_key), self.duties[row_key]
        key = row_key.month(self.month)
        changes: list[Change] = []
        standing = months.get(self.month)
        if row.value is not None:
            if self._is_acceptable(row.value, row, duty):
                self._judge_against_months(row.value, row, duty)
                changes += self._change(row, key, VALUE, row.value)
        elif standing is not None and standing.value is not None and not row.refused:
            self._say(rules.KEPT, row, duty.unit, before=plain(standing.value))
        for field in WORDS:
            if words := getattr(row.words, field.name):
                changes += self._change(row, key, field, words)
        if changes and standing is not None and standing.words:
            changes += self._change(row, key, SOURCE, self.file.submission.file)
        self.changes += changes

    def _change(self, row: ReportRow, key: ReportKey, field: Field, new: Value) -> list[Change]:
        """The change of one field; none where it says that already."""
        place = (key, field.name)
        old = self.register.standing.value(place)
        if new == old:
            return []
        by_hand = self.register.is_by_hand(place, old)
        if by_hand and field == VALUE:
            self._say(rules.BY_HAND, row, key.unit, before=line(old), text=line(new))
        elif by_hand:
            self._say(rules.WORDS_BY_HAND, row, key.unit, label=field.label, before=line(old), text=line(new))
        return [Change(key, field.name, old, new, self.file.submission.file, by_hand)]

    def _is_acceptable(self, value: Decimal, row: ReportRow, duty: ReportDuty) -> bool:
        """Whether the number can be one of the things that are measured."""
        if duty.measured_in == PERCENT and 0 < value <= 1:
            self._say(rules.SHARE_AS_FRACTION, row, duty.unit, text=plain(value))
            return False
        if duty.is_counted and value % 1:
            self._say(rules.FRACTION, row, duty.unit, text=plain(value), measured_in=duty.measured_in)
            return False
        return True

    def _judge_against_months(self, value: Decimal, row: ReportRow, duty: ReportDuty) -> None:
        """What the year so far says to this number; it is merged all the same. The part of a unit that ended has gone over: its
        late number is not held to what is left."""
        standing = self.register.followed(duty.key)
        months = sorted(standing)
        earlier = [month for month in months if month < self.month]
        before = standing[earlier[-1]] if earlier else None
        locked, has_moved = row.locked, self.register.succession.has_moved(duty.project, duty.unit)
        if locked.share is not None and locked.share != duty.share and not has_moved:
            self._say(
                rules.SHARE_ALTERED, row, duty.unit, stands=plain(locked.share), share=plain(duty.share)
            )
        if locked.before is not None and locked.before != before:
            known = "空白" if before is None else plain(before)
            self._say(rules.BEFORE_ALTERED, row, duty.unit, before=known, stands=plain(locked.before))
        if duty.is_level:
            return
        if value > duty.share and not has_moved:
            self._say(rules.OVER_TARGET, row, duty.unit, text=plain(value), share=plain(duty.share))
        if before is not None and value < before:
            self._say(
                rules.FELL,
                row,
                duty.unit,
                text=plain(value),
                before=plain(before),
                before_month=earlier[-1],
            )
        later = next((month for month in months if month > self.month), None)
        if later is not None and value > standing[later]:
            self._say(
                rules.MORE_THAN_LATER,
                row,
                duty.unit,
                text=plain(value),
                later=plain(standing[later]),
                later_month=later,
            )
        if len(earlier) >= _EARLIER_MONTHS:
            self._judge_increase(value, row, duty, [standing[month] for month in earlier])

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
                project=row.key.project,
                unit=unit,
                month=self.month,
                measure=row.key.measure,
                file=self.file.submission.file,
                sheet=row.sheet,
                cell=row.cell,
                original=words.get("text") or words.get("stands") or "",
                **words,
            )
        )


class TickJudge:
    """Judges the node rows of one file; ``changes`` and ``findings`` are what it comes to. A blank tick changes nothing."""

    def __init__(self, register: Register, file: Identified) -> None:
        self.register, self.file = register, file
        self.duties = register.nodes(file.unit)
        self.changes: list[Change] = []
        self.findings: list[Finding] = []
        seen: dict[NodeKey, NodeRow] = {}
        for row in file.submission.nodes:
            duty = self._duty(row)
            if row.project in self.register.cancelled:
                if not row.is_blank:
                    self._say(rules.OF_CANCELLED, row, row.phrase, sender=self.file.unit.name)
                continue
            if duty is None:
                if not row.is_blank:
                    self._say(rules.UNKNOWN_NODE, row, row.phrase or row.text[:20])
                continue
            key = NodeKey(duty.project.number, duty.index)
            first = seen.setdefault(key, row)
            if first is row:
                self._change(row, duty, key)
            elif (first.done, first.done_on, first.note) != (row.done, row.done_on, row.note):
                self._say(rules.NODE_TWICE, row, row.phrase)
                self.changes = [change for change in self.changes if change.key != key]

    def _duty(self, row: NodeRow) -> NodeDuty | None:
        """The node that a row means: by month phrase and words, or by the phrase alone where only one node has it and
        the words are no other node's."""
        phrase, text = letters_alone(row.phrase), letters_alone(row.text)
        own = [duty for duty in self.duties if duty.project.number == row.project]
        same = [duty for duty in own if letters_alone(duty.node.phrase) == phrase]
        exact = next((duty for duty in same if letters_alone(duty.node.text) == text), None)
        if exact is not None or len(same) != 1:
            return exact
        return None if any(letters_alone(duty.node.text) == text for duty in own) else same[0]

    def _change(self, row: NodeRow, duty: NodeDuty, key: NodeKey) -> None:
        if row.done is None and duty.node.done is not None:
            self._say(rules.TICK_KEPT, row, row.phrase)
        for field in TICKS:
            old, new = getattr(duty.node, field.name), getattr(row, field.name)
            if new is None or new in ("", old):
                continue
            by_hand = self.register.is_by_hand((key, field.name), old)
            if by_hand:
                place = f"节点“{row.phrase}”{field.label}"
                self._say(rules.WORDS_BY_HAND, row, line(new), label=place, before=line(old))
            self.changes.append(Change(key, field.name, old, new, self.file.submission.file, by_hand))

    def _say(self, rule: Rule, row: NodeRow, text: str, **words: Any) -> None:
        self.findings.append(
            rule.finding(
                project=row.project,
                unit=self.file.unit.name,
                file=self.file.submission.file,
                sheet=row.sheet,
                cell=row.cell,
                text=text,
                original=text,
                **words,
            )
        )
