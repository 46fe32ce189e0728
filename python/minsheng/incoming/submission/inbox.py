"""A folder of 填报表, read without touching it: in a fixed order, sub-folders included, each file within limits."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...domain.catalogue import submission as rules
from . import limits
from .reading import read_bytes, unreadable
from .refusal import Refused

if TYPE_CHECKING:
    from ...domain.finding import Finding
    from ...domain.submission import Submission

__all__ = ["Inbox", "read_file", "read_inbox"]

#: What programs and systems leave behind; nobody sent it.
_LEFT_BEHIND: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "icon\r"})
_LOCKS: Final = ("~$", ".", "._")
#: Below this many files a second thread costs more than it brings.
_MANY: Final = 100


@dataclass(frozen=True)
class Inbox:
    """``submissions`` in the order of their paths; ``ignored`` are the paths of files that nobody sent."""

    submissions: tuple[Submission, ...]
    ignored: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for submission in self.submissions for finding in submission.findings)


def read_inbox(folder: Path) -> Inbox:
    """Read every file below ``folder``. Symbolic links to folders are not followed."""
    paths: list[Path] = []
    ignored: list[str] = []
    for path in _files(folder):
        if is_left_behind(path.name):
            ignored.append(_name(path, folder))
        else:
            paths.append(path)

    def read(path: Path) -> tuple[Submission, ...]:
        return read_file(path, _name(path, folder))

    if len(paths) < _MANY:
        found = [read(path) for path in paths]
    else:
        with ThreadPoolExecutor(2) as threads:
            found = list(threads.map(read, paths))
    return Inbox(tuple(submission for submissions in found for submission in submissions), tuple(ignored))


def read_file(path: Path, name: str | None = None) -> tuple[Submission, ...]:
    """The submissions of one file, called ``name`` in findings: one, or those of an archive."""
    name = path.name if name is None else name
    try:
        data = _content(path)
    except Refused as refusal:
        return (unreadable(name, "", refusal),)
    except OSError as failure:
        return (unreadable(name, "", Refused(rules.UNREADABLE, reason=failure.strerror or "")),)
    return (read_bytes(data, name),)


def is_left_behind(name: str) -> bool:
    return name.startswith(_LOCKS) or name.lower() in _LEFT_BEHIND or name.lower().endswith((".tmp", ".lnk"))


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_left_behind(name))
        for name in sorted(names):
            yield Path(place, name)


def _name(path: Path, folder: Path) -> str:
    """The path inside the inbox with forward slashes, fit to be printed."""
    return path.relative_to(folder).as_posix().encode("utf-8", "replace").decode("utf-8")


def _content(path: Path) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise Refused(rules.UNREADABLE, reason="不是普通文件")
    if status.st_size > limits.FILE_BYTES:
        raise Refused(rules.TOO_LARGE, what="文件太大", limit=f"{limits.FILE_BYTES // limits.MB}MB")
    return path.read_bytes()
