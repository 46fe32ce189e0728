"""Every button pressed on xlwings' own Windows engine: what it does to the book is what it does to a plain file, and Excel is
left as the clerk had it, also where calls are rejected, where the job refuses and where it breaks."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

import xlengines
from excelsim import errors, pywin32
from excelsim.application import MANUAL, Application
from excelsim.pywin32 import CALLS
from excelsim.standing import Cells, standing, state
from jobs.clerk import Clerk, press
from jobs.small_master import put_file, small_master
from minsheng import hosts
from minsheng.jobs.importing import sample_document
from minsheng.sheets.places import Places
from minsheng.tab import BUTTONS
from xlengines import excel as settled

#: The buttons in an order in which each has something to do.
ORDER = (
    "dispatch", "merge", "colour", "refresh_summary", "check", "bulletin", "reply", "export_pdf", "clear_colour", "undo",
    "import_document", "open_settings", "repair", "show_help",
)  # fmt: skip
#: Those that write nothing into the book: 修复 finds nothing to mend in a sound one.
READING = ("bulletin", "reply", "export_pdf", "import_document", "open_settings", "repair", "show_help")
WRITING = tuple(name for name in ORDER if name not in READING)
#: Those of which a plain file knows nothing: it has no window and cannot print.
WITH_A_WINDOW = ("export_pdf", "import_document", "open_settings")
#: What must have been pressed before a button has something to change.
BEFORE = {"undo": ("merge",), "reply": ("merge",), "clear_colour": ("merge", "colour")}


class Answering(Clerk):
    """A clerk who, asked what to print, says 汇总表 or ``part``, and has choices remembered or not."""

    part = "汇总表"
    remembers = True

    def ask(self, words: str) -> bool:
        return super().ask(words) and (self.remembers or not words.startswith("要把“设置”里的"))

    def ask_text(self, words: str, proposal: str) -> str | None:
        return self.part if "输出哪些" in words else super().ask_text(words, proposal)


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A folder with the small county's master and June's forms of two units, a number of which is refused; a copy of it for the plain-file engine."""
    folder = tmp_path / "县"
    folder.mkdir()
    small_master(folder)
    put_file(
        folder / "收件夹", "丹东", {("1", "丹东"): 120, ("2", "丹东"): 0.4}, words={("1", "丹东"): "已开始"}
    )
    put_file(folder / "收件夹", "石浦", {("1", "石浦"): 300, ("2", "石浦"): "007左右"})
    shutil.copytree(folder, folder.with_name("文件"))
    return folder


