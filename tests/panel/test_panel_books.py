"""Which book the panel offers first, and what it calls books that look alike."""

from __future__ import annotations

from minsheng.hosts import OpenBook
from minsheng.panel.books import Choice, labels, preferred

MASTER = Choice(OpenBook("excel", 1, "总表.xlsx", "D:/2024/总表.xlsx"), is_master=True)
COPY = Choice(OpenBook("excel", 1, "总表.xlsx", "E:/备份/总表.xlsx"), is_master=True)
ELSEWHERE = Choice(OpenBook("libreoffice", 2, "总表.xlsx", "D:/2024/总表.xlsx"), is_master=True)
FORM = Choice(
    OpenBook("excel", 1, "石浦_2024年06月_填报表.xlsx", "D:/石浦_2024年06月_填报表.xlsx"), is_master=False
)
UNSAVED = [Choice(OpenBook("libreoffice", pid, "无标题 1", "无标题 1"), is_master=False) for pid in (3, 4)]


def test_a_book_that_was_chosen_stays_chosen_as_long_as_it_is_open() -> None:
    assert preferred([MASTER, COPY, FORM], FORM.book) == FORM
    assert preferred([MASTER, COPY], FORM.book) == MASTER
    assert preferred([], MASTER.book) is None


def test_a_line_says_the_program_and_what_is_no_master() -> None:
    assert labels([MASTER, FORM]) == ["总表.xlsx（Excel）", "石浦_2024年06月_填报表.xlsx（Excel，不是总表）"]


def test_books_of_one_name_are_told_apart_by_folder_then_program_then_process() -> None:
    lines = labels([MASTER, COPY, ELSEWHERE, *UNSAVED])
    assert len(set(lines)) == len(lines)
    assert "E:/备份" in lines[1].replace("\\", "/")
    assert "LibreOffice" in lines[2]
