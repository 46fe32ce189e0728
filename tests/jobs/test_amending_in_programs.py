"""修订总表 in the programs that clerks work in: the same as on a plain file, in LibreOffice and on the stand-in for Excel, and
as before where the program breaks off."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

import xlengines
from excelsim import pywin32
from excelsim.application import Application
from excelsim.standing import Cells, standing, state
from jobs.amended_county import APPROVAL, everything, in_use, write_document
from jobs.clerk import Clerk, press
from live_office import live_office
from minsheng.domain.as_json import master_json
from minsheng.hosts import opened
from minsheng.jobs.amending import amend
from minsheng.jobs.repairing import repair
from minsheng.jobs.undoing import undo
from minsheng.sheets import graft
from minsheng.sheets.image import SheetImage, is_formula
from minsheng.sheets.open_master import OpenMaster
from small_county import county
from xlengines import excel as settled


class Amending(Clerk):
    """Who brings no 核对稿 into it, and says on whose decision."""

    def ask(self, words: str) -> bool:
        return super().ask(words) and "读不准" not in words

    def ask_text(self, words: str, proposal: str) -> str | None:
        return APPROVAL if "依据" in words else super().ask_text(words, proposal)


@dataclass
class Looking(Clerk):
    """Who looks at the book in front whenever something is asked."""

    app: xw.App | None = None
    seen: set[str] = field(default_factory=set)

    def ask(self, words: str) -> bool:
        assert self.app is not None
        self.seen.add(self.app.books.active.name)
        return super().ask(words)


@pytest.fixture
def worked(tmp_path: Path) -> Path:
    return in_use(tmp_path)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_document(tmp_path, everything(county().document), "新任务书.xlsx")


@pytest.fixture
def in_excel(worked: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[xw.Book]:
    monkeypatch.setattr(settled, "PAUSE", 0.0)
    monkeypatch.setenv("XDG_STATE_HOME", str(worked.parent))
    with pywin32.running(Application()):
        engine = xlengines.excel_engine()
        assert engine is not None
        yield next(iter(engine.apps)).books.open(str(worked))


def said(book: xw.Book) -> Any:
    """What a master says, and its tabs."""
    master = OpenMaster.read(book)
    assert [gap.finding.message for gap in master.gaps] == []
    return master_json(master.master, []), [sheet.name for sheet in book.sheets]


def unquoted(cells: Cells) -> Cells:
    """Whether a title stands in quotes in a formula is the program's own choice."""
    return {
        place: value.replace("'", "") if isinstance(value, str) and value.startswith("=") else value
        for place, value in cells.items()
    }


def on_a_file(worked: Path, source: Path) -> Any:
    path = Path(shutil.copy(worked, worked.with_name("文件.xlsx")))
    with opened("file", path, change=True) as book:
        assert amend(book, source, APPROVAL).applied
    with opened("file", path) as book:
        return said(book)


def test_in_excel_as_on_a_file(worked: Path, source: Path, in_excel: xw.Book) -> None:
    expected = on_a_file(worked, source)
    before = said(in_excel)
    assert amend(in_excel, source, APPROVAL).applied
    assert said(in_excel) == expected
    # No sheet speaks of the book that it was built in.
    cells = standing(pywin32.APPS[0]._books[0])
    assert [
        text for text in cells.values() if isinstance(text, str) and text.startswith("=") and "[" in text
    ] == []
    assert len(pywin32.APPS[0]._books) == 1
    assert undo(in_excel).left == ()
    assert said(in_excel) == before


def test_by_the_button(worked: Path, source: Path, in_excel: xw.Book) -> None:
    expected = on_a_file(worked, source)
    clerk = Amending(file=source)
    before = state(pywin32.APPS[0])
    words = press(in_excel, "import_document", clerk)
    assert "已修订：新增1项，取消1项" in words
    assert any("第7项责任领导：石→新领导" in asked for asked in clerk.said)
    assert said(in_excel) == expected
    assert state(pywin32.APPS[0])[:6] == before[:6]


def names_of(book: xw.Book) -> dict[str, str]:
    return {one.name: one.refers_to.replace("'", "") for one in book.names}


def breaking_off(monkeypatch: pytest.MonkeyPatch, good: int) -> None:
    """After so many names."""
    calls = count()
    point = graft.Grafts.point

    def failing(self: graft.Grafts, name: str, reference: str) -> None:
        if next(calls) == good:
            raise RuntimeError("broken")
        point(self, name, reference)

    monkeypatch.setattr(graft.Grafts, "point", failing)


