"""What a 汇总 says to the numbers: read against the master, the year so far and the unit's own part."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sent_files import JUNE, sent
from minsheng.domain import merging
from minsheng.domain.as_json import plan_json
from minsheng.domain.change import NodeKey, Standing
from minsheng.domain.finding import Severity
from minsheng.domain.master import Master
from minsheng.domain.merging import History, MergePlan
from minsheng.domain.report import ReportKey, RowKey
from minsheng.domain.submission import Locked, ReportRow, Submission
from small_county import HEALTH, POLICE, WATER, county, report

MASTER = county()


def judged(master: Master, name: str, values: dict, **changes: object) -> MergePlan:  # type: ignore[type-arg]
    return merging.plan(master, [sent(master, name, values, **changes)], JUNE)  # type: ignore[arg-type]


def altered(submission: Submission, project: int, **changes: object) -> Submission:
    """The row of a project with its locked cells altered."""
    rows = tuple(
        row._replace(locked=row.locked._replace(**changes)) if row.key.project == project else row
        for row in submission.rows
    )
    return replace(submission, rows=rows)


def after(master: Master, plan: MergePlan) -> Master:
    return Standing(master).after(plan.changes)


def codes(plan: MergePlan) -> list[str]:
    return [finding.code for finding in plan.findings]


def numbers(plan: MergePlan) -> list[object]:
    return [(*change.key.row, change.new) for change in plan.numbers]


def test_every_number_goes_to_its_project_unit_and_measure() -> None:
    plan = merging.plan(
        MASTER,
        [
            sent(MASTER, "丹东", {(1, "丹东"): 120, (2, "丹东"): "0.8", (2, "丹东、石浦"): "0.1"}),
            sent(MASTER, POLICE, {(5, POLICE): 6000, (5, POLICE, 2): 62}),
            sent(MASTER, WATER, {(6, WATER): "2.5"}),
        ],
        JUNE,
    )
    assert numbers(plan) == [
        (1, "丹东", 1, 120), (2, "丹东", 1, Decimal("0.8")), (2, "丹东、石浦", 1, Decimal("0.1")),
        (5, POLICE, 1, 6000), (5, POLICE, 2, 62), (6, WATER, 1, Decimal("2.5")),
    ]  # fmt: skip
    assert codes(plan) == []


def test_zero_is_a_report_and_blank_is_none() -> None:
    assert numbers(judged(MASTER, "丹东", {(1, "丹东"): 0})) == [(1, "丹东", 1, 0)]


def test_a_blank_never_erases_what_was_reported_and_says_so() -> None:
    plan = judged(county(report(1, "丹东", 6, "100")), "丹东", {(2, "丹东"): 1})
    assert numbers(plan) == [(2, "丹东", 1, 1)]
    assert codes(plan) == ["S414"]


class TestAgainstTheYear:
    EARLIER = county(report(1, "丹东", 4, "80"), report(1, "丹东", 5, None), report(1, "丹东", 3, "90"))

    def test_a_fall_is_an_error_that_names_both_numbers_and_is_merged_as_reported(self) -> None:
        plan = judged(self.EARLIER, "丹东", {(1, "丹东"): 79})
        (finding,) = plan.findings
        assert (finding.code, finding.severity) == ("S403", Severity.ERROR)
        assert "79" in finding.message
        assert "4月的80" in finding.message
        assert numbers(plan) == [(1, "丹东", 1, 79)]

    @pytest.mark.parametrize("value", [80, 81])
    def test_the_same_or_more_is_no_fall(self, value: int) -> None:
        assert codes(judged(self.EARLIER, "丹东", {(1, "丹东"): value})) == []

    def test_more_than_a_later_month_is_an_error_too(self) -> None:
        master = county(report(1, "丹东", 8, "100"))
        assert codes(judged(master, "丹东", {(1, "丹东"): 101})) == ["S416"]
        assert codes(judged(master, "丹东", {(1, "丹东"): 100})) == []

    @pytest.mark.parametrize(("before", "expected"), [("80", []), (None, []), ("70", ["S407"])])
    def test_an_altered_last_month_is_told(self, before: str | None, expected: list[str]) -> None:
        file = sent(self.EARLIER, "丹东", {(1, "丹东"): 90})
        stands = None if before is None else Decimal(before)
        assert codes(merging.plan(self.EARLIER, [altered(file, 1, before=stands)], JUNE)) == expected

    def test_a_last_month_that_the_master_does_not_have_is_told(self) -> None:
        file = altered(sent(MASTER, "丹东", {(1, "丹东"): 90}), 1, before=Decimal(50))
        (finding,) = merging.plan(MASTER, [file], JUNE).findings
        assert finding.code == "S407"
        assert "空白" in finding.message


class TestLeaps:
    """本月新增 above three times the unit's median of at least three earlier months."""

    STEADY = county(report(1, "丹东", 3, "10"), report(1, "丹东", 4, "20"), report(1, "丹东", 5, "30"))

    @pytest.mark.parametrize(("value", "expected"), [(60, []), (61, ["S408"])])
    def test_three_times_is_not_yet_told(self, value: int, expected: list[str]) -> None:
        plan = judged(self.STEADY, "丹东", {(1, "丹东"): value})
        assert codes(plan) == expected
        assert all(finding.severity is Severity.INFO for finding in plan.findings)

    def test_two_months_are_too_few_to_tell(self) -> None:
        master = county(report(1, "丹东", 4, "10"), report(1, "丹东", 5, "20"))
        assert codes(judged(master, "丹东", {(1, "丹东"): 400})) == []

    def test_the_start_after_idle_months_is_no_leap(self) -> None:
        master = county(*(report(1, "丹东", month, "0") for month in (2, 3, 4, 5)))
        assert codes(judged(master, "丹东", {(1, "丹东"): 50})) == []


