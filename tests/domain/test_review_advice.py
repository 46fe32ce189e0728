"""A rule's advice as the 核对稿 gives it: every place that it names is there."""

from __future__ import annotations

import pytest

from minsheng.domain.catalogue import RULES
from minsheng.domain.catalogue.examples import example
from minsheng.domain.review_advice import advice_here

READINGS = [rule for code, rule in RULES.items() if code.startswith(("D12", "D13", "D14", "D15"))]


@pytest.mark.parametrize("rule", READINGS, ids=lambda rule: rule.code)
def test_advice_in_the_copy_sends_nobody_elsewhere(rule) -> None:  # type: ignore[no-untyped-def]
    words = advice_here(example(rule)[1])
    assert "模板" not in words
    assert "重新导入" not in words
    assert "总表" not in words.replace("记在总表的备注里", "")
    assert words.endswith(("。", "）"))


def test_places_become_those_of_the_copy() -> None:
    assert (
        advice_here("请核对任务书，在总表第3项的节点表里补上这一行。")
        == "请核对任务书，在“进度安排”表里补上这一行。"
    )
    assert advice_here("请在总表第3项的工作表里补上责任人。") == "请在“项目”表里补上责任人。"
    assert (
        advice_here("请把这一项的任务分解填进任务书模板.xlsx 后重新导入。")
        == "请把这一项的任务分解填进“任务分解”表，一行一个单位。"
    )
    assert advice_here("一般不用处理。") == "一般不用处理。"
