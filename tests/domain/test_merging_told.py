"""What a 汇总 says of a file, word for word where a word decides what somebody does next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from domain.sent_files import JUNE, sent
from minsheng.domain import merging
from minsheng.domain.catalogue import submission as rules
from minsheng.domain.catalogue import submission_rows as rules_of_rows
from minsheng.domain.history import History, MergedFile
from minsheng.domain.period import Period
from minsheng.domain.report import ReportKey
from minsheng.domain.submission import Submission
from small_county import county, report

MASTER = county()
MAY = Period(2024, 5)
NOON = datetime(2024, 7, 1, 12, tzinfo=UTC)


def told(*files: Submission, history: History | None = None, now: datetime | None = None) -> dict[str, str]:
    """Code → sentence."""
    found = merging.plan(MASTER, files, JUNE, history, now)
    return {finding.code: finding.message for finding in found.findings}


def test_a_file_of_another_month_says_which_and_which_is_asked_for() -> None:
    plan = merging.plan(MASTER, [sent(MASTER, "丹东", {(1, "丹东"): 80}, period=MAY)], JUNE)
    assert [finding.month for finding in plan.findings] == [5]
    assert "丹东2024年05月的填报表，本次汇总的是2024年06月" in plan.findings[0].message


def test_a_header_that_was_changed_is_told_with_what_it_said_and_what_it_says() -> None:
    file = sent(MASTER, "丹东", {(1, "丹东"): 80})
    for changes, says in (
        ({"printed_unit": "石浦", "printed_period": None}, "表头却写着石浦2024年06月"),
        ({"printed_unit": None, "printed_period": MAY}, "表头却写着丹东2024年05月"),
    ):
        message = told(replace(file, **changes))[rules.HEADER_DIFFERS.code]  # type: ignore[arg-type]
        assert "原来是发给丹东2024年06月的填报表" in message
        assert says in message


def test_what_the_reader_said_of_a_file_is_told_with_its_unit_and_month() -> None:
    """Its own unit where it knows one: of a joint unit's row."""
    read = (
        rules.BLANK_FORM.finding(file="丹东.xlsx", unit=None),
        rules.BLANK_FORM.finding(file="丹东.xlsx", unit="丹东、石浦", month=1),
    )
    plan = merging.plan(MASTER, [sent(MASTER, "丹东", {(1, "丹东"): 80}, findings=read)], JUNE)
    assert [(f.unit, f.month) for f in plan.findings if f.code == rules.BLANK_FORM.code] == [
        ("丹东", 6),
        ("丹东、石浦", 6),
    ]


def test_a_blank_form_is_told_of_its_month() -> None:
    plan = merging.plan(MASTER, [sent(MASTER, "丹东")], JUNE)
    assert [(f.code, f.unit, f.month) for f in plan.findings] == [(rules.BLANK_FORM.code, "丹东", 6)]


def test_a_day_that_is_yet_to_come_is_one_that_no_clock_can_show() -> None:
    """Clocks differ by a day: what says a day more than that is not believed, the rest is."""
    now = NOON
    last = now + timedelta(days=1)
    for sent_on, saved_at, doubted in (
        (last.date(), last, ""),
        (last.date() + timedelta(days=1), last, "报送日期2024-07-03"),
        (last.date(), last + timedelta(seconds=1), "保存时间2024-07-02"),
        (date(2024, 8, 1), datetime(2024, 8, 2, tzinfo=UTC), "报送日期2024-08-01、保存时间2024-08-02"),
    ):
        file = sent(MASTER, "丹东", {(1, "丹东"): 80}, sent_on=sent_on, saved_at=saved_at)
        plan = merging.plan(MASTER, [file], JUNE, None, now)
        (entry,) = plan.merged
        if not doubted:
            assert plan.findings == ()
            assert (entry.sent_on, entry.saved_at) == (sent_on, saved_at)
            continue
        (finding,) = plan.findings
        assert doubted in finding.message
        assert finding.month == 6
        assert (entry.sent_on, entry.saved_at) == (
            None if "报送" in doubted else sent_on,
            None if "保存" in doubted else saved_at,
        )


