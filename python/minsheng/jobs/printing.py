"""Paper and PDF: pages as a real spreadsheet program lays them out."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CannotSave, TargetExists, UsageError, reason_of
from ..hosts import calculated
from ..outputs import Outputs
from ..sheets import layout
from ..sheets.pages import Pages
from ..sheets.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

    from ..sheets.open_master import OpenMaster

__all__ = [
    "lay_on_paper",
    "print_part",
    "printable",
    "printed_copy",
    "printing_program",
    "refuse_bad_target",
    "to_pdf",
]

#: The sheets for leaders: on the paper of 设置, the others on A4.
_FOR_LEADERS = (layout.NAME_HOME, layout.NAME_SUMMARY, *layout.VIEWS, layout.NAME_HEATMAP)
#: What can be printed, in the words of a clerk → the named table of its sheet, None for the whole book.
_PRINTABLE = {"汇总表": layout.NAME_SUMMARY, "首页": layout.NAME_HOME, "镇乡进度": layout.NAME_HEATMAP}
_WHOLE = "整本"


def lay_on_paper(master: OpenMaster) -> None:
    """Give the sheets for leaders their paper, where they have another; a sheet that is gone stays away."""
    from xlengines.paper import paper_of, set_paper

    paper = master.master.settings.paper
    for name in _FOR_LEADERS:
        area = master.places.get(name)
        if area is None or area.sheet not in master.images:
            continue
        sheet = master.pages[area.sheet]
        if paper_of(sheet) != paper:
            set_paper(sheet, str(paper))


def printable() -> tuple[str, ...]:
    """What ``to_pdf`` can be asked for: 汇总表, its views, other sheets for leaders, 整本."""
    return (*_PRINTABLE, *layout.VIEWS, _WHOLE)


def to_pdf(book: xw.Book, target: Path, part: str = layout.SHEET_SUMMARY) -> None:
    """``part`` of a book that is open in a spreadsheet program, as a PDF at ``target``: whole, or not at all.

    As ``print_part``, and TargetExists, CannotSave. A PDF that stands at ``target`` is replaced.
    """
    refuse_bad_target(target)
    with Outputs() as outputs:
        print_part(book, part, outputs.add_over(target))
        outputs.put()


def print_part(book: xw.Book, part: str, path: Path) -> None:
    """Let the program that holds the book print ``part`` (see ``printable``) to ``path``, a PDF; 整本 is every sheet that
    is not hidden. UsageError, CannotSave."""
    if part not in printable():
        raise UsageError(f"没有“{part}”可以输出。", f"可以选：{'、'.join(printable())}。")
    from xlengines.paper import sheet_to_pdf

    calculated(book)
    sheet: xw.Sheet | None = None
    if part != _WHOLE:
        name = _PRINTABLE.get(part, part)
        area = Places.named(Pages(book), (name,)).get(name)
        if area is None or area.sheet not in book.sheets:
            raise UsageError(f"总表里找不到“{part}”。", "它可能被删掉了，请换一项。")
        sheet = book.sheets[area.sheet]
    try:
        if sheet is not None:
            sheet_to_pdf(sheet, path)
        else:
            # No name starts so: by itself xlwings leaves out sheets whose name starts with "#".
            book.to_pdf(str(path), exclude_start_string="\0")
    except OSError as failure:
        raise CannotSave(
            f"PDF写不进“{path.parent}”（{reason_of(failure)}）。", "请换一个文件夹再试。"
        ) from failure


def refuse_bad_target(target: Path) -> None:
    """Say at once what would fail at the end. A file that is no PDF is never overwritten."""
    if target.suffix.lower() != ".pdf":
        raise UsageError(f"“{target.name}”不是PDF文件名。", "请让文件名以 .pdf 结尾。")
    if target.is_dir():
        raise CannotSave(f"“{target}”是一个文件夹。", "请换一个文件名。")
    if not target.exists():
        return
    try:
        with target.open("rb") as file:
            is_pdf = file.read(5) in (b"%PDF-", b"")
    except OSError as failure:
        raise CannotSave(f"“{target}”打不开（{reason_of(failure)}）。", "请换一个文件名。") from failure
    if not is_pdf:
        raise TargetExists(f"“{target.name}”已经存在，而且不是PDF，没有覆盖。", "请换一个文件名。")
    if not os.access(target, os.W_OK):
        raise CannotSave(f"“{target}”是只读的，没有覆盖。", "请换一个文件名，或先取消只读。")


@contextmanager
def printing_program() -> Iterator[xw.App]:
    """A LibreOffice of our own for masters that are no open book; started before anything is changed, so that where
    there is none nothing is."""
    import xlengines

    app = xlengines.libreoffice_engine().apps.add(add_book=False)
    try:
        yield app
    finally:
        app.quit()


@contextmanager
def printed_copy(app: xw.App, master: Path) -> Iterator[xw.Book]:
    """A copy of a saved master, open in ``app``: a program that opens the master itself would lock it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / master.name
        copy.write_bytes(master.read_bytes())
        book = app.books.open(str(copy))
        try:
            yield book
        finally:
            book.close()
