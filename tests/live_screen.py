"""A screen of its own with a window manager, and a mouse and a keyboard for it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from needed import needed_program

__all__ = ["Screen", "live_screen"]

_SECONDS = 20

_WINDOWS_LIKE = """<?xml version="1.0"?>
<JWM>
  <WindowStyle><Font>Noto Sans CJK SC-10</Font><Active><Background>#3A6EA5</Background></Active></WindowStyle>
  <FocusModel>click</FocusModel>
  <Key mask="A" key="F4">close</Key>
</JWM>
"""


@dataclass
class Screen:
    """``started`` are the programs on it, each the head of a process group of its own."""

    name: str
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *command: str, **surroundings: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            env={**os.environ, "DISPLAY": self.name, **surroundings},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def end(self, process: subprocess.Popen[bytes]) -> None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def click(self, x: int, y: int) -> None:
        self._do("mousemove", str(x), str(y), "click", "1")

    def type(self, words: str) -> None:
        self._do("type", words)

    def press(self, *keys: str) -> None:
        """Keys as xdotool names them, such as alt+j."""
        self._do("key", *keys)

    def wait_for_window(self, kind: str) -> tuple[int, int]:
        """Wait until a window of this class shows and has the keyboard; its top and its height."""
        window = self._do("search", "--sync", "--onlyvisible", "--class", kind).splitlines()[-1]
        deadline = time.monotonic() + _SECONDS
        while self._do("getwindowfocus").strip() != window and time.monotonic() < deadline:
            time.sleep(0.05)
        told = dict(line.split("=") for line in self._do("getwindowgeometry", "--shell", window).splitlines())
        return int(told["Y"]), int(told["HEIGHT"])

    def _do(self, *arguments: str) -> str:
        surroundings = {**os.environ, "DISPLAY": self.name}
        command = ["xdotool", *arguments]
        return subprocess.run(
            command, env=surroundings, check=True, capture_output=True, text=True, timeout=_SECONDS
        ).stdout

    def picture(self, path: Path) -> None:
        """What the screen shows now."""
        subprocess.run(
            ["import", "-display", self.name, "-window", "root", str(path)], check=True, timeout=_SECONDS
        )


@contextmanager
def live_screen(folder: Path, *, size: str = "1400x900", dpi: int = 96) -> Iterator[Screen]:
    """All that is started on it ends with the block; and with this process, since windows end with their screen."""
    for program in ("Xvfb", "xdotool", "jwm", "setpriv"):
        needed_program(program)
    style = folder / "jwmrc"
    style.write_text(_WINDOWS_LIKE, encoding="utf-8")
    read, write = os.pipe()
    server = subprocess.Popen(
        [
            *("setpriv", "--pdeathsig", "KILL", "Xvfb", "-nolisten", "tcp"),
            *("-displayfd", str(write), "-screen", "0", f"{size}x24", "-dpi", str(dpi)),
        ],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(write)
    with os.fdopen(read) as number:
        screen = Screen(f":{number.readline().strip()}", [server])
    try:
        screen.start("jwm", "-f", str(style))
        yield screen
    finally:
        for process in reversed(screen.started):
            screen.end(process)
