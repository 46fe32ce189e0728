"""Putting a new version of a file in the old one's place: whole or not at all, and with the reason where not."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

from ..errors import DiskFull, EngineError, FileLocked, ReadOnlyFile

__all__ = ["replace_file"]

_FULL = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过了系统允许的大小",
}
_CLOSED = {errno.EROFS: "这个磁盘是只读的", errno.EACCES: "没有写入权限", errno.EPERM: "没有写入权限"}
_OTHER = {errno.ENAMETOOLONG: "文件名太长", errno.EIO: "磁盘读写出错", errno.EINVAL: "文件名不合规则"}
#: Windows' numbers for a swap with a file that another process holds.
_HELD = (5, 32, 33)
_USUAL_MODE = 0o644


def replace_file(target: Path, content: bytes) -> None:
    """Write ``content`` to a new file beside ``target``, sync it, and swap it in. Until the swap the old file stands.

    The new file takes the old one's permissions and, where that is allowed, its owner; other hard links keep the old
    content. FileLocked, ReadOnlyFile, DiskFull, EngineError.
    """
    if not target.parent.is_dir():
        raise ReadOnlyFile(f"文件夹“{target.parent}”不存在，没有保存。", path=str(target))
    temporary: Path | None = None
    try:
        before = target.stat() if target.exists() else None
        if before is not None and not (before.st_mode & 0o222 and os.access(target, os.W_OK)):
            raise ReadOnlyFile(f"“{target.name}”是只读的，没有保存。", path=str(target))
        handle, name = tempfile.mkstemp(prefix=".saving-", suffix=".new", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        _dress(temporary, before)
        temporary.replace(target)
    except OSError as failure:
        raise _named(failure, target) from failure
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _dress(temporary: Path, before: os.stat_result | None) -> None:
    """Permissions and owner of the file that is replaced."""
    if before is not None and hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(temporary, before.st_uid, before.st_gid)
    temporary.chmod(_USUAL_MODE if before is None else stat.S_IMODE(before.st_mode))


def _named(failure: OSError, target: Path) -> EngineError:
    """Why a save did not come about; the old file stands in every case."""
    number = failure.errno or 0
    if getattr(failure, "winerror", None) in _HELD:
        return FileLocked(f"“{target.name}”正被别的程序打开着，没有保存。请关闭它后再试。", path=str(target))
    if number in _CLOSED:
        return ReadOnlyFile(
            f"“{target}”没有保存（{_CLOSED[number]}），原文件没有改动。请检查权限，或另存到别处。",
            path=str(target),
        )
    if number in _FULL:
        return DiskFull(
            f"“{target.name}”没有保存（{_FULL[number]}），原文件没有改动。请腾出空间后再试。",
            path=str(target),
        )
    reason = _OTHER.get(number, f"系统错误 {number}")
    return EngineError(f"“{target.name}”没有保存（{reason}），原文件没有改动。", path=str(target))


def _sync_folder(folder: Path) -> None:
    """Let the swap itself outlast a power cut; not every file system can, and the new file stands by now."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
