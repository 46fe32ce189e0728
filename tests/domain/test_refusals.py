"""What counts as refused, and that no unit is left without a word on what to do."""

from __future__ import annotations

import re

import pytest

from domain.sent_files import JUNE, sent
from minsheng.domain.catalogue import submission, submission_rows
from minsheng.domain.catalogue.refusals import TO_SENDER
from minsheng.domain.finding import Rule
from minsheng.domain.merging import plan
from minsheng.domain.period import Period
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
