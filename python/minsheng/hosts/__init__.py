"""Which program holds a book: the one place that knows the engines by name and turns their errors into sentences."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import CannotSave, HostFailed, MinshengError, NotAMaster, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import xlwings as xw

__all__ = [
    "ENGINES",
    "OpenBook",
    "book_of",
    "calculated",
    "in_words",
    "is_saved",
    "open_books",
    "open_for_a_person",
    "opened",
    "save",
    "sentences",
    "working_on",
]

ENGINES = ("file", "libreoffice", "excel")

#: The engines whose books a person sees, and what the person calls the program.
_PROGRAMS = {"excel": "Excel", "libreoffice": "LibreOffice"}
_WPS = "WPS（未验证）"

_STARTING_SECONDS = 60


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A book that is open in a program with a window; ``fullname`` is its path, or its title before it was ever saved.

    ``unverified``: its program answers as Excel does and is not Excel: WPS, in which nobody has seen a button work.
    """

    engine: str
    pid: int
    name: str
    fullname: str
    unverified: bool = False

    @property
    def program(self) -> str:
        """The program that holds the book, as a clerk knows it."""
        return _WPS if self.unverified else _PROGRAMS[self.engine]


@contextmanager
def opened(engine: str, path: Path, *, change: bool = False) -> Iterator[xw.Book]:
    """The book of ``path`` on ``engine``, saved after a job that changes it where saving is ours.

    A plain file is opened here and, with ``change``, saved atomically when the block ends without an error. In an open
    program the book must be open already (UsageError) and is left unsaved to its owner.
    """
    with sentences():
        if engine == "file":
            yield from _on_a_file(path, change=change)
        else:
            book = _open_in_program(engine, path)
            with working_on(book) if change else nullcontext():
                yield book


@contextmanager
def working_on(book: xw.Book, job: str = "") -> Iterator[None]:
    """A block in which no other job works on ``book``, wherever it is started: panel, click or command line.

    CannotSave, which says who does, where another one goes on for some seconds. ``job`` is what the others are told.
    """
    from xlengines.job_lock import alone

    with sentences(), alone(book.fullname, job):
        yield
        with suppress(Exception):  # the work is done, whatever the program says to this
            calculated(book)


def calculated(book: xw.Book) -> None:
    """Let formulas show what they now give also where somebody has turned calculation off in the program that holds an
    open ``book``."""
    if book.app.engine.name != "file" and book.app.calculation != "automatic":
        book.app.calculate()


def _on_a_file(path: Path, *, change: bool) -> Iterator[xw.Book]:
    import xlengines
    from xlengines.job_lock import alone

    if not path.is_file():
        raise UsageError(f"找不到总表“{path}”。", "请核对文件名和路径。")
    app = xlengines.file_engine().apps.add(add_book=False)
    try:
        with alone(str(path.resolve())) if change else nullcontext():
            book = app.books.open(str(path))
            yield book
            if change:
                save(book)
    finally:
        app.quit()


def save(book: xw.Book, copy: Path | None = None) -> None:
    """Save a plain file, or a ``copy`` of it as it stands, with the values of its formulas as far as they are sure."""
    book.app.calculate()
    book.save(None if copy is None else str(copy))


def _open_in_program(engine: str, path: Path) -> xw.Book:
    """The book as it is open in LibreOffice or Excel now; not in WPS, which is worked in where a person can be asked alone."""
    name = _PROGRAMS[engine]
    for app in _apps(engine):
        for book in app.books:
            if _is_at(book.fullname, path):
                if _is_unverified(app, engine):
                    raise UsageError(
                        f"“{path.name}”是在 WPS 里打开的，命令不处理 WPS 里的工作簿：没有人验证过。",
                        "请在 WPS 里保存并关闭它，去掉 --engine 直接处理文件；或者用面板，写入之前会先问。",
                    )
                return book
    raise UsageError(
        f"“{path.name}”没有在 {name} 中打开。", f"请先在 {name} 中打开它，或去掉 --engine 直接处理文件。"
    )


def _is_at(fullname: str, path: Path) -> bool:
    """Whether a book's place is ``path``: a mapped drive and its share are one file, and so are upper and lower case."""
    if os.path.normcase(fullname) == os.path.normcase(path.resolve()):
        return True
    try:
        return Path(fullname).samefile(path)
    except OSError:  # an address on the web, or a book that was never saved
        return False


