"""The panel in a real window, clicked with a real mouse, beside a LibreOffice in which a person has the master open."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import Workbook

from jobs.clerk import fill_in
from minsheng.domain.period import Period
from minsheng.hosts import open_books, opened
from minsheng.jobs.dispatching import dispatch
from panel.desk import Desk, Panel, open_desk, wait_until

pytestmark = [pytest.mark.libreoffice, pytest.mark.window, pytest.mark.desk, pytest.mark.slow]


@pytest.fixture(scope="module")
def desk(master_bytes: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    master, other = folder / "民生实事总表.xlsx", folder / "会议安排.xlsx"
    master.write_bytes(master_bytes)
    Workbook().save(other)
    inbox = folder / "收件夹"
    with opened("file", master) as book:
        dispatch(book, Period(2024, 6), inbox)
    sent = inbox / "石浦_2024年06月_填报表.xlsx"
    fill_in(sent, {("3", "石浦"): 7, ("12", "石浦"): 10})
    for other_unit in inbox.iterdir():
        if other_unit != sent:
            other_unit.unlink()
    with open_desk(folder, master, other) as desk:
        yield desk


def book_on(desk: Desk) -> xw.Book:
    return next(book for found, book in open_books() if found.fullname == str(desk.master))


def test_the_master_is_found_among_open_books_and_named(desk: Desk) -> None:
    assert desk.panel.books() == "民生实事总表.xlsx（LibreOffice）"
    assert desk.panel.widgets("TLabel", str(desk.master))


def test_checking_colouring_and_the_summary_by_clicks_alone(desk: Desk) -> None:
    panel, on_disk = desk.panel, desk.master.read_bytes()
    assert "校验完成：错误" in panel.after(lambda: panel.click("校验"))
    assert "着色完成，截至2024" in panel.after(lambda: panel.click("逾期着色"))
    assert "汇总表、镇乡进度已刷新" in panel.after(lambda: panel.click("刷新汇总表"))
    assert book_on(desk).sheets["校验结果"].used_range.shape[0] > 3
    assert desk.master.read_bytes() == on_disk, "saving is the clerk's"


def confirm_month(desk: Desk) -> None:
    """Click 汇总 and type the month over the one that is proposed."""
    desk.panel.click("汇总(")
    desk.panel.question("请确认期次")
    desk.screen.type("2024-06")
    desk.panel.click("确定")


def test_a_merge_that_the_clerk_declines_leaves_the_book_alone(desk: Desk) -> None:
    before = desk.panel.said()
    confirm_month(desk)
    assert "改动2个数" in desk.panel.question("确定汇总吗")
    desk.panel.click("取消")
    wait_until(desk.panel.idle, "the panel to rest")
    assert book_on(desk).sheets["03"]["H11"].value is None
    assert desk.panel.said().removeprefix(before).rstrip().endswith("（已取消）")


def test_a_merge_is_done_when_the_clerk_agrees_and_undone_when_asked(desk: Desk) -> None:
    panel, on_disk = desk.panel, desk.master.read_bytes()
    confirm_month(desk)
    assert "没有交的32家" in panel.question("确定汇总吗")
    panel.click("确定")
    panel.question("本期改为 2024-06")
    panel.click("取消")
    done = panel.question("催报单")
    assert "改动2个数" in done
    assert "还差32份" in done
    assert done in panel.after(lambda: panel.click("取消")), "what was done can be read afterwards"
    assert book_on(desk).sheets["03"]["H11"].value == 7.0
    panel.click("撤销汇总")
    panel.question("撤销最近一次汇总")
    assert "恢复2处" in panel.after(lambda: panel.click("确定"))
    assert book_on(desk).sheets["03"]["H11"].value is None
    assert desk.master.read_bytes() == on_disk, "saving is the clerk's"


def test_the_keyboard_is_enough(desk: Desk) -> None:
    panel, keys = desk.panel, desk.screen.press
    assert "校验完成" in panel.after(lambda: keys("alt+j"))
    # From the last button, 帮助, back over 修复 to 设置.
    panel.after(lambda: panel.click("帮助"))
    keys("alt+z")
    panel.question("撤销最近一次汇总")
    keys("Escape")
    wait_until(panel.idle, "the panel to rest")
    keys("Tab", "shift+Tab")
    wait_until(lambda: panel.focus().startswith("帮助"), "the focus where it was")
    for before in ("修复", "设置"):
        keys("shift+Tab")
        wait_until(lambda before=before: panel.focus().startswith(before), "the button before it")


def test_the_settings_come_to_the_front_and_the_panel_stays_there_when_asked_to(desk: Desk) -> None:
    panel = desk.panel
    panel.click("总在最前", "TCheckbutton")
    wait_until(lambda: panel.seen()["topmost"], "the panel to stay in front")
    panel.click("设置")
    wait_until(lambda: book_on(desk).sheets.active.name == "设置", "sheet 设置 in front")
    # Clicks go on reaching it, though the other window has come forward.
    assert "更多说明" in panel.after(lambda: panel.click("帮助"))
    desk.screen.press("alt+a")
    wait_until(lambda: not panel.seen()["topmost"], "the panel to stand back")
    desk.screen.press("alt+a")
    wait_until(lambda: panel.seen()["topmost"], "the panel to stay in front again")


def choose(desk: Desk, name: str) -> None:
    """Pick a book from the list with the keys of a list."""
    box = desk.panel.widgets("TCombobox")[0]
    desk.screen.click(box["rootx"] + 20, box["rooty"] + box["height"] // 2)
    wait_until(lambda: desk.panel.widgets("Listbox"), "the list to drop down")
    desk.screen.press("Down" if name.startswith("会议") else "Up", "Return")
    wait_until(lambda: desk.panel.books().startswith(name), f"{name} to be chosen")


def test_a_book_that_is_no_master_is_called_so_and_gets_a_sentence(desk: Desk) -> None:
    panel = desk.panel
    choose(desk, "会议安排.xlsx")
    assert panel.books() == "会议安排.xlsx（LibreOffice，不是总表）"
    assert panel.widgets("TLabel", "这不是民生实事总表")
    words = panel.after(lambda: panel.click("校验"))
    assert "校验没有完成" in words
    assert "“会议安排.xlsx”不是民生实事总表" in words
    choose(desk, "民生实事总表.xlsx")


def test_while_the_program_does_not_answer_the_window_lives_and_no_second_job_begins(desk: Desk) -> None:
    panel = desk.panel
    office = next(found.pid for found, _ in open_books() if found.fullname == str(desk.master))
    os.kill(office, signal.SIGSTOP)
    try:
        before = panel.said()
        panel.click("逾期着色")
        wait_until(lambda: panel.widgets("TLabel", "正在逾期着色"), "what runs to be shown")
        times = panel.seen()["times"]
        desk.screen.press("alt+j")
        wait_until(lambda: panel.seen()["times"] > times + 10, "the window to go on")
        assert not panel.idle()
        assert panel.said() == before
    finally:
        os.kill(office, signal.SIGCONT)
    wait_until(panel.idle, "the panel to rest")
    assert "着色完成" in panel.said().removeprefix(before)
    assert "校验" not in panel.said().removeprefix(before)


def test_a_panel_that_is_closed_while_a_job_runs_ends_with_the_job(desk: Desk, tmp_path: Path) -> None:
    office = next(found.pid for found, _ in open_books() if found.fullname == str(desk.master))
    if desk.panel.seen()["topmost"]:  # it stands where the second one will
        desk.panel.click("总在最前", "TCheckbutton")
        wait_until(lambda: not desk.panel.seen()["topmost"], "the panel to stand back")
    second = Panel(desk.screen, tmp_path / "told.json")
    wait_until(lambda: second.books().startswith("民生实事总表.xlsx"), "the books")
    os.kill(office, signal.SIGSTOP)
    try:
        second.click("刷新汇总表")
        wait_until(lambda: second.widgets("TLabel", "正在刷新汇总表"), "what runs to be shown")
        desk.screen.press("alt+F4")
        wait_until(lambda: "做完后本窗口会自动关闭" in second.said(), "the panel to say that it waits")
        assert second.process.poll() is None
        desk.screen.press("alt+F4")
        second.question("强行关闭")
        second.click("取消")
    finally:
        os.kill(office, signal.SIGCONT)
    assert second.process.wait(30) == 0


def test_a_book_that_was_closed_meanwhile_is_missed_by_name(desk: Desk) -> None:
    choose(desk, "会议安排.xlsx")
    other = next(book for found, book in open_books() if found.name == "会议安排.xlsx")
    other.close()
    wait_until(lambda: all(found.name != "会议安排.xlsx" for found, _ in open_books()), "the book to be gone")
    words = desk.panel.after(lambda: desk.panel.click("校验"))
    assert "“会议安排.xlsx”已经不在 LibreOffice 里打开着了" in words
    wait_until(lambda: desk.panel.books() == "民生实事总表.xlsx（LibreOffice）", "the other book instead")


def test_a_program_that_was_killed_between_two_clicks_ends_in_a_sentence(desk: Desk) -> None:
    """The last test on this desk: after it nothing is open."""
    panel, on_disk = desk.panel, desk.master.read_bytes()
    desk.screen.end(desk.office)
    words = panel.after(lambda: panel.click("校验"))
    # The panel may have looked again before the click reached it.
    assert "“民生实事总表.xlsx”已经不在 LibreOffice 里打开着了" in words or "没有打开的工作簿" in words
    assert desk.master.read_bytes() == on_disk
    wait_until(lambda: panel.books() == "" and panel.widgets("TLabel", "没有打开的工作簿"), "an empty list")
    assert "没有打开的工作簿" in panel.after(lambda: panel.click("校验"))
    desk.screen.press("alt+F4")
    assert desk.panel.process.wait(20) == 0
