"""A unit renamed, and one made part of another, by a clerk's hand in a live LibreOffice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handwork.county_in_office import Outcome
from handwork.hand import Hand
from handwork.test_what_means_something import codes, of_project, reports

pytestmark = pytest.mark.libreoffice

Run = Callable[..., dict[str, Outcome]]
NEW = "石浦街道"


def test_renamed_in_settings_alone(untouched: dict[str, Outcome], worked_on: Run) -> None:
    """All that was 石浦's is the new name's; the form that was out is taken, and June is taken back."""

    def renamed(hand: Hand) -> None:
        row, column = hand.find("设置", "石浦")
        hand.type("设置", (row, column), NEW)
        hand.type("设置", (row, column + 2), "石浦镇、石浦")

    found = worked_on(renamed, "show", "dispatch", "remind", "check", "merge", "undo")
    before = reports(untouched["show"].gave, 1)
    assert reports(found["show"].gave, 1) == {
        (unit.replace("石浦", NEW), month): value for (unit, month), value in before.items()
    }
    assert {name.replace("石浦", NEW) for name in untouched["dispatch"].gave} == set(found["dispatch"].gave)
    assert found["remind"].gave == untouched["remind"].gave.replace("石浦", NEW)
    assert codes(found["check"]) == [("M208", 1)]
    changes, *_ = found["merge"].gave
    assert changes == [change.replace("项石浦", f"项{NEW}") for change in untouched["merge"].gave[0]]
    back = [change.replace("项石浦", f"项{NEW}") for change in untouched["undo"].gave[0]]
    assert found["undo"].gave[0] == back


def test_made_part_of_another(untouched: dict[str, Outcome], worked_on: Run) -> None:
    """The form of July that it sends all the same is refused; nothing of what it did is lost, on paper and in judgement."""

    def merged(hand: Hand) -> None:
        row, column = hand.find("设置", "石浦")
        hand.type("设置", (row, column + 4), "丹东")
        hand.type("设置", (row, column + 5), 7)
        hand.type("01", hand.at("01", "石浦", "全年任务"), 0)
        hand.type("01", hand.at("01", "丹东", "全年任务"), 1000)
        hand.type("01", hand.at("01", "丹东", "7月"), 540)

    found = worked_on(merged, "show", "dispatch", "check", "summary", "merge")
    assert {name.split("_")[0] for name in untouched["dispatch"].gave} - {
        name.split("_")[0] for name in found["dispatch"].gave
    } == {"石浦"}
    assert codes(found["check"]) == [("M210", 2), ("M211", 0)]
    printed = found["summary"].gave
    assert printed["1"][7:9] == ["540", "0.54"], "July's 540 has June's 320 of 石浦 within"
    assert printed[1, 1, "石浦"] == ["", "", ""]
    assert reports(found["show"].gave, 1)["石浦", 6] == "320"
    assert of_project(found["show"].gave, 2) == of_project(untouched["show"].gave, 2)
    changes, rejected, *_ = found["merge"].gave
    assert changes == []
    assert ["从7月起已归“丹东”填报" in reason for reason in rejected] == [True]
