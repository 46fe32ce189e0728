"""Where the details of a failure go: a file in the user's own profile, never the clerk's screen."""

from __future__ import annotations

import os
import traceback
from datetime import datetime
from pathlib import Path

__all__ = ["log_file", "note_failure"]

_MAX_BYTES = 1_000_000


def log_file() -> Path | None:
    """``%LOCALAPPDATA%\\minsheng\\minsheng.log``, or ``~/.local/state/minsheng/minsheng.log``; None for a user without
    a home."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME")
    try:
        return Path(base or Path.home() / ".local" / "state") / "minsheng" / "minsheng.log"
    except RuntimeError:
        return None


def note_failure(failure: BaseException) -> str:
    """Append the traceback; what to tell the clerk of it. A log that cannot be written is no second failure."""
    lines = "".join(traceback.format_exception(failure))
    path = log_file()
    if path is None:
        return f"没有地方写日志（当前用户没有主文件夹）。出错的是：{type(failure).__name__}。"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _MAX_BYTES:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now().astimezone().isoformat()}\n{lines}\n")
    except OSError:
        return f"日志也写不进“{path}”。出错的是：{type(failure).__name__}。"
    return f"请把日志发给维护人员：{path}"