def test_over_target_is_a_warning_and_merged() -> None:
    plan = judged(MASTER, "丹东", {(1, "丹东"): 401})
    assert [(finding.code, finding.severity) for finding in plan.findings] == [("S404", Severity.WARNING)]
    assert numbers(plan) == [(1, "丹东", 1, 401)]
    assert codes(judged(MASTER, "丹东", {(1, "丹东"): 400})) == []


class TestLevels:
    """A level may fall, and there is nothing to exceed."""

    def test_neither_falls_nor_exceeds(self) -> None:
        master = county(report(3, HEALTH, 5, "70"))
        assert codes(judged(master, HEALTH, {(3, HEALTH): 60})) == []

    def test_a_second_measure_in_per_cent_neither(self) -> None:
        master = county(report(5, POLICE, 5, "70", measure=2))
        assert codes(judged(master, POLICE, {(5, POLICE, 2): 65})) == []

    @pytest.mark.parametrize("value", ["0.55", "1", "0.01"])
    def test_a_fraction_for_a_percentage_is_refused_and_explained(self, value: str) -> None:
        plan = judged(MASTER, HEALTH, {(3, HEALTH): value})
        assert codes(plan) == ["S406"]
        assert plan.changes == ()
        assert "55%请填55" in plan.findings[0].advice

    @pytest.mark.parametrize("value", ["0", "1.01", "55"])
    def test_zero_and_points_are_read(self, value: str) -> None:
        assert numbers(judged(MASTER, HEALTH, {(3, HEALTH): value})) == [(3, HEALTH, 1, Decimal(value))]

    @pytest.mark.parametrize("value", ["0.5", "1"])
    def test_elsewhere_0_and_1_and_between_are_ordinary(self, value: str) -> None:
        assert codes(judged(MASTER, "丹东", {(2, "丹东"): value})) == []


def test_a_fraction_of_a_counted_thing_is_refused() -> None:
    plan = judged(MASTER, "丹东", {(1, "丹东"): "120.5", (2, "丹东"): "0.5"})
    assert codes(plan) == ["S405"]
    assert numbers(plan) == [(2, "丹东", 1, Decimal("0.5"))]


class TestRowsOfOthers:
    def test_a_project_that_a_unit_has_no_part_in_is_an_error(self) -> None:
        file = sent(MASTER, "丹东", {(1, "丹东"): 10})
        extra = ReportRow(
            RowKey(5, POLICE), Decimal(7), locked=Locked(measured_in="起"), cell="G12", sheet="填报"
        )
        plan = merging.plan(MASTER, [replace(file, rows=(*file.rows, extra))], JUNE)
        assert codes(plan) == ["S401"]
        assert numbers(plan) == [(1, "丹东", 1, 10)]
        assert plan.findings[0].cell == "G12"

    def test_a_blank_foreign_row_says_nothing(self) -> None:
        file = sent(MASTER, "丹东", {(1, "丹东"): 10})
        extra = ReportRow(RowKey(5, POLICE), None, locked=Locked(measured_in="起"))
        assert codes(merging.plan(MASTER, [replace(file, rows=(*file.rows, extra))], JUNE)) == []

    def test_two_rows_that_differ_are_both_refused(self) -> None:
        file = sent(MASTER, "丹东", {(1, "丹东"): 10, (2, "丹东"): 1})
        again = file.rows[0]._replace(value=Decimal(11), cell="G12")
        plan = merging.plan(MASTER, [replace(file, rows=(*file.rows, again))], JUNE)
        assert codes(plan) == ["S402"]
        assert numbers(plan) == [(2, "丹东", 1, 1)]

    def test_two_rows_that_agree_are_one(self) -> None:
        file = sent(MASTER, "丹东", {(1, "丹东"): 10})
        plan = merging.plan(MASTER, [replace(file, rows=(*file.rows, file.rows[0]))], JUNE)
        assert (codes(plan), numbers(plan)) == ([], [(1, "丹东", 1, 10)])


