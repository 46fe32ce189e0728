"""Moved, inserted, hidden or renamed rows, columns and sheets are found by their labels or refused, never shifted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from incoming.form_files import HEADER, filled, form, only, row, saved, sheet_part
from minsheng.domain.submission import Submission
from small_county import HEALTH

VALUES = {("1", "丹东"): 120, ("2", "丹东"): 0.6, ("2", "丹东、石浦"): 0.3}
FILLED = filled(VALUES)
COLUMNS = 12


def reported(submission: Submission) -> dict[tuple[int, str], Any]:
    return {(row.key.project, row.key.unit): row.value for row in submission.rows}


EXPECTED = reported(only(FILLED))


def refusal(data: bytes) -> str:
    submission = only(data)
    assert submission.unreadable
    return submission.findings[0].code


def edited(edit: Callable[[Any], None]) -> bytes:
    return saved(FILLED, lambda workbook: edit(workbook["填报"]))


def unmerged(sheet: Any) -> Any:
    """Nothing merged any more: openpyxl moves rows and leaves merged areas where they were, no program of an office does."""
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    return sheet


def test_the_form_as_it_was_sent_reads_back() -> None:
    assert [str(value) for value in EXPECTED.values()] == ["120", "0.6", "0.3"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda sheet: unmerged(sheet).insert_rows(1, 3),
        lambda sheet: sheet.insert_rows(HEADER + 2),
        lambda sheet: sheet.insert_cols(1, 2),
        lambda sheet: sheet.insert_cols(7),
        lambda sheet: unmerged(sheet).delete_rows(1, 2),
        lambda sheet: sheet.move_range("A7:L9", rows=2),
        lambda sheet: sheet.move_range("A6:L11", cols=3),
        lambda sheet: setattr(sheet.row_dimensions[7], "hidden", True),
        lambda sheet: setattr(sheet.column_dimensions["G"], "hidden", True),
        lambda sheet: setattr(sheet, "title", "Sheet1"),
        lambda sheet: sheet.cell(HEADER, 7, "本月\n累计"),
        lambda sheet: sheet.cell(HEADER, 7, " 本 月 累 计 "),
        lambda sheet: sheet.cell(HEADER, 2, "名称"),
        lambda sheet: sheet.delete_cols(9),
    ],
    ids=[
        "rows above", "a blank row inside", "columns before", "a column inside", "rows above deleted", "rows moved",
        "table moved", "row hidden", "column hidden", "sheet renamed", "label broken", "label spaced", "title renamed",
        "核对 deleted",
    ],
)  # fmt: skip
def test_what_has_moved_is_found_by_its_labels(edit: Callable[[Any], None]) -> None:
    assert reported(only(edited(edit))) == EXPECTED


@given(st.permutations(range(COLUMNS)), st.permutations(range(3)), st.integers(0, 5))
@settings(max_examples=25)
def test_no_order_of_columns_and_rows_changes_what_is_read(
    columns: list[int], rows: list[int], above: int
) -> None:
    def edit(sheet: Any) -> None:
        old = [[cell.value for cell in line] for line in sheet.iter_rows(HEADER, HEADER + 3, 1, COLUMNS)]
        for index, line in enumerate([old[0], *(old[1 + place] for place in rows)]):
            for target, source in enumerate(columns):
                sheet.cell(HEADER + index, target + 1, line[source])
        if above:
            unmerged(sheet).insert_rows(1, above)

    assert reported(only(edited(edit))) == EXPECTED


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda sheet: sheet.cell(HEADER, 7, "累计数"), "S211"),
        (lambda sheet: sheet.cell(HEADER, 1, "编号"), "S211"),
        (lambda sheet: sheet.delete_cols(3), "S211"),
        (lambda sheet: sheet.delete_rows(HEADER), "S211"),
        (lambda sheet: sheet.delete_cols(4), "S213"),
        (lambda sheet: sheet.cell(HEADER, 9, "本月累计"), "S214"),
        (lambda sheet: sheet.cell(HEADER, 14, "承担单位"), "S214"),
    ],
    ids=["value renamed", "number renamed", "unit deleted", "no header", "measure deleted", "value twice", "unit twice"],
)  # fmt: skip
def test_a_table_whose_columns_cannot_be_told_is_refused(edit: Callable[[Any], None], code: str) -> None:
    assert refusal(edited(edit)) == code


class TestRowsThatSayNotWhatTheyAre:
    """A number in a row without 序号 would be dropped silently: it is told."""

    @pytest.mark.parametrize("number", [None, "", "合计", "一", 1.5, 0, -1, "33-22-1"])
    def test_a_number_without_a_project_is_an_error(self, number: Any) -> None:
        submission = only(edited(lambda sheet: sheet.cell(7, 1, number)) if number is not None else edited(
            lambda sheet: setattr(sheet.cell(7, 1), "value", None)
        ))  # fmt: skip
        assert [finding.code for finding in submission.findings] == ["S306"]
        assert submission.findings[0].cell == "G7"
        assert "“120”" in submission.findings[0].message
        assert (1, "丹东") not in reported(submission)

    def test_what_stands_below_the_table_is_no_report(self) -> None:
        def sign(sheet: Any) -> None:
            sheet["G11"], sheet["G12"], sheet["J12"] = "张三", "13800000000", "2024-06-28"

        submission = only(edited(sign))
        assert submission.findings == ()
        assert reported(submission) == EXPECTED
        assert str(submission.sent_on) == "2024-06-28"

    def test_a_row_of_a_project_below_the_signatures_is_read_all_the_same(self) -> None:
        def move(sheet: Any) -> None:
            for cell in sheet[7]:
                sheet.cell(20, cell.column, cell.value)
                cell.value = None

        submission = only(edited(move))
        assert submission.findings == ()
        assert reported(submission) == EXPECTED
        assert row(submission, 1, "丹东").cell == "G20", "found where it was moved to"

    def test_numbers_written_as_text_are_numbers_of_projects(self) -> None:
        assert reported(only(edited(lambda sheet: sheet.cell(7, 1, " １ ")))) == EXPECTED


def with_merged(area: str, data: bytes = FILLED) -> bytes:
    """One more merged area, what it covers left as it is."""
    return sheet_part(
        data,
        lambda xml: re.sub(
            rb"(<mergeCells[^>]*>)", rb'\1<mergeCell ref="%s"/>' % area.encode(), xml, count=1
        ),
    )


class TestHiddenCells:
    """What is hidden is read, because units hide what they have done with, and named, because nobody sees it."""

    @pytest.mark.parametrize(
        ("edit", "count", "cells"),
        [
            (lambda sheet: setattr(sheet.row_dimensions[8], "hidden", True), 1, "（G8）"),
            (lambda sheet: setattr(sheet.column_dimensions["G"], "hidden", True), 3, "（G7、G8、G9）"),
        ],
    )
    def test_numbers_in_them_are_named(self, edit: Callable[[Any], None], count: int, cells: str) -> None:
        submission = only(edited(edit))
        assert reported(submission) == EXPECTED
        (finding,) = submission.findings
        assert (finding.code, finding.severity, finding.sheet) == ("S311", "warning", "填报")
        assert f"{count}个数{cells}" in finding.message

    def test_a_hidden_row_without_a_number_is_nothing_to_tell(self) -> None:
        data = saved(form(), lambda workbook: setattr(workbook["填报"].row_dimensions[8], "hidden", True))
        assert only(data).findings == ()


class TestMergedCells:
    def test_numbers_of_rows_that_were_merged_into_one_are_told_and_not_shifted(self) -> None:
        """序号 merged over two rows stands in the first alone: the second row's number belongs to nobody."""
        submission = only(edited(lambda sheet: sheet.merge_cells("A8:A9")))
        assert [finding.code for finding in submission.findings] == ["S306"]
        assert "G9" in submission.findings[0].message
        assert reported(submission) == dict(list(EXPECTED.items())[:2])

    def test_a_number_merged_over_two_rows_is_that_of_the_first_and_the_other_is_named(self) -> None:
        submission = only(edited(lambda sheet: sheet.merge_cells("G8:G9")))
        assert reported(submission) == {**EXPECTED, list(EXPECTED)[2]: None}
        (finding,) = submission.findings
        assert (finding.code, finding.severity, finding.sheet, finding.cell) == (
            "S310",
            "warning",
            "填报",
            "G9",
        )
        assert "G8:G9" in finding.message

    def test_a_number_under_a_merged_cell_is_refused(self) -> None:
        """A file may keep what the cells held before: nobody has seen it since."""
        submission = only(with_merged("G8:G9"))
        assert reported(submission) == {**EXPECTED, list(EXPECTED)[2]: None}
        (finding,) = submission.findings
        assert (finding.code, finding.severity, finding.cell) == ("S301", "error", "G9")
        assert "“0.3”" in finding.message
        assert "G8:G9" in finding.message

    def test_words_under_a_merged_cell_are_not_read(self) -> None:
        data = filled({("2", "丹东"): "开工", ("2", "丹东、石浦"): "未开工"}, column="进展说明", data=FILLED)
        submission = only(with_merged("J8:J9", data))
        assert [line.words.progress for line in submission.rows] == ["", "开工", ""]
        (finding,) = submission.findings
        assert (finding.code, finding.cell) == ("S307", "J9")
        assert "未开工" in finding.message

    def test_words_merged_across_columns_and_titles_across_the_sheet_change_nothing(self) -> None:
        def merge(sheet: Any) -> None:
            sheet.merge_cells("J7:L7")
            sheet.insert_rows(HEADER)
            sheet.merge_cells(start_row=HEADER, start_column=1, end_row=HEADER, end_column=12)

        assert reported(only(edited(merge))) == EXPECTED


