"""校验历史: how many findings the latest runs of 校验 had, beside 校验结果."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..cells.dates import read_date
from ..cells.numbers import whole_number
from ..domain.finding import Severity
from . import layout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ..domain.finding import Finding
    from .open_master import OpenMaster
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
    run: dict[str, Any] = {_TIME: at, _AS_OF: as_of, **dict(zip(_COUNTS, counts, strict=True))}
    earlier = [_typed(row) for row in table.rows() if row[_TIME]]
    if earlier and _same_run(earlier[0], run):
        earlier = earlier[1:]
    return table.replaced([run, *earlier][: layout.RUNS_KEPT])


def _same_run(before: dict[str, Any], now: dict[str, Any]) -> bool:
    return before[_TIME][:_DAY] == now[_TIME][:_DAY] and all(
        before[label] == now[label] for label in (_AS_OF, *_COUNTS)
    )


def _typed(row: dict[str, str]) -> dict[str, Any]:
    """A row as it was written: the table gives texts."""
    typed: dict[str, Any] = {_TIME: row[_TIME], _AS_OF: read_date(row[_AS_OF][:_DAY])}
    return typed | {label: whole_number(row[label]) for label in _COUNTS}
