"""A master on disk shows its numbers after every job: in a preview, on a phone, wherever nothing is computed."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from engines.plain_file import opened as opened_as_it_is
from jobs.county_book import county_file, typed
from jobs.small_master import put_file
from minsheng.domain.period import Period
from minsheng.hosts import opened
from minsheng.jobs.checking import check
from minsheng.jobs.judging import colour, summarise
from minsheng.jobs.merging import merge
from minsheng.jobs.undoing import undo
from needed import needed_module

JUNE, DAY = Period(2024, 6), date(2024, 6, 30)
Job = Callable[[xw.Book, Path], object]


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    return county_file(tmp_path / "总表.xlsx")


def shown(path: Path) -> dict[tuple[str, str], Any]:
    """(sheet, cell) → what stands in the file for every formula that may depend on anything; None for nothing at all."""
    found = {}
    with opened_as_it_is(path) as book:
        for sheet in book.sheets:
            part = sheet.impl.part
            for row, column in part.formula_texts():
                address = sheet.range((row, column)).address.replace("$", "")
                found[sheet.name, address] = part.value((row, column))
    return found


def without_values(path: Path) -> Path:
    """The same book without any formula's value: a change that nothing computes takes them away."""
    bare = Path(shutil.copy(path, path.with_name(f"无值{path.name}")))
    with opened_as_it_is(bare) as book:
        for sheet in book.sheets:
            sheet.used_range.value  # noqa: B018
        page = book.sheets["设置"]
        page.range("Z99").value = 1
        book.save()
    return bare


def alike(one: Any, other: Any) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.date() == other.date()
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other) <= 1e-12 * max(1, abs(one), abs(other))
    return bool((one or "") == (other or "") if isinstance(one, str | None) else one == other)


@pytest.mark.parametrize(
    "job",
    [
        lambda book, _: colour(book, DAY),
        lambda book, _: summarise(book, DAY),
        lambda book, _: check(book, DAY),
        lambda book, _: undo(book),
        lambda book, inbox: merge(book, inbox / "二", JUNE),
    ],
    ids=["colour", "summary", "check", "undo", "merge"],
)
def test_every_formula_carries_a_value_after_a_job(book_file: Path, tmp_path: Path, job: Job) -> None:
    inbox = tmp_path / "收"
    put_file(inbox / "一", "丹东", {("1", "丹东"): 120, ("2", "丹东"): 0.6})
    put_file(inbox / "二", "石浦", {("1", "石浦"): 90})
    with opened("file", book_file, change=True) as book:
        merge(book, inbox / "一", JUNE)
    with opened("file", book_file, change=True) as book:
        job(book, inbox)
    assert [place for place, value in shown(book_file).items() if value is None] == []


def odd_book(path: Path, seed: int) -> Path:
    """The small county's master with odd things typed into cells of every kind, in places over formulas."""
    chance = random.Random(seed)
    odd: list[Any] = [
        0, 1, -1, 0.1, 13.6, 1e-7, 1e15, 1 / 3, 45000, "9", "9台", "１２", "3\n120", "1e3", "2024-06-30", "50%", "已完成",
        None, None, None, True, False, date(2024, 5, 31), "=1/0", "=A1", "=C8*2", "=SUM(C8:C9)", "=TODAY()",
    ]  # fmt: skip
    with opened("file", county_file(path), change=True) as book:
        for sheet in book.sheets:
            sheet.used_range.value  # noqa: B018 - what has been read is computed
        for _ in range(chance.choice([5, 40, 150])):
            sheet = chance.choice(list(book.sheets))
            rows, columns = sheet.used_range.shape
            cell = sheet.range(
                (chance.randint(2, max(2, min(rows, 45))), chance.randint(1, min(columns, 16)))
            )
            if cell.value is None or chance.random() < 0.5:
                cell.value = chance.choice(odd)
    return path


@pytest.mark.libreoffice
def test_values_are_those_that_a_program_computes(soffice: str, tmp_path: Path) -> None:
    """Where there is a value it is right, however odd the book; what is in doubt has none."""
    books = [odd_book(tmp_path / f"{seed}.xlsx", seed) for seed in range(8)]
    bare = [without_values(book) for book in books]
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "xlsx",
         "--outdir", tmp_path / "out", *bare],
        capture_output=True, timeout=300, check=True,
    )  # fmt: skip
    valued = 0
    for book, computed in zip(books, bare, strict=True):
        ours, theirs = shown(book), shown(tmp_path / "out" / computed.name)
        for place, value in ours.items():
            if value is not None:
                valued += 1
                assert alike(value, theirs.get(place)), (book.name, place)
    assert valued > 3000


def test_a_second_witness_computes_the_same(master_file: Path, tmp_path: Path) -> None:
    """The whole of 2024, in a judged state, by a library that knows nothing of us."""
    witness = needed_module("betteroffice_xlsx")
    typed(
        master_file,
        **{
            "03!C8:C10": [[7], [2], [5]],
            "04!C8": 12,
            "20!D8:D9": [[3], [4]],
            "05!G6": "已取消",
            "设置!B17": "季",
        },
    )
    with opened("file", master_file, change=True) as book:
        colour(book, DAY)
        summarise(book, DAY)
    ours = shown(master_file)
    assert len(ours) > 4800
    other = witness.Workbook.open_path(str(without_values(master_file)))
    other.recalculate()
    for (sheet, cell), value in ours.items():
        theirs = other.value(sheet, cell)
        assert value is not None, (sheet, cell)
        if isinstance(value, datetime):
            assert (value - datetime(1899, 12, 30)).days == theirs, (sheet, cell)
        else:
            assert alike(value, str(theirs) if isinstance(value, str) else theirs), (sheet, cell)
