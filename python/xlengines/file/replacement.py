"""Putting a new version of a file in the old one's place: whole or not at all, and with the reason where not."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import uuid
from pathlib import Path

from ..errors import ChangedOnDisk, DiskFull, EngineError, FileLocked, ReadOnlyFile

__all__ = ["replace_file"]

_FULL = {
    errno.ENOSPC: "no-space",
    errno.EDQUOT: "no-quota",
    errno.EFBIG: "size-limit",
}
_CLOSED = {errno.EROFS: "read-only-disk", errno.EACCES: "no-rights", errno.EPERM: "no-rights"}
_OTHER = {errno.ENAMETOOLONG: "long-name", errno.EIO: "disk-error", errno.EINVAL: "bad-file-name"}
#: Windows' numbers for a swap with a file that another process holds.
_HELD = (5, 32, 33)


def replace_file(target: Path, content: bytes, *, standing: bytes | None = None) -> None:
    """Write ``content`` to a new file beside ``target``, sync it, and swap it in. Until the swap the old file stands.

    ``standing`` is what the file must still hold at the last moment, None for whatever it holds. The new file takes the old
    one's permissions, access lists and, where that is allowed, its owner; a file that is new gets those of any new file there.
    Other hard links keep the old content. ChangedOnDisk, FileLocked, ReadOnlyFile, DiskFull, EngineError.
    """
    if not target.parent.is_dir():
        raise ReadOnlyFile("no-folder", path=str(target), folder=str(target.parent))
    temporary = target.with_name(f".saving-{uuid.uuid4().hex}.new")
    try:
        before = target.stat() if target.exists() else None
        if before is not None and not (before.st_mode & 0o222 and os.access(target, os.W_OK)):
            raise ReadOnlyFile("read-only-file", path=str(target))
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        if before is not None:
            _dress(temporary, target, before)
        if standing is not None:
            _refuse_changed(target, standing)
        temporary.replace(target)
    except OSError as failure:
        raise _named(failure, target) from failure
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _refuse_changed(target: Path, standing: bytes) -> None:
    """Somebody else's work on the same file is not to be lost."""
    if not target.exists():
        raise ChangedOnDisk("file-gone", path=str(target))
    if target.stat().st_size != len(standing) or target.read_bytes() != standing:
        raise ChangedOnDisk("file-changed", path=str(target))


def _dress(temporary: Path, target: Path, before: os.stat_result) -> None:
    """Owner, permissions and access lists of the file that is replaced."""
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(temporary, before.st_uid, before.st_gid)
    temporary.chmod(stat.S_IMODE(before.st_mode))
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):  # not every file system has them
            for name in os.listxattr(target):
                os.setxattr(temporary, name, os.getxattr(target, name))


def _named(failure: OSError, target: Path) -> EngineError:
    """Why a save did not come about; the old file stands in every case."""
    number = failure.errno or 0
    if getattr(failure, "winerror", None) in _HELD:
        return FileLocked("file-held", path=str(target))
    if number in _CLOSED:
        return ReadOnlyFile(
            "no-permission",
            reason=_CLOSED[number],
            path=str(target),
        )
    if number in _FULL:
        return DiskFull(
            "disk-full",
            reason=_FULL[number],
            path=str(target),
        )
    reason = _OTHER.get(number, f"errno-{number}")
    return EngineError("save-failed", reason=reason, path=str(target))


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
