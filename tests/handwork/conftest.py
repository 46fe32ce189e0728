"""One LibreOffice and one county for all that a clerk does by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings as xw

from handwork.county_in_office import JOBS, Files, Outcome, half_year, outcomes, read_once
from handwork.hand import Hand
from live_office import live_office

__all__ = ["files", "office", "untouched", "worked_on"]


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The county's master and the form to be merged into it, made once."""
    return half_year(tmp_path_factory.mktemp("县"))


@pytest.fixture(scope="session")
def office() -> Iterator[xw.App]:
    with live_office() as app:
        yield app


@pytest.fixture(scope="session")
def untouched(office: xw.App, files: Files, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What every job gives of the master that nobody touched."""
    folder = tmp_path_factory.mktemp("原样")
    book = office.books.open(str(shutil.copy(files.master, folder)))
    with pytest.MonkeyPatch.context() as patched, read_once(patched):
        found = outcomes(book, files, folder, JOBS)
    book.close()
    refused = [name for name, outcome in found.items() if outcome.refused]
    assert refused == [], "every job can work on it"
    return found


@pytest.fixture
def worked_on(
    office: xw.App, files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., dict[str, Outcome]]]:
    """Let a clerk's hand do something to the open master, then run jobs on it."""
    book = office.books.open(str(shutil.copy(files.master, tmp_path)))

    def run(edit: Callable[[Hand], None], *jobs: str) -> dict[str, Outcome]:
        edit(Hand(book))
        return outcomes(book, files, tmp_path, jobs or JOBS)

    with read_once(monkeypatch):
        yield run
    book.close()
