"""What counts as refused, and that no unit is left without a word on what to do."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from domain.sent_files import JUNE, sent
from minsheng.domain.catalogue import submission, submission_rows
from minsheng.domain.catalogue.refusals import TO_SENDER
from minsheng.domain.finding import Finding, Rule, Severity
from minsheng.domain.merging import plan
from minsheng.domain.period import Period
from minsheng.domain.refusal import Refusal
from minsheng.domain.report import ReportKey
from small_county import county

RULES = [
    rule for room in (submission, submission_rows) for rule in vars(room).values() if isinstance(rule, Rule)
]
#: Sentences by which something that was sent is left out of the master.
LEFT_OUT = re.compile("没有汇总|没有读入|按没有填处理")
#: Rows of a form that was out when the project was cancelled.
NOBODYS_FAULT = (submission_rows.OF_CANCELLED,)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_whatever_is_left_out_is_a_refusal_and_nothing_else_is(rule: Rule) -> None:
    is_left_out = LEFT_OUT.search(rule.message) and rule not in NOBODYS_FAULT
    assert (rule.code in TO_SENDER) == bool(is_left_out)


@pytest.mark.parametrize("words", TO_SENDER.values())
def test_the_unit_itself_is_spoken_to(words: str) -> None:
    assert not re.search("填报单位请|请填报单位|请与|总表|{", words)
    assert words.endswith("。")


CELL = Finding(
    "S301", Severity.ERROR, "读不准", "请改", 1, "丹东", 3, measure=2, file="甲.xlsx", sheet="填报", cell="G7",
    original="约\n  30",
)  # fmt: skip
OF_CELL = Refusal("S301", "甲.xlsx", "a", "读不准", "丹东", 6, 1, 2, "填报", "G7", "约 30")
OF_FILE = Refusal("S301", "甲.xlsx", "a", "读不准", "石浦", 6)


def test_what_a_finding_says_of_a_cell_or_of_a_file() -> None:
    assert Refusal.of(CELL, "a", "石浦", 6) == OF_CELL
    file = Finding("S301", Severity.ERROR, "读不准", "请改", unit="丹东", file="甲.xlsx")
    assert Refusal.of(file, "a", "石浦", 6) == OF_FILE
    assert Refusal.of(replace(file, file=None), "a", None, None) == Refusal("S301", "", "a", "读不准")
    assert [Refusal.of(replace(CELL, original="长" * n), "a", None, 6).text for n in (100, 101)] == [
        "长" * 100,
        "长" * 99 + "…",
    ]


def test_the_number_that_a_refused_one_would_have_been() -> None:
    assert OF_CELL.key == ReportKey(1, "丹东", 6, 2)
    assert replace(OF_CELL, measure=None).key == ReportKey(1, "丹东", 6, 1)
    for none in (
        OF_FILE,
        replace(OF_FILE, project=1),
        replace(OF_CELL, project=None),
        replace(OF_CELL, month=None),
    ):
        assert none.key is None


def test_the_same_file_under_another_name_is_refused_once_unless_its_name_alone_says_whose_it_is() -> None:
    assert replace(OF_CELL, file="乙.xlsx", text="30", month=5).same == OF_CELL.same
    for other in (
        {"sha256": "b"},
        {"unit": "石浦"},
        {"code": "S302"},
        {"sheet": "节点"},
        {"cell": "G8"},
        {"project": 2},
        {"measure": 1},
    ):
        assert replace(OF_CELL, **other).same != OF_CELL.same  # type: ignore[arg-type]
    nobodys = replace(OF_FILE, unit="")
    assert replace(nobodys, file=" 甲.xlsx").same == nobodys.same != replace(nobodys, file="乙.xlsx").same


class TestWhoseRefusalItIs:
    def test_a_row_is_its_units_and_of_the_files_month(self) -> None:
        master = county()
        file = sent(master, "丹东", {(1, "丹东"): "1.5", (2, "丹东、石浦"): "0.1"})
        (refusal,) = plan(master, [file], JUNE).refusals
        assert (refusal.code, refusal.unit, refusal.month, refusal.project) == ("S405", "丹东", 6, 1)
        assert (refusal.file, refusal.sha256, refusal.text) == ("丹东.xlsx", file.sha256, "1.5")

    def test_a_whole_file_is_the_senders(self) -> None:
        master = county()
        (refusal,) = plan(master, [sent(master, "丹东", master_id="别的")], JUNE).refusals
        assert (refusal.code, refusal.unit, refusal.month, refusal.cell) == ("S201", "丹东", 6, "")

    def test_a_file_of_last_year_is_of_no_month_of_this_one(self) -> None:
        master = county()
        (refusal,) = plan(master, [sent(master, "丹东", period=Period(2023, 6))], JUNE).refusals
        assert (refusal.code, refusal.unit, refusal.month) == ("S204", "丹东", None)

    def test_a_header_that_names_another_unit_leaves_the_sender_open(self) -> None:
        master = county()
        (other,) = plan(master, [sent(master, "丹东", printed_unit="石浦")], JUNE).refusals
        assert (other.code, other.unit, other.month) == ("S210", "", None)
        (month,) = plan(master, [sent(master, "丹东", printed_period=Period(2024, 5))], JUNE).refusals
        assert (month.code, month.unit, month.month) == ("S210", "丹东", None)

    def test_a_file_of_another_month_is_skipped_and_not_refused(self) -> None:
        master = county()
        assert plan(master, [sent(master, "丹东", period=Period(2024, 5))], JUNE).refusals == ()
