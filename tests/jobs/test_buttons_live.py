"""Every button, pressed on a master that is open in a live LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from jobs.clerk import Clerk, fill_in, press
from live_office import live_office
from minsheng.domain.period import Period
from minsheng.errors import HostFailed
from minsheng.hosts import opened
from minsheng.incoming.task_document import Reading, read
from minsheng.jobs.dispatching import dispatch
from minsheng.jobs.importing import sample_document
from minsheng.jobs.settings import remember, settings_of
from minsheng.sheets import layout
from minsheng.sheets.places import Places
from minsheng.tab import BUTTONS
from xlengines.errors import HostGone
from xlengines.libreoffice.ranges import Range

pytestmark = pytest.mark.libreoffice


NEEDING_A_MASTER = [button.does for button in BUTTONS if button.needs_book]


@pytest.fixture(scope="module")
def office() -> Iterator[xw.App]:
    with live_office() as app:
        yield app


@pytest.fixture
def book(office: xw.App, master_file: Path) -> Iterator[xw.Book]:
    opened = office.books.open(str(master_file))
    opened.sheets["03"].activate()
    yield opened
    for left in list(office.books):
        left.close()


@pytest.fixture(scope="module")
def forms(master_bytes: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The forms of June, written once: to press 生成填报表 for each test would take its time."""
    path = tmp_path_factory.mktemp("forms") / "总表.xlsx"
    path.write_bytes(master_bytes)
    folder = path.parent / "收件夹"
    with opened("file", path) as master:
        dispatch(master, Period(2024, 6), folder)
    return folder


@pytest.fixture
def inbox(forms: Path, tmp_path: Path) -> Path:
    return shutil.copytree(forms, tmp_path / "收件夹")


def test_the_path_of_a_month_by_buttons_alone(book: xw.Book, master_file: Path, tmp_path: Path) -> None:
    on_disk = master_file.read_bytes()
    inbox = tmp_path / "收件夹"
    assert "33份" in press(book, "dispatch", Clerk(folder=inbox))
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): 7, ("12", "石浦"): 10})
    clerk = Clerk(agrees=False, folder=inbox)
    press(book, "merge", clerk)
    assert "改动2个数" in clerk.said[0]
    assert book.sheets["03"].range("H11").value is None
    assert "改动2个数" in press(book, "merge", Clerk(folder=inbox))
    assert book.sheets["03"].range("H11").value == 7.0
    assert "没有新的变化" in press(book, "merge", Clerk(folder=inbox))
    assert "错误1个" in press(book, "check", Clerk())
    assert "2024-06-30" in press(book, "colour", Clerk())
    # A formula on the mark, computed by the program itself.
    assert book.sheets["12"].range("Q11").value == "已完成"
    assert "2024-06-30" in press(book, "refresh_summary", Clerk())
    assert book.sheets["汇总表"].range("J15").value == "逾期"
    pdf = tmp_path / "汇总表.pdf"
    assert str(pdf) in press(book, "export_pdf", Clerk(period="汇总表", new_file=pdf))
    assert pdf.read_bytes().startswith(b"%PDF")
    circular = tmp_path / "通报.docx"
    assert str(circular) in press(book, "bulletin", Clerk(new_file=circular))
    assert circular.exists()
    replies = tmp_path / "反馈"
    assert "已为33家写好2024年06月反馈单" in press(book, "reply", Clerk(folder=replies))
    assert "采用2个数" in (replies / "石浦_2024年06月_反馈单.txt").read_text("utf-8-sig")
    assert "已清除" in press(book, "clear_colour", Clerk())
    assert book.sheets["12"].range("Q11").value in (None, "")
    assert "恢复2处" in press(book, "undo", Clerk())
    assert book.sheets["03"].range("H11").value is None
    press(book, "open_settings", Clerk())
    assert book.sheets.active.name == layout.SHEET_SETTINGS
    assert "汇总" in press(book, "show_help", Clerk())
    assert master_file.read_bytes() == on_disk, "saving is the clerk's"


def test_what_was_refused_is_told_to_its_unit(book: xw.Book, inbox: Path, tmp_path: Path) -> None:
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): "007左右", ("12", "石浦"): 10})
    press(book, "merge", Clerk(folder=inbox))
    assert "没有新的变化" in press(book, "merge", Clerk(folder=inbox)), "what is refused is kept once"
    replies = tmp_path / "反馈"
    assert "33家" in press(book, "reply", Clerk(folder=replies))
    told = (replies / "石浦_2024年06月_反馈单.txt").read_text("utf-8-sig")
    assert "采用1个数，没有采用1处" in told
    assert "填的是“007左右”" in told


def test_import_builds_and_opens(book: xw.Book, tmp_path: Path, reading: Reading) -> None:
    target = tmp_path / "新总表.xlsx"
    clerk = Clerk(agrees=False, file=sample_document(), new_file=target)
    assert press(book, "import_document", clerk).startswith("已生成总表")
    assert "1处读不准" in clerk.said[0]
    assert target.name in [other.name for other in book.app.books]


