"""Units that change, on the stand-in for Excel: cell for cell what the plain file gives."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

import xlengines
from excelsim import pywin32
from excelsim.application import Application
from excelsim.standing import standing
from jobs.small_master import put_file
from jobs.unit_hand import Hand, half_a_year
from minsheng.domain.period import Period
from minsheng.hosts import opened
from minsheng.jobs.checking import check
from minsheng.jobs.judging import colour, summarise
from minsheng.jobs.merging import merge
from minsheng.jobs.repairing import repair
from xlengines import excel as settled

JULY = Period(2024, 7)

__all__ = ["half_a_year"]


def changed(book: xw.Book, inbox: Path) -> Any:
    """石浦 renamed and mended, then part of 丹东, which reports for both."""
    clerk = Hand(book)
    clerk.type("设置", "石浦", "石浦、石浦镇", right=2)
    clerk.type("设置", "石浦", "石浦街道")
    steps = repair(book).steps
    clerk.type("设置", "石浦街道", "丹东", right=4)
    clerk.type("设置", "石浦街道", 7, right=5)
    clerk.type("01", "石浦街道", 0, right=1)
    clerk.type("01", "丹东", 1000, right=1)
    plan = merge(book, inbox, JULY).plan
    colour(book)
    summarise(book)
    return steps, [str(change) for change in plan.changes], [f.code for f in check(book).findings]


def test_on_excel_it_is_what_it_is_on_a_file(
    half_a_year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settled, "PAUSE", 0.0)
    put_file(tmp_path / "收七月", "丹东", {("1", "丹东"): 560}, period=JULY)
    copy = Path(shutil.copy(half_a_year, tmp_path / "另一本.xlsx"))
    with pywin32.running(Application()):
        engine = xlengines.excel_engine()
        assert engine is not None
        book = next(iter(engine.apps)).books.open(str(half_a_year))
        gave = changed(book, tmp_path / "收七月")
        found = standing(pywin32.APPS[0]._books[0])
    with opened("file", copy, change=True) as book:
        assert changed(book, tmp_path / "收七月") == gave
    assert [step for step in gave[0] if "改成“石浦街道”" in step]
    expected = standing(Application().Workbooks.Open(str(copy)))
    # Of a file a copy is kept before it is repaired, and 汇总记录 says where.
    places = [place for place in found | expected if place[0] != "汇总记录"]
    differing = [place for place in places if found.get(place) != expected.get(place)]
    assert not differing, [(p, found.get(p), expected.get(p)) for p in differing[:5]]