class TestShiftedRows:
    """序号, 项目名称 and 单位 must agree: a row that has slipped is refused, never merged into its neighbour."""

    FILE = sent(MASTER, "丹东", {(1, "丹东"): 10})

    def test_the_title_of_another_project_is_refused(self) -> None:
        other = MASTER.document.projects[1].title
        plan = merging.plan(MASTER, [altered(self.FILE, 1, title=other)], JUNE)
        assert (codes(plan), numbers(plan)) == (["S410"], [])

    def test_a_retyped_title_is_told_and_taken(self) -> None:
        plan = merging.plan(MASTER, [altered(self.FILE, 1, title="流感疫苗")], JUNE)
        assert (codes(plan), len(plan.changes)) == (["S411"], 1)

    @pytest.mark.parametrize("title", ["", "为 6.16万60岁以上 老年人免费接种流感疫苗。"])
    def test_spaces_and_points_do_not_matter(self, title: str) -> None:
        assert codes(merging.plan(MASTER, [altered(self.FILE, 1, title=title)], JUNE)) == []

    @pytest.mark.parametrize("measured_in", ["万人", "", "%"])
    def test_another_unit_of_measure_is_refused(self, measured_in: str) -> None:
        plan = merging.plan(MASTER, [altered(self.FILE, 1, measured_in=measured_in)], JUNE)
        assert (codes(plan), numbers(plan)) == (["S412"], [])

    def test_an_altered_share_is_told(self) -> None:
        assert codes(merging.plan(MASTER, [altered(self.FILE, 1, share=Decimal(1))], JUNE)) == ["S413"]


class TestWords:
    def test_words_are_changes_of_their_own(self) -> None:
        master = county(report(1, "丹东", 6, "10", progress="启动"))
        plan = judged(master, "丹东", {(1, "丹东"): 10}, words={(1, "丹东"): "完成选址"})
        assert [(c.field, c.old, c.new) for c in plan.words] == [("progress", "启动", "完成选址")]
        assert plan.numbers == plan.ticks == ()

    def test_blank_words_erase_nothing(self) -> None:
        master = county(report(1, "丹东", 6, "10", progress="启动"))
        assert judged(master, "丹东", {(1, "丹东"): 10}).changes == ()


class TestTicks:
    PHRASE = "1—3月份"

    def test_a_tick_is_a_change_of_the_node(self) -> None:
        plan = judged(MASTER, HEALTH, {}, ticks={(1, self.PHRASE): True, (4, "11月份"): False})
        assert [(*c.place, c.old, c.new) for c in plan.changes] == [
            ((1, 1), "done", None, True),
            ((4, 2), "done", None, False),
        ]

    def test_a_blank_tick_erases_nothing_and_says_so(self) -> None:
        ticked = after(MASTER, judged(MASTER, HEALTH, {}, ticks={(1, self.PHRASE): True}))
        plan = judged(ticked, HEALTH, {(3, HEALTH): 60})
        assert plan.ticks == ()
        assert codes(plan) == ["S418"]

    def test_a_node_in_two_rows_that_differ_is_refused(self) -> None:
        file = sent(MASTER, HEALTH, {}, ticks={(1, self.PHRASE): True})
        again = replace(file.nodes[0], done=False)
        plan = merging.plan(MASTER, [replace(file, nodes=(*file.nodes, again))], JUNE)
        assert plan.ticks == ()
        assert "S417" in codes(plan)

    def test_a_node_that_is_not_to_be_ticked_is_refused(self) -> None:
        file = sent(MASTER, HEALTH, {}, ticks={(1, self.PHRASE): True})
        odd = replace(file.nodes[0], phrase="6月份", text="500人")
        plan = merging.plan(MASTER, [replace(file, nodes=(odd,))], JUNE)
        assert plan.ticks == ()
        assert "S409" in codes(plan)


