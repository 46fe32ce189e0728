"""Who is missing, worked out a second time: by the forms that were made and the files that came, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.records import logged
from domain.sent_files import JUNE, sent
from minsheng.domain import merging
from minsheng.domain.history import History, MadeForm, MergedFile
from minsheng.domain.period import Period
from minsheng.domain.reminder import reminder
from small_county import HEALTH, POLICE, WATER, county, report

UNITS = ["丹东", "石浦", HEALTH, POLICE, WATER]
MAY = Period(2024, 5)
units = st.sets(st.sampled_from(UNITS))


@given(units, units, units, units)
def test_of_a_merge(made: set[str], made_in_may: set[str], before: set[str], now: set[str]) -> None:
    history = History(
        files=tuple(MergedFile(f"{unit}.xlsx", unit, unit, JUNE) for unit in sorted(before)),
        made=tuple(
            MadeForm(f"{unit}.xlsx", "", unit, period)
            for period, asked in ((JUNE, made), (MAY, made_in_may))
            for unit in sorted(asked)
        ),
    )
    master = county(report(1, "石浦", 6, "5"))
    plan = merging.plan(master, [sent(master, unit, {}) for unit in sorted(now)], JUNE, history)
    came = before | now
    assert set(plan.missing) == (set(UNITS) if came else made) - came


@given(units, units, units, units, st.sets(st.sampled_from(["丹东", "石浦"])))
def test_of_a_reminder(
    made: set[str], came: set[str], made_in_may: set[str], came_in_may: set[str], typed: set[str]
) -> None:
    master = county(*(report(1, unit, 6, "5") for unit in sorted(typed)))
    found = reminder(master, JUNE, logged({5: came_in_may, 6: came}, {5: made_in_may, 6: made}))
    owed = {
        month: (set(UNITS) if arrived else asked) - arrived - by_hand
        for month, asked, arrived, by_hand in ((5, made_in_may, came_in_may, set()), (6, made, came, typed))
    }
    assert {late.unit.name: late.months for late in found.late} == {
        unit: tuple(month for month in (5, 6) if unit in owed[month]) for unit in owed[6]
    }
    assert found.expected == len(owed[6] | came | typed)
