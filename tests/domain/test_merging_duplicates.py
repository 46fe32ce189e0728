"""The same unit twice: identical is one, the later by what the file itself says counts, a tie is the clerk's to decide."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.sent_files import JUNE, sent
from minsheng.domain import merging
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
            [(c.project, c.unit, c.new) for c in plan.changes], sorted(e.sha256 for e in plan.merged),
            len(plan.superseded), len(plan.rejected), sorted(f.code for f in plan.findings), plan.missing,
        )  # fmt: skip

    renamed = names.copy()
    naming.shuffle(renamed)
    assert result(names, False) == result(names, True) == result(renamed, True)
