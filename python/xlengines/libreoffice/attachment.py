"""The pipe on which a person's LibreOffice is asked to listen: a name that nobody can guess, the same for all of this user's jobs."""

from __future__ import annotations

import os
import stat
import tempfile
import uuid
from pathlib import Path

from ..errors import HostMissing

__all__ = ["attachment"]


def attachment(pid: int) -> str:
    """The UNO connection string for the program ``pid``, made up on first use and kept where only this user can read it.

    A name that could be foretold might be bound by another user first, who would then be taken for LibreOffice. HostMissing
    where there is no folder of this user's own.
    """
    kept = _own_folder() / f"attached-{pid}-{_since(pid)}"
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return f"pipe,name={kept.read_text('ascii')}"
    name = f"xlwings-attached-{uuid.uuid4().hex}"
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(name)
    return f"pipe,name={name}"


def _own_folder() -> Path:
    """A folder that is this user's and closed to all others; HostMissing where somebody else has made it."""
    if not hasattr(os, "getuid"):  # the folder for temporary files of Windows is the user's own
        folder = Path(tempfile.gettempdir()) / "xlengines"
        folder.mkdir(exist_ok=True)
        return folder
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"xlengines-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise HostMissing("folder-not-ours", path=str(folder))
    return folder


def _since(pid: int) -> str:
    """When a process was started, so that a number given anew is not taken for the old one; empty where that is not known."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
