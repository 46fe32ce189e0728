"""填报明细: rows that are reports, rows that are the clerk's own, and where a 汇总 writes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from minsheng.domain.report import Report, ReportKey, Words
from minsheng.errors import MasterDamaged
from minsheng.sheets import layout
from minsheng.sheets.details_sheet import Details
from minsheng.sheets.image import SheetImage
from minsheng.sheets.places import Area
from minsheng.sheets.tables import Table

LABELS = layout.DETAIL_COLUMNS
DANDONG, SHIPU = ReportKey(1, "丹东", 6), ReportKey(1, "石浦", 6)


def details(*rows: tuple[Any, ...], labels: tuple[str, ...] = LABELS) -> Details:
    """The sheet with its header in row 2 and these rows below; cells beyond the labels are the clerk's."""
    width = max([len(labels), *map(len, rows)])
    values = [[*row, *[None] * (width - len(row))] for row in (labels, *rows)]
    formulas = [["" if cell is None else str(cell) for cell in row] for row in values]
    image = SheetImage("填报明细", 2, 1, values, formulas)
    columns = {label: index for index, label in enumerate(labels, start=1)}
    block = image.block(Area("填报明细", 2, 1, 2, len(labels)))
    return Details.of(Table(layout.NAME_DETAILS, block, labels, columns))


def row(
    project: Any, unit: Any, month: Any, measure: Any = None, progress: Any = "在做", *more: Any
) -> tuple[Any, ...]:
    return (project, unit, month, measure, 5.0, progress, None, None, None, "甲.xlsx", *more)


def report(key: ReportKey, progress: str = "", **words: str) -> Report:
    return Report(*key, value=Decimal(7), words=Words(progress, **words), file="乙.xlsx")


def written(found: Details, *reports: Report) -> dict[str, Any]:
    """Address → what is written there."""
    return {
        f"{chr(64 + write.left + column)}{write.top + line}": value
        for write in found.writes({each.key: each for each in reports})
        for line, cells in enumerate(write.values)
        for column, value in enumerate(cells)
    }


@pytest.mark.parametrize(
    "typed",
    [
        (1.0, "丹东", 6.0, 1.0),
        (1.0, "丹东", 6.0, None),
        ("第1项", "丹东", "6月", None),
        ("１", " 丹东 ", "06月份", "1"),
    ],
)
def test_a_report_is_known_as_clerks_write_it_too(typed: tuple[Any, ...]) -> None:
    found = details(row(*typed))
    assert found.findings == []
    assert found.reports == {DANDONG: Report(*DANDONG, words=Words("在做"), file="甲.xlsx")}


@pytest.mark.parametrize(
    "typed",
    [
        ("备注：7月1日已电话核对",),
        ("合计", None, 6.0),
        (1.0, "丹东", None),
        (None, "小计", None, None, 9.0),
        ("说明", "丹东", None),
    ],
)
def test_a_row_of_the_clerks_own_is_none(typed: tuple[Any, ...]) -> None:
    found = details(typed)
    assert (found.reports, found.findings) == ({}, [])


@pytest.mark.parametrize(
    ("typed", "cell"),
    [(row(1.0, "丹东", "七"), "C3"), (row("一", "丹东", 6.0), "A3"), (row(1.0, "丹东", 13.0), "C3"),
     (row(1.0, "丹东", 6.0, "第二"), "D3"), (row(1.0, "丹东", 6.0, 3.0), "D3"), (row("²", "丹东", 6.0), "A3")],
)  # fmt: skip
def test_a_report_of_which_a_part_cannot_be_read_is_named(typed: tuple[Any, ...], cell: str) -> None:
    found = details(typed)
    assert found.reports == {}
    assert [(finding.code, finding.sheet, finding.cell) for finding in found.findings] == [
        ("M504", "填报明细", cell)
    ]


def test_two_rows_of_one_report_that_differ_are_named() -> None:
    same = details(row(1.0, "丹东", 6.0), row(1.0, "丹东", 6.0))
    assert same.findings == []
    found = details(row(1.0, "丹东", 6.0), row(1.0, "丹东", 6.0, None, "做好了"))
    assert [(finding.code, finding.cell) for finding in found.findings] == [("M507", "B4")]


class TestWhereAMergeWrites:
    SHEET = details(
        row(1.0, "石浦", 6.0), ("备注：电话核对",), row(1.0, "丹东", 6.0, None, "在做", None, "已核实")
    )

    def test_a_row_that_stands_is_changed_where_it_is_and_keeps_how_it_names_its_report(self) -> None:
        sheet = details(row("第1项", "石浦", "6月"))
        cells = written(sheet, report(SHIPU, "做好了", need="用地"))
        assert [cells[f"{column}3"] for column in "ABCDEFGHIJ"] == [
            "第1项", "石浦", "6月", None, Decimal(7), "做好了", "", "用地", "", "乙.xlsx",
        ]  # fmt: skip
        assert set(cells) == {f"{column}3" for column in "ABCDEFGHIJ"}

    def test_a_new_one_goes_below_all_that_stands(self) -> None:
        cells = written(
            self.SHEET, report(ReportKey(2, "丹东", 5), "新"), report(ReportKey(1, "爵溪", 5), "新")
        )
        assert [(cells[f"A{line}"], cells[f"B{line}"], cells[f"C{line}"]) for line in (6, 7)] == [
            (1, "爵溪", 5), (2, "丹东", 5),
        ]  # fmt: skip
        assert {int(place[1:]) for place in cells} == {6, 7}

    def test_a_report_without_words_has_no_row(self) -> None:
        assert set(written(self.SHEET, report(SHIPU)).values()) == {None}
        assert written(self.SHEET, report(ReportKey(1, "爵溪", 6))) == {}

    def test_but_what_the_clerk_wrote_beside_keeps_its_subject(self) -> None:
        cells = written(self.SHEET, report(DANDONG))
        assert [cells[f"{column}5"] for column in "ABCDEFGHIJ"] == [1.0, "丹东", 6.0, *[None] * 7]
        assert "K5" not in cells


class TestAMasterOf020:
    """It has no column 需协调事项."""

    LABELS_OF_020 = tuple(label for label in LABELS if label != "需协调事项")
    SHEET = details((1.0, "丹东", 6.0, 1.0, 5.0, "在做", None, "8月底", "甲.xlsx"), labels=LABELS_OF_020)

    def test_is_read_and_written_without_it(self) -> None:
        assert self.SHEET.reports[DANDONG].words == Words("在做", expected="8月底")
        cells = written(self.SHEET, report(DANDONG, "做好了", expected="9月"))
        assert [cells[f"{column}3"] for column in "FGHI"] == ["做好了", "", "9月", "乙.xlsx"]

    def test_words_that_have_no_column_there_stop_the_merge_by_name(self) -> None:
        with pytest.raises(MasterDamaged, match="没有“需协调事项”这一列") as refused:
            written(self.SHEET, report(DANDONG, need="请协调用地"))
        assert "“存在问题”右边插入一列" in str(refused.value)
