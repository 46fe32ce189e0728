"""One job at a time on a workbook, whichever program holds it: a lock that dies with its process.

The lock is one of the operating system's on a small file beside the workbook, so that other computers on the same share see it
too; where that folder cannot be written to, or the book has none, it lies in the folder for temporary files. The file says who
works, and is removed at the end.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from .errors import JobRunning

__all__ = ["alone"]

#: The byte that is locked: far behind the words, which others may read while it is held (Windows locks bytes for all).
_LOCKED_BYTE = 1 << 30
_PAUSE = 0.1


@contextlib.contextmanager
def alone(book: str, job: str = "", *, patience: float = 5.0) -> Iterator[None]:
    """A block in which nobody else works so on ``book``, a path or whatever else names it; ``job`` tells others what runs.

    JobRunning, with who and since when, where somebody does and goes on for ``patience`` seconds.
    """
    for path in _places(book):
        try:
            handle = _waited_for(path, book, patience)
        except OSError:
            continue  # a folder that cannot be written to
        try:
            _say(handle, job)
            yield
        finally:
            _release(handle, path)
        return
    yield  # nowhere to write at all: nothing can be saved here either


def _places(book: str) -> Iterator[Path]:
    """Where the lock may lie, the best place first."""
    here = Path(book)
    if here.is_absolute() and "://" not in book and here.parent.is_dir():
        yield here.with_name(f".~job.{here.name}.lock")
    import hashlib  # seldom come to, and slow to load

    yield Path(tempfile.gettempdir()) / f"xlengines-{hashlib.sha256(book.encode()).hexdigest()[:24]}.lock"


def _waited_for(path: Path, book: str, patience: float) -> int:
    until = time.monotonic() + patience
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        if _held(handle, path):
            return handle
        holder = os.pread(handle, 1000, 0) if hasattr(os, "pread") else os.read(handle, 1000)
        os.close(handle)
        if time.monotonic() > until:
            raise _running(book, holder.decode("utf-8", "replace"))
        time.sleep(_PAUSE)


def _held(handle: int, path: Path) -> bool:
    """Whether the lock is ours, on the file that stands there: its last holder may have removed it in between."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
            return True
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ours, standing = os.fstat(handle), path.stat()
    except OSError:
        return False
    return (ours.st_dev, ours.st_ino) == (standing.st_dev, standing.st_ino)


def _say(handle: int, job: str) -> None:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # no name for this user
        user = ""
    since = datetime.now().strftime("%H:%M:%S")  # noqa: DTZ005 - the wall clock of the people who share the file
    words = "\n".join((user, _this_computer(), since, job))
    os.ftruncate(handle, 0)
    os.write(handle, words.encode())


def _this_computer() -> str:
    """Its name, without loading sockets for it."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def _running(book: str, words: str) -> JobRunning:
    user, machine, since, job = (*words.split("\n"), "", "", "", "")[:4]
    return JobRunning(book, user=user, machine=machine, since=since, job=job)


def _release(handle: int, path: Path) -> None:
    """Removed while it is still held; Windows removes no open file, and lets go of it first."""
    if sys.platform == "win32":
        os.close(handle)
        with contextlib.suppress(OSError):
            path.unlink()
        return
    with contextlib.suppress(OSError):
        path.unlink()
    os.close(handle)
