"""The same unit twice: identical is one, the later by what the file itself says counts, a tie is the clerk's to decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.sent_files import JUNE, sent
from minsheng.domain import merging
from minsheng.domain.history import History, MadeForm, MergedFile
from minsheng.domain.period import Period
from small_county import county

MASTER = county()
MORNING, NOON = datetime(2024, 6, 28, 8, tzinfo=UTC), datetime(2024, 6, 28, 12, tzinfo=UTC)


def version(number: int, file: str, **when: object) -> object:
    return sent(MASTER, "丹东", {(1, "丹东"): number}, file=file, **when)  # type: ignore[arg-type]


def outcome(*files: object) -> tuple[list[str], list[str], list[str], list[object]]:
    plan = merging.plan(MASTER, files, JUNE)  # type: ignore[arg-type]
    return (
        [entry.file for entry in plan.merged], [entry.file for entry in plan.superseded],
        [entry.file for entry in plan.rejected], [change.new for change in plan.changes],
    )  # fmt: skip


def test_identical_files_are_one_and_the_copy_is_named() -> None:
    merged, superseded, rejected, numbers = outcome(version(100, "a.xlsx"), version(100, "b.xlsx"))
    assert (merged, superseded, rejected, numbers) == (["a.xlsx"], ["b.xlsx"], [], [100])


def test_saved_again_with_the_same_numbers_is_one_too() -> None:
    _, superseded, rejected, numbers = outcome(
        version(100, "a.xlsx", saved_at=MORNING), version(100, "b.xlsx", saved_at=NOON)
    )
    assert (len(superseded), rejected, numbers) == (1, [], [100])


def test_the_one_saved_later_counts_and_the_other_is_kept_and_named() -> None:
    plan = merging.plan(
        MASTER,
        [version(100, "a.xlsx", saved_at=NOON), version(90, "b.xlsx", saved_at=MORNING)],
        JUNE,  # type: ignore[list-item]
    )
    assert [entry.file for entry in plan.merged] == ["a.xlsx"]
    assert [(entry.file, entry.reason) for entry in plan.superseded] == [("b.xlsx", "被较晚的“a.xlsx”取代。")]
    (finding,) = plan.findings
    assert finding.code == "S208"
    assert "第1项丹东（100、90）" in finding.message


def test_the_day_of_sending_goes_before_the_time_of_saving() -> None:
    merged, *_ = outcome(
        version(100, "a.xlsx", sent_on=date(2024, 6, 28), saved_at=MORNING),
        version(90, "b.xlsx", sent_on=date(2024, 6, 27), saved_at=NOON),
    )
    assert merged == ["a.xlsx"]


def test_a_day_that_only_one_of_them_gives_decides_nothing() -> None:
    merged, *_ = outcome(
        version(100, "a.xlsx", saved_at=NOON),
        version(90, "b.xlsx", sent_on=date(2024, 6, 30), saved_at=MORNING),
    )
    assert merged == ["a.xlsx"]


def test_at_equal_times_neither_counts_until_the_clerk_decides() -> None:
    plan = merging.plan(
        MASTER,
        [version(100, "a.xlsx", saved_at=NOON), version(90, "b.xlsx", saved_at=NOON)],
        JUNE,  # type: ignore[list-item]
        History(made=(MadeForm("丹东_2024年06月_填报表.xlsx", "", "丹东", JUNE),)),
    )
    assert plan.merged == plan.changes == plan.superseded == ()
    assert [entry.file for entry in plan.rejected] == ["a.xlsx", "b.xlsx"]
    assert [finding.code for finding in plan.findings] == ["S207", "S207"]
    assert all(
        "a.xlsx、b.xlsx" in finding.message and "100、90" in finding.message for finding in plan.findings
    )
    assert "丹东" in plan.missing


def test_a_version_without_a_time_cannot_be_beaten() -> None:
    merged, superseded, rejected, _ = outcome(version(100, "a.xlsx", saved_at=NOON), version(90, "b.xlsx"))
    assert (merged, superseded, rejected) == ([], [], ["a.xlsx", "b.xlsx"])


def test_the_copy_of_an_older_version_does_not_make_it_newer_than_the_newest() -> None:
    merged, superseded, rejected, numbers = outcome(
        version(90, "a.xlsx", saved_at=MORNING),
        version(100, "b.xlsx", saved_at=NOON),
        version(90, "c.xlsx", saved_at=MORNING),
    )
    assert (merged, sorted(superseded), rejected, numbers) == (["b.xlsx"], ["a.xlsx", "c.xlsx"], [], [100])


class TestAcrossInboxes:
    """A file merged before is a version like those in the inbox: the later one counts, wherever it lay."""

    def merged_before(self, **when: object) -> History:
        return History((MergedFile("收件夹一/丹东.xlsx", "0" * 64, "丹东", JUNE, **when),))  # type: ignore[arg-type]

    def outcome(self, history: History, **when: object) -> tuple[list[str], list[str], list[str]]:
        files = [version(100, "丹东.xlsx", **when)]
        plan = merging.plan(MASTER, files, JUNE, history)  # type: ignore[arg-type]
        return (
            [str(change.new) for change in plan.changes],
            [entry.file for entry in plan.superseded],
            [finding.code for finding in plan.findings],
        )

    @pytest.mark.parametrize(
        ("before", "now"),
        [
            ({"saved_at": NOON}, {"saved_at": MORNING}),
            (
                {"sent_on": date(2024, 6, 28), "saved_at": MORNING},
                {"sent_on": date(2024, 6, 27), "saved_at": NOON},
            ),
        ],
        ids=["saved", "sent"],
    )
    def test_an_older_one_replaces_nothing_and_is_told(self, before: Any, now: Any) -> None:
        assert self.outcome(self.merged_before(**before), **now) == ([], ["丹东.xlsx"], ["S218"])

    @pytest.mark.parametrize(
        ("before", "now"),
        [
            ({"saved_at": MORNING}, {"saved_at": NOON}),
            ({"saved_at": NOON}, {"saved_at": NOON}),
            ({}, {"saved_at": MORNING}),
            ({"saved_at": NOON}, {}),
        ],
        ids=["later", "as old", "not known of the one before", "not known of this one"],
    )
    def test_any_other_is_what_the_clerk_wants_merged(self, before: Any, now: Any) -> None:
        assert self.outcome(self.merged_before(**before), **now) == (["100"], [], [])

    def test_an_older_one_that_changes_nothing_is_only_known(self) -> None:
        before = sent(MASTER, "丹东", {}, saved_at=MORNING)
        plan = merging.plan(MASTER, [before], JUNE, self.merged_before(saved_at=NOON))
        assert [entry.file for entry in plan.merged] == ["丹东.xlsx"]
        assert plan.superseded == ()

    def test_another_units_or_months_file_says_nothing_of_this_one(self) -> None:
        other = replace(self.merged_before(saved_at=NOON).files[0], unit="石浦")
        may = replace(self.merged_before(saved_at=NOON).files[0], period=Period(2024, 5))
        assert self.outcome(History((other, may)), saved_at=MORNING) == (["100"], [], [])


class TestDatesInTheFuture:
    """They would win for ever: they are questioned and decide nothing."""

    NOW = datetime(2024, 7, 1, 9, tzinfo=timezone(timedelta(hours=8)))

    def plan(self, *files: object) -> merging.MergePlan:
        return merging.plan(MASTER, files, JUNE, None, self.NOW)  # type: ignore[arg-type]

    def test_a_file_saved_in_2099_does_not_beat_the_genuine_one(self) -> None:
        plan = self.plan(
            version(100, "a.xlsx", saved_at=NOON),
            version(0, "b.xlsx", saved_at=datetime(2099, 1, 1, tzinfo=UTC)),
        )
        assert plan.merged == plan.changes == ()
        assert [finding.code for finding in plan.findings] == ["S207", "S207"]

    @pytest.mark.parametrize(
        ("when", "told"),
        [({"saved_at": datetime(2099, 1, 1, tzinfo=UTC)}, "保存时间2099-01-01"), ({"sent_on": date(2025, 6, 28)}, "报送日期2025-06-28")],
    )  # fmt: skip
    def test_alone_it_is_merged_and_questioned_and_its_time_is_not_kept(self, when: Any, told: str) -> None:
        plan = self.plan(version(100, "a.xlsx", **when))
        assert [(finding.code, told in finding.message) for finding in plan.findings] == [("S219", True)]
        assert [(file.sent_on, file.saved_at) for file in plan.merged] == [(None, None)]
        assert len(plan.changes) == 1

    @pytest.mark.parametrize(
        "when", [{"sent_on": date(2024, 7, 1)}, {"saved_at": datetime(2024, 7, 1, 20, tzinfo=UTC)}]
    )
    def test_clocks_may_differ_by_a_day(self, when: Any) -> None:
        assert self.plan(version(100, "a.xlsx", **when)).findings == ()


TIMES = st.sampled_from([None, MORNING, NOON])
DAYS = st.sampled_from([None, date(2024, 6, 27), date(2024, 6, 28)])
VERSIONS = st.lists(st.tuples(st.integers(1, 3), TIMES, DAYS), min_size=1, max_size=5)


@given(VERSIONS, st.randoms(use_true_random=False), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_neither_order_nor_names_of_files_matter(
    versions: list[tuple[int, object, object]], order, naming
) -> None:  # type: ignore[no-untyped-def]
    """The same numbers are merged, and as many files accepted, however the files are named and listed."""
    names = [f"{letter}.xlsx" for letter in "abcde"]

    def result(names: list[str], shuffled: bool) -> object:
        files = [
            version(number, name, saved_at=time, sent_on=day)
            for name, (number, time, day) in zip(names, versions, strict=False)
        ]
        if shuffled:
            order.shuffle(files)
        plan = merging.plan(MASTER, files, JUNE)  # type: ignore[arg-type]
        return (
            [(c.key, c.new) for c in plan.changes], sorted(e.sha256 for e in plan.merged),
            len(plan.superseded), len(plan.rejected), sorted(f.code for f in plan.findings), plan.missing,
        )  # fmt: skip

    renamed = names.copy()
    naming.shuffle(renamed)
    assert result(names, False) == result(names, True) == result(renamed, True)
