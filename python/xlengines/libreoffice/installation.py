"""Where LibreOffice stands on this computer: its start program and the folder of its Python bridge."""

from __future__ import annotations

import os
import re
import shutil
import sys
from functools import cache
from pathlib import Path

from ..errors import HostMissing

__all__ = ["bridge_folders", "built_for", "soffice", "system_program"]

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
        # soffice.com waits for its end and has a console; soffice.exe returns at once.
        return [Path(root) / "LibreOffice" / "program" / "soffice.com" for root in roots if root]
    if sys.platform == "darwin":
        return [Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")]
    roots = [Path("/usr/lib/libreoffice"), Path("/usr/lib64/libreoffice")]
    newest_first = sorted(Path("/opt").glob("libreoffice*"), reverse=True)
    return [root / "program" / "soffice" for root in (*roots, *newest_first)]


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
