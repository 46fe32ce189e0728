"""Periods as people type them, and which of them there are."""

from __future__ import annotations

import pytest

from minsheng.domain.period import Cycle, Period, PeriodName


@pytest.mark.parametrize(
    ("text", "year", "month", "cycle"),
    [
        ("2024-06", 2024, 6, None), ("2024-6", 2024, 6, None), (" ２０２４－０６ ", 2024, 6, None), ("4月", None, 4, None),
        ("4月份", None, 4, None), ("12月", None, 12, None), ("十二月", None, 12, None), ("十月份", None, 10, None),
        ("2024年4月", 2024, 4, None), ("2024 年 4 月", 2024, 4, None), ("2024年04月", 2024, 4, None),
        ("二季度", None, 6, Cycle.QUARTER), ("第四季度", None, 12, Cycle.QUARTER), ("2024年3季度", 2024, 9, Cycle.QUARTER),
        ("一季", None, 3, Cycle.QUARTER), ("上半年", None, 6, Cycle.HALF_YEAR), ("2024年下半年", 2024, 12, Cycle.HALF_YEAR),
    ],
)  # fmt: skip
def test_a_name_is_read(text: str, year: int | None, month: int, cycle: Cycle | None) -> None:
    name = PeriodName.parse(text)
    assert (name.year, name.month, name.cycle) == (year, month, cycle)
    assert name.of(2023) == Period(year or 2023, month)


@pytest.mark.parametrize(
    "text",
    ["", "6", "13月", "0月", "2024-13", "2024-00", "五季度", "第0季度", "中半年", "半年", "今年", "2024", "2024年", "24年6月", "6月1日", "-06"],
)  # fmt: skip
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PeriodName.parse(text)


def test_which_periods_a_year_has() -> None:
    assert [period.month for period in Cycle.QUARTER.periods(2024)] == [3, 6, 9, 12]
    assert [period.month for period in Cycle.HALF_YEAR.periods(2024)] == [6, 12]
    assert len(Cycle.MONTH.periods(2024)) == 12
    for cycle in Cycle:
        for month in range(1, 13):
            held = cycle.holding(Period(2024, month))
            assert held in cycle.periods(2024)
            assert 0 <= held.month - month < cycle.months


def test_what_they_are_called_is_read_again() -> None:
    for cycle in Cycle:
        for period in cycle.periods(2024):
            assert PeriodName.parse(cycle.called(period)).of(2024) == period
