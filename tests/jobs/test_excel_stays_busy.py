"""An Excel that takes no calls for longer than a job waits: the job never begins, is whole, or leaves every cell as it was; and
whatever must be put back is waited for."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import xlwings as xw

from excelsim import errors, pywin32
from excelsim.pywin32 import CALLS
from excelsim.standing import standing, state
from jobs.clerk import Clerk, press
from jobs.test_buttons_on_excel import (
    answering,
    county,
    differing,
    in_excel,
    on_a_file,
    opened,
    press_in_turn,
)
from minsheng.hosts import waiting
from xlengines import excel as settled

__all__ = ["county", "opened"]

ADVICE = "请先结束单元格编辑"
WRITING = {"merge": (), "check": (), "colour": ("merge",), "refresh_summary": ("merge",), "undo": ("merge",)}
#: How many of the calls of a button are tried, and where 设置 keeps the month.
PLACES, PERIOD = 15, ("设置", 6, 2)


def calls_of(book: xw.Book, folder: Path, does: str) -> int:
    CALLS.start()
    press_in_turn(book, folder, (does,))
    return CALLS.number


def busy_for(first: int, calls: float, refusal: errors.ComError) -> None:
    """Reject ``calls`` tries from the try ``first`` on."""
    CALLS.start()
    CALLS.reject = lambda number, _: pywin32.rejected(refusal) if first <= number < first + calls else None


@pytest.mark.parametrize("does", WRITING)
def test_a_button_is_never_half_done(
    does: str, county: Path, opened: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Busy from a random call on, for some calls, each longer than the patience."""
    app, chance, path = pywin32.APPS[0], random.Random(does), county / "总表.xlsx"
    whole = on_a_file(county, (*WRITING[does], does))[0]
    press_in_turn(opened, county, WRITING[does])
    opened.save()
    before, cells = state(app), standing(app._books[0])
    total = calls_of(opened, county, does)
    assert standing(app._books[0]) == whole
    monkeypatch.setattr(settled, "PATIENCE", -1.0)
    monkeypatch.setattr(waiting, "_PAUSE", 0.0)
    outcomes = set()
    for first in sorted(chance.sample(range(1, total), min(PLACES, total - 1))):
        app._books[0].Close()
        CALLS.start()
        book = in_excel(path)
        who = answering(does, county)
        busy_for(first, chance.randint(1, 6), chance.choice((errors.busy, errors.editing))())
        press(book, does, who)
        CALLS.start()
        where = f"busy from call {first} of {total}: {who.said}"
        found = standing(app._books[0])
        assert state(app) == before, where
        if found == cells:
            assert ADVICE in "".join(who.said), where
            assert app._books[0].Saved is True, where
        else:
            if any("“设置”没有改动，其余已经完成" in words for words in who.said):
                found[PERIOD] = whole[PERIOD]
            assert found == whole, where
            assert not any("没有完成" in words for words in who.said), where
        outcomes.add(found == cells)
    assert True in outcomes


@pytest.mark.parametrize("refusal", [errors.busy, errors.editing])
@pytest.mark.parametrize("does", ["export_pdf", "dispatch", "bulletin", "open_settings"])
def test_a_button_that_only_reads_begins_or_says_what_to_do(
    does: str, refusal: type[errors.ComError], county: Path, opened: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = pywin32.APPS[0]
    before = state(app)
    monkeypatch.setattr(settled, "PATIENCE", -1.0)
    monkeypatch.setattr(waiting, "PATIENCE", -1.0)
    busy_for(1, float("inf"), refusal())  # type: ignore[arg-type]
    said = Clerk(new_file=county / "新.pdf", folder=county / "发出")
    press(opened, does, said)
    CALLS.start()
    assert ADVICE in said.said[-1]
    assert state(app) == before
    assert app._books[0].Saved is True
    assert not (county / "新.pdf").exists()
    assert not (county / "发出").exists()


@pytest.mark.parametrize(("agrees", "what"), [(False, "总表"), (True, "核对稿")])
def test_what_was_built_is_not_said_to_be_missing_because_excel_did_not_open_it(
    agrees: bool, what: str, county: Path, opened: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settled, "PATIENCE", -1.0)
    CALLS.start()
    CALLS.reject = lambda _, name: pywin32.rejected(errors.busy()) if name == "Workbooks.Open()" else None
    who = answering("import_document", county)
    who.agrees = agrees
    press(opened, "import_document", who)
    target = county / "新总表.xlsx"
    assert target.is_file()
    assert f"{what}已经生成，但没有打开：\n{target}" in who.said[-2]
    assert ADVICE in who.said[-2]
    assert "33个项目" in who.said[-1]


def test_an_excel_that_never_answers_again_is_told_of_truly(
    county: Path, opened: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing can be put back then: the clerk is told which cells are not as they were, and not to save."""
    monkeypatch.setattr(settled, "PATIENCE", -1.0)
    monkeypatch.setattr(waiting, "PATIENCE", -1.0)
    app = pywin32.APPS[0]
    cells = standing(app._books[0])
    written = []

    def reject(_: int, name: str) -> Exception | None:
        written.append(name == "Range.Value=")
        return pywin32.rejected(errors.busy()) if sum(written) > 1 else None

    CALLS.start()
    CALLS.reject = reject
    who = answering("colour", county)
    press(opened, "colour", who)
    CALLS.start()
    changed = {place[0] for place, *_ in differing(standing(app._books[0]), cells)}
    assert changed
    assert all(f"“{sheet}”" in who.said[-1] for sheet in changed)
    assert "请不要保存" in who.said[-1]
