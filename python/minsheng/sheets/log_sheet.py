"""汇总记录: the append-only log of every form that was made, of every 汇总, amendment and 撤销, exact enough to take a 汇总 back.

A row belongs to its 批次, wherever a clerk has sorted it to; rows that are none of ours are passed over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from ..cells.dates import read_date
from ..cells.numbers import exact, whole_number
from ..cells.words import read_words
from ..domain.amending.differences import Difference
from ..domain.catalogue import master as rules
from ..domain.change import FIELDS, Change, NodeKey, Place, Value, read_value
from ..domain.fields import SOURCE, TICKS, VALUE
from ..domain.finding import Finding
from ..domain.history import History, MadeForm, MergedFile
from ..domain.naming import UnitNames
from ..domain.period import Period
from ..domain.record import Received, Record, Refused
from ..domain.refusal import Refusal
from ..domain.report import ReportKey
from . import layout
from .log_entries import (
    AMEND,
    FILE_ENTRY,
    FORM_ENTRY,
    LEFT_ENTRY,
    MERGE,
    REFUSE,
    REPAIR,
    SEND,
    UNDO,
    Amended,
    LogEntry,
    Logged,
    Repaired,
    Undone,
)
from .places import cell_a1

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.fields import Field
    from .open_master import OpenMaster
    from .tables import Table
    from .writing import Write

__all__ = ["MergeLog", "appended", "is_repair"]

_ACTIONS: Final = frozenset({MERGE, UNDO, REFUSE, SEND, AMEND, REPAIR})

_FIELDS: Final = {field.label: field for field in FIELDS.values()}
_NODE: Final = re.compile(r"第([0-9]{1,3})个节点(.+)")
#: A rule's code, and the place where there is one: S301 填报!G7.
_REFUSED: Final = re.compile(r"(?P<code>[A-Z][0-9]{3})(?: (?P<sheet>.*)!(?P<cell>[A-Z]{1,3}[0-9]{1,7}))?")
_BATCH: Final = re.compile(r"第([0-9]{1,9})批")
_DAY: Final = len("2024-06-30")
#: When a file says it was made; masters of 0.2.0 do not keep it.
_MADE: Final = re.compile(r"(?:报送日期(?P<sent>[-0-9]{10}))?，?(?:保存时间(?P<saved>[-+:.T0-9]{19,32}))?")


@dataclass(frozen=True)
class MergeLog:
    """The log as it stands in an open master: entries in the order of their batches, and what could not be read."""

    entries: tuple[LogEntry, ...]
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, table: Table, names: UnitNames | None = None) -> MergeLog:
        """What stands in the table, units by what ``names`` call them now."""
        called = names or UnitNames()
        rows = [reader.entry() for row in table.used if (reader := _Row(table, row, called)).is_ours()]
        entries = sorted((row for row in rows if isinstance(row, LogEntry)), key=lambda entry: entry.batch)
        return cls(tuple(entries), tuple(row for row in rows if isinstance(row, Finding)))

    @property
    def next_batch(self) -> int:
        """The number of the batch to come."""
        return max((entry.batch for entry in self.entries), default=0) + 1

    @property
    def taken_back(self) -> set[int]:
        """The batches that were undone."""
        return {entry.what.batch for entry in self.entries if isinstance(entry.what, Undone)}

    def standing(self) -> list[LogEntry]:
        """The entries of the merges and amendments that have not been taken back, in order."""
        taken_back = self.taken_back
        return [
            entry
            for entry in self.entries
            if not isinstance(entry.what, Undone) and entry.batch not in taken_back
        ]

    def files(self) -> tuple[MergedFile, ...]:
        """The files that standing merges took in, oldest first."""
        return tuple(entry.what for entry in self.standing() if isinstance(entry.what, MergedFile))

    def history(self) -> History:
        """What the standing merges did."""
        return History(self.files(), _written(self.standing()), self.made())

    def made(self) -> tuple[MadeForm, ...]:
        """The forms that were made."""
        return tuple(entry.what for entry in self.entries if isinstance(entry.what, MadeForm))

    def record(self) -> Record:
        """The forms that were made, and all that the standing merges did."""
        standing = self.standing()
        return Record(
            tuple(
                Received(entry.batch, read_date(entry.at[:_DAY]), entry.what)
                for entry in standing
                if isinstance(entry.what, MergedFile)
            ),
            tuple(
                Refused(entry.batch, entry.period, entry.what)
                for entry in standing
                if isinstance(entry.what, Refusal)
            ),
            tuple((entry.batch, entry.what) for entry in standing if isinstance(entry.what, Change)),
            _written(standing),
            self.made(),
        )

    def with_entries(self, entries: Sequence[LogEntry]) -> MergeLog:
        """The log as it will stand with ``entries`` below."""
        return MergeLog((*self.entries, *entries), self.findings)

    def last_batch(self) -> list[LogEntry]:
        """The entries of the latest merge or amendment that changed something, or repair of which a copy was kept, and that
        has not been taken back; empty if there is none."""
        batches: dict[int, list[LogEntry]] = defaultdict(list)
        for entry in self.standing():
            batches[entry.batch].append(entry)
        changing = [
            batch
            for batch, entries in batches.items()
            if any(isinstance(each.what, Change | Amended) or is_repair(each) for each in entries)
        ]
        return batches[max(changing)] if changing else []

    def sources_before(self, batch: int) -> dict[ReportKey, str]:
        """The file that wrote each report last before ``batch``."""
        return {
            key: str(file)
            for (key, field), file in _written([e for e in self.standing() if e.batch < batch]).items()
            if field == SOURCE.name and isinstance(key, ReportKey)
        }


def is_repair(entry: LogEntry) -> bool:
    """Whether it is a row of a repair that can be taken back."""
    return isinstance(entry.what, Repaired) and entry.what.file != ""


def _written(entries: Sequence[LogEntry]) -> dict[Place, Value]:
    """What stood last at each place that these merges changed, the files that reports came from too."""
    written: dict[Place, Value] = {}
    for entry in entries:
        if isinstance(change := entry.what, Change):
            written[change.place] = change.new
            if isinstance(change.key, ReportKey) and change.file:
                written[change.key, SOURCE.name] = change.file
    return written


def appended(master: OpenMaster, entries: Sequence[LogEntry]) -> list[Write]:
    """The writes that put ``entries`` below what stands."""
    table = master.needed_table(layout.NAME_LOG, layout.LOG_COLUMNS)
    return table.appended([entry.as_row() for entry in entries])


class _Unreadable(ValueError):
    """A cell of a row that somebody edited; its argument is the column's label."""


