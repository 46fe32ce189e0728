"""The .zip of the kit: fixed order and dates, names that Windows reads as UTF-8."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["archive", "for_windows"]

_TIME = (2000, 1, 1, 0, 0, 0)


def archive(path: Path, folder: str, contents: Mapping[str, bytes]) -> None:
    """Write ``contents`` (relative path with /, bytes) under one ``folder``; wheels are stored, they are zips already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as target:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _TIME)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, contents[name])


def for_windows(text: str, *, mark: bool = False) -> bytes:
    """Text with \\r\\n; ``mark`` puts the UTF-8 mark in front, by which old notepads know it."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8-sig" if mark else "utf-8")
