"""Which program holds a book: the one place that knows the engines by name and turns their errors into sentences."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import CannotSave, HostFailed, MinshengError, NotAMaster, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import xlwings as xw

__all__ = [
    "ENGINES",
    "OpenBook",
    "book_of",
    "in_words",
    "open_books",
    "open_for_a_person",
    "opened",
    "sentences",
]

ENGINES = ("file", "libreoffice", "excel")

#: The engines whose books a person sees, and what the person calls the program.
_PROGRAMS = {"excel": "Excel", "libreoffice": "LibreOffice"}

_STARTING_SECONDS = 60


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A book that is open in a program with a window; ``fullname`` is its path, or its title before it was ever saved."""

    engine: str
    pid: int
    name: str
    fullname: str

    @property
    def program(self) -> str:
        return _PROGRAMS[self.engine]


@contextmanager
def opened(engine: str, path: Path, *, change: bool = False) -> Iterator[xw.Book]:
    """The book of ``path`` on ``engine``, saved after a job that changes it where saving is ours.

    A plain file is opened here and, with ``change``, saved atomically when the block ends without an error. In an open
    program the book must be open already (UsageError) and is left unsaved to its owner.
    """
    with sentences(path):
        if engine == "file":
            yield from _on_a_file(path, change=change)
        else:
            yield _open_in_program(engine, path)


def _on_a_file(path: Path, *, change: bool) -> Iterator[xw.Book]:
    import xlengines

    if not path.is_file():
        raise UsageError(f"找不到总表“{path}”。", "请核对文件名和路径。")
    app = xlengines.file_engine().apps.add(add_book=False)
    try:
        book = app.books.open(str(path))
        yield book
        if change:
            book.save()
    finally:
        app.quit()


def _open_in_program(engine: str, path: Path) -> xw.Book:
    """The book as it is open in LibreOffice or Excel now."""
    name = _PROGRAMS[engine]
    wanted = str(path.resolve())
    for app in _apps(engine):
        for book in app.books:
            if book.fullname == wanted:
                return book
    raise UsageError(
        f"“{path.name}”没有在 {name} 中打开。", f"请先在 {name} 中打开它，或去掉 --engine 直接处理文件。"
    )


def _apps(engine: str) -> Iterable[xw.App]:
    """The programs of an engine that run now; none where this computer cannot have them.

    To be gone through once: they are looked for at each count and each round.
    """
    import xlwings as xw

    import xlengines

    if engine == "libreoffice":
        return xlengines.libreoffice_engine().apps
    return xw.engines["excel"].apps if "excel" in xw.engines.engines_by_name else ()


def open_books() -> list[tuple[OpenBook, xw.Book]]:
    """Every book that is open in a program with a window, the one in front of each program first."""
    found: list[tuple[OpenBook, xw.Book]] = []
    for engine in _PROGRAMS:
        for app in _apps(engine):
            try:
                found += _shown_in(app, engine)
            except Exception:  # noqa: BLE001 - it has ended this moment, or is too busy to answer
                continue
    return found


def _shown_in(app: xw.App, engine: str) -> list[tuple[OpenBook, xw.Book]]:
    books = list(app.books) if app.visible else []
    if not books:
        return []
    in_front = app.books.active.fullname
    books.sort(key=lambda book: book.fullname != in_front)
    return [(OpenBook(engine, app.pid, book.name, book.fullname), book) for book in books]


def book_of(wanted: OpenBook) -> xw.Book:
    """The book as it is open now; UsageError where it, or its program, has been closed."""
    for found, book in open_books():
        if found == wanted:
            return book
    raise UsageError(
        f"“{wanted.name}”已经不在 {wanted.program} 里打开着了。",
        f"请在 {wanted.program} 里重新打开它，再试一次。",
    )


def open_for_a_person(path: Path, *, beside: xw.Book | None = None) -> OpenBook:
    """Open a file where its owner will see and keep it: in the program of the book ``beside``, else in one that runs
    already, else in one started as usual."""
    with sentences(path):
        if beside is not None:
            return _opened_in(beside.app, beside.app.engine.name, path)
        for engine in _PROGRAMS:
            for app in _apps(engine):
                if app.visible:
                    return _opened_in(app, engine, path)
        return _opened_in_a_new_program(path)


def _opened_in(app: xw.App, engine: str, path: Path) -> OpenBook:
    try:
        book = app.books.open(str(path))
    except ValueError as failure:  # xlwings' word for a second book of that name
        raise UsageError(
            f"{_PROGRAMS[engine]} 里已经打开了另一个同名的工作簿“{path.name}”。", "请先把它关闭。"
        ) from failure
    book.activate(steal_focus=True)
    return OpenBook(engine, app.pid, book.name, book.fullname)


def _opened_in_a_new_program(path: Path) -> OpenBook:
    import xlwings as xw

    from xlengines.libreoffice.starting import start_for_a_person

    if "excel" in xw.engines.engines_by_name:
        return _opened_in(xw.engines["excel"].apps.add(add_book=False, visible=True), "excel", path)
    start_for_a_person(path)
    wanted = str(path.resolve())
    deadline = time.monotonic() + _STARTING_SECONDS
    while time.monotonic() < deadline:
        for found, _ in open_books():
            if found.fullname == wanted:
                return found
        time.sleep(0.3)
    raise HostFailed(f"LibreOffice 没有打开“{path.name}”。", "请用 LibreOffice 打开它，看看它说了什么。")


@contextmanager
def sentences(path: Path | None = None) -> Iterator[None]:
    """Turn an engine's error into one for the clerk."""
    try:
        yield
    except Exception as failure:
        words = in_words(failure)
        if words is None or words is failure:
            raise
        raise words from failure


def in_words(failure: BaseException) -> MinshengError | None:
    """An error of an engine as one for the clerk, one for the clerk as it is; None where nobody foresaw it."""
    from xlengines import errors

    match failure:
        case MinshengError():
            return failure
        case errors.FileLocked() | errors.ReadOnlyFile() | errors.DiskFull() | errors.ChangedOnDisk():
            return CannotSave(str(failure))
        case errors.NotAWorkbook():
            return NotAMaster(str(failure), "请打开由“导入任务书”生成的总表。")
        case errors.EngineError():
            return HostFailed(str(failure))
    return None
