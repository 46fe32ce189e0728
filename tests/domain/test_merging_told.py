"""What a 汇总 says of a file, word for word where a word decides what somebody does next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.sent_files import JUNE, sent
from minsheng.domain import merging
from minsheng.domain.catalogue import submission as rules
from minsheng.domain.catalogue import submission_rows as rules_of_rows
from minsheng.domain.history import History, MergedFile
from minsheng.domain.master import Master
from minsheng.domain.period import Period
from minsheng.domain.project import Reporting
from minsheng.domain.report import ReportKey, RowKey, Words
from minsheng.domain.submission import Submission
from small_county import HEALTH, POLICE, county, report

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
    files[0] = replace(files[0], unit="丹东街道")
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


def since(number: int, **fields: Any) -> Master:
    """The master with a project otherwise than it was when the forms were made."""
    projects = tuple(
        replace(each, **fields) if each.number == number else each for each in MASTER.document.projects
    )
    return replace(MASTER, document=replace(MASTER.document, projects=projects))


def shifted(file: Submission, number: int, title: str) -> Submission:
    """The file with another 项目名称 in the rows of a project."""
    rows = tuple(
        row._replace(locked=row.locked._replace(title=title)) if row.key.project == number else row
        for row in file.rows
    )
    return replace(file, rows=rows)


CANCELLED, BY_LEAD = since(1, cancelled=True), since(1, reporting=Reporting.LEAD)
TITLES = [each.title for each in MASTER.document.projects]


@pytest.mark.parametrize(
    ("master", "title", "code", "says"),
    [
        (CANCELLED, TITLES[0], "S420", "第1项已取消，丹东这一行没有汇总"),
        (BY_LEAD, TITLES[0], "S421", f"第1项由{HEALTH}代报，丹东填的这一行没有汇总"),
        # The row was moved besides: that is what is wrong with it.
        (CANCELLED, TITLES[1], "S410", "序号是第1项，项目名称却是第2项的"),
        (BY_LEAD, TITLES[1], "S410", "序号是第1项，项目名称却是第2项的"),
        (BY_LEAD, "谁也不知道的项目", "S421", f"由{HEALTH}代报"),
        (since(1, allocations=MASTER.document.projects[0].allocations[1:]), TITLES[1], "S401", "丹东"),
    ],
)  # fmt: skip
def test_a_row_that_nobody_asks_for_any_more_says_why(
    master: Master, title: str, code: str, says: str
) -> None:
    file = shifted(sent(MASTER, "丹东", {(1, "丹东"): 80}), 1, title)
    plan = merging.plan(master, [file], JUNE)
    (finding,) = plan.findings
    assert finding.code == code
    assert says in finding.message
    assert (finding.project, finding.unit, finding.cell) == (1, "丹东", "G7")
    assert plan.changes == ()
    assert (
        merging.plan(master, [shifted(sent(MASTER, "丹东", {(2, "丹东"): 1}), 1, title)], JUNE).findings == ()
    )


def test_a_node_of_a_cancelled_project_is_nobodys_any_more() -> None:
    phrase = MASTER.document.projects[6].milestones[0].phrase
    police = since(7, cancelled=True)
    plan = merging.plan(police, [sent(MASTER, POLICE, {(5, POLICE): 9}, ticks={(7, phrase): True})], JUNE)
    (finding,) = plan.findings
    assert (finding.code, finding.project, finding.original) == ("S420", 7, phrase)
    assert f"第7项已取消，{POLICE}这一行" in finding.message
    assert [change.field for change in plan.changes] == ["value"]
    assert merging.plan(police, [sent(MASTER, POLICE, {(5, POLICE): 9})], JUNE).findings == ()


def test_what_stood_there_goes_with_the_refusal() -> None:
    file = sent(MASTER, "丹东", {(1, "丹东"): "1.50"})
    assert [finding.original for finding in merging.plan(MASTER, [file], JUNE).findings] == ["1.5"]
    rows = tuple(row._replace(locked=row.locked._replace(measured_in="户")) for row in file.rows[:1])
    (finding,) = merging.plan(MASTER, [replace(file, rows=rows)], JUNE).findings
    assert (finding.code, finding.original) == (rules_of_rows.MEASURE_DIFFERS.code, "户")


def test_an_earlier_file_that_comes_again_is_told_with_the_one_that_was_merged_last() -> None:
    file = sent(MASTER, "丹东", {(1, "丹东"): 80})
    first = MergedFile("一", file.sha256, "丹东", JUNE)
    others = [MergedFile(name, name, "丹东", JUNE) for name in ("二", "三")]
    assert "“三”" in told(file, history=History((first, *others)))[rules.RETURNED.code]
    assert told(file, history=History((*others, first))) == {}
    assert told(file, history=History(tuple(others))) == {}


def test_how_two_versions_differ() -> None:
    ticked = (1, MASTER.document.projects[0].milestones[0].phrase)

    def versions(*files: Submission) -> str:
        plan = merging.plan(
            MASTER, [replace(each, file=f"{name}.xlsx") for name, each in zip("ab", files, strict=True)], JUNE
        )
        assert {finding.code for finding in plan.findings} == {rules.TWO_VERSIONS.code}
        return plan.findings[0].message

    one = sent(MASTER, "丹东", {(1, "丹东"): 80, (2, "丹东"): "0.5"}, words={(1, "丹东"): "在做"})
    blank = replace(one, sha256="0", rows=(one.rows[0]._replace(value=None), *one.rows[1:]))
    assert "第1项丹东（80、空）" in versions(one, blank)
    assert "第2项" not in versions(one, blank)
    assert "文字说明" not in versions(one, blank)
    silent = replace(one, sha256="1", rows=(one.rows[0]._replace(words=Words()), *one.rows[1:]))
    assert "：文字说明" in versions(one, silent)
    refused = replace(one, sha256="2", rows=(one.rows[0]._replace(value=None, refused=True), *one.rows[1:]))
    assert "第1项丹东（80、读不准）" in versions(one, refused)
    assert "行数不同" in versions(one, replace(one, sha256="3", rows=one.rows[:2]))
    bureau, done = sent(MASTER, HEALTH), sent(MASTER, HEALTH, ticks={ticked: True})
    assert f"第1项“{ticked[1]}”节点（空、已完成）" in versions(bureau, done)
    many = sent(MASTER, POLICE, {(5, POLICE): 1}), sent(MASTER, POLICE, {(5, POLICE): 2})
    assert f"第5项{POLICE}（1、2）" in versions(*many)
    for count, rest in ((6, "；分不清"), (7, "，等7处；分不清")):
        rows = [
            one.rows[0]._replace(key=RowKey(number, "丹东"), value=Decimal(number))
            for number in range(1, count + 1)
        ]
        more = [row._replace(value=Decimal(9)) for row in rows]
        files = (replace(one, sha256=name, rows=tuple(each)) for name, each in (("4", rows), ("5", more)))
        assert f"第6项丹东（6、9）{rest}" in versions(*files)


@pytest.mark.parametrize(("unit", "whom"), [("丹东", "丹东"), (None, "填报单位")])
def test_a_file_from_elsewhere_goes_back_to_whom_it_names(unit: str | None, whom: str) -> None:
    file = replace(sent(MASTER, "丹东", {(1, "丹东"): 80}), unit=unit)
    for changes, says in (
        ({"master_id": "ffffffffffff"}, f"退回{whom}改用"),
        ({"period": Period(2023, 6)}, f"请{whom}用2024年的"),
    ):
        (finding,) = merging.plan(MASTER, [replace(file, **changes)], JUNE).findings  # type: ignore[arg-type]
        assert says in finding.advice


def test_the_number_that_stands_for_the_month_is_not_one_of_before() -> None:
    master = county(report(1, "丹东", 6, "100"))
    written = {(ReportKey(1, "丹东", 6), "value"): Decimal(100)}
    plan = merging.plan(master, [sent(master, "丹东", {(1, "丹东"): 90})], JUNE, History(written=written))
    assert ([change.new for change in plan.changes], plan.findings) == ([90], ())


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