class TestHandMade:
    """Numbers typed into the master by hand are listed first, and told, before a merge changes them."""

    MASTER = county(report(1, "丹东", 6, "10"), report(2, "丹东", 6, "0.2"))
    FILE = sent(MASTER, "丹东", {(1, "丹东"): 10, (2, "丹东"): "0.3", (2, "丹东、石浦"): "0.1"})

    def test_a_number_that_no_merge_wrote_was_typed(self) -> None:
        plan = merging.plan(self.MASTER, [self.FILE], JUNE, History())
        assert [(c.key.unit, c.by_hand) for c in plan.changes] == [("丹东", True), ("丹东、石浦", False)]
        assert codes(plan) == ["S415"]

    def test_a_number_changed_since_was_typed_and_one_as_merged_was_not(self) -> None:
        place = (ReportKey(2, "丹东", 6), "value")
        for merged, expected in ((Decimal("0.2"), []), (Decimal(9), ["S415"])):
            plan = merging.plan(self.MASTER, [self.FILE], JUNE, History(written={place: merged}))
            assert codes(plan) == expected

    def test_words_and_ticks_typed_by_hand_are_told_too(self) -> None:
        master = county(report(1, "丹东", 6, None, progress="电话报的"))
        ticked = after(master, judged(master, HEALTH, {}, ticks={(1, "1—3月份"): False}))
        files = [
            sent(ticked, "丹东", words={(1, "丹东"): "在做"}, values={(2, "丹东"): 1}),
            sent(ticked, HEALTH, ticks={(1, "1—3月份"): True}),
        ]
        plan = merging.plan(ticked, files, JUNE, History())
        assert [finding.code for finding in plan.findings[:2]] == ["S419", "S419"], "before all others"
        (_, by_hand), _, _ = plan.listed()
        assert [str(change) for change in by_hand] == [
            "第1项丹东6月进展说明：电话报的→在做",
            "第1项第1个节点完成情况：未完成→已完成",
        ]
        written = {
            (ReportKey(1, "丹东", 6), "progress"): "电话报的",
            (ReportKey(1, "丹东", 6), "file"): "",
            (NodeKey(1, 1), "done"): False,
        }
        (_, by_hand), (_, overwriting), _ = merging.plan(
            ticked, files, JUNE, History(written=written)
        ).listed()
        assert by_hand == ()
        assert len(overwriting) == 2

    def test_nothing_is_said_where_the_log_is_not_known(self) -> None:
        assert codes(merging.plan(self.MASTER, [self.FILE], JUNE)) == []


UNITS = ["丹东", "石浦", HEALTH, POLICE, WATER]
VALUES = st.dictionaries(
    st.sampled_from(
        [(1, "丹东"), (1, "石浦"), (2, "丹东"), (2, "丹东、石浦"), (3, HEALTH), (5, POLICE), (6, WATER)]
    ),
    st.one_of(st.none(), st.decimals(0, 700, places=1)),
)


@given(VALUES, VALUES, st.booleans())
def test_merging_the_same_files_twice_changes_nothing_the_second_time(
    first: dict[tuple[int, str], Decimal | None], second: dict[tuple[int, str], Decimal | None], tick: bool
) -> None:
    master = county()
    for values in (first, second):
        ticks = {(1, "1—3月份"): tick}
        files = [
            sent(master, name, values, ticks=ticks, words=dict.fromkeys(values, "在做")) for name in UNITS
        ]
        plan = merging.plan(master, files, JUNE)
        master = after(master, plan)
        again = merging.plan(master, files, JUNE)
        assert again.changes == ()
        assert again.merged == plan.merged


def test_the_json_has_the_keys_of_the_contract() -> None:
    document = plan_json(judged(MASTER, "丹东", {(1, "丹东"): "1.50"}))
    lists = [
        "merged",
        "missing",
        "superseded",
        "rejected",
        "skipped",
        "changes",
        "words",
        "ticks",
        "findings",
    ]
    assert list(document) == lists
    assert list(document["merged"][0]) == ["file", "sha256", "unit", "period", "reason"]
    document = plan_json(judged(county(report(1, "丹东", 6, "10")), "丹东", {(1, "丹东"): "20.0"}))
    assert document["changes"] == [
        {
            "project": 1,
            "unit": "丹东",
            "month": 6,
            "measure": 1,
            "old": "10",
            "new": "20",
            "file": "丹东.xlsx",
        }
    ]


def test_the_json_lists_words_and_ticks_with_their_field() -> None:
    files = [
        sent(MASTER, "丹东", words={(1, "丹东"): "在做"}),
        sent(MASTER, HEALTH, ticks={(1, "1—3月份"): True}),
    ]
    document = plan_json(merging.plan(MASTER, files, JUNE))
    assert document["changes"] == []
    assert document["words"] == [
        {"project": 1, "unit": "丹东", "month": 6, "measure": 1, "field": "progress", "old": "", "new": "在做",
         "file": "丹东.xlsx"}
    ]  # fmt: skip
    assert document["ticks"] == [
        {"project": 1, "node": 1, "field": "done", "old": None, "new": True, "file": f"{HEALTH}.xlsx"}
    ]
