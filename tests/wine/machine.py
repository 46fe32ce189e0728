"""A Windows computer in a folder, by Wine: its user, its paths, its code page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from live_screen import Screen
from wine import parts

__all__ = ["USER", "Machine", "Ran", "machine", "wait_until"]

USER = "张 三 & (办)"
#: Wine's desktop and COM services, started by whoever needs them first, would keep that one's pipes open: it would be waited for
#: for ever. So a program of ours needs them first and stays.
_SERVICES = """
import ctypes, sys
number, found = (ctypes.c_byte * 16)(), ctypes.c_void_p()
ctypes.windll.user32.GetDesktopWindow()
ctypes.windll.ole32.CoInitialize(None)
ctypes.windll.oleaut32.GetActiveObject(number, None, ctypes.byref(found))
print("ready", flush=True)
sys.stdin.read()
"""
_OVERRIDES = "winemenubuilder.exe=d;mscoree=d;mshtml=d;ucrtbase=n;ucrtwine=n"


@dataclass(frozen=True)
class Ran:
    """What a command said, its exit code (None: it did not end in time), and how long it took."""

    said: str
    code: int | None
    seconds: float


@dataclass
class Machine:
    """``folder`` holds all of it; ``screen`` shows its windows."""

    folder: Path
    screen: Screen

    @property
    def user(self) -> Path:
        """%USERPROFILE%, from outside."""
        return self.folder / "prefix" / "drive_c" / "users" / USER

    @property
    def local(self) -> Path:
        """%LOCALAPPDATA%, from outside."""
        return self.user / "AppData" / "Local"

    @property
    def python(self) -> Path:
        """The interpreter of that computer, where python.org's installer puts it for one user."""
        return self.local / "Programs" / "Python" / "Python311" / "python.exe"

    @property
    def system32(self) -> Path:
        """The folder of Windows' own programs, from outside."""
        return self.folder / "prefix" / "drive_c" / "windows" / "system32"

    def inside(self, path: Path) -> str:
        """The path as a program on that computer says it."""
        drive = self.folder / "prefix" / "drive_c"
        if path.is_relative_to(drive):
            return "C:\\" + str(path.relative_to(drive)).replace("/", "\\")
        return "Z:" + str(path).replace("/", "\\")

    def run(self, *command: str, seconds: float = 900) -> Ran:
        """Run a Windows command to its end; every key that it waits for is Enter. Its output is GBK, as code page 936 is."""
        began = time.monotonic()
        process = self.start(*command)
        assert process.stdin
        assert process.stdout
        said = bytearray()
        # Wine's services keep the pipe open after the command has ended: its end is not waited for.
        reader = threading.Thread(target=lambda: _read(process.stdout, said), daemon=True)
        reader.start()
        try:
            process.stdin.write(b"\r\n" * 200)
            process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            code = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            code = None
            process.kill()
        reader.join(timeout=2)
        words = bytes(said).decode("gbk", errors="replace").replace("\r\n", "\n")
        return Ran(words.strip(), code, time.monotonic() - began)

    def start(self, *command: str, **surroundings: str) -> subprocess.Popen[bytes]:
        """Start a Windows command."""
        return subprocess.Popen(
            ["wine-stable", *command],
            env=self._surroundings() | surroundings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
        )

    def end(self) -> None:
        """End every program of that computer."""
        subprocess.run(["wineserver", "-k"], env=self._surroundings(), check=False)

    def _surroundings(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "LC_", "PIP_"))
        }
        return kept | {
            "WINEPREFIX": str(self.folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": _OVERRIDES
            if (self.system32 / "ucrtwine.dll").exists()
            else _OVERRIDES.split(";ucrt", maxsplit=1)[0],
            "LOCPATH": str(self.folder / "locales"),
            "LANG": "zh_CN.UTF-8",
            "LC_ALL": "zh_CN.UTF-8",
            "HOME": str(self.folder / "home"),
            "USER": USER,
            "LOGNAME": USER,
            "DISPLAY": self.screen.name,
        }


def _read(stream: Any, said: bytearray) -> None:
    while piece := stream.read1(65536):
        said += piece


@contextmanager
def machine(folder: Path, screen: Screen) -> Iterator[Machine]:
    """A fresh computer with Python where python.org's installer puts it for one user; off again at the end."""
    made = Machine(folder, screen)
    shutil.rmtree(folder / "prefix", ignore_errors=True)
    for name in ("locales", "home"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["localedef", "-i", "zh_CN", "-f", "UTF-8", str(folder / "locales" / "zh_CN.UTF-8")], check=False
    )
    try:
        made.run("wineboot", "-i", seconds=300)
        if not made.user.is_dir():
            raise SystemExit(f"Wine made no profile for {USER}: {sorted(made.user.parent.iterdir())}")
        for link in [path for path in made.user.iterdir() if path.is_symlink()]:  # to the home outside
            link.unlink()
            link.mkdir()
        crashes = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\AeDebug"
        made.run("reg", "add", crashes, "/v", "Debugger", "/d", "false", "/f")
        made.end()
        parts.windows_python(folder / "parts", made.python.parent)
        parts.complex_functions(folder / "parts", made.system32)
        services = made.start(made.inside(made.python), "-c", _SERVICES)
        assert services.stdout
        services.stdout.readline()
        yield made
    finally:
        made.end()


def wait_until(there: Callable[[], Any], what: str, seconds: float = 120) -> Any:
    """What ``there`` gives once it gives something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = there()
        if found:
            return found
        time.sleep(0.2)
    raise TimeoutError(what)


def told(path: Path) -> dict[str, Any] | None:
    """What stands in a JSON file; None before it is there."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