class _Row:
    """One row of the sheet, read strictly."""

    def __init__(self, table: Table, row: int, names: UnitNames) -> None:
        self.table, self.row, self.names = table, row, names

    def is_ours(self) -> bool:
        """Whether a job wrote it: two of 批次, 期次 and 动作 say so, even where somebody edited the third."""
        is_numbered = whole_number(self._text("批次")) is not None
        return is_numbered + (self._period() is not None) + (self._text("动作") in _ACTIONS) > 1

    def entry(self) -> LogEntry | Finding:
        """The entry, or the finding that names the first cell that cannot be read."""
        try:
            period = self._period()
            if period is None:
                raise _Unreadable("期次")
            if read_date(self._text("时间")[:_DAY]) is None:
                raise _Unreadable("时间")
            return LogEntry(
                self._whole("批次"), self._text("时间"), self._text("操作人"), period, self._what(period)
            )
        except _Unreadable as edited:
            label = str(edited)
            image, column = self.table.block.image, self.table.columns[label]
            return rules.INPUT_UNREADABLE.finding(
                sheet=image.sheet,
                cell=cell_a1(self.row, column),
                text=self._text(label)[:30] or "空白",
                reason="认不出是什么",
            )

    def _what(self, period: Period) -> Logged:
        content, action = self._text("内容"), self._text("动作")
        if action == AMEND:
            project = self._whole("项目") if self._text("项目") else 0
            told = Difference(project, content, self._text("原值"), self._text("新值"))
            return Amended(told, self._text("文件"))
        if action == REPAIR:
            words = self._text("新值")
            step, sheet = ("", words.strip("“”")) if content == LEFT_ENTRY else (words, "")
            return Repaired(step, sheet, self._text("文件"), self._text("SHA-256"))
        if action == UNDO:
            match = _BATCH.fullmatch(content)
            if match is None and content != MERGE:
                raise _Unreadable("内容")
            return Undone(int(match[1]) if match else self._whole("月份"))  # 月份: where 0.2.0 put it
        if action == REFUSE:
            return self._refusal(content)
        if action == SEND:
            return self._form(content, period)
        if action != MERGE:
            raise _Unreadable("动作")
        return self._file(period) if content == FILE_ENTRY else self._change(content)

    def _form(self, content: str, period: Period) -> MadeForm:
        if content != FORM_ENTRY:
            raise _Unreadable("内容")
        return MadeForm(self._text("文件"), self._text("SHA-256"), self._unit(), period)

    def _file(self, period: Period) -> MergedFile:
        made = _MADE.fullmatch(self._text("新值"))
        try:
            sent_on = date.fromisoformat(made["sent"]) if made and made["sent"] else None
            saved_at = datetime.fromisoformat(made["saved"]) if made and made["saved"] else None
        except ValueError:
            made = None
        if made is None:
            raise _Unreadable("新值")
        return MergedFile(self._text("文件"), self._text("SHA-256"), self._unit(), period, sent_on, saved_at)

    def _refusal(self, content: str) -> Refusal:
        place = _REFUSED.fullmatch(content)
        if place is None:
            raise _Unreadable("内容")
        project, month, measure = (
            self._whole(label) if self._text(label) else None for label in ("项目", "月份", "指标")
        )
        return Refusal(
            place["code"],
            self._text("文件"),
            self._text("SHA-256"),
            self._text("新值"),
            self._unit(),
            month,
            project,
            measure,
            place["sheet"] or "",
            place["cell"] or "",
            self._text("原值"),
        )

    def _change(self, content: str) -> Change:
        node = _NODE.fullmatch(content)
        field = _FIELDS.get(node[2] if node else content)
        if field is None:
            raise _Unreadable("内容")
        key: ReportKey | NodeKey
        if field in TICKS:
            key = NodeKey(self._whole("项目"), int(node[1]) if node else self._whole("月份"))  # so did 0.2.0
        else:
            measure = self._whole("指标") if self._text("指标") else 1
            key = ReportKey(self._whole("项目"), self._unit(), self._whole("月份"), measure)
        old, new = self._value("原值", field), self._value("新值", field)
        return Change(key, field.name, old, new, self._text("文件"))

    def _period(self) -> Period | None:
        """期次; a spreadsheet program makes a date of it where somebody types it anew."""
        value = self._cell("期次")
        if isinstance(value, datetime) and value.day == 1:
            return Period(value.year, value.month)
        try:
            return Period.parse(self._text("期次"))
        except ValueError:
            return None

    def _value(self, label: str, field: Field) -> Value:
        value = self._cell(label)
        if field == VALUE and isinstance(value, float) and isfinite(value):
            return exact(value)
        try:
            return read_value(field, self._text(label))
        except ValueError:
            raise _Unreadable(label) from None

    def _whole(self, label: str) -> int:
        number = whole_number(self._text(label))
        if number is None:
            raise _Unreadable(label)
        return number

    def _unit(self) -> str:
        return self.names.current(self._text("单位"))

    def _text(self, label: str) -> str:
        return read_words(self._cell(label))

    def _cell(self, label: str) -> Any:
        return self.table.block.image.value(self.row, self.table.columns[label])
