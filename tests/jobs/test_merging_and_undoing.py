"""汇总 and 撤销 on a plain file: what is listed first, what is logged, and that all of it can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs.clerk import type_into_master
from jobs.small_master import JUNE, cells_of, put_file, reports_of, small_master, words_in
from minsheng.cli import main
from minsheng.domain.period import Period
from small_county import HEALTH, POLICE

DANDONG, SHIPU = {("1", "丹东"): 120, ("2", "丹东"): 0.6}, {("1", "石浦"): 90}
MAY = Period(2024, 5)


def run(*words: object) -> int:
    return main([str(word) for word in words])


def merge(master: Path, inbox: Path, period: Period = JUNE) -> int:
    return run("merge", master, inbox, "--period", period)


def state(master: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that stands in the master but the log, blank rows and cells at the end left out."""
    trimmed = {}
    for sheet, rows in cells_of(master).items():
        if sheet != "汇总记录":
            trimmed[sheet] = [row for row in rows if any(cell is not None for cell in row)]
    return trimmed


class TestWhatWasTypedByHand:
    def test_is_listed_before_all_other_changes(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        master, inbox = small_master(tmp_path), tmp_path / "收件夹"
        put_file(inbox, "丹东", DANDONG)
        put_file(inbox, "石浦", SHIPU)
        assert merge(master, inbox) == 0
        place = address_of(master, "02", "丹东", 6)
        type_into_master(master, "02", place, 0.5)
        put_file(inbox, "丹东", {("1", "丹东"): 130, ("2", "丹东"): 0.7})
        capsys.readouterr()
        assert merge(master, inbox) == 0
        steps = ("读取总表……", "计算并写入……")
        said = [line.strip() for line in capsys.readouterr().err.splitlines() if line not in steps]
        assert said[:2] == ["改动手工填的1处：", "第2项丹东6月：0.5→0.7"]
        assert said[2:4] == ["改动以前汇总的1处：", "第1项丹东6月：120→130"]
        assert "S415" in said[4]

    def test_a_sheet_that_cannot_be_read_is_not_blamed_on_the_units(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        master, inbox = small_master(tmp_path), tmp_path / "收件夹"
        put_file(inbox, "丹东", DANDONG)
        type_into_master(master, "02", header_of(master, "02", "6月"), "六月份")
        before = master.read_bytes()
        assert merge(master, inbox) == 3
        said = capsys.readouterr().err
        assert "工作表“02”里找不到表头“6月”" in said
        assert "找不到表头“6月”" in said
        assert "丹东" not in said
        assert master.read_bytes() == before

    def test_words_in_a_number_cell_are_never_written_over(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """They read as blank, but an undo could not bring them back."""
        master, inbox = small_master(tmp_path), tmp_path / "收件夹"
        place = address_of(master, "02", "丹东", 6)
        type_into_master(master, "02", place, "约0.5")
        before = master.read_bytes()
        put_file(inbox, "丹东", DANDONG)
        assert merge(master, inbox) == 3
        assert master.read_bytes() == before
        said = capsys.readouterr().err
        assert f"02!{place}“约0.5”" in said
        assert "改成确切的数字或清空" in said

    def test_what_a_merge_wrote_was_not_typed(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        master, inbox = small_master(tmp_path), tmp_path / "收件夹"
        put_file(inbox, "丹东", DANDONG, words={("1", "丹东"): "在做"})
        merge(master, inbox)
        put_file(inbox, "丹东", {("1", "丹东"): 130}, words={("1", "丹东"): "做好了"})
        capsys.readouterr()
        merge(master, inbox)
        said = capsys.readouterr().err
        assert "改动手工填的" not in said
        assert "第1项丹东6月进展说明：在做→做好了" in said


def header_of(master: Path, sheet: str, label: str) -> str:
    from openpyxl import load_workbook

    page = load_workbook(master)[sheet]
    return next(cell.coordinate for row in page.iter_rows() for cell in row if cell.value == label)


def address_of(master: Path, sheet: str, unit: str, month: int) -> str:
    from openpyxl import load_workbook

    page = load_workbook(master)[sheet]
    column = next(
        cell.column_letter for row in page.iter_rows() for cell in row if cell.value == f"{month}月"
    )
    row = next(cell.row for row in page.iter_rows(max_col=1) for cell in row if cell.value == unit)
    return f"{column}{row}"


class TestUndo:
    def test_several_in_a_row_bring_back_each_state_exactly(self, tmp_path: Path) -> None:
        """Numbers, words with their file, ticks and marks: all as they stood before each merge."""
        master, inbox = small_master(tmp_path), tmp_path / "收件夹"
        put_file(inbox / "5", "丹东", {("1", "丹东"): 60}, words={("1", "丹东"): "在做"}, period=MAY)
        put_file(inbox / "6", "丹东", DANDONG, words={("1", "丹东"): "=在做"})
        put_file(inbox / "6", "石浦", SHIPU)
        put_file(inbox / "6b", "丹东", {("1", "丹东"): 130}, words={("1", "丹东"): "改了"}, name="补报.xlsx")
        put_file(inbox / "6b", HEALTH, {("3", HEALTH): 55})
        states = [state(master)]
        for folder, period in (("5", MAY), ("6", JUNE), ("6b", JUNE)):
            merge(master, inbox / folder, period)
            states.append(state(master))
        assert len({str(each) for each in states}) == 4, "each merge changes something"
        for expected in reversed(states[:-1]):
            assert run("undo", master) == 0
            assert state(master) == expected
        assert run("undo", master) == 3, "nothing is left to take back"

    def test_words_that_somebody_wrote_come_back_with_their_source(self, tmp_path: Path) -> None:
        master, inbox = small_master(tmp_path), tmp_path / "收件夹"
        put_file(inbox, "丹东", {("1", "丹东"): 60}, words={("1", "丹东"): "在做"})
        merge(master, inbox)
        header = next(i for i, row in enumerate(cells_of(master)["填报明细"], 1) if row[0] == "项目")
        for cell, words in ((f"F{header + 1}", "电话里说的"), (f"J{header + 1}", "电话记录")):
            type_into_master(master, "填报明细", cell, words)
        before = state(master)
        put_file(inbox, "丹东", {("1", "丹东"): 70}, words={("1", "丹东"): "做好了"})
        merge(master, inbox)
        assert "电话记录" not in str(state(master))
        assert run("undo", master) == 0
        assert state(master) == before

    def test_a_merge_after_an_undo_is_a_step_of_its_own(self, tmp_path: Path) -> None:
        master, inbox = small_master(tmp_path), tmp_path / "收件夹"
        put_file(inbox, "丹东", DANDONG)
        before = state(master)
        for _ in range(2):
            merge(master, inbox)
            merged = state(master)
            run("undo", master)
            assert state(master) == before
        merge(master, inbox)
        assert state(master) == merged

    def test_a_cell_changed_by_hand_since_is_kept_and_named(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        master, inbox = small_master(tmp_path), tmp_path / "收件夹"
        put_file(inbox, "丹东", DANDONG)
        merge(master, inbox)
        type_into_master(master, "02", address_of(master, "02", "丹东", 6), 0.9)
        capsys.readouterr()
        assert run("undo", master) == 0
        said = capsys.readouterr().err
        assert "第2项丹东6月" in said
        assert "0.6" in said
        assert [(key, float(value)) for key, value in reports_of(master).items()] == [((2, "丹东", 6), 0.9)]


def test_formulas_in_words_stay_text_in_the_master(tmp_path: Path) -> None:
    """A text that begins with =, +, - or @ is nobody's formula, also when the sheet is written again."""
    master, inbox = small_master(tmp_path), tmp_path / "收件夹"
    evil = ["=cmd|'/C calc'!A0", "+1+1", "@SUM(A1)", '=HYPERLINK("http://x","y")']
    for number, (unit, row) in enumerate(
        (("丹东", "丹东"), ("石浦", "石浦"), (HEALTH, HEALTH), (POLICE, POLICE))
    ):
        project = {"丹东": "1", "石浦": "1", HEALTH: "3", POLICE: "5"}[unit]
        put_file(inbox, unit, words={(project, row): evil[number]})
    put_file(inbox, "丹东", {("1", "丹东"): 5}, words={("1", "丹东"): evil[0]})
    merge(master, inbox)
    put_file(inbox, "丹东", {("1", "丹东"): 6}, words={("1", "丹东"): evil[0]})
    merge(master, inbox)
    from openpyxl import load_workbook

    for sheet in load_workbook(master).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert not (cell.data_type == "f" and "cmd" in str(cell.value)), (
                    f"{sheet.title}!{cell.coordinate}"
                )
    assert any("=cmd|'/C calc'!A0" in str(row) for row in words_in(master, "填报明细"))


def test_the_words_of_a_second_merge_leave_numbers_numbers(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    master, inbox = small_master(tmp_path), tmp_path / "收件夹"
    for period in (MAY, JUNE):
        put_file(
            inbox / str(period), "丹东", {("1", "丹东"): 5}, words={("1", "丹东"): "在做"}, period=period
        )
        merge(master, inbox / str(period), period)
    rows = [row for row in load_workbook(master)["填报明细"].iter_rows(min_row=3) if row[0].value is not None]
    assert [(row[0].value, row[2].value, row[4].value) for row in rows] == [(1, 5, 5), (1, 6, 5)]
