"""Which program holds a book: the one place that knows the engines by name and turns their errors into sentences."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from .errors import CannotSave, HostFailed, MinshengError, NotAMaster, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import xlwings as xw

__all__ = ["ENGINES", "opened", "sentences"]

ENGINES = ("file", "libreoffice", "excel")


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
    from . import engines

    if not path.is_file():
        raise UsageError(f"找不到总表“{path}”。", "请核对文件名和路径。")
    app = engines.file_engine().apps.add(add_book=False)
    try:
        book = app.books.open(str(path))
        yield book
        if change:
            book.save()
    finally:
        app.quit()


def _open_in_program(engine: str, path: Path) -> xw.Book:
    """The book as it is open in LibreOffice or Excel now."""
    import xlwings as xw

    from . import engines

    programs = engines.libreoffice_engine() if engine == "libreoffice" else xw.engines["excel"]
    name = "LibreOffice" if engine == "libreoffice" else "Excel"
    wanted = str(path.resolve())
    for app in programs.apps:
        for book in app.books:
            if book.fullname == wanted:
                return book
    raise UsageError(
        f"“{path.name}”没有在 {name} 中打开。", f"请先在 {name} 中打开它，或去掉 --engine 直接处理文件。"
    )


@contextmanager
def sentences(path: Path | None = None) -> Iterator[None]:
    """Turn an engine's error into one for the clerk."""
    from .engines import errors

    try:
        yield
    except MinshengError:
        raise
    except (errors.FileLocked, errors.ReadOnlyFile, errors.DiskFull, errors.ChangedOnDisk) as failure:
        raise CannotSave(str(failure)) from failure
    except errors.NotAWorkbook as failure:
        raise NotAMaster(str(failure), "请打开由“导入任务书”生成的总表。") from failure
    except errors.EngineError as failure:
        raise HostFailed(str(failure)) from failure
