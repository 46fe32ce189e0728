"""What a clerk does to an open master that leaves something unread, or no place to write to: the jobs whose results depend
on it refuse with its name and change nothing, the others go on, and 校验 says it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handwork.county_in_office import CHANGING, JOBS, READING, Outcome
from handwork.hand import Hand

pytestmark = pytest.mark.libreoffice

EVERY = frozenset(JOBS) - {"show", "said", "check"}
LOGGED = frozenset({"bulletin", "remind", "reply", *CHANGING})
TO_UNITS = frozenset({"dispatch", "remind", "reply", "bulletin"})
SHOWN = frozenset(CHANGING)
PRINTED = frozenset({"summary"})
MERGING = frozenset({"merge", "undo"})


def headers_retyped(hand: Hand) -> None:
    hand.type("01", hand.find("01", "7月"), "七月")
    hand.type("02", hand.find("02", "全年任务"), "任务数")


def headers_of_lists_retyped(hand: Hand) -> None:
    hand.type("汇总记录", hand.find("汇总记录", "批次"), "批号")
    hand.type("填报明细", hand.find("填报明细", "项目"), "项目号")


def a_months_column_copied(hand: Hand) -> None:
    row, column = hand.find("01", "6月")
    hand.insert_columns("01", column + 1)
    hand.copy("01", (row, column, row + 2, column), (row, column + 1))


def june_of_another_table_pasted_into_july(hand: Hand) -> None:
    row, column = hand.find("02", "6月")
    hand.copy("02", (row, column, row + 2, column), hand.find("01", "7月"), "01")


def months_in_another_order(hand: Hand) -> None:
    (row, may), (_, june) = hand.find("01", "5月"), hand.find("01", "6月")
    bottom = hand.find("01", "计划累计")[0]
    for column, to in ((may, 60), (june, may), (60, june)):
        hand.cut("01", (row, column, bottom, column), (row, to))


def words_above_the_total(hand: Hand) -> None:
    row, _ = hand.find("01", "合计")
    hand.insert_rows("01", row)
    hand.type("01", (row, 1), "以上为镇乡数")


def sorted_with_the_total(hand: Hand) -> None:
    row, column = hand.find("01", "丹东")
    hand.sort("01", (row, 1, hand.find("01", "合计")[0], 18), column, descending=True)


def nodes_cut_without_what_is_hidden(hand: Hand) -> None:
    row, _ = hand.find("01", "节点时间")
    hand.cut("01", (row, 1, row + 4, 18), (row + 30, 1))


def units_cut_to_another_tab(hand: Hand) -> None:
    row, _ = hand.find("01", "填报单位")
    hand.document.Sheets.insertNewByName("别处", 0)
    hand.cut("01", (row, 1, row + 4, 18), (1, 1), "别处")


def all_names_of_a_project_deleted(hand: Hand) -> None:
    for name in hand.names().ElementNames:
        if name.startswith("P02_"):
            hand.names().removeByName(name)


def formulas_typed_over(hand: Hand) -> None:
    hand.type("01", hand.at("01", "石浦", "最新累计"), 13)
    hand.type("汇总表", hand.at("汇总表", "2", "实际累计"), 160)


def settings_as_words(hand: Hand) -> None:
    for label, words in (("截至日期", "2024.7.31"), ("临期天数", "10天")):
        row, column = hand.find("设置", label)
        hand.type("设置", (row, column + 1), words)


def a_kind_that_is_none(hand: Hand) -> None:
    row, column = hand.find("设置", "石浦")
    hand.type("设置", (row, column + 1), "镇乡")


def inputs_merged(hand: Hand) -> None:
    row, column = hand.at("01", "丹东", "7月")
    hand.cells("01", row, column, row + 1, column).merge(True)


@pytest.mark.parametrize(
    ("edit", "refusing", "code", "named"),
    [
        (lambda hand: hand.document.Sheets.removeByName("03"), EVERY, "M506", ("“03”",)),
        (lambda hand: hand.document.Sheets.removeByName("设置"), EVERY, "M521", ("“设置”",)),
        (lambda hand: hand.document.Sheets.removeByName("汇总记录"), LOGGED, "M521", ("“汇总记录”",)),
        (lambda hand: hand.document.Sheets.removeByName("填报明细"), MERGING, "M521", ("“填报明细”",)),
        (lambda hand: hand.document.Sheets.removeByName("汇总表"), PRINTED, "M521", ("“汇总表”",)),
        (lambda hand: hand.delete_rows("汇总表", hand.find("汇总表", "2")[0]), PRINTED, "M528", ("第2项",)),
        (headers_retyped, EVERY, "M502", ("“01”", "I7", "七月", "“02”", "B7", "任务数")),
        (headers_of_lists_retyped, LOGGED, "M502", ("“汇总记录”", "A2", "批号")),
        (lambda hand: hand.type("汇总表", hand.find("汇总表", "滞后单位"), "落后单位"), SHOWN, "M502", ("L3", "落后单位")),
        (lambda hand: hand.delete_columns("01", hand.find("01", "9月")[1]), EVERY, "M502", ("“01”", "“9月”")),
        (lambda hand: hand.delete_columns("01", hand.find("01", "备注")[1]), EVERY, "M502", ("“01”", "“备注”")),
        (a_months_column_copied, EVERY, "M522", ("“01”", "I7", "6月")),
        (june_of_another_table_pasted_into_july, EVERY, "M522", ("“01”", "I7", "6月")),
        (months_in_another_order, PRINTED, "M530", ("“01”", "G7", "“5月”")),
        (words_above_the_total, EVERY, "M524", ("“01”", "A10", "以上为镇乡数")),
        (sorted_with_the_total, EVERY, "M526", ("“01”", "合计")),
        (lambda hand: hand.delete_rows("01", hand.find("01", "节点时间")[0], 4), EVERY, "M501", ("P01_节点",)),
        (nodes_cut_without_what_is_hidden, SHOWN, "M523", ("P01_节点标记",)),
        (units_cut_to_another_tab, EVERY, "M523", ("P01_分解", "“别处”")),
        (lambda hand: hand.names().removeByName("P01_分解"), EVERY, "M501", ("“01”", "P01_分解")),
        (all_names_of_a_project_deleted, EVERY, "M529", ("“02”", "第2项")),
        (lambda hand: hand.names().getByName("P01_节点").setContent("#REF!"), EVERY, "M501", ("P01_节点",)),
        (lambda hand: hand.names().getByName("P01_实际").setContent("#REF!"), PRINTED, "M503", ("“汇总表”", "H4")),
        (formulas_typed_over, PRINTED, "M503", ("“01”", "O9", "“汇总表”", "H5")),
        (settings_as_words, EVERY, "M504", ("“设置”", "B5", "2024.7.31", "B8", "10天")),
        (lambda hand: hand.type("设置", hand.find("设置", "石浦"), "石浦街道"), TO_UNITS, "M201", ("A9", "“石浦”")),
        (a_kind_that_is_none, EVERY, "M504", ("“设置”", "F4", "镇乡")),
        (lambda hand: hand.type("01", hand.find("01", "石浦"), ""), EVERY, "M525", ("01", "A9")),
        (lambda hand: hand.type("02", hand.at("02", "石浦", "全年任务"), "1"), EVERY, "M511", ("“02”", "B10", "“1”")),
        (inputs_merged, frozenset({"merge"}), "M513", ("“01”", "I8:I9", "I9")),
        (lambda hand: hand.type("01", hand.at("01", "石浦", "7月"), "无"), frozenset({"merge"}), "M504", ("01!I9", "无")),
        (lambda hand: hand.type("01", hand.at("01", "石浦", "7月"), "330"), frozenset({"merge"}), "M511", ("01!I9", "330")),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_name(
    worked_on: Callable[..., dict[str, Outcome]],
    edit: Callable[[Hand], None],
    refusing: frozenset[str],
    code: str,
    named: tuple[str, ...],
) -> None:
    found = worked_on(edit, *READING, *refusing, "said")
    assert {job for job, outcome in found.items() if outcome.refused} == refusing
    for job in refusing:
        assert [word for word in named if word not in found[job].refused] == [], job
    assert code in found["said"].gave or code == "M201", "that one is for 校验, which compares the sheets"


def test_where_it_may_not_write_it_says_so_and_only_reads(
    worked_on: Callable[..., dict[str, Outcome]], untouched: dict[str, Outcome]
) -> None:
    """校验 has nothing to write on the protected sheets: what it lists stands elsewhere."""

    def protected(hand: Hand) -> None:
        hand.sheet("01").protect("123")
        hand.sheet("汇总表").protect("")

    found = worked_on(protected)
    assert {job for job, outcome in found.items() if outcome.refused} == SHOWN
    places = {"colour": "“汇总表”", "summary": "“汇总表”", "merge": "“01”", "undo": "“01”"}
    assert [job for job, place in places.items() if place not in found[job].refused] == []
    assert [job for job in (*READING, "check") if found[job] != untouched[job]] == []
