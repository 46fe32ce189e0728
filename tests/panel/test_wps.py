"""A WPS that answers in Excel's place: it is offered as what it is, read before anything else, and asked about before it is
written to. The stand-in of Excel under other names; nobody has seen WPS itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import xlwings as xw

import xlengines
from excelsim import pywin32
from excelsim.application import Application
from excelsim.standing import standing
from jobs.clerk import Clerk
from jobs.small_master import small_master
from minsheng import hosts
from minsheng.errors import HostFailed, UsageError
from minsheng.hosts import OpenBook
from minsheng.panel import books
from minsheng.panel.unverified import Trials
from minsheng.tab import BUTTONS
from needed import needed_module
from xlengines.wps import PROG_IDS, registered

BY_NAME = {button.does: button for button in BUTTONS}


def in_kingsofts_folder() -> Application:
    app = Application()
    app.Path = r"C:\Users\clerk\AppData\Local\Kingsoft\WPS Office\12.1.0.1\office6"
    return app


def under_its_own_name(prog_id: str) -> Application:
    app = Application(name="WPS 表格", prog_id=prog_id)
    app._has_windows = False
    return app


WPS = {
    "by its name": lambda: Application(name="WPS 表格"),
    "by its old name": lambda: Application(name="ET"),
    "by its folder alone": in_kingsofts_folder,
    **{prog_id: lambda prog_id=prog_id: under_its_own_name(prog_id) for prog_id in PROG_IDS},
}


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_master(tmp_path_factory.mktemp("总表"))


@pytest.fixture(params=WPS)
def wps(request: pytest.FixtureRequest, master: Path) -> Iterator[Application]:
    """A WPS in which a master is open, and saved."""
    app = WPS[request.param]()
    with pywin32.running(app):
        app.Workbooks.Open(str(master)).Saved = True
        yield app


@pytest.fixture
def plain(master: Path) -> Iterator[Application]:
    app = Application(name="WPS 表格")
    with pywin32.running(app):
        app.Workbooks.Open(str(master)).Saved = True
        yield app


def only_choice() -> tuple[OpenBook, xw.Book]:
    found = hosts.open_books()
    assert len(found) == 1
    return found[0]


def test_its_book_is_offered_once_and_said_to_be_unverified(wps: Application) -> None:
    (choice,) = books.choices()
    assert choice.is_master
    assert books.labels([choice]) == ["总表.xlsx（WPS（未验证））"]
    assert hosts.book_of(choice.book).fullname == choice.book.fullname


def test_excel_itself_is_still_excel(master: Path) -> None:
    app = Application()
    with pywin32.running(app):
        app.Workbooks.Open(str(master))
        found, book = only_choice()
        assert (found.program, found.unverified) == ("Excel", False)
        clerk = Clerk()
        assert Trials().passed(found, book, BY_NAME["merge"], clerk)
        assert clerk.said == []


def test_both_are_told_apart_where_both_run(master: Path, tmp_path: Path) -> None:
    for name in ("甲", "乙", "丙"):
        shutil.copy(master, tmp_path / f"{name}.xlsx")
    excel, wps = Application(), Application(hwnd=5, pid=6, name="WPS 表格")
    with pywin32.running(wps, excel):
        excel.Workbooks.Open(str(tmp_path / "甲.xlsx"))
        wps.Workbooks.Open(str(tmp_path / "乙.xlsx"))
        assert [(found.program, found.name) for found, _ in hosts.open_books()] == [
            ("WPS（未验证）", "乙.xlsx"),
            ("Excel", "甲.xlsx"),
        ]
        opened = hosts.open_for_a_person(tmp_path / "丙.xlsx")
        assert opened.program == "Excel", "a file is not opened in WPS where Excel runs"


@pytest.mark.parametrize("agrees", [True, False])
def test_a_person_is_asked_once_before_the_first_button(plain: Application, agrees: bool) -> None:
    found, book = only_choice()
    trials, clerk = Trials(), Clerk(agrees=agrees)
    before = standing(plain._books[0])
    assert trials.passed(found, book, BY_NAME["show_help"], clerk)
    assert clerk.said == []
    assert trials.passed(found, book, BY_NAME["check"], clerk) is agrees
    assert len(clerk.said) == 1
    assert "没有人验证过" in clerk.said[0]
    assert "与磁盘上的文件一致" in clerk.said[0]
    trials.passed(found, book, BY_NAME["merge"], clerk)
    assert len(clerk.said) == (1 if agrees else 2)
    assert standing(plain._books[0]) == before
    assert plain._books[0].Saved is True, "reading changes nothing"


def test_the_panel_does_nothing_where_the_person_does_not_agree(plain: Application) -> None:
    needed_module("tkinter")
    from minsheng.panel.window import PanelWindow

    before = standing(plain._books[0])
    for agrees in (False, True):
        clerk = Clerk(agrees=agrees)
        panel = SimpleNamespace(_trials=Trials(), _dialogs=clerk, _note_step=lambda words: None)
        PanelWindow._work(panel, BY_NAME["check"], only_choice()[0])  # type: ignore[arg-type]
        assert (standing(plain._books[0]) == before) is not agrees, clerk.said


def test_numbers_that_come_out_otherwise_than_they_stand_in_the_file_stop_it(plain: Application) -> None:
    found, book = only_choice()
    grid = plain._books[0]._named("01")._grid  # type: ignore[union-attr]
    shares = [cell for cell in grid.cells.values() if isinstance(cell.content, float) and not cell.formula]
    assert shares
    for cell in shares:
        cell.content *= 10
    clerk = Clerk()
    with pytest.raises(HostFailed, match="和磁盘上的文件不一样"):
        Trials().passed(found, book, BY_NAME["merge"], clerk)
    assert clerk.said == []


def test_what_is_not_saved_is_read_and_not_compared(plain: Application) -> None:
    plain._books[0].Saved = False
    found, book = only_choice()
    clerk = Clerk()
    assert Trials().passed(found, book, BY_NAME["merge"], clerk)
    assert "没有与磁盘上的文件核对" in clerk.said[0]


def test_the_command_line_does_not_work_in_wps(plain: Application) -> None:
    path = Path(plain._books[0]._full)
    with pytest.raises(UsageError, match="在 WPS 里打开的"), hosts.opened("excel", path, change=True):
        pass


def test_without_pywin32_there_is_no_wps() -> None:
    assert xlengines.excel_engine() is None
    assert not list(registered(set()))
