"""The LibreOffice programs that run on this computer for this user, and how each can be talked to."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import HostMissing
from .installation import soffice, system_program
from .process import NO_WINDOW, PRIVATE_PIPE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Office", "running"]

_ACCEPT = re.compile(r"--?accept=(.+?);urp")
_SINGLE_INSTANCE = "_SingleOfficeIPC_"  # in the name of the socket on which a second start is awaited
_SECONDS = 10
_WINDOWS_QUERY = (
    "Get-CimInstance Win32_Process -Filter \"Name='soffice.bin'\""
    ' | ForEach-Object { "$($_.ProcessId) $($_.CommandLine)" }'
)


@dataclass(frozen=True, slots=True)
class Office:
    """A running program: its process, the connection on which it listens, whether it has windows on our screen."""

    pid: int
    accept: str
    visible: bool


def running(*, asking: bool = True) -> Iterator[Office]:
    """Programs that listen, and with ``asking`` those with a window that do not, which are asked to.

    A second start of LibreOffice with the same profile hands its arguments to the running program and ends: that is how one
    that a person has started as usual begins to listen, on a pipe that only this user can open.
    """
    for pid, arguments in _processes():
        told = next((match[1] for argument in arguments if (match := _ACCEPT.match(argument))), None)
        hidden = any(argument.lstrip("-") in ("headless", "convert-to", "cat") for argument in arguments)
        visible = not hidden and _on_our_screen(pid)
        if told is not None:
            if PRIVATE_PIPE not in told:
                yield Office(pid, told, visible)
        elif visible and asking and _takes_requests(pid):
            accept = _attachment(pid)
            if _asked_to_listen(arguments, accept):
                yield Office(pid, accept, visible)


def _on_our_screen(pid: int) -> bool:
    """Whether a program shows itself where this one would: a person may be logged in twice, on screens of X11."""
    ours = os.environ.get("DISPLAY")
    if ours is None or not sys.platform.startswith("linux"):
        return True
    try:
        surroundings = Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return False  # it has just ended
    theirs = next((value[8:] for value in surroundings if value.startswith("DISPLAY=")), "")
    return theirs.removesuffix(".0") == ours.removesuffix(".0")


def _takes_requests(pid: int) -> bool:
    """Whether a program has come so far that a second start finds it.

    Earlier the second start would become the program itself, without a window, and the person's own would hand over to it.
    """
    if not sys.platform.startswith("linux"):
        return True  # not to be seen from outside
    try:
        held = {str(descriptor.readlink()) for descriptor in Path(f"/proc/{pid}/fd").iterdir()}
        sockets = Path("/proc/net/unix").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False  # it has just ended
    return any(_SINGLE_INSTANCE in line and f"socket:[{line.split()[6]}]" in held for line in sockets)


def _asked_to_listen(arguments: list[str], accept: str) -> bool:
    profile = [argument for argument in arguments if argument.startswith("-env:UserInstallation=")]
    # Where nobody is there any more to hand over to, it is to end by itself.
    alone = "--terminate_after_init"
    command = [str(soffice()), *profile, "--nologo", "--nodefault", alone, f"--accept={accept};urp;"]
    try:
        asked = subprocess.run(command, timeout=_SECONDS, capture_output=True, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _attachment(pid: int) -> str:
    """The UNO connection string for the program ``pid``, made up on first use and kept where only this user can read it.

    A name that could be foretold might be bound by another user first, who would then be taken for LibreOffice. HostMissing
    where there is no folder of this user's own.
    """
    kept = _own_folder() / f"attached-{pid}-{_since(pid)}"
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return f"pipe,name={kept.read_text('ascii')}"
    name = f"xlwings-attached-{uuid.uuid4().hex}"
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(name)
    return f"pipe,name={name}"


def _own_folder() -> Path:
    """A folder that is this user's and closed to all others; HostMissing where somebody else has made it."""
    if not hasattr(os, "getuid"):  # the folder for temporary files of Windows is the user's own
        folder = Path(tempfile.gettempdir()) / "xlengines"
        folder.mkdir(exist_ok=True)
        return folder
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"xlengines-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise HostMissing("folder-not-ours", path=str(folder))
    return folder


def _since(pid: int) -> str:
    """When a process was started, so that a number given anew is not taken for the old one; empty where that is not known."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _processes() -> Iterator[tuple[int, list[str]]]:
    """Process numbers and arguments of this user's LibreOffice programs."""
    if sys.platform.startswith("linux"):
        yield from _from_proc()
    elif sys.platform == "darwin":
        listed = _printed("/bin/ps", "-xww", "-o", "pid=,command=")
        for line in listed.splitlines():
            pid, _, command = line.strip().partition(" ")
            if "LibreOffice.app/Contents/MacOS/soffice" in command:
                yield int(pid), command.split()
    elif sys.platform == "win32":
        for line in _printed(
            system_program("powershell.exe"), "-NoProfile", "-Command", _WINDOWS_QUERY
        ).splitlines():
            pid, _, command = line.strip().partition(" ")
            if pid.isdigit():
                yield int(pid), [part.strip('"') for part in command.split()]


def _from_proc() -> Iterator[tuple[int, list[str]]]:
    user = os.getuid()
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if folder.stat().st_uid != user:
                continue
            arguments = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue  # it has just ended
        if Path(arguments[0]).name == "soffice.bin":
            yield int(folder.name), [argument for argument in arguments[1:] if argument]


def _printed(*command: str) -> str:
    try:
        asked = subprocess.run(
            command,
            timeout=_SECONDS,
            capture_output=True,
            text=True,
            check=False,
            creationflags=NO_WINDOW,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout
