"""报送周期 月, 季, 半年: which periods there are, and when nodes fall due."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jobs.clerk import Clerk, press
from jobs.county_book import county_file, typed
from jobs.small_master import put_file, reports_of
from minsheng.cli import main
from minsheng.domain.period import Cycle, Period
from minsheng.hosts import opened
from minsheng.jobs.judging import colour
from minsheng.sheets import layout
from minsheng.sheets.open_master import OpenMaster

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    return county_file(tmp_path / "总表.xlsx")


@pytest.fixture
def run(book_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command on the master: its exit code and all that it said."""

    def command(verb: str, period: str) -> tuple[int, str]:
        (tmp_path / "收").mkdir(exist_ok=True)
        target = {
            "merge": [str(tmp_path / "收")], "bulletin": ["-o", str(tmp_path / "通报.docx")],
        }.get(verb, ["-o", str(tmp_path / "发")])  # fmt: skip
        code = main([verb, str(book_file), *target, "--period", period])
        return code, "".join(capsys.readouterr())

    return command


def cycle_is(path: Path, word: str) -> None:
    with opened("file", path, change=True) as book:
        settings = OpenMaster.read(book).settings
        book.sheets[settings.image.sheet].range(settings.cells[layout.PARAM_CYCLE]).value = word


def read(path: Path) -> OpenMaster:
    with opened("file", path) as book:
        return OpenMaster.read(book)


@pytest.mark.parametrize("verb", ["dispatch", "merge", "remind", "reply", "bulletin"])
@pytest.mark.parametrize("period", ["2024-05", "5月", "上半年"])
def test_a_period_that_there_is_not_is_wrong_usage_and_those_that_are_are_listed(
    book_file: Path, run: Run, verb: str, period: str, tmp_path: Path
) -> None:
    cycle_is(book_file, "季")
    before = book_file.read_bytes()
    code, told = run(verb, period)
    assert code == 2
    assert period in told
    for known in ("2024-03（一季度）", "2024-06（二季度）", "2024-09（三季度）", "2024-12（四季度）"):
        assert known in told
    assert book_file.read_bytes() == before
    assert not (tmp_path / "发").exists()


@pytest.mark.parametrize(
    ("word", "good", "bad"),
    [
        ("月", ["2024-05", "5月", "2024年5月", "五月"], ["二季度", "下半年", "2025-05", "2025年5月"]),
        ("", ["5月"], ["二季度"]),
        ("季", ["二季度", "2024年二季度", "2024-06", "6月"], ["4月", "下半年", "2025年一季度"]),
        ("半年", ["上半年", "12月", "2024年下半年"], ["3月", "二季度"]),
    ],
)
def test_what_is_typed_for_a_period(
    book_file: Path, run: Run, word: str, good: list[str], bad: list[str]
) -> None:
    cycle_is(book_file, word)
    assert [run("remind", text)[0] for text in good] == [0] * len(good)
    assert [run("remind", text)[0] for text in bad] == [2] * len(bad)


@pytest.mark.parametrize("text", ["", "十三月", "2024-13", "6", "五季度"])
def test_what_is_no_period_at_all(run: Run, text: str) -> None:
    with pytest.raises(SystemExit) as failed:
        run("remind", text)
    assert failed.value.code == 2


def test_a_word_that_is_none_is_refused_by_its_cell(book_file: Path) -> None:
    cycle_is(book_file, "周")
    master = read(book_file)
    (told,) = [f for f in master.findings if f.code == "M504"]
    assert (told.sheet, told.cell) == ("设置", "B17")
    assert "周" in told.message
    assert main(["colour", str(book_file)]) == 3


def test_a_master_of_before_reports_by_the_month(book_file: Path) -> None:
    with opened("file", book_file, change=True) as book:
        book.names[layout.NAME_CYCLE_MONTHS].delete()
        for row in (17, 18):
            for column in "ABC":
                book.sheets["设置"].range(f"{column}{row}").value = None
        master = OpenMaster.read(book)
    assert master.master.settings.cycle is Cycle.MONTH
    assert not [f for f in master.findings if f.sheet == "设置"]


def test_a_file_of_a_quarter_goes_to_its_last_month(book_file: Path, run: Run, tmp_path: Path) -> None:
    cycle_is(book_file, "季")
    assert run("dispatch", "二季度")[0] == 0
    assert (tmp_path / "发" / "石浦_2024年06月_填报表.xlsx").exists()
    put_file(tmp_path / "收", "石浦", {("1", "石浦"): 300})
    assert run("merge", "2024年二季度")[0] == 0
    assert list(reports_of(book_file)) == [(1, "石浦", 6)]


@pytest.mark.parametrize(
    ("word", "days"),
    [("月", date(2024, 5, 31)), ("季", date(2024, 6, 30)), ("半年", date(2024, 6, 30))],
)
def test_a_node_falls_due_at_the_end_of_the_period_that_holds_it(
    book_file: Path, word: str, days: date
) -> None:
    """Project 4 has its first node in May."""
    typed(book_file, **{"01!C8": 1, "04!G8": 1})
    cycle_is(book_file, word)
    for as_of in (date(2024, 5, 31), date(2024, 6, 29), date(2024, 6, 30)):
        with opened("file", book_file, change=True) as book:
            judgement = colour(book, as_of)
            book.app.calculate()
            shown = book.sheets["04"].range("Q4").value
        node = next(node for node in judgement.nodes if node.project == 4)
        assert node.status == ("逾期" if as_of >= days else "临期" if (days - as_of).days <= 10 else "正常")
        assert shown == (590 if as_of >= days else 0)
        project = next(p for p in judgement.projects if p.project == 4)
        assert project.plan == shown


def test_a_button_proposes_a_period_that_there_is(book_file: Path, tmp_path: Path) -> None:
    cycle_is(book_file, "季")
    (tmp_path / "发").mkdir()
    asked: list[str] = []

    class Asked(Clerk):
        def ask_text(self, words: str, proposal: str) -> str | None:
            asked.append(proposal)
            return "二季度"

    with opened("file", book_file) as book:
        press(book, "dispatch", Asked(folder=tmp_path / "发", agrees=False))
    assert asked == ["2024-03"]
    assert (tmp_path / "发" / "石浦_2024年06月_填报表.xlsx").exists()


def test_a_reminder_counts_periods(book_file: Path, run: Run, tmp_path: Path, capsys: Any) -> None:
    cycle_is(book_file, "季")
    for period in ("一季度", "二季度"):
        assert run("dispatch", period)[0] == 0
    code = main(["remind", str(book_file), "--period", "二季度", "-o", str(tmp_path / "催"), "--json"])
    document = json.loads(capsys.readouterr().out)
    assert (code, document["period"]) == (0, str(Period(2024, 6)))
    assert document["late"][0]["months"] == [3, 6]
    assert "连续第2期未报" in (tmp_path / "催" / "2024年06月催报单.txt").read_text("utf-8-sig")
