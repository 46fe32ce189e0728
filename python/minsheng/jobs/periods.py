"""Which periods a master has: what somebody asks for must be one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.period import Cycle, Period, PeriodName
from ..errors import UsageError

if TYPE_CHECKING:
    from ..domain.master import Master, Settings

__all__ = ["log_period", "period_of", "period_of_year"]


def period_of(asked: Period | PeriodName, master: Master) -> Period:
    """The period of ``master`` that is asked for. UsageError, which lists those there are."""
    return period_of_year(asked, master.settings, master.year)


def period_of_year(asked: Period | PeriodName, settings: Settings, year: int) -> Period:
    """The period of a master of ``year`` with these ``settings``. UsageError, which lists those there are."""
    cycle = settings.cycle
    named = asked.cycle if isinstance(asked, PeriodName) else None
    period = asked.of(year) if isinstance(asked, PeriodName) else asked
    text = asked.text.strip() if isinstance(asked, PeriodName) else str(period)
    if period.year != year:
        raise UsageError(f"期次 {text} 不在总表的年度（{year}年）内。", _advice(cycle, year))
    if period not in cycle.periods(year) or named not in (None, cycle):
        raise UsageError(f"总表没有 {text} 这一期：“设置”里的报送周期是“{cycle}”。", _advice(cycle, year))
    return period


def _advice(cycle: Cycle, year: int) -> str:
    periods = cycle.periods(year)
    if cycle is Cycle.MONTH:
        return f"请用 {periods[0]} 到 {periods[-1]} 之间的月份。"
    listed = "、".join(f"{period}（{cycle.called(period)}）" for period in periods)
    return f"请用下列之一：{listed}。"


def log_period(master: Master) -> Period:
    """The month under which is logged what is about no month."""
    months = master.collected_months()
    return Period(master.year, months[-1]) if months else master.settings.period or Period(master.year, 1)
