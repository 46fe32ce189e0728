"""From the command that Excel runs to the first line of the job: at most 1.6 times a bare ``import xlwings`` without pandas.

The baseline is an interpreter environment made for this run, with xlwings and nothing else (``--no-deps``); ours has
pandas installed. Both are whole processes, in turn, in one run. The Excel that would answer ``Book.caller()`` is not on
this machine: the click is given a stand-in for the book, and the job ends the process in its first line.

Then 校验 of the full 2024 master in a live LibreOffice, from the command to the message in its window, with the parts.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from venv import EnvBuilder

import xlengines
from minsheng.addin.names import CLICK
from minsheng.building import master
from minsheng.incoming import task_document
from minsheng.jobs.importing import sample_document
from xlengines.errors import HostGone
from xlengines.libreoffice.installation import soffice

BOUND, ROUNDS = 1.6, 21
LIVE_ROUNDS, SECONDS = 5, 120

#: ``python -I -m minsheng.click check``, but for the book, and for the job's first line.
TO_FIRST_LINE = """
import minsheng.click as click
click.forgo_libraries()
from types import SimpleNamespace
from minsheng.jobs import checking

def calling_book():
    import os, xlwings
    return SimpleNamespace(fullname=os.path.abspath("总表.xlsx"), app=SimpleNamespace(screen_updating=True, calculation="automatic", status_bar="", selection=None))

def first_line(book, **_):
    import os
    os._exit(42)

click.calling_book = calling_book
checking.check = first_line
click.main(["check", "--wb=总表.xlsx", "--from_xl=1", "--hwnd=1"])
"""

#: The same on a book in LibreOffice, with the hour noted where one part ends and the next begins.
LIVE = """
import sys, time
marks = [("start", time.time())]
import minsheng.click as click
click.forgo_libraries()
import xlengines
from minsheng import buttons
from minsheng.dialogs.windows import WindowDialogs
from minsheng.jobs import checking
from minsheng.sheets.open_master import OpenMaster
import xlwings
marks.append(("import", time.time()))
accept, name = sys.argv[1:3]
book = xlengines.libreoffice_engine().apps.add(spec=accept, add_book=False).books[name]
click.calling_book = lambda: book
marks.append(("attach", time.time()))

def timed(part, work):
    def run(*arguments, **named):
        done = work(*arguments, **named)
        marks.append((part, time.time()))
        return done
    return run

checking.read_for = timed("read", checking.read_for)
checking._findings = timed("judge", checking._findings)
OpenMaster.apply = timed("write", OpenMaster.apply)
tell = WindowDialogs.tell

def told(self, words):
    marks.append(("restore", time.time()))
    from minsheng.dialogs import message
    seen = message._Window.wait_visibility
    def shown(window, *arguments):
        seen(window, *arguments)
        marks.append(("message", time.time()))
        window.after(1, window._agree)
    message._Window.wait_visibility = shown
    tell(self, words)

WindowDialogs.tell = told
click.main(["check"])
for part, hour in marks:
    print(part, repr(hour))
"""


def seconds(folder: Path, *command: str) -> float:
    """Of a whole process in ``folder``, where the stand-in's book would stand and its lock lies."""
    start = time.perf_counter()
    code = subprocess.run(command, check=False, cwd=folder).returncode
    took = time.perf_counter() - start
    if code != (42 if TO_FIRST_LINE in command else 0):
        sys.exit(f"exit code {code}: {command}")
    return took


def bare_environment(folder: Path) -> str:
    """The interpreter of an environment with this xlwings alone."""
    EnvBuilder(with_pip=True, symlinks=True).create(folder)
    python = str(folder / "bin" / "python")
    import xlwings

    subprocess.run(
        [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            f"xlwings=={xlwings.__version__}",
        ],
        check=True,
    )
    return python


def ratio(folder: Path) -> float:
    if importlib.util.find_spec("pandas") is None:
        sys.exit("pandas is not installed here: the comparison would say nothing")
    bare, ours = bare_environment(folder / "bare"), sys.executable
    commands = {
        "an interpreter that does nothing": (bare, "-I", "-c", "pass"),
        "import xlwings, no pandas installed": (bare, "-I", "-c", "import xlwings"),
        "import xlwings, pandas installed": (ours, "-I", "-c", "import xlwings"),
        "click to the first line of 校验": (ours, "-I", "-c", TO_FIRST_LINE),
    }
    for command in commands.values():
        seconds(folder, *command)  # byte code is written once
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            times[name].append(seconds(folder, *command))
    for name, found in times.items():
        print(f"{name}: median {median(found) * 1000:.0f} ms, least {min(found) * 1000:.0f} ms")
    _, baseline, _, click = (median(found) for found in times.values())
    print(f"{click / baseline:.2f}×, bound {BOUND}× ({CLICK} …, {ROUNDS} rounds in turn)")
    return click / baseline


def live(folder: Path) -> None:
    """校验 from the command to the message on a screen of its own; says what is missing where it cannot run."""
    if shutil.which("Xvfb") is None:
        print("not measured: Xvfb is not installed")
        return
    reading = task_document.read(sample_document())
    path = folder / "总表.xlsx"
    path.write_bytes(master.build_bytes(reading.document, reading.findings))
    accept = f"pipe,name=bench-click-{os.getpid()}"
    read_end, write_end = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1600x1000x24", "-noreset", "-nolisten", "tcp"],
        pass_fds=[write_end], start_new_session=True, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write_end)
    with os.fdopen(read_end) as display:
        os.environ["DISPLAY"] = f":{display.readline().strip()}"
    office = subprocess.Popen(
        [str(soffice()), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--norestore", "--nologo",
         f"--accept={accept};urp;", str(path)],
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(accept, path.name)
        rounds = [click_to_message(accept, path.name) for _ in range(LIVE_ROUNDS)]
        for part in rounds[0]:
            print(f"  {part}: {median(found[part] for found in rounds) * 1000:.0f} ms")
    finally:
        for process in (office, screen):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(accept: str, name: str) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            if name in xlengines.libreoffice_engine().apps.add(spec=accept, add_book=False).books:
                return
        except HostGone:
            pass
        time.sleep(0.2)
    sys.exit("LibreOffice did not open the master")


def click_to_message(accept: str, name: str) -> dict[str, float]:
    """Part → seconds, the whole last."""
    before = last = time.time()
    command = [sys.executable, "-I", "-c", LIVE, accept, name]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=SECONDS).stdout
    parts = {}
    for line in said.splitlines():
        part, hour = line.split()
        parts[part], last = float(hour) - last, float(hour)
    return parts | {"click to message": last - before}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = ratio(Path(folder))
        print("校验 of the 2024 master in LibreOffice, medians:")
        live(Path(folder))
    return 1 if found > BOUND else 0


if __name__ == "__main__":
    sys.exit(main())
