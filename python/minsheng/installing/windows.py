"""What only Windows can tell: the registry, the running programs, the mark of the web. Elsewhere: nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

__all__ = ["NO_REGISTRY", "MappedRegistry", "Registry", "excel_is_running", "has_mark_of_the_web", "registry"]


class Registry(Protocol):
    """What is asked of Windows' registry."""

    def values(self, key: str) -> Mapping[str, object]:
        """The values of a key such as ``HKCU\\Software\\…``; empty where there is no such key."""
        ...


class MappedRegistry(Registry):
    """A registry written down as a mapping of keys to their values."""

    def __init__(self, keys: Mapping[str, Mapping[str, object]]) -> None:
        self._keys = keys

    def values(self, key: str) -> Mapping[str, object]:
        return self._keys.get(key, {})


NO_REGISTRY: Registry = MappedRegistry({})


def registry() -> Registry:
    """This computer's; an empty one where there is none."""
    if sys.platform == "win32":
        return _WindowsRegistry()
    return NO_REGISTRY


if sys.platform == "win32":
    import winreg

    class _WindowsRegistry(Registry):
        def values(self, key: str) -> Mapping[str, object]:
            hive, _, path = key.partition("\\")
            root = {
                "HKCU": winreg.HKEY_CURRENT_USER,
                "HKLM": winreg.HKEY_LOCAL_MACHINE,
                "HKCR": winreg.HKEY_CLASSES_ROOT,
            }[hive]
            found: dict[str, object] = {}
            try:
                with winreg.OpenKey(root, path) as opened:
                    for index in range(winreg.QueryInfoKey(opened)[1]):
                        name, value, _ = winreg.EnumValue(opened, index)
                        found[name] = value
            except OSError:
                return found
            return found


def excel_is_running() -> bool:
    """Whether an EXCEL.EXE of this session runs; False where that cannot be told."""
    if sys.platform != "win32":
        return False
    # In full: Windows looks for a bare name in the current folder too, which may be anybody's.
    tasklist = Path(os.environ["SYSTEMROOT"], "System32", "tasklist.exe")
    command = [str(tasklist), "/FI", "IMAGENAME eq EXCEL.EXE", "/NH", "/FO", "CSV"]
    try:
        found = subprocess.run(command, capture_output=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"EXCEL.EXE" in found.stdout.upper()


def has_mark_of_the_web(path: Path) -> bool:
    """Whether Windows remembers that the file came from the internet (stream Zone.Identifier)."""
    if sys.platform != "win32":
        return False
    try:
        return "ZoneId=3" in Path(f"{path}:Zone.Identifier").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
