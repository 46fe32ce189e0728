"""LibreOffice started here: a process with a profile of its own that does not outlive this one, or one for a person."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from weakref import WeakSet

from ..errors import HostMissing, NotSupportedByEngine
from .installation import soffice, system_program

__all__ = ["NO_WINDOW", "PRIVATE_PIPE", "OfficeProcess", "start_for_a_person"]

#: How the pipes of processes that are started here begin: nobody else is to attach to them.
PRIVATE_PIPE = "xlwings-private-"

#: For the programs of Windows that are asked in passing: a console would flash up where this process has none.
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)

#: The umask of what is started here: its pipe is for this user alone (Windows has pipes of another kind, and no umask).
_THIS_USER_ALONE = -1 if sys.platform == "win32" else 0o077

#: Waits for this process to end in any way at all, then ends the process group of LibreOffice and removes its profile.
_WATCH = 'cat >/dev/null; kill -KILL "-$1" 2>/dev/null; rm -rf -- "$2"'

#: Of a profile for one run: nothing of the person's own, nothing that asks, nothing that is stale.
_SETTINGS = (
    # A file's cached results may be older than its inputs: compute all formulas when it is loaded (0 = always).
    ("org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "0"),
    ("org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", "0"),
    # Never fetch what a link points to (2 = never), never run a macro (3 = very high).
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    # No dialog that waits for a person.
    ("org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("org.openoffice.Office.Common/Save/Document", "WarnAlienFormat", "false"),
    ("org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
)


class OfficeProcess:
    """One run of ``soffice`` with a profile and a process group of its own."""

    def __init__(self, arguments: list[str], *, visible: bool = False) -> None:
        """Start it; HostMissing where there is none, NotSupportedByEngine without a screen for ``visible``."""
        if visible and sys.platform.startswith("linux") and not _screen():
            raise NotSupportedByEngine("no-screen")
        program = soffice()
        self.profile = _new_profile()
        self._owner = os.getpid()
        self._ended = False
        command = [
            str(program), f"-env:UserInstallation={self.profile.as_uri()}",
            "--norestore", "--nologo", "--nodefault", "--nofirststartwizard",
            *(() if visible else ("--headless",)), *arguments,
        ]  # fmt: skip
        surroundings = dict(os.environ)
        if not visible and sys.platform.startswith("linux"):
            surroundings["SAL_USE_VCLPLUGIN"] = "svp"  # no screen is looked for
        self._process = subprocess.Popen(
            command,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            umask=_THIS_USER_ALONE,
        )
        self._watcher = _watched(self._process.pid, self.profile)
        _STARTED.add(self)

    @classmethod
    def listening(cls, *, visible: bool) -> tuple[OfficeProcess, str]:
        """A process that listens on a pipe of its own, and the pipe's UNO connection string."""
        accept = f"pipe,name={PRIVATE_PIPE}{uuid.uuid4().hex}"
        return cls([f"--accept={accept};urp;"], visible=visible), accept

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def alive(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def wait(self, seconds: float) -> bool:
        """Whether it has ended by itself within ``seconds``."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> None:
        """End the whole process group at once and remove the profile; a second call does nothing."""
        if self._ended or self._owner != os.getpid():  # a fork of this process does not own it
            return
        self._ended = True
        _STARTED.discard(self)
        if sys.platform == "win32":
            command = [system_program("taskkill.exe"), "/T", "/F", "/PID", str(self.pid)]
            subprocess.run(command, capture_output=True, check=False, creationflags=NO_WINDOW)
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        if self._watcher is not None:
            assert self._watcher.stdin is not None
            self._watcher.kill()  # before its pipe closes: its own work is done
            self._watcher.wait()
            self._watcher.stdin.close()
        shutil.rmtree(self.profile, ignore_errors=True)


def start_for_a_person(path: Path) -> None:
    """Open a file as a double click would. The program outlives this process, and nothing here ends it. HostMissing."""
    if sys.platform.startswith("linux") and not _screen():
        raise HostMissing("no-screen")
    subprocess.Popen(
        [str(soffice()), "--nologo", str(path.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _new_profile() -> Path:
    """A fresh folder for ``-env:UserInstallation``; its owner removes it."""
    folder = Path(tempfile.mkdtemp(prefix="xlwings-libreoffice-"))
    items = "\n".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir()
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}\n</oor:items>\n',
        encoding="utf-8",
    )
    return folder


def _screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _watched(group: int, profile: Path) -> subprocess.Popen[bytes] | None:
    """A shell that outlives a kill -9 of this process; on Windows atexit alone ends what was started."""
    if sys.platform == "win32":
        return None
    return subprocess.Popen(
        ["/bin/sh", "-c", _WATCH, "watch", str(group), str(profile)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


_STARTED: WeakSet[OfficeProcess] = WeakSet()


@atexit.register
def _end_all() -> None:
    for process in list(_STARTED):
        process.end()
