"""A folder of 填报表, read without touching it: in a fixed order, sub-folders included, each file within limits."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from ...domain.catalogue import submission as rules
from .reading import FILE_BYTES, is_left_behind, printable, read_bytes, unreadable
from .table import FormRefused

if TYPE_CHECKING:
    from ...domain.finding import Finding
    from ...domain.submission import Submission

__all__ = ["Inbox", "read_file", "read_inbox"]

#: Larger files are not even hashed.
_HASHED_BYTES: Final = 512 << 20


@dataclass(frozen=True)
class Inbox:
    """``submissions`` in the order of their paths; ``ignored`` are the paths of files that nobody sent."""

    submissions: tuple[Submission, ...]
    ignored: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be told of the files, in their order."""
        return tuple(finding for submission in self.submissions for finding in submission.findings)


def read_inbox(folder: Path) -> Inbox:
    """Read every file below ``folder``. Symbolic links to folders are not followed."""
    paths: list[Path] = []
    ignored: list[str] = []
    closed: list[Submission] = []

    def note(failure: OSError) -> None:
        name = _name(Path(failure.filename or folder), folder)
        closed.append(unreadable(name, "", FormRefused(rules.UNREADABLE, reason=_reason(failure))))

    for path in _files(folder, note):
        if is_left_behind(path.name):
            ignored.append(_name(path, folder))
        else:
            paths.append(path)

    found = [submission for path in paths for submission in read_file(path, _name(path, folder))]
    return Inbox((*found, *closed), tuple(ignored))


def read_file(path: Path, name: str | None = None) -> tuple[Submission, ...]:
    """The submissions of one file, called ``name`` in findings: one, or those of an archive."""
    name = path.name if name is None else name
    try:
        # Opened without waiting and looked at then: a pipe is not waited for, whatever was in its place before.
        with open(path, "rb", opener=_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return (unreadable(name, "", FormRefused(rules.UNREADABLE, reason="不是普通文件")),)
            # One byte more than it should have, because it may still be growing; never a buffer of the largest size.
            data = file.read(min(status.st_size, FILE_BYTES) + 1)
            if len(data) <= FILE_BYTES:
                return read_bytes(data, name)
            digest = _digest(data, file) if status.st_size <= _HASHED_BYTES else ""
    except OSError as failure:
        return (unreadable(name, "", FormRefused(rules.UNREADABLE, reason=_reason(failure))),)
    limit = f"{FILE_BYTES >> 20}MB"
    return (unreadable(name, digest, FormRefused(rules.TOO_LARGE, what="文件太大", limit=limit)),)


_REASONS: Final = {
    errno.ENOENT: "已经不在了", errno.EACCES: "没有读取权限", errno.EPERM: "没有读取权限", errno.EIO: "磁盘读不出来",
    errno.ENOTDIR: "是指向别处的文件夹链接，没有进去", errno.ELOOP: "是绕圈的链接", errno.ENAMETOOLONG: "名字太长",
}  # fmt: skip


def _reason(failure: OSError) -> str:
    return _REASONS.get(failure.errno or 0, "打不开")


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _digest(beginning: bytes, rest: BinaryIO) -> str:
    """The SHA-256 of a file too large to be kept in memory."""
    digest = hashlib.sha256(beginning)
    while block := rest.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


def _files(folder: Path, note: Callable[[OSError], None]) -> Iterator[Path]:
    """Every file below ``folder`` in a fixed order; ``note`` hears of folders that cannot be opened."""
    for place, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not is_left_behind(name))
        for name in folders:
            if os.path.islink(link := os.path.join(place, name)):  # noqa: PTH114, PTH118 - once a folder
                note(OSError(errno.ENOTDIR, "a link", link))
        for name in sorted(names):
            yield Path(place, name)


def _name(path: Path, folder: Path) -> str:
    """The path inside the inbox with forward slashes, fit to be printed."""
    inside = str(path)[len(str(folder)) :].replace(os.sep, "/").lstrip("/")
    return "/".join(printable(_decoded(part)) for part in inside.split("/"))


def _decoded(name: str) -> str:
    """A name that the machine's own encoding could not read, read as UTF-8, else as Chinese Windows writes it: what a
    file is called in the log must not depend on the machine."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        for encoding in ("utf-8", "gb18030"):
            with suppress(UnicodeDecodeError):
                return raw.decode(encoding)
        return raw.decode("utf-8", "replace")
    return name