@pytest.fixture
def opened(county: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[xw.Book]:
    """The master, open in the stand-in, with a sheet in front and cells selected on it."""
    monkeypatch.setattr(settled, "PAUSE", 0.0)
    monkeypatch.setenv("XDG_STATE_HOME", str(county.parent))
    with pywin32.running(Application()):
        yield in_excel(county / "总表.xlsx")


def in_excel(path: Path) -> xw.Book:
    engine = xlengines.excel_engine()
    assert engine is not None
    book = next(iter(engine.apps)).books.open(str(path))
    book.sheets["02"].activate()
    book.sheets["02"].range("D4:E5").select()
    pywin32.APPS[0]._books[-1].Saved = True
    return book


def clerk(folder: Path, **answers: Any) -> Answering:
    """Who agrees to everything, and has files written beside ``folder``."""
    return Answering(
        file=sample_document(),
        new_file=folder / answers.pop("new_file", "新文件.pdf"),
        folder=folder / "发出" if answers.pop("out", False) else folder / "收件夹",
        reminders=folder / "催报",
        **answers,
    )


def answering(does: str, folder: Path) -> Answering:
    names = {"bulletin": "通报.docx", "import_document": "新总表.xlsx"}
    return clerk(folder, new_file=names.get(does, "新文件.pdf"), out=does in ("dispatch", "reply"))


def press_in_turn(book: xw.Book, folder: Path, names: tuple[str, ...]) -> dict[str, list[str]]:
    """What each button said, without the folder."""
    said = {}
    for does in names:
        who = answering(does, folder)
        press(book, does, who)
        said[does] = [words.replace(str(folder), "…") for words in who.said]
    return said


def on_a_file(county: Path, names: tuple[str, ...]) -> tuple[Cells, dict[str, list[str]]]:
    """What stands in the master after these buttons on the plain-file engine, and what they said."""
    folder = county.with_name("文件")
    app = xlengines.file_engine().apps.add(add_book=False)
    try:
        book = app.books.open(str(folder / "总表.xlsx"))
        said = press_in_turn(book, folder, names)
        hosts.save(book)
    finally:
        app.quit()
    return standing(Application().Workbooks.Open(str(folder / "总表.xlsx"))), said


def differing(found: Cells, expected: Cells) -> list[tuple[Any, Any, Any]]:
    places = sorted(found.keys() | expected.keys())
    return [(p, found.get(p), expected.get(p)) for p in places if found.get(p) != expected.get(p)]


def test_the_order_has_every_button() -> None:
    assert sorted(ORDER) == sorted(button.does for button in BUTTONS)


@pytest.mark.parametrize("does", [name for name in ORDER if name not in WITH_A_WINDOW])
def test_a_button_does_what_it_does_to_a_plain_file(does: str, county: Path, opened: xw.Book) -> None:
    names = (*BEFORE.get(does, ()), does)
    expected, words = on_a_file(county, names)
    found = press_in_turn(opened, county, names)
    assert not differing(standing(pywin32.APPS[0]._books[0]), expected)
    assert found == words
    assert "没有完成" not in found[does][-1]


def test_a_button_leaves_excel_as_the_clerk_had_it(county: Path, opened: xw.Book) -> None:
    app = pywin32.APPS[0]
    app.Calculation = MANUAL
    for does in ORDER:
        opened.activate()
        book = app._books[0]
        book.Saved = True
        before, cells = state(app), standing(book)
        who = answering(does, county)
        who.remembers = False
        press(opened, does, who)
        assert not any("没有完成" in words for words in who.said), who.said
        if does in ("import_document", "open_settings"):
            assert state(app)[:6] == before[:6], does
            assert (does == "import_document") is (app._active is not book)
        else:
            assert state(app) == before, does
        assert book.Saved is (standing(book) == cells), does
        assert book.Saved is (does in READING), does
        if does == "open_settings":
            opened.sheets["02"].activate()
    assert app._calculation == MANUAL


@pytest.mark.parametrize("does", [button.does for button in BUTTONS if button.needs_book])
def test_after_a_refusal_and_after_a_failure_excel_is_as_it_was(
    does: str, county: Path, opened: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = pywin32.APPS[0]
    before, cells = state(app), standing(app._books[0])
    still: list[tuple[object, ...]] = []
    for failure in (RuntimeError("broken"), hosts.HostFailed("坏了。", "请再试。")):

        def breaking(*_: Any, failure: Exception = failure, **__: Any) -> Any:
            still.append(state(app)[:3])
            raise failure

        with monkeypatch.context() as broken:
            broken.setattr(Places, "of", breaking)
            broken.setattr(Places, "named", breaking)
            (words,) = press_in_turn(opened, county, (does,)).values()
        assert "没有完成" in "".join(words[-1:])
        updating, calculation, words_shown = still.pop()
        assert (updating, calculation) == (False, MANUAL)
        assert str(words_shown).startswith("民生实事：")
        assert state(app) == before
        assert app._books[0].Saved is True
        assert standing(app._books[0]) == cells


@pytest.mark.parametrize("refusal", [errors.busy, errors.editing])
@pytest.mark.parametrize("does", ORDER)
def test_a_button_waits_while_excel_rejects_calls(
    does: str, refusal: Callable[[], errors.ComError], county: Path, opened: xw.Book
) -> None:
    """Bursts at random places, another one each time the button is pressed."""
    chance = random.Random(does)
    left = 0

    def reject(number: int, member: str) -> Exception | None:
        nonlocal left
        if left == 0 and chance.random() < 0.05:
            left = chance.randint(1, 5)
        if left == 0:
            return None
        left -= 1
        return pywin32.rejected(refusal())

    app = pywin32.APPS[0]
    names = BEFORE.get(does, ())
    press_in_turn(opened, county, names)
    before = state(app)
    CALLS.start()
    CALLS.reject = reject
    (words,) = press_in_turn(opened, county, (does,)).values()
    CALLS.start()
    assert not any("没有完成" in line for line in words), words
    if does in ("import_document", "open_settings"):
        assert state(app)[:6] == before[:6]
    else:
        assert state(app) == before
    if does not in WITH_A_WINDOW:
        assert not differing(standing(app._books[0]), on_a_file(county, (*names, does))[0])


@pytest.mark.parametrize("part", ["汇总表", "镇乡进度", "整本"])
def test_a_pdf_shows_what_was_asked_for_and_the_book_is_as_it_was(
    part: str, county: Path, opened: xw.Book
) -> None:
    app = pywin32.APPS[0]
    book = app._books[0]
    book._structure_locked = True  # 保护工作簿: no sheet may be hidden for the while
    before = state(app)
    who = answering("export_pdf", county)
    who.part = part
    assert "已输出" in press(opened, "export_pdf", who)
    shown = (county / "新文件.pdf").read_bytes().decode().split("\n")[1].split("、")
    assert shown == ([part] if part != "整本" else [one._name for one in book._sheets if one._visible == -1])
    assert state(app) == before
    assert book.Saved is True


def test_a_sheet_that_is_hidden_is_printed_and_hidden_again(county: Path, opened: xw.Book) -> None:
    app = pywin32.APPS[0]
    for hidden in (0, 2):
        app._books[0]._named("镇乡进度")._visible = hidden  # type: ignore[union-attr]
        before = state(app)
        who = answering("export_pdf", county)
        who.part = "镇乡进度"
        assert "已输出" in press(opened, "export_pdf", who)
        assert (county / "新文件.pdf").read_bytes().endswith("\n镇乡进度".encode())
        assert state(app) == before
        assert app._books[0].Saved is True


@pytest.mark.parametrize("answers", [{"agrees": False}, {"period": None, "agrees": False}])
def test_a_clerk_who_gives_up_finds_the_book_unchanged_and_saved(
    answers: dict[str, Any], county: Path, opened: xw.Book
) -> None:
    app = pywin32.APPS[0]
    before, cells = state(app), standing(app._books[0])
    # 生成填报表 asks for nothing but month and folder: with both it goes on.
    asking = ("dispatch",) if "period" in answers else ()
    for does in ("merge", "undo", *asking, "bulletin", "reply"):
        press(opened, does, clerk(county, new_file="通报.docx", **answers))
        assert (state(app), standing(app._books[0])) == (before, cells), does
        assert app._books[0].Saved is True, does
