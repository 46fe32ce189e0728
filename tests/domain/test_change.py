"""A change and what takes it back; how the log spells it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.masters import masters
from domain.sent_files import JUNE, sent
from minsheng.domain import merging
from minsheng.domain.change import FIELDS, Change, NodeKey, Standing, Value, read_value, shown
from minsheng.domain.fields import FORM_FIELDS, NODE_FIELDS, WORDS, Field
from minsheng.domain.master import Master
from minsheng.domain.report import ReportKey, Words
from minsheng.domain.submission import Submission
from small_county import HEALTH, POLICE, WATER, county, report

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=40).map(
    str.strip
)
NUMBERS = st.decimals(0, 10**9, places=6).map(lambda number: Decimal(str(number)))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    **{field.name: TEXTS for field in FIELDS.values()},
    "value": st.none() | NUMBERS,
    "done": st.sampled_from([None, True, False]),
    "done_on": st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)),
}


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda field: field.name)
@given(data=st.data())
def test_what_the_log_spells_it_reads(field: Field, data: st.DataObject) -> None:
    value = data.draw(VALUES[field.name])
    assert read_value(field, shown(value)) == value


@pytest.mark.parametrize(
    ("field", "text"),
    [("value", "1e5"), ("value", "１２"), ("value", "NaN"), ("value", "-3"), ("value", "12台"), ("value", "1."),
     ("done", "做完了"), ("done", "TRUE"), ("done_on", "六月"), ("done_on", "2024-13-01")],
)  # fmt: skip
def test_what_it_did_not_spell_is_refused(field: str, text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_value(FIELDS[field], text)


def test_every_column_of_words_is_an_attribute_in_its_order() -> None:
    assert [field.name for field in fields(Words)] == [field.name for field in WORDS]
    names = [field.name for field in (*FORM_FIELDS, *NODE_FIELDS)]
    assert set(FIELDS) - {"file"} <= set(names), "what is merged has a column on the form"


@st.composite
def changes_of(draw: st.DrawFn, master: Master) -> list[Change]:
    """Changes of some of its places, standing and new, each place once."""
    standing = Standing(master)
    reports = st.builds(
        ReportKey,
        st.integers(1, 3),
        st.sampled_from(["甲镇", "乙乡", "丙"]),
        st.integers(1, 12),
        st.integers(1, 2),
    )
    if standing.reports:
        reports |= st.sampled_from(sorted(standing.reports))
    places: st.SearchStrategy[Any] = st.tuples(reports, st.sampled_from(["value", *(f.name for f in WORDS)]))
    if standing.nodes:
        ticks = st.sampled_from(["done", "done_on", "note"])
        places |= st.tuples(st.sampled_from(sorted(standing.nodes)), ticks)
    found = draw(st.lists(places, max_size=12, unique=True))
    return [Change(key, field, standing.value((key, field)), draw(VALUES[field])) for key, field in found]


def told(master: Master) -> tuple[object, ...]:
    """What a master says: the order of its reports apart, and those that say nothing."""
    reports = {r.key: r for r in master.reports if r.value is not None or r.words}
    return replace(master, reports=()), reports


@given(masters(), st.data())
def test_the_inverses_give_the_master_back(master: Master, data: st.DataObject) -> None:
    changes = data.draw(changes_of(master))
    changed = Standing(master).after(changes)
    assert all(Standing(changed).value(change.place) == change.new for change in changes)
    assert told(Standing(changed).after(change.inverse() for change in changes)) == told(master)
    one_by_one = master
    for change in changes:
        one_by_one = change.apply(one_by_one)
    assert told(one_by_one) == told(changed)
    for change in changes:
        one_by_one = change.inverse().apply(one_by_one)
    assert told(one_by_one) == told(master)


ROWS = [(1, "丹东"), (1, "石浦"), (2, "丹东"), (2, "丹东、石浦"), (3, HEALTH), (5, POLICE), (6, WATER)]
SENT = st.tuples(
    st.dictionaries(st.sampled_from(ROWS), st.integers(2, 90)),
    st.dictionaries(st.sampled_from(ROWS), st.sampled_from(["在做", "做好了", "缺地"])),
    st.sampled_from([None, True, False]),
)


def files(master: Master, told: Any, name: str) -> list[Submission]:
    values, words, tick = told
    return [
        sent(master, unit, values, words=words, ticks={(1, "1—3月份"): tick}, file=f"{name}/{unit}.xlsx")
        for unit in ("丹东", "石浦", HEALTH, POLICE, WATER)
    ]


@given(SENT, SENT)
def test_a_plan_is_taken_back_exactly_with_the_files_that_words_came_from(first: Any, second: Any) -> None:
    before = county()
    for name, told_ in (("一", first), ("二", second)):
        plan = merging.plan(before, files(before, told_, name), JUNE)
        after = Standing(before).after(plan.changes)
        inverses = [change.inverse() for change in plan.changes]
        assert Standing(after).after(inverses) == before
        assert told(Standing(after).after(reversed(inverses))) == told(before), "in any order"
        before = after


def test_words_say_which_file_they_came_from_and_a_number_alone_does_not() -> None:
    key = ReportKey(1, "丹东", 6)
    number = Change(key, "value", None, Decimal(7), "甲.xlsx").apply(county())
    assert [(r.value, r.file) for r in number.reports] == [(7, "")]
    words = Change(key, "need", "", "请协调用地", "乙.xlsx").apply(number)
    assert [(r.words.need, r.file) for r in words.reports] == [("请协调用地", "乙.xlsx")]


def test_a_report_that_says_nothing_any_more_is_none() -> None:
    master = county(report(1, "丹东", 6, "7"))
    assert Change(ReportKey(1, "丹东", 6), "value", Decimal(7), None).apply(master).reports == ()


def test_a_node_that_is_not_there_is_no_place() -> None:
    with pytest.raises(KeyError):
        Change(NodeKey(1, 9), "done", None, True).apply(county())


@pytest.mark.parametrize(
    ("key", "field", "old", "new", "line"),
    [
        (ReportKey(2, "丹东", 6), "value", None, Decimal("0.70"), "第2项丹东6月：空白→0.7"),
        (ReportKey(5, POLICE, 6, 2), "value", Decimal(60), Decimal(0), f"第5项{POLICE}6月（第2个指标）：60→0"),
        (ReportKey(1, "丹东", 6), "need", "", "请协调\n用地", "第1项丹东6月需协调事项：空白→请协调 用地"),
        (NodeKey(4, 2), "done", None, False, "第4项第2个节点完成情况：空白→未完成"),
        (NodeKey(4, 2), "done_on", date(2024, 6, 1), None, "第4项第2个节点完成日期：2024-06-01→空白"),
    ],
)  # fmt: skip
def test_a_change_in_a_clerks_words(key: Any, field: str, old: Value, new: Value, line: str) -> None:
    assert str(Change(key, field, old, new)) == line
