"""A file is known by its seal, whatever it is called and whoever saved it; without one by what it prints."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.workbook import Workbook

from incoming.form_files import JUNE, form, only, packed, parts, saved
from minsheng.domain.period import Period
from minsheng.domain.submission import Submission
from small_county import county

ID = county().id


def who(submission: Submission) -> tuple[str | None, Period | None, str | None, bool]:
    return (submission.unit, submission.period, submission.master_id, submission.sealed)


def without_properties(workbook: Workbook) -> None:
    workbook.custom_doc_props = CustomPropertyList()


def without_hidden_sheet(workbook: Workbook) -> None:
    del workbook["标记"]


def unsealed(workbook: Workbook) -> None:
    without_properties(workbook)
    without_hidden_sheet(workbook)


@pytest.mark.parametrize("file", ["石浦_2023年01月_填报表.xlsx", "新建 Microsoft Excel 工作表(1).xlsx"])
def test_the_seal_decides_not_the_name(file: str) -> None:
    assert who(only(form("丹东"), file)) == ("丹东", JUNE, ID, True)


@pytest.mark.parametrize(
    "strip", [without_properties, without_hidden_sheet], ids=["properties", "hidden sheet"]
)
def test_one_of_the_two_seals_is_enough(strip: object) -> None:
    assert who(only(saved(form("丹东"), strip))) == ("丹东", JUNE, ID, True)  # type: ignore[arg-type]


def test_a_hidden_sheet_shown_or_renamed_is_still_the_seal() -> None:
    def show(workbook: Workbook) -> None:
        without_properties(workbook)
        workbook["标记"].sheet_state = "visible"
        workbook["标记"].title = "Sheet3"

    assert who(only(saved(form("丹东"), show))) == ("丹东", JUNE, ID, True)


class TestWithoutSeal:
    """A file that was retyped or saved by a strange program."""

    def test_the_printed_words_are_taken_and_that_is_known(self) -> None:
        assert who(only(saved(form("丹东"), unsealed))) == ("丹东", JUNE, ID, False)

    @pytest.mark.parametrize(
        ("printed", "period"),
        [
            ("报送月份：2024年6月", Period(2024, 6)), ("填报月份:2024-06", Period(2024, 6)),
            ("报送月份 2024/6", Period(2024, 6)), ("报送月份：２０２４年０６月", Period(2024, 6)), ("报送月份：六月", None),
            ("报送月份：2024年13月", None), ("报送月份：", None),
        ],
    )  # fmt: skip
    def test_a_month_is_read_in_the_usual_ways(self, printed: str, period: Period | None) -> None:
        def retype(workbook: Workbook) -> None:
            unsealed(workbook)
            workbook["填报"]["D3"] = printed

        assert only(saved(form("丹东"), retype)).period == period

    def test_the_word_may_stand_in_the_next_cell(self) -> None:
        def retype(workbook: Workbook) -> None:
            unsealed(workbook)
            sheet = workbook["填报"]
            for merged in list(sheet.merged_cells.ranges):
                sheet.unmerge_cells(str(merged))
            sheet["A3"], sheet["B3"] = "填报单位", "石浦镇"
            sheet["D3"], sheet["E3"] = "报送月份", date(2024, 6, 1)

        submission = only(saved(form("丹东"), retype))
        assert (submission.unit, submission.period) == ("石浦镇", JUNE)

    def test_nothing_is_made_up(self) -> None:
        def blank(workbook: Workbook) -> None:
            unsealed(workbook)
            workbook["填报"]["A3"] = workbook["填报"]["D3"] = workbook["填报"]["I3"] = None

        assert who(only(saved(form("丹东"), blank))) == (None, None, None, False)


class TestContradictions:
    def test_what_is_printed_is_kept_for_comparison(self) -> None:
        def alter(workbook: Workbook) -> None:
            workbook["填报"]["A3"], workbook["填报"]["D3"] = "填报单位：石浦", "报送月份：2024年05月"

        submission = only(saved(form("丹东"), alter))
        assert (submission.unit, submission.period) == ("丹东", JUNE)
        assert (submission.printed_unit, submission.printed_period) == ("石浦", Period(2024, 5))

    @pytest.mark.parametrize(
        ("old", "new"), [("2024-06</", "2024-13</"), (">2024<", ">2023<"), ("填报表总表编号", "填报表别的")]
    )
    def test_a_seal_that_contradicts_itself_is_refused(self, old: str, new: str) -> None:
        contents = parts(form("丹东"))
        custom = contents["docProps/custom.xml"].decode()
        assert old in custom
        contents["docProps/custom.xml"] = custom.replace(old, new).encode()
        submission = only(packed(contents))
        assert [finding.code for finding in submission.findings] == ["S209"]


class TestTimes:
    """When a file was made is asked of the file alone: a copied file has a new date on disk."""

    def test_the_time_of_saving_is_read_in_utc(self) -> None:
        contents = parts(form("丹东"))
        core = contents["docProps/core.xml"].decode()
        before, _, rest = core.partition("2000-01-01T00:00:00Z</dcterms:modified>")
        core = f"{before}2024-06-28T09:30:00+08:00</dcterms:modified>{rest}"
        contents["docProps/core.xml"] = core.encode()
        assert only(packed(contents)).saved_at == datetime(2024, 6, 28, 1, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        "core", [b"", b"<x>modified</x>", b"<a/><dcterms:modified>gestern</dcterms:modified>"]
    )
    def test_a_time_that_cannot_be_read_is_none(self, core: bytes) -> None:
        contents = parts(form("丹东"))
        contents["docProps/core.xml"] = core
        assert only(packed(contents)).saved_at is None

    @pytest.mark.parametrize("typed", ["2024-06-28", "2024年6月28日", date(2024, 6, 28), "2024.6.28"])
    def test_the_day_of_sending_is_read_from_the_sign_off_line(self, typed: object) -> None:
        def sign(workbook: Workbook) -> None:
            (label,) = [
                cell for line in workbook["填报"].iter_rows() for cell in line if cell.value == "报送日期："
            ]
            workbook["填报"].cell(label.row, label.column + 1, typed)

        assert only(saved(form("丹东"), sign)).sent_on == date(2024, 6, 28)
