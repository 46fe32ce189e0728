"""Which files count for a 汇总: the right year, month, unit and master, by what the file says of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.sent_files import JUNE, sent
from minsheng.domain import merging
from minsheng.domain.finding import Severity
from minsheng.domain.history import History, MadeForm, MergedFile
from minsheng.domain.period import Period
from minsheng.domain.project import ReportingUnit, UnitKind
from small_county import HEALTH, POLICE, WATER, county, shares

MASTER = county()
FULL = {"丹东": {(1, "丹东"): 100}, "石浦": {(1, "石浦"): 200}}
MAY = Period(2024, 5)


def codes(plan: merging.MergePlan) -> list[str]:
    return [finding.code for finding in plan.findings]


def test_a_file_of_this_master_and_month_is_merged() -> None:
    plan = merging.plan(MASTER, [sent(MASTER, "丹东", FULL["丹东"])], JUNE)
    assert [(entry.file, entry.unit, entry.period) for entry in plan.merged] == [("丹东.xlsx", "丹东", JUNE)]
    assert [(*c.place, c.old, c.new) for c in plan.changes] == [((1, "丹东", 6, 1), "value", None, 100)]
    assert codes(plan) == []


def test_missing_are_the_units_without_a_file_in_the_order_of_the_document() -> None:
    plan = merging.plan(MASTER, [sent(MASTER, "石浦"), sent(MASTER, POLICE)], JUNE)
    assert plan.missing == ("丹东", HEALTH, WATER)


def test_a_joint_unit_is_missing_under_its_first_member_alone() -> None:
    assert "丹东、石浦" not in merging.plan(MASTER, [], JUNE).missing


def test_a_unit_whose_file_was_merged_before_is_not_missing() -> None:
    files = (MergedFile("旧.xlsx", "0" * 64, "丹东", JUNE), MergedFile("旧.xlsx", "1" * 64, "石浦", MAY))
    assert merging.plan(MASTER, [], JUNE, History(files)).missing == ("石浦", HEALTH, POLICE, WATER)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"master_id": "ffffffffffff"}, "S201"),
        ({"unit": None}, "S202"),
        ({"period": None}, "S202"),
        ({"unit": "西周"}, "S203"),
        ({"unit": "丹东、石浦", "printed_unit": None}, "S203"),
        ({"period": Period(2023, 6)}, "S204"),
        ({"period": Period(2023, 6), "master_id": "ffffffffffff"}, "S204"),
        ({"printed_unit": "石浦"}, "S210"),
        ({"printed_period": MAY}, "S210"),
    ],
    ids=["other master", "no unit", "no month", "unknown unit", "joint unit", "other year", "last year's master",
         "unit reprinted", "month reprinted"],
)  # fmt: skip
def test_a_file_that_does_not_belong_here_is_rejected_with_the_reason(
    changes: dict[str, object], code: str
) -> None:
    file = replace(sent(MASTER, "丹东", FULL["丹东"]), **changes)  # type: ignore[arg-type]
    asked = History(made=(MadeForm("丹东_2024年06月_填报表.xlsx", "", "丹东", JUNE),))
    plan = merging.plan(MASTER, [file], JUNE, asked)
    assert plan.merged == plan.changes == ()
    (entry,) = plan.rejected
    (finding,) = plan.findings
    assert finding.code == code
    assert finding.severity is Severity.ERROR
    assert entry.reason == finding.message
    assert entry.file == finding.file == "丹东.xlsx"
    assert "丹东" in plan.missing


@pytest.mark.parametrize("name", ["丹东街道", "丹东街道办事处", " 丹 东 ", "丹东"])
def test_a_unit_goes_by_any_of_its_names(name: str) -> None:
    file = replace(sent(MASTER, "丹东", FULL["丹东"]), unit=name, printed_unit=name)
    assert [entry.unit for entry in merging.plan(MASTER, [file], JUNE).merged] == ["丹东"]
    other = replace(file, file="另一份.xlsx", sha256="0" * 64)
    (superseded,) = merging.plan(MASTER, [file, other], JUNE).superseded
    assert superseded.unit == "丹东"


def test_a_unit_that_is_an_office_goes_by_its_whole_name() -> None:
    office = ReportingUnit("海岛办事处", UnitKind.TOWNSHIP)
    first = replace(MASTER.document.projects[0], allocations=shares(海岛办事处="1000"))
    master = replace(MASTER, document=replace(MASTER.document, units=(office,), projects=(first,)))
    file = sent(master, "海岛办事处", {(1, "海岛办事处"): 7})
    spelled = replace(file, unit="海岛（办事处）", printed_unit=None)
    assert [entry.unit for entry in merging.plan(master, [spelled], JUNE).merged] == ["海岛办事处"]


class TestUnitsThatDifferInPunctuation:
    """甲-乙 and 甲乙 are two units: each goes by its own name as it is written, and by no other way of writing it."""

    UNITS = (ReportingUnit("甲-乙", UnitKind.TOWNSHIP), ReportingUnit("甲乙", UnitKind.TOWNSHIP, ("甲乙镇",)))
    COUNTY = replace(
        MASTER,
        document=replace(
            MASTER.document,
            units=UNITS,
            projects=(
                replace(MASTER.document.projects[0], allocations=shares(**{"甲-乙": "400", "甲乙": "600"})),
            ),
        ),
    )

    @pytest.mark.parametrize("name", ["甲-乙", "甲乙"])
    def test_each_ones_numbers_go_into_its_own_row(self, name: str) -> None:
        plan = merging.plan(self.COUNTY, [sent(self.COUNTY, name, {(1, name): 7})], JUNE)
        assert [change.key.unit for change in plan.numbers] == [name]  # type: ignore[union-attr]
        assert codes(plan) == []

    @pytest.mark.parametrize(
        ("name", "unit"), [("甲乙镇", "甲乙"), (" 甲-乙 ", "甲-乙"), ("甲 乙", None), ("甲—乙", None)]
    )
    def test_a_name_that_could_be_either_is_asked_about(self, name: str, unit: str | None) -> None:
        file = sent(self.COUNTY, "甲乙", {(1, "甲乙"): 7})
        plan = merging.plan(self.COUNTY, [replace(file, unit=name, printed_unit=name)], JUNE)
        assert [entry.unit for entry in plan.merged] == ([unit] if unit else [])
        assert codes(plan) == (["S401"] if unit == "甲-乙" else [] if unit else ["S203"])


def test_a_file_without_a_seal_is_taken_by_its_words_and_that_is_said() -> None:
    file = replace(sent(MASTER, "丹东", FULL["丹东"]), sealed=False, master_id=None)
    plan = merging.plan(MASTER, [file], JUNE)
    assert len(plan.merged) == 1
    assert codes(plan) == ["S206"]


class TestAnotherMonth:
    FILE = sent(MASTER, "丹东", FULL["丹东"], period=MAY)

    def test_it_is_skipped_and_warned_of_where_it_was_never_merged(self) -> None:
        plan = merging.plan(MASTER, [self.FILE], JUNE)
        assert [entry.file for entry in plan.skipped] == ["丹东.xlsx"]
        assert [(finding.code, finding.severity) for finding in plan.findings] == [("S205", Severity.WARNING)]
        assert plan.changes == plan.rejected == ()

    def test_it_is_no_warning_where_that_month_has_it(self) -> None:
        history = History((MergedFile("别名.xlsx", self.FILE.sha256, "丹东", MAY),))
        plan = merging.plan(MASTER, [self.FILE], JUNE, history)
        assert [finding.severity for finding in plan.findings] == [Severity.INFO]

    def test_another_version_of_it_is_still_a_warning(self) -> None:
        history = History((MergedFile("丹东.xlsx", "0" * 64, "丹东", MAY),))
        plan = merging.plan(MASTER, [self.FILE], JUNE, history)
        assert [finding.severity for finding in plan.findings] == [Severity.WARNING]


def test_a_form_in_which_nothing_is_filled_in_is_taken_and_told() -> None:
    plan = merging.plan(MASTER, [sent(MASTER, "丹东")], JUNE)
    assert len(plan.merged) == 1
    assert codes(plan) == ["S215"]
    assert plan.changes == ()


def test_a_file_merged_before_a_newer_one_is_taken_and_told() -> None:
    file = sent(MASTER, "丹东", FULL["丹东"])
    files = (
        MergedFile("一.xlsx", file.sha256, "丹东", JUNE),
        MergedFile("二.xlsx", "2" * 64, "丹东", JUNE),
    )
    assert codes(merging.plan(MASTER, [file], JUNE, History(files))) == ["S217"]
    assert codes(merging.plan(MASTER, [file], JUNE, History(files[:1]))) == []
