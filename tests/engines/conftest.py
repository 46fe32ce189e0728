"""The engines that the contract runs on, and the workbook that it runs with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName

import xlengines
from excelsim import pywin32
from excelsim.application import Application
from live_office import live_office

#: ``excel`` is the stand-in for it, unless this is a computer that can have Excel.
NAMED = tuple(name for name in os.environ.get("MINSHENG_ENGINES", "").split(",") if name)
OURS = ("file", "libreoffice")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The contract on every engine, what is beyond it on ours; other modules start what they need themselves."""
    suite = metafunc.module.__name__.rpartition(".")[2]
    every = {
        "test_contract": (*OURS, "excel"),
        "test_contract_sheets": (*OURS, "excel"),
        "test_refusals": OURS,
        "test_obstacles": OURS,
    }.get(suite)
    if every is not None and "app" in metafunc.fixturenames:
        metafunc.parametrize(
            "app", [name for name in NAMED or every if name in every], indirect=True, scope="module"
        )


@pytest.fixture(scope="module")
def app(request: pytest.FixtureRequest) -> Iterator[xw.App]:
    """An app of an engine, ended with the module."""
    with STARTED[request.param]() as started:
        yield started


@contextmanager
def _file() -> Iterator[xw.App]:
    started = xlengines.file_engine().apps.add(add_book=False)
    yield started
    started.quit()


@contextmanager
def _excel() -> Iterator[xw.App]:
    if sys.platform in ("win32", "darwin"):
        engine = xlengines.excel_engine()
        assert engine is not None, "xlwings has no Excel engine here"
        started = engine.apps.add(add_book=False)
        yield started
        started.quit()
        return
    with pywin32.running(Application()):
        engine = xlengines.excel_engine()
        assert engine is not None
        yield next(iter(engine.apps))


STARTED = {"file": _file, "libreoffice": live_office, "excel": _excel}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A plain workbook: numbers, text, a date, an error, a formula, names of both scopes, a protected sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "甲 表"
    for row in ([1, "文字", True], [2.5, datetime(2024, 6, 30), "#N/A"], ["=A1+A2", "=100+20", None]):
        sheet.append(row)
    other = book.create_sheet("乙")
    other["A1"] = "只读"
    other["B1"].protection = Protection(locked=False)
    other.protection.sheet = True
    book.defined_names["块"] = DefinedName("块", attr_text="'甲 表'!$A$1:$B$2")
    sheet.defined_names["块"] = DefinedName("块", attr_text="'甲 表'!$C$3")
    found = tmp_path / "样本.xlsx"
    book.save(found)
    return found


@pytest.fixture
def book(app: xw.App, path: Path) -> Iterator[xw.Book]:
    """The workbook, open; what was opened beside it is closed with it."""
    before = {other.name for other in app.books}
    yield app.books.open(str(path))
    for left in [other for other in app.books if other.name not in before]:
        left.close()


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    return book.sheets["甲 表"]
