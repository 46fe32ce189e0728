"""校验历史: how many findings the latest runs of 校验 had, beside 校验结果."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from ..cells.dates import read_date
from ..domain.finding import Severity
from . import layout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ..domain.finding import Finding
    from .open_master import OpenMaster
    from .tables import Row
    from .writing import Write

__all__ = ["history_writes"]

_TIME, _AS_OF, *_COUNTS = layout.HISTORY_COLUMNS
_DAY = len("2024-06-30")


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
