"""What can go wrong, in words for the person at the desk.

::

    MinshengError                 a Chinese sentence (message) and what to do (advice); exit 3
    ├── UsageError                wrong words on the command line, a book that is not open; exit 2
    ├── UnreadableFile            a file from outside cannot be read: wrong kind, damaged, protected, too large
    │   ├── HostileFile           a file that would do harm if it were read on
    │   └── OldDocument           a .doc, .wps or .rtf, which a LibreOffice can convert
    ├── NotATaskDocument          readable, but no project in it
    ├── NotAMaster                the book or file is not a 总表
    ├── MasterDamaged             a 总表 whose names, labels or inputs no longer allow the job
    ├── TargetExists              a file stands where one would be written
    ├── CannotSave                the disk, a lock or a permission stops a save; the old file is intact
    ├── HostFailed                the program that holds the book broke off; the old blocks were restored
    └── NoWindow                  no window can be shown here: tkinter or a screen is missing

Findings (domain.finding) are data and are never raised.
"""

from __future__ import annotations

import errno

__all__ = [
    "CannotSave",
    "CannotWrite",
    "HostFailed",
    "HostileFile",
    "MasterDamaged",
    "MinshengError",
    "NoWindow",
    "NotAMaster",
    "NotATaskDocument",
    "OldDocument",
    "TargetExists",
    "UnreadableFile",
    "UsageError",
    "reason_of",
]

_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过了系统允许的大小",
    errno.EROFS: "这个磁盘是只读的",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘读写出错",
    errno.EINVAL: "文件名不合规则",
    errno.ENOENT: "找不到文件或文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EEXIST: "路径里有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.EPIPE: "读它的程序已经结束",
    errno.EBADF: "它已经关闭",
}


def reason_of(failure: OSError) -> str:
    """Why the system refused, in Chinese: Windows says it so itself, others in a few words of ours or by number."""
    return _REASONS.get(failure.errno or 0) or (
        str(failure.strerror) if getattr(failure, "winerror", None) else f"系统错误 {failure.errno}"
    )


class MinshengError(Exception):
    """Base of all errors that are told to a clerk: one sentence and one piece of advice, both Chinese."""

    exit_code = 3

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}{self.advice}"


class UsageError(MinshengError):
    """The command was called in a way that it does not know; nothing was looked at."""

    exit_code = 2


class UnreadableFile(MinshengError):
    """A file cannot be opened or makes no sense as what it should be."""


class HostileFile(UnreadableFile):
    """A file that would do harm if it were read on (an archive bomb, a DOCTYPE); nothing of it is used."""


class OldDocument(UnreadableFile):
    """A text document of an old kind (.doc, .wps, .rtf), which has to be converted before it can be read."""


class NotATaskDocument(MinshengError):
    """A document in which no project, or no year, was found."""


class NotAMaster(MinshengError):
    """The book carries neither the 总表's id nor a project's name."""


class MasterDamaged(MinshengError):
    """A part of the master that the job's result depends on cannot be read; it is named, and nothing was changed."""


class TargetExists(MinshengError):
    """What was to be written is there already, and is not ours to replace."""


class CannotSave(MinshengError):
    """The file could not be written; the old one stands."""


class CannotWrite(MinshengError):
    """The book refuses the change (protection, filters, merged cells); nothing was written."""


class HostFailed(MinshengError):
    """The program that holds the book failed; the message says whether everything stands as before."""


class NoWindow(MinshengError):
    """No window can be shown here (no display, or Tk is not installed)."""