def test_a_doubtful_document_is_corrected_in_a_copy_that_import_takes_back(
    book: xw.Book, tmp_path: Path, reading: Reading
) -> None:
    copy, target = tmp_path / "核对稿.xlsx", tmp_path / "新总表.xlsx"
    clerk = Clerk(file=sample_document(), new_file=copy)
    assert press(book, "import_document", clerk).startswith("已生成核对稿")
    shown = next(other for other in book.app.books if other.name == copy.name)
    shown.sheets["项目"].range("H5").value = "王五"
    shown.save()
    shown.close()
    clerk = Clerk(file=copy, new_file=target, agrees=False)
    assert press(book, "import_document", clerk).startswith("已生成总表")
    # Who has been through the copy is not asked again; whether the open master is meant is asked once.
    assert len(clerk.said) == 2
    assert "要按这份任务书修订它吗" in clerk.said[0]
    first, *rest = read(copy).document.projects
    assert (first, tuple(rest)) == (
        replace(reading.document.projects[0], leader="王五"),
        reading.document.projects[1:],
    )


def test_a_book_that_is_no_master_gets_a_sentence(office: xw.App, tmp_path: Path) -> None:
    from openpyxl import Workbook

    path = tmp_path / "别的.xlsx"
    Workbook().save(path)
    opened = office.books.open(str(path))
    try:
        for button in NEEDING_A_MASTER:
            new_file = tmp_path / "新文件.pdf"
            assert "不是民生实事总表" in press(opened, button, Clerk(folder=tmp_path, new_file=new_file)), (
                button
            )
            assert not new_file.exists()
    finally:
        opened.close()


def test_a_wrong_period_gets_a_sentence(book: xw.Book, tmp_path: Path) -> None:
    assert "不是期次" in press(book, "dispatch", Clerk(period="某月", folder=tmp_path))
    assert "年度" in press(book, "dispatch", Clerk(period="2025-06", folder=tmp_path))


def stillness(app: xw.App) -> tuple[Any, ...]:
    return (app.screen_updating, app.calculation, app.status_bar, app.selection and app.selection.address)


def test_a_job_that_breaks_leaves_the_program_as_it_was_and_ends_with_a_sentence(
    book: xw.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    book.sheets["03"].range("D4:E5").select()
    seen: list[tuple[Any, ...]] = []
    for number, button in enumerate([*NEEDING_A_MASTER, "import_document"]):
        failure = (RuntimeError("broken"), HostGone("host-gone"))[number % 2]
        calculation = ("automatic", "manual")[number % 3 == 0]  # a clerk's own choice stays theirs
        book.app.calculation = calculation

        def breaking(*_: Any, failure: Exception = failure, **__: Any) -> Any:
            seen.append(stillness(book.app))
            raise failure

        for reading in ("of", "named"):
            monkeypatch.setattr(Places, reading, breaking)
        monkeypatch.setattr("minsheng.jobs.importing.read_for_review", breaking)
        words = press(
            book, button, Clerk(file=sample_document(), new_file=tmp_path / f"{number}.pdf", folder=tmp_path)
        )
        assert "没有完成" in words, button
        assert len(seen) == number + 1, button
        assert (seen[-1][0], seen[-1][1]) == (False, "manual"), "while it works the program is still"
        assert seen[-1][2].startswith("民生实事："), button
        assert stillness(book.app) == (True, calculation, False, "$D$4:$E$5"), button
        assert book.sheets.active.name == "03"


def test_while_the_clerk_is_asked_the_program_is_as_they_know_it(book: xw.Book, inbox: Path) -> None:
    """They look figures up before they agree; where they go meanwhile is where they are left."""
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): 7})
    seen: list[tuple[Any, ...]] = []

    class Looking(Clerk):
        def ask(self, words: str) -> bool:
            seen.append(stillness(book.app)[:3])
            book.sheets["05"].activate()
            book.sheets["05"].range("B2").select()
            return super().ask(words)

    press(book, "merge", Looking(folder=inbox))
    assert set(seen) == {(True, "automatic", False)}
    assert book.sheets.active.name == "05"
    assert stillness(book.app) == (True, "automatic", False, "$B$2")


def test_the_status_bar_says_how_far_a_job_is_and_a_choice_is_not_remembered_unasked(
    book: xw.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Any] = []
    standing = vars(xw.App)["status_bar"]
    monkeypatch.setattr(
        xw.App, "status_bar", property(standing.fget, lambda app, words: (said.append(words), standing.fset(app, words)))
    )  # fmt: skip
    settings = book.sheets[layout.SHEET_SETTINGS]
    before = settings.used_range.value
    clerk = Clerk(agrees=False, folder=tmp_path / "收件夹")
    press(book, "dispatch", clerk)
    assert any("本期改为 2024-06" in words for words in clerk.said)
    assert settings.used_range.value == before, "only if they want"
    assert "民生实事：生成填报表，写第33份，共33份……" in said
    press(book, "check", Clerk())
    assert "民生实事：校验，读取总表……" in said
    assert said[-1] is False