def test_the_latest_of_the_files_that_were_merged_is_the_one_that_is_told() -> None:
    def before(name: str, hour: int) -> MergedFile:
        return MergedFile(name, name * 8, "丹东", JUNE, None, NOON + timedelta(hours=hour))

    old = sent(MASTER, "丹东", {(1, "丹东"): 80}, saved_at=NOON - timedelta(days=1))
    for files in ((before("一", 1), before("二", 2)), (before("二", 2), before("一", 1))):
        message = told(old, history=History(files))[rules.OLDER_THAN_MERGED.code]
        assert "以前汇总过的“二”" in message
    # Two that say the same time: the one that was merged last.
    twice = (before("一", 1), before("二", 1), before("三", 1))
    assert "“三”" in told(old, history=History(twice))[rules.OLDER_THAN_MERGED.code]


def test_an_older_file_stops_none_of_those_after_it() -> None:
    later = MergedFile("新.xlsx", "a" * 64, "丹东", JUNE, None, NOON)
    files = [
        sent(MASTER, "丹东", {(1, "丹东"): 80}, saved_at=NOON - timedelta(days=1)),
        sent(MASTER, "石浦", {(1, "石浦"): 90}, saved_at=NOON),
    ]
    plan = merging.plan(MASTER, files, JUNE, History((later,)))
    assert [entry.unit for entry in plan.superseded] == ["丹东"]
    assert [(change.key, change.new) for change in plan.numbers] == [
        (ReportKey(1, "石浦", 6, 1), Decimal(90))
    ]


def test_a_row_is_its_units_under_an_alias_too() -> None:
    file = sent(MASTER, "丹东", {(1, "丹东"): 80})
    rows = tuple(
        row._replace(key=row.key._replace(unit="丹东街道")) if row.key.unit == "丹东" else row
        for row in file.rows
    )
    plan = merging.plan(MASTER, [replace(file, rows=rows)], JUNE)
    assert [(change.key.unit, change.new) for change in plan.numbers] == [("丹东", Decimal(80))]  # type: ignore[union-attr]
    assert plan.findings == ()


def test_the_changes_are_listed_under_what_they_are_to_a_clerk() -> None:
    plan = merging.plan(MASTER, [sent(MASTER, "丹东", {(1, "丹东"): 80})], JUNE)
    assert [(title, len(changes)) for title, changes in plan.listed()] == [
        ("改动手工填的", 0),
        ("改动以前汇总的", 0),
        ("新填入的", 1),
    ]


def test_a_number_is_told_with_what_it_is_held_against() -> None:
    months = {2: "60", 3: "70", 4: "80", 8: "100"}
    master = county(*(report(1, "丹东", month, value) for month, value in months.items()))
    for value, code, says in (
        (79, rules_of_rows.FELL, "本月累计79，比4月的80少"),
        (101, rules_of_rows.MORE_THAN_LATER, "本月累计101，比8月已有的100还多"),
        (401, rules_of_rows.OVER_TARGET, "本月累计401，超过全年任务400"),
    ):
        plan = merging.plan(master, [sent(master, "丹东", {(1, "丹东"): value})], JUNE)
        finding = next(finding for finding in plan.findings if finding.code == code.code)
        assert says in finding.message
        assert (finding.project, finding.unit, finding.month, finding.measure) == (1, "丹东", 6, 1)
        assert (finding.file, finding.sheet, finding.cell) == ("丹东.xlsx", "填报", "G7")


def test_what_was_typed_by_hand_is_told_with_both_numbers() -> None:
    master = county(report(1, "丹东", 6, "100", progress="电话报的"))
    file = sent(master, "丹东", {(1, "丹东"): 120}, words={(1, "丹东"): "在做"})
    plan = merging.plan(master, [file], JUNE, History())
    said = [finding.message for finding in plan.findings]
    assert "第1项丹东6月的100是在总表里手工填的，这次按“丹东.xlsx”改为120。" in said
    assert "第1项丹东的进展说明“电话报的”是在总表里手工填的，这次按“丹东.xlsx”改为“在做”。" in said
    blank = merging.plan(master, [sent(master, "丹东", {(2, "丹东"): 1})], JUNE, History())
    assert any("总表里已有的100保留不动" in finding.message for finding in blank.findings)
