"""报送率, 按时率 and 下月到期节点, as 首页 explains them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.records import arrival, asked, logged
from minsheng.domain.home import UnitRecord, due_next, horizon, last_day_on_time, unit_records
from minsheng.domain.lateness.judge import judge
from minsheng.domain.master import Master, Settings
from minsheng.domain.period import Period, month_end
from minsheng.domain.record import Received
from minsheng.domain.status import Status
from small_county import POLICE, county, report

END_OF_MARCH = date(2024, 3, 31)
JANUARY, FEBRUARY, MARCH = (Period(2024, month) for month in (1, 2, 3))


def record(master: Master, unit: str, *came: Received, as_of: date = END_OF_MARCH) -> UnitRecord:
    """Everybody was asked for every month."""
    log = replace(asked(master, *range(1, 13)), received=came)
    return next(found for found in unit_records(master, log, as_of) if found.unit == unit)


def test_a_month_is_on_time_when_its_file_was_merged_by_the_set_day_of_the_month_after() -> None:
    master = county(report(1, "石浦", 1, "5"), report(1, "石浦", 2, "6"), report(1, "丹东", 3, "7"))
    found = record(
        master,
        "石浦",
        arrival("石浦", JANUARY, date(2024, 2, 5)),
        arrival("石浦", FEBRUARY, date(2024, 3, 6)),
    )
    assert found == UnitRecord("石浦", expected=3, sent=2, on_time=1)
    assert (found.sent_rate, found.on_time_rate) == (Decimal("0.6667"), Decimal("0.3333"))


def test_the_day_is_a_setting() -> None:
    master = replace(county(report(1, "石浦", 1, "5")), settings=Settings(on_time_day=10))
    assert record(master, "石浦", arrival("石浦", JANUARY, date(2024, 2, 10))).on_time == 1
    assert record(master, "石浦", arrival("石浦", JANUARY, date(2024, 2, 11))).on_time == 0


def test_the_first_file_counts_however_often_it_is_corrected() -> None:
    master = county(report(1, "石浦", 1, "5"))
    corrected = arrival("石浦", JANUARY, date(2024, 3, 20)), arrival("石浦", JANUARY, date(2024, 2, 1))
    assert record(master, "石浦", *corrected).on_time == 1
    assert record(master, "石浦", *reversed(corrected)).on_time == 1


def test_a_number_typed_by_hand_is_sent_in_but_not_on_time() -> None:
    assert record(county(report(1, "石浦", 1, "5")), "石浦") == UnitRecord("石浦", 1, 1, 0)


def test_an_explicit_zero_is_a_report_and_words_alone_are_none() -> None:
    master = county(report(1, "石浦", 1, "0"), report(1, "丹东", 1, None, progress="正在准备"))
    assert record(master, "石浦").sent == 1
    assert record(master, "丹东") == UnitRecord("丹东", 1, 0, 0)


def test_a_file_that_came_counts_even_with_no_number_in_it() -> None:
    master = county(report(1, "石浦", 1, "5"))
    assert record(master, "丹东", arrival("丹东", JANUARY, date(2024, 2, 1))) == UnitRecord("丹东", 1, 1, 1)


def test_a_month_that_a_unit_was_not_asked_for_is_not_expected() -> None:
    master = county(report(1, "石浦", 1, "5"), report(1, "石浦", 2, "6"))
    log = logged(made={1: {"丹东"}})
    expected = {found.unit: (found.expected, found.sent) for found in unit_records(master, log, END_OF_MARCH)}
    assert (expected["丹东"], expected["石浦"], expected[POLICE]) == ((1, 0), (2, 2), (0, 0))


def test_the_rows_of_a_joint_unit_count_for_the_member_whose_form_carries_them() -> None:
    master = county(report(2, "丹东、石浦", 1, "0.5"))
    assert (record(master, "丹东").sent, record(master, "石浦").sent) == (1, 0)


def test_a_second_measure_counts_for_the_bureau() -> None:
    assert record(county(report(5, POLICE, 1, "60", measure=2)), POLICE).sent == 1


def test_months_after_the_day_in_use_do_not_count() -> None:
    master = county(report(1, "石浦", 1, "5"), report(1, "石浦", 4, "6"))
    assert record(master, "石浦").expected == 1
    assert record(master, "石浦", as_of=date(2025, 2, 1)).expected == 2
    assert record(master, "石浦", as_of=date(2023, 12, 31)).sent_rate is None


@pytest.mark.parametrize(
    ("period", "day", "last"),
    [
        (Period(2024, 12), 5, date(2025, 1, 5)),
        (Period(2024, 1), 31, date(2024, 2, 29)),
        (Period(2024, 6), 31, date(2024, 7, 31)),
    ],
)
def test_the_last_day_on_time(period: Period, day: int, last: date) -> None:
    assert last_day_on_time(period, day) == last


@given(st.sets(st.integers(1, 12), min_size=1), st.sets(st.integers(1, 12)), st.integers(1, 60))
def test_no_more_is_on_time_than_sent_in_than_collected(sent: set[int], late: set[int], days: int) -> None:
    master = county(
        *(report(1, "石浦", month, "1") for month in sent), *(report(1, "丹东", month, "1") for month in late)
    )
    arrivals = [
        arrival("石浦", Period(2024, month), date.fromordinal(month_end(2024, month).toordinal() + days))
        for month in sent | late
    ]
    found = record(master, "石浦", *arrivals, as_of=date(2024, 12, 31))
    assert found.on_time <= found.sent == found.expected == len(sent | late)
    assert found.on_time == (len(sent | late) if days <= 5 else 0)
    by_hand = record(master, "石浦", as_of=date(2024, 12, 31))
    assert (by_hand.sent, by_hand.on_time) == (len(sent), 0)


def test_next_months_nodes_come_with_project_deadline_and_status() -> None:
    master = county(report(1, "石浦", 5, "500"))
    due = due_next(master, judge(master, date(2024, 5, 31)))
    assert [(d.project.number, d.node.phrase, d.deadline, d.status, d.goal) for d in due] == [
        (1, "6月份", date(2024, 6, 30), Status.DONE, 500),
        (2, "6月份", date(2024, 6, 30), Status.NORMAL, Decimal("1.5")),
        (5, "6月份", date(2024, 6, 30), Status.NORMAL, 6000),
        (7, "4—6月份", date(2024, 6, 30), Status.NORMAL, None),
    ]
    # A repeat node asks for its number, though it is judged by its tick; an adjusted target caps what it asks for.
    (second,) = due_next(master, judge(master, date(2024, 10, 31)))
    assert (second.project.number, second.goal) == (4, 590)
    less = replace(master.document.projects[0], adjusted_target=Decimal(400))
    capped = replace(master, document=replace(master.document, projects=(less,)))
    assert [d.goal for d in due_next(capped, judge(capped, date(2024, 5, 31)))] == [400]


def test_in_the_middle_of_a_month_what_is_left_of_it_is_listed_too() -> None:
    master = county()
    due = due_next(master, judge(master, date(2024, 5, 10)))
    assert {d.deadline for d in due} == {date(2024, 5, 31), date(2024, 6, 30)}


def test_an_adjusted_deadline_moves_the_node() -> None:
    master = county()
    first = master.document.projects[0]
    moved = replace(first, milestones=(*first.milestones[:1], replace(first.milestones[1], adjusted_to=date(2024, 8, 31)), first.milestones[2]))  # fmt: skip
    document = replace(master.document, projects=(moved,))
    master = replace(master, document=document)
    assert due_next(master, judge(master, date(2024, 5, 31))) == ()
    assert [d.deadline for d in due_next(master, judge(master, date(2024, 7, 31)))] == [date(2024, 8, 31)]


def test_after_the_years_end_nothing_is_due() -> None:
    master = county()
    assert due_next(master, judge(master, date(2024, 12, 31))) == ()
    assert horizon(date(2024, 12, 31)) == date(2025, 1, 31)


def test_a_bureau_with_nodes_alone_has_a_record_as_it_has_a_form() -> None:
    only_text = Master(replace(county().document, projects=county().document.projects[6:]))
    assert [found.unit for found in unit_records(only_text, logged(), END_OF_MARCH)] == [POLICE]