def test_what_the_clerk_chose_is_remembered_if_they_want(
    book: xw.Book, master_file: Path, forms: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = shutil.copytree(forms, master_file.parent / "来件" / "六月")
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): 7})

    def breaking(*_: Any, **__: Any) -> None:
        raise HostFailed("写入总表时程序中断。已恢复原状。")

    with monkeypatch.context() as broken:
        broken.setattr("minsheng.jobs.settings.remember", breaking)
        clerk = Clerk(folder=inbox)
        press(book, "merge", clerk)
    assert any("“设置”没有改动，其余已经完成" in words for words in clerk.said)
    assert "改动1个数" in clerk.said[-1], "the 汇总 itself is done and said to be"
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): 8})
    clerk = Clerk(folder=inbox)
    press(book, "merge", clerk)
    assert any("收件夹改为“来件/六月”" in words for words in clerk.said)
    now, _ = settings_of(book)
    assert (str(now.period), now.inbox) == ("2024-06", "来件/六月")
    assert "已汇总" in clerk.said[-1]
    again = Clerk(folder=Path("/不该再问"))
    press(book, "merge", again)
    assert any(f"收件夹：{inbox}" in words for words in again.said), (
        "the inbox of 设置 is shown to be confirmed"
    )
    assert not any("改为" in words for words in again.said)
    assert any("没有新的变化" in words for words in again.said)
    assert not any("确定汇总吗" in words for words in again.said), "nothing to agree to"


class Calls:
    """Reads and writes of blocks that reach the program, by sheet."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reads: Counter[str] = Counter()
        self.writes: Counter[str] = Counter()
        for member in ("raw_value", "formula"):
            standing = vars(Range)[member]

            def read(cells: Range, get: Any = standing.fget) -> Any:
                self.reads[cells.sheet.name] += 1
                return get(cells)

            def write(cells: Range, value: Any, put: Any = standing.fset) -> None:
                self.writes[cells.sheet.name] += 1
                put(cells, value)

            monkeypatch.setattr(Range, member, property(read, write))


def test_a_check_reads_a_project_sheet_in_three_calls_at_most(
    book: xw.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = Calls(monkeypatch)
    press(book, "check", Clerk())
    assert {calls.reads[f"{number:02}"] for number in range(1, 34)} <= {1, 2, 3}


def test_colouring_writes_a_project_sheet_once(book: xw.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = Calls(monkeypatch)
    press(book, "colour", Clerk())
    assert {calls.writes[f"{number:02}"] for number in range(1, 34)} == {1}


def test_a_merge_writes_only_what_changed_and_each_block_once(
    book: xw.Book, monkeypatch: pytest.MonkeyPatch, inbox: Path
) -> None:
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): 7, ("12", "石浦"): 10})
    calls = Calls(monkeypatch)
    press(book, "merge", Clerk(folder=inbox))
    assert {sheet for sheet in calls.writes if sheet.isdigit()} == {"03", "12"}
    assert max(calls.writes[sheet] for sheet in ("03", "12")) == 1


def everything(book: xw.Book) -> dict[str, tuple[Any, Any]]:
    """Values and formulas of every sheet."""
    return {sheet.name: (sheet.used_range.value, sheet.used_range.formula) for sheet in book.sheets}


def test_a_merge_that_breaks_at_any_write_leaves_the_open_book_as_it_was(
    book: xw.Book, monkeypatch: pytest.MonkeyPatch, inbox: Path
) -> None:
    fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): 7, ("12", "石浦"): 10})
    remember(book, period=Period(2024, 6))
    before = everything(book)
    standing = vars(Range)["raw_value"]
    for breaks_at in count(1):
        left = [breaks_at]

        def write(cells: Range, value: Any, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise HostGone("host-gone")
            standing.fset(cells, value)

        with monkeypatch.context() as broken:
            broken.setattr(Range, "raw_value", property(standing.fget, write))
            words = press(book, "merge", Clerk(folder=inbox))
        if left[0] > 0:
            break
        assert "LibreOffice 已经退出" in words
        assert ("已恢复原状" in words) is (breaks_at > 1), (
            "before the first write there is nothing to restore"
        )
        assert everything(book) == before, f"broken at write {breaks_at}"
    assert breaks_at > 3, "the merge writes two project sheets and its records"
    assert "改动2个数" in words


def test_a_program_that_is_killed_in_the_middle_of_a_merge_leaves_the_file(
    master_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, inbox: Path
) -> None:
    on_disk = master_file.read_bytes()
    with live_office() as app:
        opened = app.books.open(str(master_file))
        fill_in(inbox / "石浦_2024年06月_填报表.xlsx", {("3", "石浦"): 7, ("12", "石浦"): 10})
        standing = vars(Range)["raw_value"]

        def dying(cells: Range, value: Any) -> None:
            standing.fset(cells, value)
            os.killpg(app.pid, signal.SIGKILL)

        monkeypatch.setattr(Range, "raw_value", property(standing.fget, dying))
        words = press(opened, "merge", Clerk(folder=inbox))
    assert "汇总没有完成" in words
    assert "磁盘上的文件没有改动" in words
    assert master_file.read_bytes() == on_disk
