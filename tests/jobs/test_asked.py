"""汇总记录 keeps whose forms were made: only who was asked for a month can be missing for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jobs.clerk import Clerk, press
from jobs.county_book import county_file, typed
from jobs.small_master import put_file, reports_of
from minsheng.cli import main
from minsheng.domain.period import Period
from minsheng.hosts import opened
from minsheng.jobs.noting import note
from minsheng.jobs.undoing import undo
from minsheng.sheets.open_master import OpenMaster
from small_county import HEALTH, POLICE, WATER
from xlengines.job_lock import alone

JUNE = Period(2024, 6)
EVERYBODY = ["丹东", "石浦", HEALTH, POLICE, WATER]
Said = Callable[..., Any]


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    return county_file(tmp_path / "总表.xlsx")


@pytest.fixture
def said(book_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """What a command on the master prints; ``into`` is the folder that it reads or writes."""

    def run(command: str, into: str, period: str = "2024-06", code: int = 0) -> Any:
        folder = [str(tmp_path / into)] if command == "merge" else ["-o", str(tmp_path / into)]
        (tmp_path / into).mkdir(exist_ok=True)
        assert main([command, str(book_file), *folder, "--period", period, "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return run


def log_rows(path: Path) -> list[tuple[Any, ...]]:
    rows = [*load_workbook(path)["汇总记录"].iter_rows(min_row=3, values_only=True)]
    return [row for row in rows if any(row)]


def test_each_form_that_is_made_is_a_row_once(book_file: Path, said: Said, tmp_path: Path) -> None:
    assert said("dispatch", "发")["noted"]
    rows = log_rows(book_file)
    assert [(row[3], row[4], row[8], row[11]) for row in rows] == [
        ("2024-06", "发出", unit, "填报表") for unit in EVERYBODY
    ]
    assert all(row[5].startswith(row[8]) and len(row[6]) == 64 for row in rows)
    before = book_file.read_bytes()
    again = said("dispatch", "发")
    assert (len(again["unchanged"]), again["noted"]) == (5, True)
    assert book_file.read_bytes() == before
    said("dispatch", "七月", "2024-07")
    assert len(log_rows(book_file)) == 10


def test_a_form_that_stood_there_with_another_content_was_made_too(
    book_file: Path, said: Said, tmp_path: Path
) -> None:
    put_file(tmp_path / "发", "石浦", {("1", "石浦"): 5}, name="石浦_2024年06月_填报表.xlsx")
    assert said("dispatch", "发")["kept"] == ["石浦_2024年06月_填报表.xlsx"]
    assert {row[8]: row[6] for row in log_rows(book_file)}["石浦"] is None
    with opened("file", book_file) as book:
        assert "石浦" in OpenMaster.read(book).needed_log().record().forms_by_month(2024)[6]


def test_nobody_is_missing_before_anybody_was_asked(book_file: Path, said: Said) -> None:
    typed(book_file, **{"01!H8": 5})
    assert said("merge", "空")["missing"] == []
    assert said("remind", "催")["late"] == []


def test_who_was_sent_a_form_is_missing_until_it_comes(said: Said, tmp_path: Path) -> None:
    said("dispatch", "发")
    assert said("merge", "空")["missing"] == EVERYBODY
    put_file(tmp_path / "收", "石浦", {("1", "石浦"): 5})
    assert said("merge", "收")["missing"] == ["丹东", HEALTH, POLICE, WATER]
    assert said("merge", "空", "2024-07")["missing"] == []


def test_a_file_that_came_asks_the_others_too(said: Said, tmp_path: Path) -> None:
    """A master of before does not know whose forms it made."""
    put_file(tmp_path / "收", "石浦", {("1", "石浦"): 5})
    assert said("merge", "收")["missing"] == ["丹东", HEALTH, POLICE, WATER]


def test_an_undo_takes_no_form_back(book_file: Path, said: Said, tmp_path: Path) -> None:
    said("dispatch", "发")
    put_file(tmp_path / "收", "石浦", {("1", "石浦"): 5})
    said("merge", "收")
    with opened("file", book_file, change=True) as book:
        assert undo(book).restored
    assert reports_of(book_file) == {}
    assert said("merge", "空")["missing"] == EVERYBODY


def test_forms_of_a_master_that_cannot_be_written_are_made_with_a_warning(
    book_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book_file.read_bytes()
    with alone(str(book_file.resolve()), "汇总"):
        code = main(["dispatch", str(book_file), "--period", "2024-06", "-o", str(tmp_path / "发")])
    told = "".join(capsys.readouterr())
    assert code == 0
    assert len([*(tmp_path / "发").iterdir()]) == 5
    assert "提醒：填报表已经生成，但没有记进“汇总记录”" in told
    assert book_file.read_bytes() == before


def test_a_log_that_cannot_be_read_keeps_no_form_back(book_file: Path, said: Said, tmp_path: Path) -> None:
    typed(book_file, **{"汇总记录!B2": "时刻"})
    assert said("dispatch", "发")["noted"] is False
    assert len([*(tmp_path / "发").iterdir()]) == 5


def test_a_row_that_somebody_edited_is_named(book_file: Path, said: Said) -> None:
    said("dispatch", "发")
    typed(book_file, **{"汇总记录!L3": "表"})
    with opened("file", book_file) as book:
        master = OpenMaster.read(book)
    assert [(f.code, f.sheet, f.cell) for f in master.findings] == [("M504", "汇总记录", "L3")]


def test_what_is_noted_twice_stands_once(book_file: Path, said: Said) -> None:
    said("dispatch", "发")
    with opened("file", book_file, change=True) as book:
        forms = OpenMaster.read(book).needed_log().made()
        note(book, forms, at=datetime(2024, 7, 1, 9))
    assert len(log_rows(book_file)) == 5


def test_the_button_notes_them_in_the_open_book(book_file: Path, tmp_path: Path) -> None:
    clerk = Clerk(folder=tmp_path / "发")
    (tmp_path / "发").mkdir()
    with opened("file", book_file) as book:
        press(book, "dispatch", clerk)
        assert len(OpenMaster.read(book).needed_log().made()) == 5
