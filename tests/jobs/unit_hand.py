"""A clerk's hand in a master of half a year, on a plain file: cells found by their words, typed into, rows put in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from jobs.as_a_program import edited, rows_inserted
from jobs.county_book import county_file
from jobs.small_master import put_file
from minsheng.domain.period import Period
from minsheng.hosts import opened
from minsheng.jobs.dispatching import dispatch
from minsheng.jobs.judging import colour, summarise
from minsheng.jobs.merging import merge
from minsheng.jobs.noting import note

__all__ = ["Hand", "half_a_year", "hand", "row_above_total"]

JUNE = Period(2024, 6)


@dataclass
class Hand:
    """Types into an open book."""

    book: xw.Book

    def find(self, tab: str, text: str) -> Any:
        """The first cell that says just ``text``."""
        area = self.book.sheets[tab].used_range
        for row, values in enumerate(area.value, start=area.row):
            for column, value in enumerate(values, start=area.column):
                if str(value or "").strip() == text:
                    return self.book.sheets[tab].range((row, column))
        raise LookupError(f"{tab}: {text}")

    def type(self, tab: str, text: str, value: Any, right: int = 0) -> None:
        """``value`` into the cell so far right of the one that says ``text``."""
        self.find(tab, text).offset(0, right).value = value


@contextmanager
def hand(path: Path) -> Iterator[Hand]:
    """The master open to a clerk, saved in the end."""
    with opened("file", path, change=True) as book:
        yield Hand(book)


def row_above_total(path: Path, tab: str, name: str, part: float) -> None:
    """A row put in just above 合计, where everybody does it: a name and a part."""
    with hand(path) as clerk:
        row = clerk.find(tab, "合计").row
    rows_inserted(path, tab, row)
    with edited(path) as book:
        book[tab].cell(row, 1).value = name
        book[tab].cell(row, 2).value = part


@pytest.fixture
def half_a_year(tmp_path: Path) -> Path:
    """June sent out and merged, from 丹东 and 石浦, and shown."""
    path = county_file(tmp_path / "总表.xlsx")
    put_file(
        tmp_path / "收", "石浦", {("1", "石浦"): 320, ("2", "石浦"): 0.2}, words={("1", "石浦"): "已进场"}
    )
    put_file(tmp_path / "收", "丹东", {("1", "丹东"): 180, ("2", "丹东"): 0.6, ("2", "丹东、石浦"): 0.3})
    with opened("file", path, change=True) as book:
        note(book, dispatch(book, JUNE, tmp_path / "发").unnoted)
        merge(book, tmp_path / "收", JUNE)
        summarise(book)
        colour(book)
    return path
