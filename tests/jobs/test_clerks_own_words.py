"""What a clerk writes beside and below the lists of a master stays, beside what it was beside, whatever a job lists anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jobs.county_book import county_file, typed
from jobs.small_master import put_file
from minsheng.domain.period import Period
from minsheng.hosts import opened
from minsheng.jobs.checking import check, clear_check
from minsheng.jobs.judging import colour, summarise
from minsheng.jobs.merging import merge
from minsheng.jobs.undoing import undo
from minsheng.sheets import layout
from minsheng.sheets.open_master import OpenMaster

MAY = date(2024, 5, 31)


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    return county_file(tmp_path / "总表.xlsx")


class Listed:
    """A list of the master as it stands, and the sheet around it."""

    def __init__(self, path: Path, name: str, *labels: str) -> None:
        with opened("file", path) as book:
            self.table = OpenMaster.read(book).needed_table(name, labels)
        self.image = self.table.block.image

    def row_of(self, **texts: str) -> int:
        """The only row that says so."""
        rows = range(self.table.block.header_row + 1, self.image.bottom + 1)
        found = [row for row in rows if all(self.text(row, label) == text for label, text in texts.items())]
        assert len(found) == 1, (texts, found)
        return found[0]

    def text(self, row: int, label: str) -> str:
        return self.image.text(row, self.table.columns[label])

    def at(self, cell: str) -> Any:
        with_letter = "".join(filter(str.isalpha, cell))
        column = 0
        for letter in with_letter:
            column = column * 26 + ord(letter) - 64
        return self.image.value(int(cell[len(with_letter) :]), column)


def checked(path: Path, as_of: date = MAY) -> Listed:
    with opened("file", path, change=True) as book:
        check(book, as_of)
    return Listed(path, layout.NAME_FINDINGS, *layout.FINDING_COLUMNS)


class TestBesideTheFindings:
    def test_words_stay_beside_their_finding_when_others_come_and_go(self, book_file: Path) -> None:
        typed(book_file, **{"02!C8": -1, "05!C8": 12.5})
        found = checked(book_file)
        row = found.row_of(项目="5", 月份="1")
        typed(book_file, **{f"校验结果!R{row}": "已电话核实", "02!C8": 1, "01!C8": 12.5, "01!C9": 13.5})
        again = checked(book_file)
        assert again.at(f"R{row}") == "已电话核实"
        assert (again.text(row, "项目"), again.text(row, "月份")) == ("5", "1")
        assert (
            len(
                [r for r in again.table.used if again.text(r, "项目") == "5" and again.text(r, "月份") == "1"]
            )
            == 1
        )
        assert again.row_of(项目="1", 单位="丹东", 月份="1") != row
        numbers = [again.text(r, "序号") for r in again.table.used]
        assert sorted(map(int, numbers)) == list(range(1, len(numbers) + 1)), "every finding once, no gap"

    def test_a_finding_whose_number_alone_changed_keeps_its_words(self, book_file: Path) -> None:
        typed(book_file, **{"05!C8": 12.5})
        found = checked(book_file)
        row = found.row_of(项目="5", 月份="1")
        typed(book_file, **{f"校验结果!R{row}": "已电话核实", "05!C8": 13.5, "01!C8": 12.5})
        again = checked(book_file)
        assert "13.5" in again.text(row, "问题")
        assert again.at(f"R{row}") == "已电话核实"

    def test_a_finding_that_holds_no_more_stays_for_the_words_beside_it(self, book_file: Path) -> None:
        typed(book_file, **{"05!C8": 12.5})
        found = checked(book_file)
        row = found.row_of(项目="5", 月份="1")
        said = found.text(row, "问题")
        typed(book_file, **{f"校验结果!R{row}": "已改", "05!C8": 12})
        again = checked(book_file)
        assert (again.text(row, "级别"), again.text(row, "问题"), again.at(f"R{row}")) == (
            "往次",
            said,
            "已改",
        )
        assert again.text(row, "序号") == ""
        typed(book_file, **{"05!C8": 12.5})
        back = checked(book_file)
        assert back.text(row, "级别") == found.text(row, "级别"), "and comes back in its place"
        with opened("file", book_file, change=True) as book:
            clear_check(book)
        assert Listed(book_file, layout.NAME_FINDINGS, *layout.FINDING_COLUMNS).at(f"R{row}") == "已改"

    def test_rows_below_the_list_are_never_run_over(self, book_file: Path) -> None:
        found = checked(book_file)
        end = found.table.used.stop
        typed(
            book_file,
            **{
                f"校验结果!A{end}": "小计",
                f"校验结果!G{end + 2}": "备注：七月一日核对",
                "01!C8": 12.5,
                "02!C8": -1,
            },
            **{"01!C9": 13.5, "05!C8": 12.5},
        )
        again = checked(book_file)
        assert (again.at(f"A{end}"), again.at(f"G{end + 2}")) == ("小计", "备注：七月一日核对")
        assert again.text(end + 1, "代码"), "the list goes on between them"
        assert again.text(end + 3, "代码")
        assert [again.text(end, "代码"), again.text(end + 2, "代码")] == ["", ""]

    def test_without_words_beside_them_the_worst_come_first(self, book_file: Path) -> None:
        checked(book_file)
        typed(book_file, **{"01!C8": 12.5})
        again = checked(book_file)
        levels = [again.text(row, "级别") for row in again.table.used]
        order = list(layout.SEVERITY_WORDS.values())
        assert levels == sorted(levels, key=order.index)

    def test_words_beside_a_run_of_the_history_stay_beside_it(self, book_file: Path) -> None:
        checked(book_file, date(2024, 3, 1))
        history = Listed(book_file, layout.NAME_HISTORY, *layout.HISTORY_COLUMNS)
        row = history.table.block.header_row + 1
        typed(book_file, **{f"校验结果!R{row}": "三月报告用"})
        checked(book_file, date(2024, 4, 1))
        again = Listed(book_file, layout.NAME_HISTORY, *layout.HISTORY_COLUMNS)
        assert again.at(f"R{row}") == "三月报告用"
        assert again.text(row, "截至日期")[:10] == "2024-03-01"
        assert again.text(row + 1, "截至日期")[:10] == "2024-04-01"


def refreshed(path: Path, as_of: date = MAY) -> None:
    with opened("file", path, change=True) as book:
        summarise(book, as_of)


class TestBesideTheOverviews:
    def test_words_stay_beside_their_project_when_a_view_is_ordered_anew(self, book_file: Path) -> None:
        view = Listed(book_file, layout.SHEET_BY_LEAD_UNIT, "责任单位", "序号")
        rows = {number: view.row_of(序号=number) for number in ("2", "5", "6")}
        typed(book_file, **{f"按责任单位!N{row}": f"第{number}项" for number, row in rows.items()})
        typed(book_file, **{"02!G2": "县水利局", "03!G2": "县水利局"})
        refreshed(book_file)
        again = Listed(book_file, layout.SHEET_BY_LEAD_UNIT, "责任单位", "序号")
        for number, row in rows.items():
            assert (again.text(row, "序号"), again.at(f"N{row}")) == (number, f"第{number}项")
        group, groups = "", {}
        for row in again.table.block.rows:
            group = again.text(row, "责任单位") or group
            if again.text(row, "序号"):
                assert again.text(row, "序号") not in groups
                groups[again.text(row, "序号")] = group
        assert groups == {
            "1": "县卫生健康局", "2": "县水利局", "3": "县水利局", "4": "县卫生健康局", "5": "县公安局", "6": "县住建局",
            "7": "县公安局",
        }  # fmt: skip

    def test_rows_of_ones_own_leave_a_view_less_room(self, book_file: Path) -> None:
        view = Listed(book_file, layout.SHEET_BY_LEADER, "责任领导", "序号")
        spare = view.table.block.rows[-4:]
        typed(book_file, **{f"按责任领导!A{row}": f"备注{row}" for row in spare})
        typed(book_file, **{f"{number:02d}!B2": f"领导{number}" for number in range(1, 8)})
        refreshed(book_file)
        again = Listed(book_file, layout.SHEET_BY_LEADER, "责任领导", "序号")
        assert [again.text(row, "责任领导") for row in spare] == [f"备注{row}" for row in spare]
        shown = [
            (again.text(row, "责任领导"), again.text(row, "序号")) for row in again.table.block.rows[:-4]
        ]
        last = shown.index(("其他（3个）", ""))
        assert shown[last + 1 :] == [("", "5"), ("", "6"), ("", "7")]
        assert shown[:2] == [("领导1", ""), ("", "1")]

    def test_words_stay_beside_a_node_that_falls_due_and_after_it(self, book_file: Path) -> None:
        refreshed(book_file)
        due = Listed(book_file, layout.NAME_DUE, *layout.DUE_COLUMNS)
        row = due.row_of(序号="5")
        said = due.text(row, "节点内容")
        typed(book_file, **{f"首页!R{row}": "已催"})
        refreshed(book_file, date(2024, 12, 31))
        again = Listed(book_file, layout.NAME_DUE, *layout.DUE_COLUMNS)
        assert (again.text(row, "节点内容"), again.text(row, "状态"), again.at(f"R{row}")) == (
            said,
            "已移出",
            "已催",
        )
        refreshed(book_file)
        back = Listed(book_file, layout.NAME_DUE, *layout.DUE_COLUMNS)
        assert [back.text(r, "序号") for r in back.table.block.rows if back.text(r, "序号")].count("5") == 1
        assert (back.text(row, "序号"), back.text(row, "状态")) == ("5", "正常")

    def test_a_note_in_a_spare_row_stays(self, book_file: Path) -> None:
        due = Listed(book_file, layout.NAME_DUE, *layout.DUE_COLUMNS)
        sent = Listed(book_file, layout.NAME_SENT_BY_TOWNSHIPS, *layout.SENT_COLUMNS)
        counts = Listed(book_file, layout.NAME_COUNTS, "类别")
        notes = {
            f"首页!C{due.table.block.rows[1]}": "节点由督查室核对",
            f"首页!A{sent.table.block.rows[-1]}": "以上不含大目湾",
            f"首页!J{counts.table.block.rows[-1]}": "县府办",
        }
        typed(book_file, **notes, **{"02!B2": "林", "02!G2": "县水利局"})
        refreshed(book_file)
        after = Listed(book_file, layout.NAME_DUE, *layout.DUE_COLUMNS)
        for place, note in notes.items():
            assert after.at(place.split("!")[1]) == note
        shown = [after.text(row, "序号") for row in after.table.block.rows if after.text(row, "序号")]
        assert shown == ["1", "2", "5", "7"], "around the note"
        names = Listed(book_file, layout.NAME_COUNTS, "类别")
        assert {"林", "县水利局"} <= {names.text(row, "类别") for row in names.table.block.rows}

    def test_rows_below_the_overview_are_not_written(self, book_file: Path) -> None:
        table = Listed(book_file, layout.NAME_SUMMARY, *layout.SUMMARY_COLUMNS)
        below = table.image.bottom + 2
        rows = {
            f"汇总表!J{below}": "'0123",
            f"汇总表!A{below + 1}": "附1",
            f"汇总表!K{below + 1}": "自办项目",
        }
        typed(book_file, **rows)
        refreshed(book_file)
        again = Listed(book_file, layout.NAME_SUMMARY, *layout.SUMMARY_COLUMNS)
        assert (again.at(f"J{below}"), again.at(f"K{below + 1}")) == ("0123", "自办项目")
        assert again.text(again.row_of(序号="1"), "状态")


def test_the_log_goes_on_below_a_clerks_rows_and_past_words_beside(book_file: Path, tmp_path: Path) -> None:
    put_file(tmp_path / "收", "丹东", {("1", "丹东"): 120})
    with opened("file", book_file, change=True) as book:
        merge(book, tmp_path / "收", Period(2024, 6))
    log = Listed(book_file, layout.NAME_LOG, *layout.LOG_COLUMNS)
    end = log.table.used.stop
    notes = {f"汇总记录!B{end + 1}": "六月底已归档", f"汇总记录!R{end + 2}": "此行以下为七月"}
    typed(book_file, **notes)
    with opened("file", book_file, change=True) as book:
        undo(book)
    again = Listed(book_file, layout.NAME_LOG, *layout.LOG_COLUMNS)
    assert (again.at(f"B{end + 1}"), again.at(f"R{end + 2}")) == ("六月底已归档", "此行以下为七月")
    assert again.text(end + 2, "批次") == ""
    assert again.text(end + 3, "动作") == "撤销"


def test_words_beside_the_settings_stay(book_file: Path) -> None:
    with opened("file", book_file) as book:
        row, column = OpenMaster.read(book).settings.cells[layout.PARAM_JUDGED]
    typed(book_file, **{f"设置!Z{row}": "请勿手改"})
    with opened("file", book_file, change=True) as book:
        colour(book, MAY)
        page = book.sheets["设置"]
        assert page.range((row, column)).value.date() == MAY
        assert page.range(f"Z{row}").value == "请勿手改"
