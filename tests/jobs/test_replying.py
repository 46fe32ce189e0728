"""反馈单 from the command line: a page and a text for every unit, all at once, never over a file that differs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jobs.clerk import fill_in, type_into_master
from jobs.small_master import put_file, small_master
from minsheng.cli import main
from minsheng.domain.period import Period
from minsheng.hosts import opened
from minsheng.jobs.settings import remember
from small_county import HEALTH, POLICE, WATER

UNITS = ("丹东", "石浦", HEALTH, POLICE, WATER)


@pytest.fixture
def master(tmp_path: Path) -> Path:
    """May: 石浦 and the police. June: 石浦 with a number that cannot be read, 丹东's file empty, the health bureau's number
    typed after a telephone call, nothing of the water bureau."""
    path = small_master(tmp_path)
    for unit, project in (("石浦", "1"), (POLICE, "5")):
        put_file(tmp_path / "5", unit, {(project, unit): 60}, period=Period(2024, 5))
    put_file(tmp_path / "6", "石浦", {("1", "石浦"): "约300", ("2", "石浦"): 0.3})
    put_file(tmp_path / "6", POLICE, {("5", POLICE): 7000})
    (tmp_path / "6" / "丹东（6月）.xlsx").write_bytes(b"")
    for folder, period in (("5", "2024-05"), ("6", "2024-06")):
        main(["merge", str(path), str(tmp_path / folder), "--period", period])
    type_into_master(path, "03", "H8", 52)
    return path


def reply(master: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["reply", str(master), "--period", "2024-06", "-o", str(out), "--json"]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def text_of(out: Path, unit: str) -> str:
    raw = (out / f"{unit}_2024年06月_反馈单.txt").read_bytes()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    return raw.decode("utf-8-sig")


def page_of(out: Path, unit: str) -> list[list[Any]]:
    sheet = load_workbook(out / f"{unit}_2024年06月_反馈单.xlsx").active
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def test_each_unit_is_told_what_became_of_its_file(
    master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = master.read_bytes()
    out = tmp_path / "反馈"
    document = reply(master, out, capsys)
    told = {unit["unit"]: unit for unit in document["units"]}
    assert {name: unit["state"] for name, unit in told.items()} == {
        "丹东": "refused", "石浦": "taken", HEALTH: "typed", POLICE: "taken", WATER: "missing",
    }  # fmt: skip
    assert [(one["project"], one["value"]) for one in told["石浦"]["taken"]] == [(2, "0.3")]
    (refused,) = told["石浦"]["refused"]
    assert (refused["file"], refused["sheet"], refused["project"], refused["text"]) == (
        "石浦.xlsx",
        "填报",
        1,
        "约300",
    )
    assert refused["cell"].startswith("G")
    assert told[WATER]["missing_months"] == [5]
    assert told["石浦"]["missing_months"] == []
    assert document["unknown"] == document["not_asked"] == []
    (first,) = [line for line in told[POLICE]["standing"] if (line["project"], line["measure"]) == (5, 1)]
    assert (first["total"], first["rate"], first["gap"], first["status"]) == ("7000", "0.5385", "0", "正常")
    assert (first["next"]["due"], first["next"]["amount"]) == ("2024-12-31", "13000")
    assert master.read_bytes() == before, "nothing is written into the master"


def test_the_text_can_be_sent_as_it_is(
    master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "反馈"
    reply(master, out, capsys)
    shipu = text_of(out, "石浦")
    assert shipu.startswith("石浦2024年06月民生实事填报反馈单\r\n填报表已收到（“石浦.xlsx”，")
    assert "采用1个数，没有采用1处。" in shipu
    assert "“石浦.xlsx”填报!G" in shipu
    assert "“约300”" in shipu
    assert "请改成确切的数字后重新报送" in shipu
    assert "交来的填报表没有能采用" in text_of(out, "丹东")
    assert "“丹东（6月）.xlsx”：是空的" in text_of(out, "丹东")
    assert "还没有收到填报表（“县住建局_2024年06月_填报表.xlsx”）" in text_of(out, WATER)
    assert "今年还没有报的月份：5月" in text_of(out, WATER)
    assert "没有收到填报表，县里登记了数" in text_of(out, HEALTH)
    assert "第7项 4—6月份确定实施方案（6月30日到期）：待确认。" in text_of(out, POLICE)
    for unit in UNITS:
        words = text_of(out, unit)
        assert not {"None", "nan", "Decimal", "{"} & set(words.split()), unit
        assert "。。" not in words


def test_the_page_says_the_same_and_fits_on_paper(
    master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "反馈"
    reply(master, out, capsys)
    rows = page_of(out, "石浦")
    assert rows[0] == ["石浦2024年06月民生实事填报反馈单"]
    at = rows.index(["一、没有采用的"])
    assert rows[at + 1] == ["序号", "位置", "填的内容", "没有采用的原因", "请这样改"]
    assert rows[at + 2][0] == 1
    assert rows[at + 2][2] == "约300"
    at = rows.index(["二、到2024年6月底的进度"])
    assert rows[at + 2][:5] == ["1", "为6.16万60岁以上老年人免费接种流感疫苗", "人", 600, "退回"]
    assert rows[at + 2][5:10] == [60, 0.1, 300, 240, "未报"]
    assert rows[at + 3][4:6] == [0.3, 0.3]
    assert ["一、到2024年6月底的进度"] in page_of(out, POLICE)
    assert ["二、要打勾的节点"] in page_of(out, POLICE)
    for unit in UNITS:
        sheet = load_workbook(out / f"{unit}_2024年06月_反馈单.xlsx").active
        setup = sheet.page_setup
        assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (
            9,
            "portrait",
            1,
            1,
        )
        assert sheet.print_area == f"'反馈单'!$A$1:$K${sheet.max_row}"


def test_again_is_the_same_and_what_differs_is_kept(
    master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "反馈"
    first = reply(master, out, capsys)
    assert len(first["written"]) == 10
    again = reply(master, out, capsys)
    assert (again["written"], len(again["unchanged"]), again["kept"]) == ([], 10, [])
    mine = out / "石浦_2024年06月_反馈单.xlsx"
    mine.write_bytes(b"mine")
    (out / "丹东_2024年06月_反馈单.txt").unlink()
    third = reply(master, out, capsys)
    assert third["written"] == ["丹东_2024年06月_反馈单.txt"]
    assert third["kept"] == ["石浦_2024年06月_反馈单.xlsx"]
    assert mine.read_bytes() == b"mine"


def test_a_corrected_file_leaves_nothing_refused(
    master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_file(tmp_path / "补", "石浦", {("1", "石浦"): 300, ("2", "石浦"): 0.3})
    put_file(tmp_path / "补", "丹东", {("1", "丹东"): 100})
    assert main(["merge", str(master), str(tmp_path / "补"), "--period", "2024-06"]) == 0
    told = {unit["unit"]: unit for unit in reply(master, tmp_path / "反馈", capsys)["units"]}
    assert told["丹东"]["state"] == "taken"
    assert told["丹东"]["refused"] == told["石浦"]["refused"] == []
    assert "没有采用" not in text_of(tmp_path / "反馈", "石浦")


def test_a_refused_file_that_names_nobody_is_told_to_the_county(
    master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "6" / "表一.xlsx").write_bytes(b"PK")
    main(["merge", str(master), str(tmp_path / "6"), "--period", "2024-06"])
    (unknown,) = reply(master, tmp_path / "反馈", capsys)["unknown"]
    assert unknown["file"] == "表一.xlsx"
    assert main(["reply", str(master), "--period", "2024-06", "-o", str(tmp_path / "反馈")]) == 0
    assert "看不出是哪个单位的：“表一.xlsx”" in capsys.readouterr().err


def test_another_year_is_wrong_usage(master: Path, tmp_path: Path) -> None:
    assert main(["reply", str(master), "--period", "2023-06", "-o", str(tmp_path / "反馈")]) == 2
    assert not (tmp_path / "反馈").exists()


def test_the_reminder_tells_refused_from_silent(
    master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["remind", str(master), "--period", "2024-06", "-o", str(tmp_path / "催"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [(late["unit"], late["refused"]) for late in document["late"]] == [
        ("丹东", ["丹东（6月）.xlsx"]), (WATER, []),
    ]  # fmt: skip
    lines = (tmp_path / "催" / "2024年06月催报单.txt").read_text("utf-8-sig").splitlines()
    assert lines[0].endswith("还有2家没有报（其中1家交来的表退回了）：")
    assert "交来的“丹东（6月）.xlsx”退回了" in lines[1]
    assert "退回" not in lines[2]


@pytest.mark.parametrize("folder", ["收件夹", "收件夹/反馈", "别处/../收件夹"])
def test_replies_do_not_go_among_the_forms(folder: str, master: Path, tmp_path: Path) -> None:
    with opened("file", master, change=True) as book:
        remember(book, inbox="收件夹")
    assert main(["reply", str(master), "--period", "2024-06", "-o", str(tmp_path / folder)]) == 2
    assert not (tmp_path / "收件夹").exists()
    assert main(["reply", str(master), "--period", "2024-06", "-o", str(tmp_path / "收件夹二")]) == 0


@pytest.mark.validator
def test_the_pages_are_clean_by_the_schema(
    validator: str, master: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reply(master, tmp_path / "反馈", capsys)
    for unit in ("石浦", POLICE):
        page = tmp_path / "反馈" / f"{unit}_2024年06月_反馈单.xlsx"
        subprocess.run([validator, str(page)], check=True, capture_output=True)


def test_on_the_2024_document_every_unit_gets_one_page(
    master_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box, out = tmp_path / "收件夹", tmp_path / "反馈"
    assert main(["dispatch", str(master_file), "--period", "2024-06", "-o", str(box)]) == 0
    for path in box.iterdir():
        if not path.name.startswith(("石浦", "西周", "鹤浦")):
            path.unlink()
    fill_in(box / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): "7台左右", ("12", "石浦"): 10})
    fill_in(box / "西周_2024年06月_填报表.xlsx", {("1", "西周"): 12.5})
    (box / "鹤浦_2024年06月_填报表.xlsx").write_bytes(b"\xd0\xcf\x11\xe0")
    assert main(["merge", str(master_file), str(box), "--period", "2024-06"]) == 1
    document = reply(master_file, out, capsys)
    told = {unit["unit"]: unit for unit in document["units"]}
    assert len(told) == 33
    assert {name for name, unit in told.items() if unit["state"] != "missing"} == {"石浦", "西周", "鹤浦"}
    assert told["鹤浦"]["state"] == "refused"
    assert [(wrong["code"], wrong["project"], wrong["text"]) for wrong in told["石浦"]["refused"]] == [
        ("S301", 3, "7台左右")
    ]
    assert [(wrong["code"], wrong["project"]) for wrong in told["西周"]["refused"]] == [("S405", 1)]
    assert len(document["written"]) == 66 == len(list(out.iterdir()))
    for page in out.glob("*.xlsx"):
        assert load_workbook(page).active.page_setup.fitToHeight == 1, page.name
