"""The small files that office programs leave beside a workbook while somebody has it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import FileLocked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["libreoffice_lock", "refuse_when_held"]

_EXCEL, _WPS, _LIBREOFFICE = "~${}", ".~{}", ".~lock.{}#"
_WIDE_NAME_AT = 55  # where the user's name begins a second time, in UTF-16, after its length


def libreoffice_lock(path: Path) -> Path:
    """Where LibreOffice notes that it has a file open: ``.~lock.NAME#`` beside it."""
    return path.with_name(_LIBREOFFICE.format(path.name))


def refuse_when_held(path: Path, *, but_libreoffice: bool = False) -> None:
    """FileLocked where such a file stands beside ``path``: it says in which program, and who, as far as that is known.

    ``but_libreoffice`` passes over LibreOffice's own, for a book that is open there.
    """
    for pattern, program, named in _PROGRAMS:
        mark = path.with_name(pattern.format(path.name))
        if but_libreoffice and pattern == _LIBREOFFICE:
            continue
        who = _read(mark, named)
        if who is None:
            continue
        raise FileLocked("open-in-program", path=str(path), program=program, who=who, mark=mark.name)


def _read(mark: Path, named: Callable[[bytes], str]) -> str | None:
    """Who holds the file, as far as the mark says; None without one."""
    try:
        return named(mark.read_bytes())
    except PermissionError:  # Excel may hold its own mark shut
        return ""
    except OSError:
        return None


def _excel_user(content: bytes) -> str:
    """Byte 0: the length of the name in the computer's code page; at byte 55 the same in UTF-16."""
    length = int.from_bytes(content[_WIDE_NAME_AT : _WIDE_NAME_AT + 2], "little")
    wide = content[_WIDE_NAME_AT + 2 : _WIDE_NAME_AT + 2 + 2 * length]
    if length and len(wide) == 2 * length:
        return wide.decode("utf-16-le", "replace").strip()
    return content[1 : 1 + content[0]].decode("gb18030", "replace").strip() if content else ""


def _libreoffice_user(content: bytes) -> str:
    """``,user,computer,date,profile;``, any of them blank."""
    return ", ".join(part for part in content.decode("utf-8", "replace").split(",")[:3] if part)


_PROGRAMS: tuple[tuple[str, str, Callable[[bytes], str]], ...] = (
    (_EXCEL, "Excel/WPS", _excel_user),
    (_WPS, "WPS", lambda _: ""),
    (_LIBREOFFICE, "LibreOffice", _libreoffice_user),
)
