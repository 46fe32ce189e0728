"""Where the details of a failure go: a file in the user's own profile, never the clerk's screen."""

from __future__ import annotations

import os
import traceback
from datetime import datetime
from pathlib import Path

__all__ = ["log_file", "note_failure"]

_MAX_BYTES = 1_000_000


def log_file() -> Path:
    """``%LOCALAPPDATA%\\minsheng\\minsheng.log``, or ``~/.local/state/minsheng/minsheng.log``."""
    base = (
        os.environ.get("LOCALAPPDATA")
        or os.environ.get("XDG_STATE_HOME")
        or str(Path.home() / ".local" / "state")
    )
    return Path(base) / "minsheng" / "minsheng.log"


def note_failure(failure: BaseException) -> None:
    """Append the traceback; a log that cannot be written is no second failure."""
    lines = "".join(traceback.format_exception(failure))
    try:
        path = log_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _MAX_BYTES:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now().astimezone().isoformat()}\n{lines}\n")
    except OSError:
        return
