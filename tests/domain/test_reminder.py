"""催报: who has not reported, and for the how-manieth month."""

from __future__ import annotations

from domain.records import asked, logged
from minsheng.domain.period import Period
from minsheng.domain.reminder import Reminder, reminder
from small_county import HEALTH, POLICE, WATER, county, report

ALL = {"丹东", "石浦", HEALTH, POLICE, WATER}
JUNE = Period(2024, 6)


def told(found: Reminder) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(late.unit.name, late.lateness, late.months) for late in found.late]


def test_one_line_a_file_in_the_order_of_the_document() -> None:
    found = reminder(county(), JUNE, logged({6: {"石浦", POLICE}}))
    assert [late.unit.name for late in found.late] == ["丹东", HEALTH, WATER]
    assert found.expected == 5
    assert told(found)[0] == ("丹东", "首次未报", (6,))


def test_a_joint_unit_stands_under_its_first_member() -> None:
    (dandong, *_) = reminder(county(), JUNE, asked(county(), 6)).late
    assert dandong.carries == ("丹东、石浦",)
    assert dandong.labels == ("1", "2")


def test_months_in_a_row_and_months_of_the_year() -> None:
    received = {4: ALL - {"丹东", HEALTH}, 5: ALL - {"丹东", POLICE}, 6: {WATER}}
    assert told(reminder(county(), JUNE, logged(received))) == [
        ("丹东", "连续第3个月未报", (4, 5, 6)),
        ("石浦", "首次未报", (6,)),
        (HEALTH, "今年第2次未报", (4, 6)),
        (POLICE, "连续第2个月未报", (5, 6)),
    ]


def test_a_month_that_nobody_reported_makes_nobody_late() -> None:
    """The county began in April and skipped May: June is the second month in a row for who missed April."""
    found = reminder(county(), JUNE, logged({4: ALL - {"丹东"}, 6: ALL - {"丹东"}}))
    assert told(found) == [("丹东", "连续第2个月未报", (4, 6))]


def test_later_months_do_not_count() -> None:
    assert told(reminder(county(), Period(2024, 4), logged({4: ALL - {"丹东"}, 5: ALL - {"丹东"}}))) == [
        ("丹东", "首次未报", (4,))
    ]


def test_a_number_typed_after_a_telephone_call_is_a_report() -> None:
    master = county(report(2, "丹东、石浦", 6, "0.1"), report(1, "石浦", 6, None, progress="在做"))
    assert [late.unit.name for late in reminder(master, JUNE, asked(master, 6)).late] == [
        "石浦",
        HEALTH,
        POLICE,
        WATER,
    ]


def test_a_file_with_no_number_in_it_has_come_but_is_named() -> None:
    found = reminder(county(report(1, "石浦", 6, "0")), JUNE, logged({6: ALL}))
    assert found.late == ()
    assert [unit.name for unit in found.blank] == ["丹东", HEALTH, POLICE, WATER]


def test_who_was_never_asked_is_not_late() -> None:
    """No form was made and no file came: a number that somebody typed asks nobody."""
    found = reminder(county(report(1, "石浦", 6, "0")), JUNE, logged({5: ALL - {"丹东"}}))
    assert (found.late, found.blank, found.expected) == ((), (), 1)


def test_a_form_that_was_made_asks_its_unit_alone() -> None:
    record = logged(made={4: {"丹东", HEALTH}, 5: {HEALTH}, 6: {"丹东"}})
    found = reminder(county(), JUNE, record)
    assert told(found) == [("丹东", "连续第2个月未报", (4, 6))]
    assert found.expected == 1


def test_one_file_that_came_asks_everybody() -> None:
    found = reminder(county(), JUNE, logged({6: {"石浦"}}, made={6: {"丹东"}}))
    assert [late.unit.name for late in found.late] == ["丹东", HEALTH, POLICE, WATER]
    assert found.expected == 5
