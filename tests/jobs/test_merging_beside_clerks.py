"""汇总 and 撤销 on a master whose 汇总记录 and 填报明细 a clerk works in; files that come late; words from end to end."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incoming.form_files import filled
from jobs.clerk import type_into_master
from jobs.small_master import JUNE, put_file, reports_of, small_master, words_in
from jobs.test_merge_anywhere import saved_at
from jobs.test_merging_and_undoing import DANDONG, SHIPU, header_of, merge, run, state
from small_county import HEALTH


def column_of(master: Path, sheet: str, label: str) -> str:
    return header_of(master, sheet, label).rstrip("0123456789")


def rows_of(master: Path, sheet: str) -> list[dict[str, object]]:
    """The rows below the header, by its labels."""
    header, *rows = [row for row in words_in(master, sheet) if len(row) > 1][1:]
    return [dict(zip(header, row, strict=False)) for row in rows]


class TestWhatSomebodyEdited:
    """A cell of 汇总记录 or 填报明细 that cannot be read: what was merged last is not guessed."""

    @pytest.mark.parametrize(
        ("sheet", "label", "typed"),
        [("汇总记录", "期次", "六月"), ("汇总记录", "新值", "abc"), ("汇总记录", "指标", "第二"), ("填报明细", "指标", "第二")],
    )  # fmt: skip
    def test_stops_both_jobs_by_its_address_and_changes_nothing(
        self, sheet: str, label: str, typed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        master, inbox = small_master(tmp_path), tmp_path / "收件夹"
        put_file(inbox, "丹东", DANDONG, words={("1", "丹东"): "在做"})
        merge(master, inbox)
        row = 3 if sheet == "填报明细" else 4
        cell = f"{column_of(master, sheet, label)}{row}"
        type_into_master(master, sheet, cell, typed)
        put_file(inbox, "丹东", {("1", "丹东"): 130})
        before = master.read_bytes()
        for does in (["merge", master, inbox, "--period", JUNE], ["undo", master]):
            capsys.readouterr()
            assert run(*does) == 3
            assert f"“{sheet}”{cell}填的是“{typed}”，" in capsys.readouterr().err
        assert master.read_bytes() == before
        run("check", master)
        assert f"“{sheet}”{cell}填的是“{typed}”，" in capsys.readouterr().err

    def test_a_log_sorted_newest_first_says_the_same(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        master, inbox = small_master(tmp_path), tmp_path / "收件夹"
        for number in (100, 120):
            put_file(inbox, "丹东", {("1", "丹东"): number}, name=f"{number}.xlsx")
            merge(master, inbox)
            (inbox / f"{number}.xlsx").unlink()
        log = rows_of(master, "汇总记录")
        for line, row in enumerate(reversed(log), start=3):
            for label, value in row.items():
                shown = f"'{value}" if isinstance(value, str) else value
                type_into_master(master, "汇总记录", f"{column_of(master, '汇总记录', label)}{line}", shown)
        put_file(inbox, "丹东", {("1", "丹东"): 130})
        capsys.readouterr()
        assert merge(master, inbox) == 0
        assert "改动手工填的" not in capsys.readouterr().err
        for number in (120, 100):
            run("undo", master)
            assert reports_of(master) == {(1, "丹东", 6): number}


class TestWordsOfAClerk:
    def test_rows_below_stay_and_a_typed_report_is_one(self, tmp_path: Path) -> None:
        master, inbox = small_master(tmp_path), tmp_path / "收件夹"
        put_file(inbox / "一", "丹东", DANDONG, words={("1", "丹东"): "在做"})
        merge(master, inbox / "一")
        for column, typed in (("A", "第1项"), ("B", "石浦"), ("C", "6月"), ("F", "电话里说缺地")):
            type_into_master(master, "填报明细", f"{column}4", typed)
        type_into_master(master, "填报明细", "A6", "备注：7月1日已电话核对")
        type_into_master(master, "填报明细", "L3", "已核实丹东")
        before = state(master)
        put_file(inbox / "二", HEALTH, {("3", HEALTH): 55}, words={("3", HEALTH): "按月报销"})
        put_file(inbox / "二", "石浦", SHIPU, words={("1", "石浦"): "地有了"})
        assert merge(master, inbox / "二") == 0
        rows = words_in(master, "填报明细")
        assert [(row[0], row[5]) for row in rows if row[0] not in ("填报明细", "项目")] == [
            ("1", "在做"),
            ("第1项", "地有了"),
            ("备注：7月1日已电话核对", None),
            ("3", "按月报销"),
        ]
        assert rows[2][11] == "已核实丹东"
        assert run("undo", master) == 0
        assert state(master) == before

    def test_what_needs_deciding_goes_all_the_way(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """需协调事项, from the form to the master, the log, the lists and back."""
        master, inbox = small_master(tmp_path), tmp_path / "收件夹"
        before = state(master)
        path = put_file(inbox, "丹东", DANDONG)
        path.write_bytes(filled({("1", "丹东"): "请协调用地"}, data=path.read_bytes(), column="需协调事项"))
        assert run("merge", master, inbox, "--period", JUNE, "--json") == 0
        told = capsys.readouterr()
        assert "第1项丹东6月需协调事项：空白→请协调用地" in told.err
        assert [(word["field"], word["new"]) for word in json.loads(told.out)["words"]] == [
            ("need", "请协调用地")
        ]
        assert [row["需协调事项"] for row in rows_of(master, "填报明细")] == ["请协调用地"]
        assert "需协调事项" in [row["内容"] for row in rows_of(master, "汇总记录")]
        run("show", master, "--json")
        reports = json.loads(capsys.readouterr().out)["projects"][0]["reports"]
        assert [report["need"] for report in reports] == ["请协调用地"]
        run("undo", master)
        assert state(master) == before


def test_undo_says_where_words_came_from_also_where_020_merged_them(tmp_path: Path) -> None:
    """It logged 文件 only where somebody had written into it."""
    master, inbox = small_master(tmp_path), tmp_path / "收件夹"
    for name, words in (("甲", "在做"), ("乙", "做好了")):
        put_file(inbox / name, "丹东", {("1", "丹东"): 60}, words={("1", "丹东"): words}, name=f"{name}.xlsx")
        merge(master, inbox / name)
    log = rows_of(master, "汇总记录")
    (line,) = [line for line, row in enumerate(log, start=3) if row["内容"] == "文件"]
    for label in log[0]:
        type_into_master(master, "汇总记录", f"{column_of(master, '汇总记录', label)}{line}", None)
    assert run("undo", master) == 0
    assert [(row["进展说明"], row["文件"]) for row in rows_of(master, "填报明细")] == [("在做", "甲.xlsx")]


def test_an_older_version_in_another_inbox_replaces_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    master, inbox = small_master(tmp_path), tmp_path / "收件夹"
    for folder, number, day in (("新", 120, 30), ("旧", 90, 10)):
        path = put_file(inbox / folder, "丹东", {("1", "丹东"): number})
        path.write_bytes(saved_at(path.read_bytes(), datetime(2024, 6, day, tzinfo=UTC)))
        capsys.readouterr()
        assert merge(master, inbox / folder) == 0
    assert "S218" in capsys.readouterr().err
    assert reports_of(master) == {(1, "丹东", 6): 120}
    run("undo", master)
    assert merge(master, inbox / "旧") == 0
    assert reports_of(master) == {(1, "丹东", 6): 90}, "what was taken back counts no more"
