"""What a clerk does to an open master that means nothing to its numbers: every job gives what it gave before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handwork.county_in_office import JOBS, Outcome
from handwork.hand import Hand
from xlengines.libreoffice import bridge

pytestmark = pytest.mark.libreoffice


def lines_between(hand: Hand) -> None:
    """Rows and columns put in everywhere but among the rows that a job adds to: above and in the middle of blocks."""
    hand.insert_rows("01", hand.find("01", "石浦")[0])
    hand.insert_rows("01", hand.find("01", "6月份")[0])
    hand.insert_rows("01", hand.find("01", "计划累计")[0])
    hand.type("01", (hand.find("01", "计划累计")[0] - 1, 1), "其中：60岁以上")
    below = hand.find("01", "计划累计")[0] + 1
    hand.insert_rows("01", below)
    hand.type("01", (below, 1), "数据由各镇乡核对")
    hand.insert_rows("01", 1, 2)
    hand.type("01", (1, 1), "内部资料")
    row, column = hand.find("02", "5月")
    hand.insert_columns("02", column + 1)
    hand.type("02", (row, column + 1), "5月环比")
    hand.insert_columns("02", 2)
    hand.type("02", (row, 2), "联系人")
    for tab in ("汇总表", "设置", "填报明细", "汇总记录", "校验结果", "首页"):
        hand.insert_rows(tab, 1)


def tabs_and_windows(hand: Hand) -> None:
    """Tabs renamed, moved, hidden and added; a second window, frozen panes, outlines, a larger script."""
    for tab, name in (
        ("02", "管网"),
        ("汇总表", "进展汇总"),
        ("设置", "参数设置"),
        ("首页", "封面"),
        ("汇总记录", "日志"),
        ("校验结果", "问题清单"),
        ("填报明细", "明 '细"),
    ):
        hand.sheet(tab).Name = name
    sheets = hand.document.Sheets
    sheets.moveByName("参数设置", 0)
    sheets.moveByName("管网", sheets.Count)
    sheets.insertNewByName("领导批示", 0)
    hand.type("领导批示", (1, 1), "请住建局抓紧")
    sheets.insertNewByName("04", 3)
    hand.type("04", (1, 1), "不是项目")
    hand.press("NewWindow")
    hand.document.getCurrentController().freezeAtPosition(2, 7)
    hand.sheet("01").group(
        hand.cells("01", 8, 1, 9, 1).getRangeAddress(), bridge.enum("table.TableOrientation", "ROWS")
    )
    hand.cells("01", 1, 1, 60, 20).CharHeight = 20
    for tab in ("03", "镇乡进度", "参数设置"):
        hand.sheet(tab).IsVisible = False
    hand.sheet("01").Rows.getByIndex(8).IsVisible = False
    hand.sheet("01").Columns.getByIndex(4).IsVisible = False
    hand.sheet("进展汇总").Rows.getByIndex(4).IsVisible = False


def order(hand: Hand) -> None:
    """Units by their latest number (a formula, the hidden marks left behind), 汇总表 by its rate, the lists the other way."""
    row, column = hand.at("02", "丹东", "最新累计")
    hand.sort("02", (row, 1, row + 2, 18), column, descending=True)
    row, column = hand.at("汇总表", "序号", "完成率")
    hand.sort("汇总表", (row + 1, 1, row + 4, hand.find("汇总表", "备注")[1]), column)
    row, column = hand.find("汇总记录", "批次")
    hand.sort("汇总记录", (row + 1, 1, hand.last_row("汇总记录"), 14), column, descending=True)
    row, column = hand.find("填报明细", "单位")
    hand.sort("填报明细", (row + 1, 1, hand.last_row("填报明细"), 10), column, descending=True)
    row, column = hand.find("设置", "填报单位")
    hand.sort("设置", (row + 1, column, row + 6, column + 3), column, descending=True)


def cut_and_pasted(hand: Hand) -> None:
    """All rows of the nodes put further down, with what is hidden beside them."""
    top, _ = hand.find("02", "节点时间")
    last = hand.book.impl.last_cell[1]
    hand.cut("02", (top - 1, 1, top + 4, last), (top + 20, 1))


def words_of_their_own(hand: Hand) -> None:
    """Notes, fills, remarks in the lists and beside them, blanks in labels, a filter, a stop of all calculation."""
    row, column = hand.at("01", "石浦", "6月")
    hand.sheet("01").Annotations.insertNew(hand.cell("01", (row, column)).CellAddress, "核实过")
    hand.cell("01", (row, column)).CellBackColor = 0xFFC0CB
    hand.type("01", (row, 60), "自己的列")
    hand.type("01", (row + 1, 60), 5)
    hand.type("01", (70, 1), "备忘：与卫健局电话")
    for label in ("6月", "全年任务", "备注"):
        hand.type("01", hand.find("01", label), f" {label[:1]}\n{label[1:]} ")
    for tab, label, place, words in (
        ("填报明细", "项目", 6, "以下为六月"),
        ("汇总记录", "批次", 3, "以上已核对"),
        ("校验结果", "代码", 7, "下面的不用管"),
    ):
        row, _ = hand.find(tab, label)
        hand.insert_rows(tab, row + 2)
        hand.type(tab, (row + 2, place), words)
        hand.type(tab, (row + 1, 25), "已问")
    row, column = hand.find("设置", "丹东")
    hand.insert_rows("设置", row + 1)
    hand.type("设置", (row + 1, column + 4), "街道在上")
    hand.cells("02", 8, 18, 9, 18).merge(True)
    hand.filter("01", (hand.find("01", "填报单位")[0], 1, hand.find("01", "石浦")[0], 18), "丹东")
    hand.document.enableAutomaticCalculation(False)


@pytest.mark.parametrize(
    "edit",
    [lines_between, tabs_and_windows, order, cut_and_pasted, words_of_their_own],
    ids=lambda edit: edit.__name__,
)
def test_what_means_nothing_changes_nothing(
    untouched: dict[str, Outcome],
    worked_on: Callable[..., dict[str, Outcome]],
    edit: Callable[[Hand], None],
) -> None:
    found = worked_on(edit)
    for job in JOBS:
        assert found[job] == untouched[job], job
