"""What a clerk does to an open master that means something: every job gives what it gave before but for just that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from handwork.county_in_office import READING, Outcome
from handwork.hand import Hand

pytestmark = pytest.mark.libreoffice

Edit = Callable[[Hand], None]
Run = Callable[..., dict[str, Outcome]]
Outcomes = dict[str, Outcome]


def of_project(model: Any, number: int) -> Any:
    return next(project for project in model["projects"] if project["number"] == number)


def reports(model: Any, number: int) -> dict[tuple[str, int], str]:
    """(unit, month) → the number of the first measure."""
    found = of_project(model, number)["reports"]
    return {(r["unit"], r["month"]): r["value"] for r in found if r["measure"] == 1 and r["value"]}


def codes(outcome: Outcome) -> list[tuple[str, int]]:
    """What 校验 says beyond months without a node, which it says of the untouched county."""
    return sorted((code, project) for code, project, *_ in outcome.gave if code != "M304")


def same(found: Outcomes, untouched: Outcomes, *jobs: str) -> None:
    assert [job for job in jobs if found[job] != untouched[job]] == []


def remark_between_units(hand: Hand) -> None:
    row, _ = hand.find("01", "石浦")
    hand.insert_rows("01", row)
    hand.type("01", (row, 1), "（注：以下为乡镇）")


def tab_copied(hand: Hand) -> None:
    hand.document.Sheets.copyByName("02", "02 (2)", 5)


def front_page_deleted(hand: Hand) -> None:
    hand.document.Sheets.removeByName("首页")


def number_of_the_title(hand: Hand) -> None:
    hand.type("01", (1, 1), "7.★为6.16万60岁以上老年人免费接种流感疫苗。")


def a_remark_among_the_units_of_settings(hand: Hand) -> None:
    row, column = hand.find("设置", "丹东")
    hand.insert_rows("设置", row + 1)
    hand.type("设置", (row + 1, column), "以下为乡镇")


def words_where_a_day_or_a_choice_belongs(hand: Hand) -> None:
    hand.type("01", hand.at("01", "6月份", "调整后时间"), "9月底")
    hand.type("01", hand.at("01", "1—3月份", "完成情况"), "完成")


def words_where_numbers_belong(hand: Hand) -> None:
    row, column = hand.find("02", "8月")
    for below, words in enumerate(("0.9公里", "0.5", "无"), start=1):
        hand.type("02", (row + below, column), words)


def formulas_in_inputs(hand: Hand) -> None:
    row, column = hand.at("01", "石浦", "6月")
    hand.type("01", (row, column), "=300+20")
    hand.type("01", (row - 1, column), f"=B{row - 1}-220")


@pytest.mark.parametrize(
    "edits",
    [
        {
            remark_between_units: [("M201", 1)],
            tab_copied: [("M510", 0)],
            number_of_the_title: [("M306", 1)],
            words_where_a_day_or_a_choice_belongs: [("M504", 1), ("M504", 1)],
        },
        {
            front_page_deleted: [("M521", 0)],
            a_remark_among_the_units_of_settings: [("M504", 0)],
            words_where_numbers_belong: [("M504", 2), ("M511", 2), ("M511", 2)],
            formulas_in_inputs: [("M505", 1), ("M505", 1)],
        },
    ],
    ids=["one half", "the other"],
)
def test_what_is_only_to_be_said_changes_no_other_job(
    untouched: Outcomes, worked_on: Run, edits: dict[Edit, list[tuple[str, int]]]
) -> None:
    """Several at once: each is said, and none touches a result."""

    def all_of_them(hand: Hand) -> None:
        for edit in edits:
            edit(hand)

    found = worked_on(all_of_them, *READING, "colour", "check")
    same(found, untouched, *READING, "colour")
    assert codes(found["check"]) == sorted(finding for said in edits.values() for finding in said)


def test_a_formula_in_an_input_is_merged_over_and_given_back_as_the_number_that_it_gave(
    untouched: Outcomes, worked_on: Run
) -> None:
    found = worked_on(formulas_in_inputs, "merge", "undo")
    same(found, untouched, "merge", "undo")


def test_a_unit_that_is_gone_is_in_no_sum(untouched: Outcomes, worked_on: Run) -> None:
    found = worked_on(
        lambda hand: hand.delete_rows("02", hand.find("02", "丹东、石浦")[0]),
        "show",
        "dispatch",
        "check",
        "summary",
    )
    units = [row["unit"] for row in of_project(found["show"].gave, 2)["allocations"]]
    assert units == ["丹东", "石浦"]
    assert of_project(found["show"].gave, 1) == of_project(untouched["show"].gave, 1)
    assert codes(found["check"]) == [("M101", 2)]
    printed = found["summary"].gave
    assert printed["2"][7:9] == ["0.8", "0.2424"]  # 0.6 and 0.2 of 3.3
    assert printed["1"] == untouched["summary"].gave["1"]


@pytest.mark.parametrize("above", ["石浦", "合计"])
def test_a_unit_that_is_new_is_one_like_the_others(untouched: Outcomes, worked_on: Run, above: str) -> None:
    """In the middle, its formulas copied as far as somebody thought of them; above 合计, without any."""

    def added(hand: Hand) -> None:
        row, column = hand.find("设置", "填报单位")
        row += 1
        while hand.cell("设置", (row, column)).String:
            row += 1
        hand.type("设置", (row, column), "保税区")
        hand.type("设置", (row, column + 1), "镇乡街道")
        row, _ = hand.find("01", above)
        hand.insert_rows("01", row)
        hand.type("01", (row, 1), "保税区")
        hand.type("01", (row, 2), 5)
        hand.type("01", (row, hand.find("01", "6月")[1]), 2)
        if above == "石浦":
            column = hand.find("01", "最新累计")[1]
            hand.copy("01", (row - 1, column, row - 1, column), (row, column))

    found = worked_on(added, "show", "dispatch", "check", "summary", "merge", "undo")
    project = of_project(found["show"].gave, 1)
    assert {row["unit"]: row["quantity"] for row in project["allocations"]} == {
        "丹东": "400", "石浦": "600", "保税区": "5",
    }  # fmt: skip
    assert set(found["dispatch"].gave) - set(untouched["dispatch"].gave) == {"保税区_2024年08月_填报表.xlsx"}
    assert codes(found["check"]) == [("M101", 1), ("M209", 0), ("M527", 1)]
    printed = found["summary"].gave
    # By June 500 of 1000: 保税区's pace is 2 of 5.
    assert printed[1, 1, "保税区"] == ["2", "0.4", "正常"]
    assert printed["1"][7] == "502"
    changes, *_ = found["merge"].gave
    assert changes == untouched["merge"].gave[0]
    assert reports(found["undo"].gave[1], 1) == {**reports(untouched["show"].gave, 1), ("保税区", 6): "2"}


def test_a_unit_that_is_called_otherwise_everywhere_is_the_same_unit(
    untouched: Outcomes, worked_on: Run
) -> None:
    def renamed(hand: Hand) -> None:
        for tab in hand.document.Sheets.ElementNames:
            descriptor = hand.sheet(tab).createReplaceDescriptor()
            descriptor.SearchString, descriptor.ReplaceString = "石浦", "石埔"
            hand.sheet(tab).replaceAll(descriptor)

    found = worked_on(renamed, "show", "export", "bulletin", "remind", "reply", "colour", "check", "undo")
    for job in ("show", "export", "bulletin", "remind", "reply", "colour", "check"):
        assert repr(found[job]) == repr(untouched[job]).replace("石浦", "石埔"), job
    assert "第1项石埔6月" in str(found["undo"].gave[0]), "what June brought is found under the new name too"


def test_a_deadline_and_a_day_of_doing_are_read_as_typed(untouched: Outcomes, worked_on: Run) -> None:
    def typed(hand: Hand) -> None:
        hand.enter("02", hand.at("02", "6月份", "调整后时间"), "2024-09-30")
        row, column = hand.at("01", "1—3月份", "完成情况")
        hand.type("01", (row, column), "已完成")
        hand.type("01", (row, column + 1), "2024年3月20日")

    found = worked_on(typed, "show", "colour", "check")
    model = found["show"].gave
    days = {node["to"]: node["adjusted_to"] for node in of_project(model, 2)["milestones"]}
    assert days == {6: "2024-09-30", 12: None}
    projects = {p["project"]: (p["status"], p["plan"]) for p in found["colour"].gave["projects"]}
    before = {p["project"]: (p["status"], p["plan"]) for p in untouched["colour"].gave["projects"]}
    assert (before[1][0], projects[1][0]) == ("待确认", "正常")
    assert (before[2], projects[2]) == (("逾期", "1.5"), ("正常", "0"))
    assert codes(found["check"]) == [("M305", 2)]


def test_a_target_that_was_adjusted(untouched: Outcomes, worked_on: Run) -> None:
    def adjusted(hand: Hand) -> None:
        for label, value in (("调整后目标", 800), ("调整批准", "县政府常务会议纪要〔2024〕3号")):
            row, column = hand.find("01", label)
            hand.type("01", (row, column + 1), value)
        hand.type("01", hand.at("01", "石浦", "全年任务"), 400)

    found = worked_on(adjusted, "show", "bulletin", "check", "summary")
    assert of_project(found["show"].gave, 1)["adjusted_target"] == "800"
    assert any("原定1000人，调整为800人" in line for line in found["bulletin"].gave)
    assert codes(found["check"]) == [("M107", 1)]
    assert found["summary"].gave["1"][5:9] == ["800", "500", "500", "0.625"]


def test_numbers_set_right_by_hand(untouched: Outcomes, worked_on: Run) -> None:
    """June corrected; a rate as a person writes it; a number cut out and pasted a month later."""

    def corrected(hand: Hand) -> None:
        hand.type("01", hand.at("01", "石浦", "6月"), 400)
        hand.enter("03", hand.under("03", "填报单位", "6月"), "55%")
        row, column = hand.at("02", "石浦", "6月")
        hand.cut("02", (row, column, row, column), (row, column + 1))

    found = worked_on(corrected, "show", "check", "summary")
    model = found["show"].gave
    assert reports(model, 1)["石浦", 6] == "400"
    assert reports(model, 3) == {("县卫生健康局", 6): "0.55"}
    assert {place: n for place, n in reports(model, 2).items() if place[0] == "石浦"} == {("石浦", 7): "0.2"}
    assert ("M407", 3) in codes(found["check"]), "0.55 points are hardly what was meant"
    assert found["summary"].gave[2, 1, "石浦"][0] == "0.2"
    assert found["summary"].gave["1"][7] == "580"


def test_a_node_that_was_put_in_counts_and_gets_its_formulas(untouched: Outcomes, worked_on: Run) -> None:
    def added(hand: Hand) -> None:
        row, _ = hand.find("01", "12月份")
        hand.insert_rows("01", row)
        for label, value in (("节点时间", "7月份"), ("工作内容", "再推进"), ("计划累计", 800)):
            _, column = hand.under("01", "节点时间", label)
            hand.type("01", (row, column), value)

    found = worked_on(added, "show", "colour", "check", "summary")
    nodes = [(node["to"], node["cumulative"]) for node in of_project(found["show"].gave, 1)["milestones"]]
    assert sorted(nodes, key=str) == [(12, "1000"), (3, None), (6, "500"), (7, "800")]
    assert next(p["plan"] for p in found["colour"].gave["projects"] if p["project"] == 1) == "800"
    assert found["summary"].gave["1"][6:8] == ["800", "500"], "the formulas of the sheet count it too"
    assert found["summary"].gave["1"][9] == "逾期"


def test_numbers_as_text_are_said_and_not_taken(untouched: Outcomes, worked_on: Run) -> None:
    found = worked_on(
        lambda hand: hand.type("01", hand.at("01", "石浦", "6月"), "320"), "show", "check", "summary"
    )
    assert ("石浦", 6) not in reports(found["show"].gave, 1)
    assert codes(found["check"]) == [("M511", 1)]
    # What is shown and what is judged are the same: May's 210 and June's 180.
    assert found["summary"].gave["1"][7] == "390"


def test_a_merge_of_which_the_program_took_back_a_part_is_done_anew(
    untouched: Outcomes, worked_on: Run
) -> None:
    """Undo of the program itself, pressed a few times after 汇总: what stands then is the master."""
    assert not worked_on(lambda hand: None, "merge")["merge"].refused

    def undone(hand: Hand) -> None:
        for _ in range(4):
            if hand.document.UndoManager.isUndoPossible():
                hand.document.UndoManager.undo()

    found = worked_on(undone, "merge", "undo")
    assert found["merge"].gave[3] == untouched["merge"].gave[3]
    assert not found["undo"].refused
