"""Files that programs and systems leave behind; nobody sent them."""

from __future__ import annotations

from typing import Final

__all__ = ["is_left_behind"]

_NAMES: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "icon\r"})
#: Lock files of Excel and WPS, hidden files, resource forks.
_BEGINNINGS: Final = ("~$", ".")
_ENDINGS: Final = (".tmp", ".lnk")


def is_left_behind(name: str) -> bool:
    """Whether a file or folder of this name is passed over in silence."""
    lower = name.lower()
    return name.startswith(_BEGINNINGS) or lower in _NAMES or lower.endswith(_ENDINGS)
