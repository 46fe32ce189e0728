"""反馈: what a unit is told, held against a second, naive reading of the same year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.masters import masters
from domain.oracle import judge_again
from minsheng.domain.as_json import replies_json
from minsheng.domain.catalogue.submission import WORDS_LOST
from minsheng.domain.change import Change
from minsheng.domain.history import MadeForm, MergedFile
from minsheng.domain.master import Master
from minsheng.domain.open_refusals import open_refusals
from minsheng.domain.period import Period
from minsheng.domain.record import Received, Record, Refused
from minsheng.domain.refusal import Refusal
from minsheng.domain.reply import FileState, Line, Replies, Reply, replies
from minsheng.domain.report import ReportKey
from minsheng.domain.status import Status
from small_county import HEALTH, POLICE, WATER, county, report

MAY, JUNE = Period(2024, 5), Period(2024, 6)
UNITS = ("丹东", "石浦", HEALTH, POLICE, WATER)
DAY = date(2024, 7, 3)


def took(unit: str, batch: int, period: Period = JUNE, sha: str = "") -> Received:
    return Received(batch, DAY, MergedFile(f"{unit}.xlsx", sha or f"{unit}{period}{batch}", unit, period))


def refused(batch: int, file: str, period: Period = JUNE, **told: Any) -> Refused:
    return Refused(batch, period, Refusal("S107", file, f"{file}{batch}", f"“{file}”是空的", **told))


def cell(unit: str, sha: str, batch: int = 1, project: int = 1, **told: Any) -> Refused:
    known: dict[str, Any] = {
        "month": 6,
        "project": project,
        "measure": 1,
        "sheet": "填报",
        "cell": "G7",
        "text": "约30",
    }
    return Refused(batch, JUNE, Refusal("S301", f"{unit}.xlsx", sha, "读不准", unit, **(known | told)))


def reply_to(unit: str, master: Master, record: Record, period: Period = JUNE) -> Reply:
    return next(reply for reply in replies(master, period, record).replies if reply.unit.name == unit)


def row(reply: Reply, project: int, measure: int = 1) -> Line:
    return next(
        line for line in reply.lines if (line.duty.project.number, line.duty.measure) == (project, measure)
    )


def as_told(found: Replies) -> dict[str, Any]:
    return {unit["unit"]: unit for unit in replies_json(found)["units"]}


EVENTS = st.lists(
    st.tuples(st.sampled_from(UNITS), st.sampled_from([MAY, JUNE]), st.booleans(), st.integers(1, 4)),
    max_size=10,
)
TYPED = st.lists(
    st.sampled_from([(1, "丹东", 5), (1, "石浦", 6), (3, HEALTH, 6), (5, POLICE, 5)]), unique=True
)


MADE = st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from([MAY, JUNE])), unique=True, max_size=6)


@given(EVENTS, TYPED, MADE)
def test_what_became_of_every_units_file(events: list[Any], typed: list[Any], made: list[Any]) -> None:
    """Taken, else typed by the county, else refused, else missing where it was asked for: a form was made for the unit, or
    anybody's came. A refusal is open until a later 汇总 takes a file in."""
    record = Record(
        received=tuple(took(unit, batch, period) for unit, period, good, batch in events if good),
        refused=tuple(
            refused(batch, f"{unit}_{period.label}.xlsx", period)
            for unit, period, good, batch in events
            if not good
        ),
        made=tuple(MadeForm(f"{unit}.xlsx", "0" * 64, unit, period) for unit, period in made),
    )
    master = county(*(report(project, unit, month, "0") for project, unit, month in typed))
    for reply in replies(master, JUNE, record).replies:
        states: dict[int, FileState] = {}
        open_ones = {}
        asked = {}
        for period in (MAY, JUNE):
            own = [
                (good, batch)
                for unit, when, good, batch in events
                if (unit, when) == (reply.unit.name, period)
            ]
            last = max((batch for good, batch in own if good), default=0)
            open_ones[period.month] = {batch for good, batch in own if not good and batch >= last}
            if last:
                states[period.month] = FileState.TAKEN
            elif any((unit, month) == (reply.unit.name, period.month) for _, unit, month in typed):
                states[period.month] = FileState.TYPED
            elif own:
                states[period.month] = FileState.REFUSED
            else:
                states[period.month] = FileState.MISSING
            came = any(good and when == period for _, when, good, _ in events)
            asked[period.month] = came or (reply.unit.name, period) in made
            if states[period.month] is FileState.MISSING and not asked[period.month]:
                states[period.month] = FileState.NOT_ASKED
        assert reply.state is states[6]
        assert reply.earlier == (((5, states[5]),) if asked[5] else ())
        assert len(reply.refusals) == len(open_ones[6])
        assert len(reply.received) == sum(
            good for unit, when, good, _ in events if (unit, when) == (reply.unit.name, JUNE)
        )


