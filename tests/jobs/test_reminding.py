"""催报单 from the command line and after a 汇总 by button: the text to send and the sheet to print."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

import xlengines
from domain.records import asked, logged
from jobs.clerk import Clerk, press
from jobs.small_master import JUNE, put_file, small_master
from minsheng.building import reminder as building
from minsheng.cli import main
from minsheng.domain.period import Period
from minsheng.domain.reminder import reminder
from small_county import HEALTH, POLICE, WATER, county


@pytest.fixture
def master(tmp_path: Path) -> Path:
    """May: all but 丹东 and the water bureau; June: 石浦, and the police with a blank form."""
    path = small_master(tmp_path)
    for unit, project in (("石浦", "1"), (HEALTH, "3"), (POLICE, "5")):
        put_file(tmp_path / "5", unit, {(project, unit): 60}, period=Period(2024, 5))
    put_file(tmp_path / "6", "石浦", {("1", "石浦"): 70})
    put_file(tmp_path / "6", POLICE)
    for folder, period in (("5", "2024-05"), ("6", "2024-06")):
        assert main(["merge", str(path), str(tmp_path / folder), "--period", period]) == 0
    return path


def test_the_list_says_who_owes_what_and_since_when(
    master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = master.read_bytes()
    capsys.readouterr()
    out = tmp_path / "催报"
    assert main(["remind", str(master), "--period", "2024-06", "-o", str(out), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [(late["unit"], late["in_a_row"], late["carries"]) for late in document["late"]] == [
        ("丹东", 2, ["丹东、石浦"]), (HEALTH, 1, []), (WATER, 2, []),
    ]  # fmt: skip
    assert document["blank"] == [POLICE]
    raw = (out / "2024年06月催报单.txt").read_bytes()
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "2024年06月民生实事填报表应报5份，已报2份，还有3家没有报："
    assert lines[1] == "1. 丹东（含丹东、石浦）：连续第2个月未报，未报：5月、6月"
    assert lines[2] == f"2. {HEALTH}：首次未报"
    assert POLICE in lines[4]
    assert b"\n" not in raw.replace(b"\r\n", b"")
    sheet = load_workbook(out / "2024年06月催报单.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=8)]
    assert [(row[0], row[1], row[3], row[4]) for row in rows] == [
        (1, "丹东（含丹东、石浦）", "连续第2个月未报", "5月、6月"),
        (2, HEALTH, "首次未报", "6月"),
        (3, WATER, "连续第2个月未报", "5月、6月"),
    ]
    assert rows[0][2] == "1、2"
    assert rows[0][5] == "丹东_2024年06月_填报表.xlsx"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)
    assert master.read_bytes() == before, "nothing is written into the master"


def test_an_earlier_list_is_never_overwritten(master: Path, tmp_path: Path) -> None:
    out = tmp_path / "催报"
    for _ in range(2):
        assert main(["remind", str(master), "--period", "2024-06", "-o", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "2024年06月催报单.txt", "2024年06月催报单.xlsx", "2024年06月催报单_2.txt", "2024年06月催报单_2.xlsx",
    ]  # fmt: skip


def test_another_year_is_wrong_usage(master: Path, tmp_path: Path) -> None:
    assert main(["remind", str(master), "--period", "2023-06", "-o", str(tmp_path / "催报")]) == 2
    assert not (tmp_path / "催报").exists()


def test_after_a_merge_with_units_missing_the_list_is_offered(tmp_path: Path) -> None:
    master = small_master(tmp_path)
    put_file(tmp_path / "表", "石浦", {("1", "石浦"): 70})
    app = xlengines.file_engine().apps.add(add_book=False)
    book = app.books.open(str(master))
    clerk = Clerk(period=str(JUNE), folder=tmp_path / "表", reminders=tmp_path / "催报")
    press(book, "merge", clerk)
    app.quit()
    assert "还差4份" in clerk.said[-2]
    assert "催报单" in clerk.said[-2]
    assert "1. 丹东（含丹东、石浦）：首次未报" in clerk.said[-1]
    assert (tmp_path / "催报" / "2024年06月催报单.xlsx").exists()


@pytest.mark.validator
def test_the_sheet_is_clean_by_the_schema(validator: str, tmp_path: Path) -> None:
    for name, received in (
        ("有", asked(county(), 6)),
        ("没有", logged({6: {"丹东", "石浦", HEALTH, POLICE, WATER}})),
        ("没发", logged()),
    ):
        path = tmp_path / f"{name}.xlsx"
        found = reminder(county(), JUNE, received)
        path.write_bytes(building.build(found, county().document.title, Period(2024, 7).last_day))
        subprocess.run([validator, str(path)], check=True, capture_output=True)