@pytest.mark.parametrize("good", [0, 3, 17, 40])
def test_excel_that_breaks_off_leaves_it_as_it_was(
    good: int, worked: Path, source: Path, in_excel: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With sheets copied, and some names on them already."""
    before, names = unquoted(standing(pywin32.APPS[0]._books[0])), names_of(in_excel)
    breaking_off(monkeypatch, good)
    with pytest.raises(RuntimeError):
        amend(in_excel, source, APPROVAL)
    assert unquoted(standing(pywin32.APPS[0]._books[0])) == before
    assert names_of(in_excel) == names
    assert len(pywin32.APPS[0]._books) == 1


@pytest.fixture
def mended(worked: Path) -> tuple[set[str], list[str]]:
    """The file repaired: the tabs from before, and what was done."""
    with opened("file", worked, change=True) as book:
        for tab in ("02", "汇总表"):
            book.sheets[tab].delete()
        tabs = {sheet.name for sheet in book.sheets}
    with opened("file", worked, change=True) as book:
        return tabs, [*repair(book).steps]


def test_a_repair_of_the_file_is_taken_back_in_excel(
    mended: tuple[set[str], list[str]], in_excel: xw.Book
) -> None:
    before, steps = mended
    done = undo(in_excel)
    assert (done.what, done.left) == ("修复", ())
    assert {sheet.name for sheet in in_excel.sheets} == before
    assert len(pywin32.APPS[0]._books) == 1
    # Made again here it is the clerk's to save or not: no copy, and no step to take back.
    again = repair(in_excel)
    assert ([*again.steps], again.kept) == (steps, "")
    assert undo(in_excel).what == "汇总"


@pytest.fixture(scope="module")
def office() -> Iterator[xw.App]:
    with live_office() as started:
        yield started


def cells_of(book: xw.Book) -> Cells:
    """Formulas and what was typed, but for the minute of a job and how a program spells numbers in formulas."""
    found: Cells = {}
    for image in map(SheetImage.read, book.sheets):
        for row, column in product(
            range(image.top, image.bottom + 1), range(image.left, image.left + len(image.values[0]))
        ):
            text = image.formula(row, column)
            value = text.replace("9E+099", "9E+99") if is_formula(text) else image.value(row, column)
            if value not in (None, "") and not _MINUTE.fullmatch(str(value)):
                found[image.sheet, row, column] = value
    return unquoted(found)


_MINUTE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def test_in_excel_the_clerk_is_asked_over_their_own_book(in_excel: xw.Book) -> None:
    lose(in_excel)
    clerk = Looking(app=in_excel.app)
    assert "已修复" in press(in_excel, "repair", clerk)
    assert clerk.seen == {in_excel.name}


@pytest.mark.libreoffice
def test_by_the_button_in_libreoffice(
    worked: Path, source: Path, office: xw.App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken off first, with sheets copied and some names on them already; then as on a file, cell for cell."""
    path = Path(shutil.copy(worked, worked.with_name("文件.xlsx")))
    with opened("file", path, change=True) as book:
        assert amend(book, source, APPROVAL).applied
        expected = cells_of(book)
    book = office.books.open(str(worked))
    before, names = cells_of(book), names_of(book)
    breaking_off(monkeypatch, 17)
    with pytest.raises(RuntimeError):
        amend(book, source, APPROVAL)
    assert (cells_of(book), names_of(book)) == (before, names)
    monkeypatch.undo()
    assert book.sheets.active.name == "首页"
    assert "已修订：新增1项，取消1项" in press(book, "import_document", Amending(file=source))
    assert cells_of(book) == expected
    assert (book.sheets.active.name, [one.name for one in office.books]) == ("首页", [book.name])
    book.close()


@pytest.mark.libreoffice
def test_repair_by_the_button_in_libreoffice(worked: Path, office: xw.App) -> None:
    """A project's sheet and the first one are gone. A file's log tells of the copy that is kept beside it, which a program has not."""
    path = Path(shutil.copy(worked, worked.with_name("文件.xlsx")))
    with opened("file", path, change=True) as book:
        lose(book)
        assert repair(book).applied
        expected = without_log(cells_of(book))
    book = office.books.open(str(worked))
    lose(book)
    clerk = Looking(app=office)
    assert "已修复" in press(book, "repair", clerk)
    assert clerk.seen == {book.name}
    assert without_log(cells_of(book)) == expected
    book.close()


def without_log(cells: Cells) -> Cells:
    return {place: value for place, value in cells.items() if place[0] != "汇总记录"}


def lose(book: xw.Book) -> None:
    for tab in ("首页", "02"):
        for label, name in book.names.impl.snapshot():
            if "!" not in label and tab in (name.refers_to or ""):
                name.delete()
        book.sheets[tab].delete()
