"""A job refuses where its result depends on what cannot be read, says all of it at once, and changes nothing; it goes on
where its result does not depend on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs.as_a_program import edited
from jobs.county_book import county_file, typed
from minsheng.cli import main

#: Command → its arguments after the master; every one that refuses.
COMMANDS = {
    "merge": ("收", "--period", "2024-06"), "undo": (), "colour": (), "summary": (),
    "bulletin": ("--period", "2024-06", "-o", "通报.docx"), "dispatch": ("--period", "2024-06", "-o", "发"),
    "export": ("-o", "表.csv"), "remind": ("--period", "2024-06", "-o", "催"),
    "reply": ("--period", "2024-06", "-o", "反"),
}  # fmt: skip
EVERY = frozenset(COMMANDS)
LOGGED = frozenset({"merge", "undo", "summary", "bulletin", "remind", "reply"})


@pytest.fixture
def book_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "收").mkdir()
    return county_file(tmp_path / "总表.xlsx")


def refusals(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Command → what it says, of those that end with 3 for something that is missing. Nothing is changed by these."""
    found = {}
    before = path.read_bytes()
    for command, arguments in COMMANDS.items():
        capsys.readouterr()
        code = main([command, str(path), *arguments])
        said = capsys.readouterr().err
        if code == 3 and "没有可以撤销" not in said:
            found[command] = said
            assert path.read_bytes() == before
        path.write_bytes(before)
    made = {"通报.docx": "bulletin", "发": "dispatch", "表.csv": "export", "催": "remind", "反": "reply"}
    for name, command in made.items():
        assert (path.parent / name).exists() != (command in found)
    return found


def test_a_whole_master_is_refused_by_none(book_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refusals(book_file, capsys) == {}


@pytest.mark.parametrize(
    ("cells", "jobs", "named"),
    [
        (
            {"01!H7": "六月", "02!B7": "任务数", "05!A2": "领导"},
            EVERY,
            ("01", "H7", "“6月”", "六月", "02", "B7", "05", "“责任领导”"),
        ),
        ({"01!A9": "丹东"}, EVERY, ("A9", "丹东")),
        ({"01!R7": "6月"}, EVERY, ("R7", "6月")),
        ({"01!O8": 7}, frozenset({"summary"}), ("O8", "最新累计")),
        ({"汇总表!H4": 7}, frozenset({"summary"}), ("H4", "实际累计")),
        ({"汇总记录!B2": "时刻"}, LOGGED, ("汇总记录", "B2", "时刻")),
        ({"填报明细!A2": "项目号"}, frozenset({"merge", "undo"}), ("填报明细", "A2", "项目号")),
        ({"设置!E3": "丹东区"}, frozenset({"dispatch", "remind", "reply", "bulletin"}), ("01!A8", "“丹东”")),
        ({"01!B8": "400人"}, EVERY, ("01", "B8", "400人")),
        ({"01!B8": "待定"}, EVERY, ("01", "B8", "待定")),
        ({"设置!F3": "镇乡"}, EVERY, ("设置", "F3", "镇乡")),
        ({"01!G7": "6月", "01!H7": "5月"}, frozenset({"summary"}), ("01", "G7", "“6月”", "“5月”")),
        ({"首页!A4": "号"}, frozenset({"summary"}), ("首页", "A4", "号")),
        ({"汇总表!A5": None}, frozenset({"summary"}), ("第2项",)),
    ],
)
def test_what_is_missing_is_missed_by_those_that_need_it(
    book_file: Path,
    capsys: pytest.CaptureFixture[str],
    cells: dict[str, object],
    jobs: frozenset[str],
    named: tuple[str, ...],
) -> None:
    typed(book_file, **cells)
    found = refusals(book_file, capsys)
    assert found.keys() == jobs
    assert [word for said in found.values() for word in named if word not in said] == []


@pytest.mark.parametrize(
    ("tab", "jobs"),
    [
        ("04", EVERY), ("设置", EVERY), ("汇总记录", LOGGED), ("填报明细", frozenset({"merge", "undo"})),
        ("汇总表", frozenset({"summary"})), ("首页", frozenset()), ("按责任领导", frozenset()), ("镇乡进度", frozenset()),
        ("校验结果", frozenset()), ("导入核对", frozenset()),
    ],
)  # fmt: skip
def test_a_sheet_that_is_gone_is_missed_by_those_that_need_it(
    book_file: Path, capsys: pytest.CaptureFixture[str], tab: str, jobs: frozenset[str]
) -> None:
    with edited(book_file) as workbook:
        del workbook[tab]
    found = refusals(book_file, capsys)
    assert found.keys() == jobs
    assert all(f"“{tab}”" in said for said in found.values())
    assert main(["check", str(book_file)]) == 1
    assert tab in capsys.readouterr().err
    assert main(["show", str(book_file), "--json"]) == 0
