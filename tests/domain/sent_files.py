"""Submissions made by hand: what the reader of files would give."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from minsheng.domain.duties import node_duties, report_duties
from minsheng.domain.master import Master
from minsheng.domain.period import Period
from minsheng.domain.report import Words
from minsheng.domain.submission import Locked, NodeRow, ReportRow, Submission
from small_county import unit

__all__ = ["JUNE", "sent"]

JUNE = Period(2024, 6)


def sent(
    master: Master,
    name: str,
    values: dict[tuple[int, str] | tuple[int, str, int], Any] | None = None,
    *,
    period: Period = JUNE,
    file: str = "",
    ticks: dict[tuple[int, str], bool | None] | None = None,
    words: dict[tuple[int, str], str] | None = None,
    saved_at: datetime | None = None,
    sent_on: date | None = None,
    **changes: Any,
) -> Submission:
    """``name``'s file for ``period`` with ``values`` by (project, unit[, measure]) in 本月累计; the other cells blank."""
    values = {(*key, 1)[:3]: value for key, value in (values or {}).items()}
    rows = []
    for index, duty in enumerate(report_duties(master, unit(master, name))):
        key = (duty.project.number, duty.unit, duty.measure)
        value = values.get(key)
        rows.append(
            ReportRow(
                duty.key,
                None if value is None else Decimal(str(value)),
                words=Words((words or {}).get((duty.project.number, duty.unit), "")),
                locked=Locked(duty.project.title, duty.measured_in, duty.share),
                cell=f"G{7 + index}",
                sheet="填报",
            )
        )
    nodes = tuple(
        NodeRow(
            duty.project.number,
            duty.node.phrase,
            duty.node.text,
            (ticks or {}).get((duty.project.number, duty.node.phrase)),
        )
        for duty in node_duties(master, unit(master, name))
    )
    digest = hashlib.sha256(
        repr((name, period, rows, nodes, saved_at, sent_on, changes)).encode()
    ).hexdigest()
    known: dict[str, Any] = {
        "unit": name, "period": period, "master_id": master.id, "printed_unit": name, "printed_period": period,
        "rows": tuple(rows), "nodes": nodes, "saved_at": saved_at, "sent_on": sent_on,
    }  # fmt: skip
    return Submission(file or f"{name}.xlsx", digest, **(known | changes))
