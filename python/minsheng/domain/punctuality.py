"""报送率 and 按时率: which of the collected months each reporting unit sent in, and which of them on time.

A month is *sent in* by a unit when its file of the month was merged or a number of its own stands in the master (as
for 催报), and *on time* when its file was merged by the set day of the month after. A number typed by hand has no date: it
counts as sent in, not as on time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .duties import duties_by_unit, recipients
from .history import Arrival
from .lateness.measures import due_month
from .master import Master
from .period import Period
from .quantity import round_half_up

__all__ = ["UnitRecord", "last_day_on_time", "unit_records"]


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """Of ``expected`` collected months a unit sent in ``sent``, ``on_time`` of them on time."""

    unit: str
    expected: int
    sent: int
    on_time: int

    @property
    def sent_rate(self) -> Decimal | None:
        """The part that it sent in, half up to 4 decimals; None where nothing was expected."""
        return _rate(self.sent, self.expected)

    @property
    def on_time_rate(self) -> Decimal | None:
        """The part that it sent in on time, likewise."""
        return _rate(self.on_time, self.expected)


def _rate(part: int, whole: int) -> Decimal | None:
    """A fraction, half up to 4 decimals; None of nothing."""
    return round_half_up(Decimal(part) / whole, 4) if whole else None


def last_day_on_time(period: Period, day_of_month: int) -> date:
    """The last day on which a file of ``period`` is on time: the set day of the month after, or that month's last day
    where it is shorter."""
    following = Period(period.year + period.month // 12, period.month % 12 + 1)
    return following.last_day.replace(day=max(1, min(day_of_month, following.last_day.day)))


def unit_records(master: Master, arrivals: Iterable[Arrival], as_of: date) -> tuple[UnitRecord, ...]:
    """A record for every unit that gets a 填报表, in the order of 设置, over the collected months not after ``as_of``'s.
    ``arrivals`` are the files that standing merges took in."""
    limit = due_month(master.year, as_of)
    months = [month for month in master.collected_months() if month <= limit]
    held = {report.key for report in master.reports if report.value is not None}
    first: dict[tuple[str, Period], date] = {}
    for arrival in arrivals:
        key = (arrival.unit, arrival.period)
        first[key] = min(arrival.day, first.get(key, arrival.day))
    records = []
    duties = duties_by_unit(master)
    for unit in recipients(master, duties):
        rows = [duty.key for duty in duties[unit.name]]
        sent = on_time = 0
        for month in months:
            period = Period(master.year, month)
            merged = first.get((unit.name, period))
            sent += merged is not None or any(row.month(month) in held for row in rows)
            last = last_day_on_time(period, master.settings.on_time_day)
            on_time += merged is not None and merged <= last
        records.append(UnitRecord(unit.name, len(months), sent, on_time))
    return tuple(records)