def _apps(engine: str) -> Iterable[xw.App]:
    """The programs of an engine that run now; none where this computer cannot have them. To Excel's belongs WPS.

    To be gone through once: they are looked for at each count and each round.
    """
    import xlengines

    if engine == "libreoffice":
        return xlengines.libreoffice_engine().apps
    excel = xlengines.excel_engine()
    return () if excel is None else _excels(excel)


def _excels(excel: xw.Engine) -> Iterator[xw.App]:
    from xlengines.wps import registered

    known = set()
    for app in excel.apps:
        known.add(app.pid)
        yield app
    yield from registered(known)


def _is_unverified(app: xw.App, engine: str) -> bool:
    from xlengines.wps import is_wps

    return engine == "excel" and is_wps(app)


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
    in_front = _in_front(app)
    books.sort(key=lambda book: book.fullname != in_front)
    unverified = _is_unverified(app, engine)
    return [(OpenBook(engine, app.pid, book.name, book.fullname, unverified), book) for book in books]


def _in_front(app: xw.App) -> str:
    """Where the book in front is; empty where none is, as while a window in protected view is."""
    try:
        return str(app.books.active.fullname)
    except Exception:  # noqa: BLE001 - each program says so in its own way
        return ""


def book_of(wanted: OpenBook) -> xw.Book:
    """The book as it is open now; UsageError where it, or its program, has been closed."""
    for found, book in open_books():
        if found == wanted:
            return book
    raise UsageError(
        f"“{wanted.name}”已经不在 {wanted.program} 里打开着了。",
        f"请在 {wanted.program} 里重新打开它，再试一次。",
    )


def is_saved(book: xw.Book) -> bool:
    """Whether the program that holds ``book`` counts it as saved; False where it cannot be asked."""
    from xlengines import unsaved

    return unsaved.is_saved(book)


def open_for_a_person(path: Path, *, beside: xw.Book | None = None) -> OpenBook:
    """Open a file where its owner will see and keep it: in the program of the book ``beside``, else in one that runs
    already and is not WPS, else in one started as usual."""
    with sentences():
        if beside is not None:
            return _opened_in(beside.app, beside.app.engine.name, path)
        for engine in _PROGRAMS:
            for app in _apps(engine):
                if app.visible and not _is_unverified(app, engine):
                    return _opened_in(app, engine, path)
        return _opened_in_a_new_program(path)


def _opened_in(app: xw.App, engine: str, path: Path) -> OpenBook:
    try:
        book = app.books.open(str(path))
    except ValueError as failure:  # xlwings' word for a second book of that name
        raise UsageError(
            f"{_PROGRAMS[engine]} 里已经打开了另一个同名的工作簿“{path.name}”。", "请先把它关闭。"
        ) from failure
    with suppress(
        Exception
    ):  # it is open; xlwings raises where Windows does not let another window come to the front
        book.activate(steal_focus=True)
    return OpenBook(engine, app.pid, book.name, book.fullname, _is_unverified(app, engine))


def _opened_in_a_new_program(path: Path) -> OpenBook:
    import xlengines
    from xlengines.excel import is_not_installed
    from xlengines.libreoffice.process import start_for_a_person

    excel = xlengines.excel_engine()
    if excel is not None:
        try:
            return _opened_in(excel.apps.add(add_book=False, visible=True), "excel", path)
        except Exception as failure:
            if not is_not_installed(failure):
                raise
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
def sentences() -> Iterator[None]:
    """Turn an engine's error, or Excel's, into one for the clerk."""
    try:
        yield
    except MinshengError:
        raise
    except Exception as failure:
        words = in_words(failure)
        if words is None:
            raise
        raise words from failure


def in_words(failure: BaseException) -> MinshengError | None:
    """An error of an engine or of Excel as one for the clerk, one for the clerk as it is; None where nobody foresaw it."""
    from xlengines import errors

    from .failures import engine_sentence, excel_sentence

    match failure:
        case MinshengError():
            return failure
        case errors.FileLocked() | errors.ReadOnlyFile() | errors.DiskFull() | errors.ChangedOnDisk():
            return CannotSave(*engine_sentence(failure))
        case errors.NotAWorkbook():
            return NotAMaster(*engine_sentence(failure))
        case errors.EngineError():
            return HostFailed(*engine_sentence(failure))
    said = excel_sentence(failure)
    return None if said is None else HostFailed(*said)
