"""``amend``, ``repair`` and ``undo`` for other programs: one JSON document on stdout, what there is in it, and the exit codes of
nothing to do, done and refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jobs.amended_county import write_document
from jobs.county_book import county_file, typed
from minsheng.cli import main
from minsheng.hosts import opened
from small_county import county

Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command on the small county's master: exit code, the document on stdout (None: nothing there), the words."""
    master = county_file(tmp_path / "总表.xlsx")

    def command(verb: str, *words: object) -> tuple[int, Any, str]:
        code = main([verb, str(master), *map(str, words), "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return command


def changed(folder: Path) -> Path:
    found = county().document
    seven = replace(found.projects[6], leader="新领导")
    return write_document(folder, replace(found, projects=(*found.projects[:6], seven)), "调整.xlsx")


def test_amend(run: Run, tmp_path: Path) -> None:
    nothing = {"applied": False, "added": [], "cancelled": [], "renumbered": {}, "rebuilt": [], "changes": []}
    code, told, words = run("amend", write_document(tmp_path, county().document))
    assert (code, told["findings"], {key: told[key] for key in nothing}) == (0, [], nothing)
    assert list(told) == [*nothing, "findings"]
    assert "任务书和总表没有不同" in words
    code, told, _ = run("amend", changed(tmp_path), "--dry-run")
    change = {"project": 7, "what": "责任领导", "old": "石", "new": "新领导"}
    assert (code, told["applied"], told["changes"]) == (0, False, [change])
    code, told, _ = run("amend", changed(tmp_path))
    assert (code, told["applied"], told["changes"]) == (0, True, [change])
    other = write_document(tmp_path, replace(county().document, year=2025, title="2025年"), "明年.xlsx")
    code, told, words = run("amend", other)
    assert (code, told) == (3, None)
    assert "2025年的任务书" in words


def test_repair(run: Run, tmp_path: Path) -> None:
    code, told, words = run("repair")
    assert (code, told) == (0, {"applied": False, "steps": [], "unknown": [], "kept": None})
    assert "总表是完整的" in words
    with opened("file", tmp_path / "总表.xlsx", change=True) as book:
        book.names["P01_目标"].delete()
    step = "“01”恢复1处名称（P01_目标）。"
    code, told, _ = run("repair", "--dry-run")
    assert (code, told) == (0, {"applied": False, "steps": [step], "unknown": [], "kept": None})
    assert [path.name for path in tmp_path.glob("*修复前*")] == []
    code, told, words = run("repair")
    [copy] = tmp_path.glob("*修复前*")
    assert (code, told) == (0, {"applied": True, "steps": [step], "unknown": [], "kept": copy.name})
    assert copy.name in words
    other = write_document(tmp_path, replace(county().document, year=2025, title="2025年"), "明年.xlsx")
    code, told, words = run("repair", "--from", other)
    assert (code, told) == (3, None)
    assert "2025年的任务书" in words


def test_undo(run: Run, tmp_path: Path) -> None:
    code, told, words = run("undo")
    assert (code, told) == (3, None)
    assert "没有可以撤销的" in words
    run("amend", changed(tmp_path))
    code, told, _ = run("undo")
    back = {"project": 7, "what": "责任领导", "old": "新领导", "new": "石"}
    assert (code, told) == (
        0, {"batch": 1, "what": "修订", "period": "2024-01", "restored": [back], "left": []},
    )  # fmt: skip
    with opened("file", tmp_path / "总表.xlsx", change=True) as book:
        book.names["P01_目标"].delete()
    run("repair")
    code, told, _ = run("undo")
    sheet = {"project": None, "what": "工作表“01”", "old": "修复后", "new": "修复前"}
    assert (code, told["batch"], told["what"], told["restored"], told["left"]) == (0, 3, "修复", [sheet], [])
    run("repair")
    typed(tmp_path / "总表.xlsx", **{"01!AZ30": "手工"})
    code, told, words = run("undo")
    sheet = {"project": None, "what": "工作表“01”", "now": "修复后又改过的样子", "before": "修复前"}
    assert (code, told["restored"], told["left"]) == (0, [], [sheet])
    assert "保留现值" in words


def test_a_number_that_was_changed_since_is_told(run: Run, tmp_path: Path) -> None:
    from jobs.small_master import put_file

    put_file(tmp_path / "收", "石浦", {("1", "石浦"): 300, ("2", "石浦"): 0.5})
    assert run("merge", tmp_path / "收", "--period", "2024-06")[0] == 0
    typed(tmp_path / "总表.xlsx", **{"01!H9": 310})
    code, told, _ = run("undo")
    assert (code, told["what"]) == (0, "汇总")
    assert told["restored"] == [{"project": 2, "what": "第2项石浦6月", "old": "0.5", "new": ""}]
    assert told["left"] == [{"project": 1, "what": "第1项石浦6月", "now": "310", "before": ""}]