@given(masters(), st.integers(1, 12))
def test_the_standing_is_what_the_county_is_judged_by(master: Master, month: int) -> None:
    """Status and gap are those of lateness, worked out a second time; rate and total are the latest number's."""
    period = Period(2024, month)
    oracle = judge_again(master, period.last_day)
    cells = {(c["project"], c["unit"], c["month"]): c["status"] for c in oracle["cells"]}
    judged = max((c["month"] for c in oracle["cells"]), default=None)
    behind = {
        (told["project"], unit): gap for told in oracle["named"] for unit, (_, gap) in told["behind"].items()
    }
    for reply in replies(master, period, Record()).replies:
        for line in reply.lines:
            if line.duty.measure != 1:
                assert line.status is line.pace is line.gap is None
                continue
            place = (line.duty.project.number, line.duty.unit)
            assert line.status == cells.get((*place, judged))
            own = {r.month: r.value for r in master.reports if (r.project, r.unit, r.measure) == (*place, 1)}
            known = {when: value for when, value in own.items() if value is not None and when <= month}
            assert line.total == (known[max(known)] if known else None)
            assert line.value == known.get(month)
            share = line.duty.share
            rate = line.total / share if line.total is not None and share else None
            assert line.rate == (rate and rate.quantize(Decimal("0.0001"), ROUND_HALF_UP))
            if place in behind and judged == month:
                assert line.gap == behind[place]
            assert line.pace is not None
            lacking = max(line.pace - (line.total or 0), Decimal(0))
            counted = lacking.to_integral_value(ROUND_CEILING) if line.duty.is_counted else lacking
            assert line.gap == counted
            if line.next_node is not None:
                assert line.next_node.due > period.last_day
                assert line.next_node.amount is None or line.next_node.amount > (line.total or -1)


class TestWhoHears:
    @pytest.mark.parametrize(
        ("file", "unit"),
        [
            ("石浦_2024年06月_填报表.xlsx", "石浦"), ("石浦镇6月.xlsx", "石浦"), ("石浦/表.xlsx", "石浦"),
            ("收.zip/石浦.xlsx", "石浦"), ("县住建局（改）.xlsx", WATER), ("丹东、石浦.xlsx", None), ("表.xlsx", None),
            ("丹东/石浦.xlsx", "石浦"),
        ],
    )  # fmt: skip
    def test_a_file_that_cannot_be_opened_is_whose_its_name_says(self, file: str, unit: str | None) -> None:
        found = replies(county(), JUNE, Record(refused=(refused(1, file),)))
        assert [reply.unit.name for reply in found.replies if reply.state is FileState.REFUSED] == [
            unit
        ] * bool(unit)
        assert len(found.unknown) == (unit is None)

    def test_what_the_file_says_comes_before_its_name(self) -> None:
        record = Record(refused=(refused(1, "石浦.xlsx", unit="丹东街道", month=6),))
        assert reply_to("丹东", county(), record).state is FileState.REFUSED
        assert reply_to("石浦", county(), record).refusals == ()

    def test_empty_files_of_two_units_are_two_refusals(self) -> None:
        alike = [Refusal("S107", f"{unit}.xlsx", "0" * 64, "空的") for unit in ("丹东", "石浦")]
        record = Record(refused=tuple(Refused(1, JUNE, each) for each in alike))
        assert [refusal.unit for refusal in open_refusals(county(), record)] == ["丹东", "石浦"]

    @pytest.mark.parametrize(
        ("file", "told", "month"),
        [
            ("石浦_2024年05月_填报表.xlsx", {}, 5), ("石浦5月.xlsx", {}, 5), ("石浦.xlsx", {}, 6), ("石浦.xlsx", {"month": 4}, 4),
            ("石浦12月改2月.xlsx", {}, 6),
        ],
    )  # fmt: skip
    def test_an_old_file_that_still_lies_in_the_inbox_is_of_its_own_month(
        self, file: str, told: dict[str, Any], month: int
    ) -> None:
        (found,) = open_refusals(county(), Record(refused=(refused(1, file, unit="石浦", **told),)))
        assert found.month == month

    def test_one_that_is_refused_every_month_counts_once(self) -> None:
        one = refused(1, "石浦.xlsx")
        (found,) = open_refusals(
            county(), Record(refused=(one, replace(one, batch=2, period=Period(2024, 7))))
        )
        assert found.month == 6

    def test_who_has_nothing_to_report_gets_no_page(self) -> None:
        master = county()
        idle = replace(master.document.units[0], name="墙头", aliases=())
        document = replace(master.document, units=(*master.document.units, idle))
        found = replies(replace(master, document=document), JUNE, Record())
        assert [reply.unit.name for reply in found.replies] == list(UNITS)
        assert found.not_asked == ("墙头",)


