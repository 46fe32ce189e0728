"""A book in WPS: nobody has seen a button work there. It is read first, what was read is held against the file on the disk,
and a person is asked before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import HostFailed

if TYPE_CHECKING:
    import xlwings as xw

    from ..dialogs import Dialogs
    from ..hosts import OpenBook
    from ..tab import Button

__all__ = ["Trials"]

_QUESTION = (
    "“{name}”是在 WPS 里打开的。本程序在 WPS 里能不能正常工作，没有人验证过。\n\n{read}\n\n"
    "“{button}”可能往总表里写。建议先在 WPS 里把总表另存一份。确定继续吗？"
)
_SAME = "已经试读了一遍：{projects}个项目、{reports}个报数，与磁盘上的文件一致。"
_NOT_COMPARED = "已经试读了一遍：{projects}个项目、{reports}个报数；{why}，没有与磁盘上的文件核对。"


class Trials:
    """The WPS books of one panel, each tried and asked about once."""

    def __init__(self) -> None:
        self._agreed: set[tuple[int, str]] = set()

    def passed(self, found: OpenBook, book: xw.Book, button: Button, dialogs: Dialogs) -> bool:
        """Whether ``button`` may be pressed: the book is not in WPS, the button is 帮助, or a person has agreed to this book.

        HostFailed where WPS gives something else than the file holds, and whatever reading raises.
        """
        key = (found.pid, found.fullname)
        if not found.unverified or key in self._agreed or not (button.needs_book or button.moves):
            return True
        words = _QUESTION.format(name=found.name, read=_trial(book), button=button.label)
        if not dialogs.ask(words):
            return False
        self._agreed.add(key)
        return True


def _trial(book: xw.Book) -> str:
    """What reading gave, in words; nothing is said of a book that is no master, which the button does by itself."""
    from ..hosts import is_saved, opened
    from ..jobs.reading import is_master, read_for

    if not is_master(book):
        return "它不是民生实事总表。"
    read = read_for(book).master
    facts = {"projects": len(read.document.projects), "reports": len(read.reports)}
    path = Path(book.fullname)
    if not is_saved(book):
        return _NOT_COMPARED.format(**facts, why="总表有还没保存的改动")
    if not path.is_file():
        return _NOT_COMPARED.format(**facts, why="总表不在这台电脑的磁盘上")
    with opened("file", path) as on_disk:
        kept = read_for(on_disk)
    if kept.referencing:
        return _NOT_COMPARED.format(**facts, why="填数格里有公式，文件里不知道它现在的值")
    if kept.master != read:
        raise HostFailed(
            f"从 WPS 读到的“{path.name}”和磁盘上的文件不一样，没有做，总表没有改动。",
            "请在 WPS 里保存并关闭总表，改用 Excel 或 LibreOffice 打开，或请维护人员用命令处理文件。",
        )
    return _SAME.format(**facts)
