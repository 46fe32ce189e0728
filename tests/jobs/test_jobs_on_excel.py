"""Every job on the 2024 master, on xlwings' own Windows engine: cell for cell what the plain-file engine gives, also while Excel
rejects calls; no job more calls than a person waits for."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

import xlengines
from excelsim import errors, pywin32
from excelsim.application import Application
from excelsim.pywin32 import CALLS
from excelsim.standing import Cells, standing, state
from jobs.clerk import half_done, press
from jobs.test_buttons_on_excel import ORDER, answering
from minsheng.domain.period import Period
from minsheng.hosts import opened
from minsheng.jobs.checking import check
from minsheng.jobs.dispatching import dispatch
from minsheng.jobs.importing import import_document, sample_document
from minsheng.jobs.judging import clear_colour, colour, summarise
from minsheng.jobs.merging import merge
from minsheng.jobs.undoing import undo
from xlengines import excel as settled

#: Calls across processes that a button makes on the 2024 master; its 600 names one by one would take 1,500 alone.
MOST_CALLS = 1_500
JUNE, DAY, AT = Period(2024, 6), date(2024, 6, 30), datetime(2024, 7, 3, 9)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the 2024 master (``总表.xlsx``) and June's forms, half of every share reported, in ``收件夹``."""
    folder = tmp_path_factory.mktemp("年")
    import_document(sample_document(), folder / "总表.xlsx")
    with opened("file", folder / "总表.xlsx", change=True) as book:
        dispatch(book, JUNE, folder / "收件夹")
    for path in sorted((folder / "收件夹").iterdir()):
        half_done(path)
    return folder


STEPS: dict[str, Callable[[xw.Book, Path], Any]] = {
    "校验": lambda book, inbox: check(book, DAY),
    "汇总": lambda book, inbox: merge(book, inbox, JUNE, at=AT),
    "逾期着色": lambda book, inbox: colour(book, DAY),
    "刷新汇总表": lambda book, inbox: summarise(book, DAY),
    "再校验": lambda book, inbox: check(book, DAY),
    "撤销汇总": lambda book, inbox: undo(book),
    "清除着色": lambda book, inbox: clear_colour(book),
}


@pytest.fixture
def excel(year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[xw.Book]:
    shutil.copy(year / "总表.xlsx", tmp_path / "总表.xlsx")
    monkeypatch.setattr(settled, "PAUSE", 0.0)
    with pywin32.running(Application()):
        engine = xlengines.excel_engine()
        assert engine is not None
        yield next(iter(engine.apps)).books.open(str(tmp_path / "总表.xlsx"))


def on_file(year: Path, path: Path, steps: Iterable[str]) -> Cells:
    """What stands in the master at ``path``, made where there is none, after these steps on the plain-file engine."""
    if not path.exists():
        shutil.copy(year / "总表.xlsx", path)
    for name in steps:
        with opened("file", path, change=True) as book:
            STEPS[name](book, year / "收件夹")
    return standing(Application().Workbooks.Open(str(path)))


def test_every_job_gives_what_the_plain_file_gives(year: Path, excel: xw.Book, tmp_path: Path) -> None:
    app = pywin32.APPS[0]
    before, names = state(app), list(STEPS)
    for steps in (names[:2], names[2:5], names[5:]):
        for name in steps:
            CALLS.start()
            STEPS[name](excel, year / "收件夹")
            assert sum(CALLS.values()) <= MOST_CALLS, (name, CALLS.most_common(5))
            assert state(app) == before, name
        found, expected = standing(app._books[0]), on_file(year, tmp_path / "文件.xlsx", steps)
        differing = [place for place in found | expected if found.get(place) != expected.get(place)]
        assert not differing, f"{steps}: {[(p, found.get(p), expected.get(p)) for p in differing[:5]]}"
    assert not app._saved


def test_no_button_makes_more_calls_than_a_person_waits_for(
    year: Path, excel: xw.Book, tmp_path: Path
) -> None:
    """修复 lists what is to be mended; nothing is."""
    shutil.copytree(year / "收件夹", tmp_path / "收件夹")
    for does in ORDER:
        CALLS.start()
        press(excel, does, answering(does, tmp_path))
        assert sum(CALLS.values()) <= MOST_CALLS, (does, CALLS.most_common(5))


@pytest.mark.parametrize("refusal", [errors.busy, errors.editing])
@pytest.mark.parametrize("name", ["汇总", "逾期着色", "刷新汇总表"])
def test_a_job_waits_while_excel_rejects_calls(
    name: str, refusal: Callable[[], errors.ComError], year: Path, excel: xw.Book, tmp_path: Path
) -> None:
    """Calls rejected in bursts at random places: the result is the same."""
    chance = random.Random(name)
    state = {"left": 0}

    def reject(number: int, member: str) -> Exception | None:
        if state["left"] == 0 and chance.random() < 0.02:
            state["left"] = chance.randint(1, 5)
        if state["left"] == 0:
            return None
        state["left"] -= 1
        return pywin32.rejected(refusal())

    CALLS.start()
    CALLS.reject = reject
    STEPS[name](excel, year / "收件夹")
    CALLS.start()
    assert standing(pywin32.APPS[0]._books[0]) == on_file(year, tmp_path / "文件.xlsx", [name])
