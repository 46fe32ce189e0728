"""Where LibreOffice stands on this computer: its start program, the folder of its Python bridge, a Python that fits it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from functools import cache
from pathlib import Path

from ..errors import HostMissing

__all__ = ["bridge_folders", "built_for", "other_pythons", "soffice", "system_program"]

#: Names the start program itself, where it stands in none of the usual places.
VARIABLE = "SOFFICE"


@cache
def soffice() -> Path:
    """The program that starts LibreOffice; HostMissing where there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        if Path(named).is_file():
            return Path(named)
        raise HostMissing("no-such-program", variable=VARIABLE, path=named)
    for candidate in [*_on_path(), *_usual_places()]:
        if candidate.is_file():
            return candidate
    raise HostMissing("no-libreoffice", variable=VARIABLE)


def _on_path() -> list[Path]:
    """What PATH names by whole folders. Windows would look in the current folder first, where anybody's file may lie."""
    if sys.platform == "win32":
        return []
    folders = [folder for folder in os.environ.get("PATH", "").split(os.pathsep) if folder.startswith("/")]
    found = (shutil.which(name, path=os.pathsep.join(folders)) for name in ("soffice", "libreoffice"))
    return [Path(program) for program in found if program]


def _usual_places() -> list[Path]:
    if sys.platform == "win32":
        roots = [os.environ.get(name) for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")]
        usual = [Path(root) / "LibreOffice" / "program" for root in roots if root]
        # soffice.com waits for its end and has a console; soffice.exe returns at once.
        return [folder / "soffice.com" for folder in (*_registered(), *usual)]
    if sys.platform == "darwin":
        return [Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")]
    roots = [Path("/usr/lib/libreoffice"), Path("/usr/lib64/libreoffice")]
    newest_first = sorted(Path("/opt").glob("libreoffice*"), reverse=True)
    return [root / "program" / "soffice" for root in (*roots, *newest_first)]


def _registered() -> list[Path]:
    """The program folders that LibreOffice's installer notes for programs like this one, for the user and for all."""
    found: list[Path] = []
    if sys.platform == "win32":
        import winreg

        for hive in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            for key in ("SOFTWARE\\LibreOffice", "SOFTWARE\\WOW6432Node\\LibreOffice"):
                try:
                    found.append(Path(winreg.QueryValue(hive, f"{key}\\UNO\\InstallPath")))
                except OSError:
                    continue
    return found


def other_pythons() -> list[Path]:
    """Pythons that can load the bridge where this one cannot: LibreOffice's own, else the system's."""
    program = program_folder()
    if sys.platform == "win32":
        candidates = [program / "python.exe"]
    elif sys.platform == "darwin":
        candidates = [program.parent / "Resources" / "python"]
    else:
        candidates = [program / "python", Path("/usr/bin/python3")]
    return [python for python in candidates if python.is_file()]


def system_program(name: str) -> str:
    """A program of Windows by its full path: by its name alone it would be looked for in the current folder first."""
    folder = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
    found = folder / "WindowsPowerShell" / "v1.0" / name if name == "powershell.exe" else folder / name
    return str(found)


def program_folder() -> Path:
    """The folder of LibreOffice's own libraries, which pyuno loads."""
    return soffice().resolve().parent


def bridge_folders() -> list[Path]:
    """Folders that may hold ``uno.py``: LibreOffice's own, then where distributions put it."""
    program = program_folder()
    folders = [program, program.parent / "Resources"]
    if sys.platform.startswith("linux"):
        folders.append(Path("/usr/lib/python3/dist-packages"))
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        folders += [Path(root) / version / "site-packages" for root in ("/usr/lib", "/usr/lib64")]
    return [folder for folder in folders if (folder / "uno.py").is_file()]


def built_for(folder: Path) -> tuple[int, int] | None:
    """The Python version that the bridge library in ``folder`` is linked to; None where it does not say.

    Loading a bridge of another version would end this process without a word: it must be asked before.
    """
    for name in ("libpyuno.so", "libpyuno.dylib", "pyuno.pyd"):
        library = folder / name
        if library.is_file():
            found = re.search(rb"python3\.?(\d{1,2})(?:\.so|\.dll|\.dylib|/)", library.read_bytes())
            return (3, int(found[1])) if found else None
    return None
