"""What a unit typed into 本月累计 is read exactly, or refused with file, sheet, cell and the text seen."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from incoming.form_files import filled, form, only, row, saved, with_cell
from minsheng.domain.finding import Severity
from minsheng.domain.quantity import plain
from small_county import HEALTH, POLICE

FLU, GAS = ("1", "丹东"), ("2", "丹东")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (0, "0"), (120, "120"), (120.0, "120"), ("120", "120"), ("１２０", "120"), ("1,200", "1200"), ("120人", "120"),
        ("2000万", "20000000"), ("1.2万人", "12000"), ("\u3000120 ", "120"), ("'120", "120"), (True + 119, "120"),
    ],
)  # fmt: skip
def test_a_number_is_read_in_every_way_it_can_be_meant(typed: Any, number: str) -> None:
    submission = only(filled({FLU: typed}))
    read = row(submission, 1, "丹东")
    assert (read.value is not None and plain(read.value)) == number
    assert not read.refused
    assert submission.findings == ()


@pytest.mark.parametrize(
    ("typed", "seen", "reason"),
    [
        ("5O", "5O", "字母"),
        ("约30", "约30", "不是确切的数"),
        ("12（含续建）", "12（含续建）", "说明"),
        ("1e400", "1e400", "科学计数法"),
        ("NaN", "NaN", "不是数字"),
        (-3, "-3", "负数"),
        ("-3", "-3", "负数"),
        (True, "TRUE", "逻辑值"),
        (datetime.date(2024, 6, 1), "2024-06-01", "日期"),
        (datetime.time(1, 2), "01:02:00", "时间"),
        ("无", "无", "不是数字"),
        (1e15, "1000000000000000", "数太大"),
        ("55%", "55%", "百分号"),
    ],
)
def test_what_cannot_be_read_exactly_is_refused_and_told(typed: Any, seen: str, reason: str) -> None:
    submission = only(filled({FLU: typed}), "丹东.xlsx")
    read = row(submission, 1, "丹东")
    assert read.value is None
    assert read.refused
    (finding,) = submission.findings
    assert finding.code == "S301"
    assert finding.severity is Severity.ERROR
    assert (finding.file, finding.sheet, finding.cell, finding.project, finding.unit) == (
        "丹东.xlsx", "填报", "G7", 1, "丹东",
    )  # fmt: skip
    assert f"“{seen}”" in finding.message
    assert reason in finding.message
    assert "丹东.xlsx" in finding.message


@pytest.mark.parametrize("typed", [None, "", "  ", "\u3000", "\u200b"])
def test_a_blank_cell_is_no_report_and_no_zero(typed: Any) -> None:
    submission = only(filled({FLU: typed}))
    assert row(submission, 1, "丹东").value is None
    assert not row(submission, 1, "丹东").refused
    assert submission.findings == ()


def test_one_bad_value_leaves_the_others_read() -> None:
    submission = only(filled({FLU: "约30", GAS: 1.2, ("2", "丹东、石浦"): "0.7公里"}))
    assert [read.value for read in submission.rows] == [None, Decimal("1.2"), Decimal("0.7")]


def test_a_float_is_the_number_that_the_clerk_sees() -> None:
    assert row(only(filled({GAS: 0.1 + 0.2})), 2, "丹东").value == Decimal("0.3")


class TestFormulas:
    """A formula counts with its stored result; without one it is refused, and an error is never a blank."""

    def test_with_a_stored_result_it_is_read_and_told(self) -> None:
        submission = only(with_cell(form(), "G7", "><f>100+20</f><v>120</v></c>"))
        assert row(submission, 1, "丹东").value == 120
        assert [finding.code for finding in submission.findings] == ["S304"]

    @pytest.mark.parametrize(
        "content", ["><f>SUM(A1:A3)</f></c>", "><f>SUM(A1:A3)</f><v></v></c>", "><f>1</f><v/></c>"]
    )
    def test_without_a_result_it_is_refused(self, content: str) -> None:
        submission = only(with_cell(form(), "G7", content))
        assert row(submission, 1, "丹东").refused
        assert [finding.code for finding in submission.findings] == ["S303"]

    @pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"])
    def test_an_error_is_refused_by_its_name(self, error: str) -> None:
        submission = only(with_cell(form(), "G7", f' t="e"><f>X!A1</f><v>{error}</v></c>'))
        assert row(submission, 1, "丹东").refused
        (finding,) = submission.findings
        assert finding.code == "S302"
        assert error in finding.message

    def test_an_error_text_pasted_as_text_is_refused_too(self) -> None:
        assert row(only(filled({FLU: "#REF!"})), 1, "丹东").refused

    def test_an_error_among_the_words_is_told(self) -> None:
        submission = only(with_cell(form(), "J7", ' t="e"><v>#N/A</v></c>'))
        assert [finding.code for finding in submission.findings] == ["S307"]
        assert row(submission, 1, "丹东").words.progress == ""


class TestPercentages:
    """Percentages are points: 55 for 55 %, however the cell is made up."""

    def rate(self, typed: Any, number_format: str = "General") -> Any:
        def edit(workbook: Workbook) -> None:
            cell = workbook["填报"]["G7"]
            cell.value, cell.number_format = typed, number_format

        return only(saved(form(HEALTH), edit))

    @pytest.mark.parametrize("typed", [55, "55", "55%", "５５％", 55.0])
    def test_points_are_read(self, typed: Any) -> None:
        assert row(self.rate(typed), 3, HEALTH).value == 55

    @pytest.mark.parametrize("number_format", ["0%", "0.00%", '0.0"约"%'])
    def test_a_cell_shown_as_per_cent_is_read_as_shown(self, number_format: str) -> None:
        submission = self.rate(0.555, number_format)
        assert row(submission, 3, HEALTH).value == Decimal("55.5")
        assert [finding.code for finding in submission.findings] == ["S305"]

    def test_a_quoted_per_cent_sign_does_not_scale(self) -> None:
        assert row(self.rate(55, '0"%"'), 3, HEALTH).value == 55

    @pytest.mark.parametrize("number_format", ['0.0,"万"', '0"万"', "0,", "0.0,,"])
    def test_a_format_that_shows_another_number_is_refused(self, number_format: str) -> None:
        submission = self.rate(60000, number_format)
        assert row(submission, 3, HEALTH).refused
        assert "不一样" in submission.findings[0].message

    @pytest.mark.parametrize("number_format", ["#,##0", "#,##0.00", "0.00", "@", "0_ ", "#,##0;[Red]-#,##0"])
    def test_the_usual_formats_change_nothing(self, number_format: str) -> None:
        assert row(self.rate(60, number_format), 3, HEALTH).value == 60

    def test_per_cent_where_people_are_counted_is_refused(self) -> None:
        def edit(workbook: Workbook) -> None:
            workbook["填报"]["G7"].value, workbook["填报"]["G7"].number_format = 0.5, "0%"

        submission = only(saved(form("丹东"), edit))
        assert row(submission, 1, "丹东").refused
        assert "“50%”" in submission.findings[0].message


class TestWords:
    def test_text_stays_text_whatever_it_begins_with(self) -> None:
        words = {FLU: "=cmd|'/c calc'!A0", GAS: "+86 574", ("2", "丹东、石浦"): "@SUM(1)"}

        def edit(workbook: Workbook) -> None:
            for cell, text in zip(("J7", "J8", "J9"), words.values(), strict=True):
                workbook["填报"][cell].value = text
                workbook["填报"][cell].data_type = "s"

        submission = only(saved(form(), edit))
        assert [read.words.progress for read in submission.rows] == list(words.values())

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            (datetime.date(2024, 8, 31), "2024-08-31"), ("8月底", "8月底"), (8, "8"), (" 8月底\n前 ", "8月底\n前"),
            ("完成_x000D_\n验收", "完成\n验收"),
        ],
    )  # fmt: skip
    def test_the_expected_date_is_kept_as_written(self, typed: Any, kept: str) -> None:
        assert row(only(filled({FLU: typed}, column="预计完成时间")), 1, "丹东").words.expected == kept


def test_a_second_measure_has_a_row_of_its_own() -> None:
    submission = only(filled({("5", POLICE): 6000, ("5-2", POLICE): 62}, POLICE))
    assert row(submission, 5, POLICE).value == 6000
    assert row(submission, 5, POLICE, measure=2).value == 62


def test_ticks_and_dates_of_nodes_are_read() -> None:
    def edit(workbook: Workbook) -> None:
        sheet = workbook["节点"]
        sheet["D5"], sheet["E5"], sheet["F5"] = "已完成", datetime.date(2024, 3, 1), "印发方案"
        sheet["D6"], sheet["E6"] = "未完成", "2024年11月3日"

    submission = only(saved(form(HEALTH), edit))
    assert [(node.project, node.phrase, node.done, node.done_on, node.note) for node in submission.nodes] == [
        (1, "1—3月份", True, datetime.date(2024, 3, 1), "印发方案"),
        (4, "11月份", False, datetime.date(2024, 11, 3), ""),
    ]
    assert submission.findings == ()


@pytest.mark.parametrize(("cell", "typed"), [("D5", "差不多"), ("D5", True), ("E5", "下旬"), ("E5", 45)])
def test_a_tick_or_date_that_cannot_be_read_is_refused(cell: str, typed: Any) -> None:
    submission = only(saved(form(HEALTH), lambda workbook: workbook["节点"].__setitem__(cell, typed)))
    assert [finding.code for finding in submission.findings] == ["S308"]
    assert submission.findings[0].cell == cell


FORM = form()
PLAIN_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    max_size=20,
)


@settings(max_examples=80)
@given(PLAIN_TEXT)
def test_any_text_is_read_or_refused_never_lost_and_never_zero_by_itself(text: str) -> None:
    inline = f' t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
    submission = only(with_cell(FORM, "G7", inline))
    read = row(submission, 1, "丹东")
    if read.value == 0:
        assert "0" in text or "０" in text
    if read.value is None and any(character.isalnum() for character in text):
        assert read.refused
        assert submission.findings