def test_a_form_of_another_version_is_read_by_its_labels() -> None:
    def older(workbook: Workbook) -> None:
        for line in workbook["标记"].iter_rows():
            if line[0].value == "表式版本":
                line[1].value = "0"
        for entry in workbook.custom_doc_props.props:
            if entry.name.endswith("表式版本"):
                entry.value = "0"

    submission = only(saved(FILLED, older))
    assert submission.sealed
    assert reported(submission) == EXPECTED


class TestSheets:
    def copied(self, edit: Callable[[Any], None]) -> bytes:
        def copy(workbook: Workbook) -> None:
            edit(workbook.copy_worksheet(workbook["填报"]))

        return saved(FILLED, copy)

    def test_a_copy_that_says_the_same_is_one_form(self) -> None:
        assert reported(only(self.copied(lambda sheet: None))) == EXPECTED

    def test_a_copy_that_says_something_else_is_refused(self) -> None:
        assert refusal(self.copied(lambda sheet: sheet.cell(7, 7, 999))) == "S212"

    def test_other_sheets_do_not_matter(self) -> None:
        def add(workbook: Workbook) -> None:
            workbook.create_sheet("台账", 0).append(["随便", "什么"])

        assert reported(only(saved(FILLED, add))) == EXPECTED

    def test_nodes_are_found_on_a_renamed_sheet_too(self) -> None:
        def rename(workbook: Workbook) -> None:
            workbook["节点"]["D5"] = "已完成"
            unmerged(workbook["节点"]).insert_rows(1, 2)
            workbook["节点"].title = "Sheet2"

        submission = only(saved(form(HEALTH), rename))
        assert [node.done for node in submission.nodes] == [True, None]