class TestARefusedNumber:
    def test_it_is_neither_blank_nor_taken(self) -> None:
        reply = reply_to("石浦", county(), Record((took("石浦", 1, sha="a"),), (cell("石浦镇", "a"),)))
        assert reply.state is FileState.TAKEN
        assert row(reply, 1).is_refused
        assert [line.duty.project.number for line in reply.blank] == [2]
        assert reply.taken == ()

    def test_an_earlier_number_stands_and_the_refusal_is_told_all_the_same(self) -> None:
        master = county(report(1, "石浦", 6, "100"))
        record = Record(
            (took("石浦", 1, sha="a"),),
            (cell("石浦", "a"),),
            (),
            {(ReportKey(1, "石浦", 6), "value"): Decimal(100)},
        )
        reply = reply_to("石浦", master, record)
        assert [line.value for line in reply.taken] == [100]
        assert row(reply, 1).is_refused

    def test_words_that_were_refused_leave_the_number_alone(self) -> None:
        lost = cell("石浦", "a")
        lost = replace(lost, what=replace(lost.what, code=WORDS_LOST.code))
        reply = reply_to("石浦", county(), Record((took("石浦", 1, sha="a"),), (lost,)))
        assert len(reply.refusals) == 1
        assert not row(reply, 1).is_refused

    def test_a_later_file_closes_it(self) -> None:
        received = (took("石浦", 1, sha="a"), took("石浦", 2, sha="b"))
        assert reply_to("石浦", county(), Record(received, (cell("石浦", "a"),))).refusals == ()

    @pytest.mark.parametrize(("batch", "open_ones"), [(1, 1), (2, 0)])
    def test_the_same_file_read_again_with_success_closes_it(self, batch: int, open_ones: int) -> None:
        change = Change(ReportKey(1, "石浦", 6), "value", None, Decimal(30), "石浦.xlsx")
        record = Record((took("石浦", 1, sha="a"),), (cell("石浦镇", "a"),), ((batch, change),))
        assert len(reply_to("石浦", county(), record).refusals) == open_ones

    def test_of_a_project_that_was_cancelled_since_nobody_hears(self) -> None:
        master = county()
        first, *others = master.document.projects
        document = replace(master.document, projects=(replace(first, cancelled=True), *others))
        record = Record((took("石浦", 1, sha="a"),), (cell("石浦", "a"), cell("石浦", "a", project=2)))
        reply = reply_to("石浦", replace(master, document=document), record)
        assert [refusal.project for refusal in reply.refusals] == [2]
        assert [line.duty.project.number for line in reply.lines] == [2]

    def test_of_a_row_of_a_joint_unit_the_sender_hears(self) -> None:
        record = Record((took("丹东", 1, sha="a"),), (cell("丹东、石浦", "a", project=2),))
        (refusal,) = reply_to("丹东", county(), record).refusals
        assert refusal.unit == "丹东、石浦"
        assert reply_to("石浦", county(), record).refusals == ()


class TestWhatIsTaken:
    def test_a_number_that_the_county_typed_is_not_the_files(self) -> None:
        master = county(report(1, "石浦", 6, "100"), report(2, "石浦", 6, "0.5"))
        written = {
            (ReportKey(1, "石浦", 6), "value"): Decimal(100),
            (ReportKey(2, "石浦", 6), "value"): Decimal("0.4"),
        }
        reply = reply_to("石浦", master, Record((took("石浦", 1),), written=written))
        assert [(line.duty.project.number, line.value) for line in reply.taken] == [(1, 100)]
        assert row(reply, 2).by_hand

    def test_who_has_done_its_part_owes_no_number(self) -> None:
        master = county(report(1, "石浦", 5, "600"), report(1, "丹东", 6, "1"))
        reply = reply_to("石浦", master, Record((took("石浦", 2),)))
        assert row(reply, 1).status is Status.DONE
        assert [line.duty.project.number for line in reply.blank] == [2]

    def test_the_next_node_asks_for_the_units_own_part(self) -> None:
        master = county(report(1, "石浦", 5, "310"), report(1, "丹东", 5, "100"))
        may = reply_to("石浦", master, Record(), MAY)
        node = row(may, 1).next_node
        assert node is not None
        # 310 is above the 300 that June asks for: December's 600 is what comes next.
        assert (node.due, node.amount) == (date(2024, 12, 31), 600)
        other = row(reply_to("丹东", master, Record(), MAY), 1).next_node
        assert other is not None
        assert (other.due, other.amount) == (date(2024, 6, 30), 200)
        assert row(may, 1).gap == 0
        assert row(reply_to("丹东", master, Record()), 1).gap == 100

    def test_the_json_tells_the_same(self) -> None:
        master = county(report(1, "石浦", 6, "100"))
        record = Record((took("石浦", 1, sha="a"),), (cell("石浦", "a", project=2), refused(1, "丹东.xlsx")))
        told = as_told(replies(master, JUNE, record))
        assert told["石浦"]["state"] == "taken"
        assert told["丹东"]["state"] == "refused"
        assert told[HEALTH]["state"] == "missing"
        unasked = as_told(replies(master, MAY, record))
        assert {unit["state"] for unit in unasked.values()} == {"not_asked"}
        (wrong,) = told["石浦"]["refused"]
        assert (wrong["sheet"], wrong["cell"], wrong["text"], wrong["project"]) == ("填报", "G7", "约30", 2)
        assert wrong["advice"]
