"""What 汇总记录 says of earlier merges that still stand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ..cells.dates import read_date
from ..domain.merging import MergedFile, Written
from ..domain.merging.changes import TICKS, WORDS
from ..domain.period import Period
from ..sheets.log_sheet import FILE_ENTRY, NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.merging import ReportKey
    from ..sheets.log_sheet import LogEntry

__all__ = [
    "TICK_FIELDS",
    "WORD_FIELDS",
    "files_of_reports",
    "merged_files",
    "report_key",
    "ticked",
    "written",
]

#: Label in the log → field.
WORD_FIELDS = {label: field for field, label in WORDS.items()}
TICK_FIELDS = {label: field for field, label in TICKS.items()}
_DONE = {"已完成": True, "未完成": False, "": None}


def merged_files(entries: Iterable[LogEntry]) -> tuple[MergedFile, ...]:
    """The files that these merges took in, oldest first."""
    return tuple(
        MergedFile(entry.file, entry.sha256, entry.unit, Period.parse(entry.period))
        for entry in entries
        if entry.content == FILE_ENTRY
    )


def written(entries: Iterable[LogEntry]) -> Written:
    """What these merges wrote last, place by place."""
    numbers: dict[ReportKey, Decimal | None] = {}
    words: dict[tuple[ReportKey, str], str] = {}
    ticks: dict[tuple[int, int, str], object] = {}
    for entry in entries:
        if entry.content == NUMBER:
            numbers[report_key(entry)] = Decimal(entry.new) if entry.new else None
        elif entry.content in WORD_FIELDS:
            words[report_key(entry), WORD_FIELDS[entry.content]] = entry.new
        elif entry.content in TICK_FIELDS:
            field = TICK_FIELDS[entry.content]
            ticks[entry.project or 0, entry.place or 0, field] = ticked(field, entry.new)
    return Written(numbers, words, ticks)


def files_of_reports(entries: Iterable[LogEntry]) -> dict[ReportKey, str]:
    """The file that wrote each report's number or words last."""
    return {
        report_key(entry): entry.file
        for entry in entries
        if entry.content == NUMBER or entry.content in WORD_FIELDS
    }


def report_key(entry: LogEntry) -> ReportKey:
    """(project, measure, unit, month) of a row of the log."""
    return (entry.project or 0, entry.measure or 1, entry.unit, entry.place or 0)


def ticked(field: str, shown: str) -> object:
    """What a node's tick, date or remark was, from how the log shows it."""
    if field == "done":
        return _DONE[shown]
    return read_date(shown) if field == "done_on" else shown
