"""The private virtual environment, filled from the kit's wheels alone, and the Python that will do to make it."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .. import __version__
from ..errors import CannotSave, UnreadableFile, reason_of
from .profile import Profile

__all__ = ["Interpreter", "bring_back", "build", "remove", "set_aside", "works"]

#: The versions that the kit carries wheels for.
_OLDEST, _NEWEST = (3, 11), (3, 13)
_LONGEST = 900  # seconds: unpacking pandas under a slow virus scanner


@dataclass(frozen=True, slots=True)
class Interpreter:
    """``version`` as (3, 12, 4); ``bits`` of a pointer; ``machine`` as ``platform.machine`` says; ``path`` of its own
    base installation."""

    version: tuple[int, ...]
    bits: int
    machine: str
    path: str

    @classmethod
    def this(cls) -> Interpreter:
        """The one that runs now."""
        return cls(
            tuple(sys.version_info[:3]),
            8 * struct.calcsize("P"),
            platform.machine(),
            str(getattr(sys, "_base_executable", "") or sys.executable),
        )

    @property
    def label(self) -> str:
        """``Python 3.12.4（64 位）``."""
        return f"Python {'.'.join(map(str, self.version))}（{self.bits} 位）"

    def complaint(self) -> str:
        """Why it will not do; empty where it will."""
        asked = (
            f"请安装 python.org 的 {_OLDEST[0]}.{_OLDEST[1]}—{_NEWEST[0]}.{_NEWEST[1]} 版 64 位 Python"
            "（Windows installer 64-bit），再运行一次。"
        )
        if self.version[:2] < _OLDEST:
            return f"{self.label}太旧。{asked}"
        if self.version[:2] > _NEWEST:
            return f"{self.label}太新，安装包里没有它用的文件。{asked}"
        if (
            self.bits != 64 or self.machine.upper() == "ARM64"
        ):  # as Windows calls it; there are no wheels for it
            return f"{self.label}（{self.machine}）不是 64 位的 x86 版。Excel 是 32 位的不要紧，Python 要 64 位。{asked}"
        if "windowsapps" in self.path.lower():
            return f"“{self.path}”是微软商店里的 Python，它写的文件 Excel 看不到。{asked}"
        return ""


def build(profile: Profile, kit: Path) -> None:
    """Make the environment anew and install the kit into it. CannotSave, UnreadableFile (a damaged kit); what stood
    there before is gone then, so the caller keeps it aside."""
    _run([sys.executable, "-I", "-m", "venv", str(profile.environment)], "建立运行环境", kit)
    pip = [
        str(profile.python),
        "-I",
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--no-index",
        "--no-cache-dir",
        "--find-links",
        "wheels",
    ]
    _run([*pip, "--require-hashes", "-r", "requirements-kit.txt"], "安装所需的库", kit)
    _run([*pip, "--no-deps", f"minsheng=={__version__}"], "安装程序", kit)


def set_aside(profile: Profile) -> None:
    """Keep the environment of before under another name, until the new one works."""
    if profile.environment.exists():
        remove(profile.kept_environment)
        profile.environment.rename(profile.kept_environment)


def bring_back(profile: Profile) -> None:
    """The environment that was set aside in place of whatever stands there now."""
    if profile.kept_environment.exists():
        remove(profile.environment)
        profile.kept_environment.rename(profile.environment)


def works(profile: Profile) -> str:
    """The version that the environment's own interpreter says; empty where it cannot."""
    asked = "import xlwings, openpyxl, lxml.etree, docxtpl, minsheng; print(minsheng.__version__)"
    if sys.platform == "win32":
        asked = f"import pythoncom; {asked}"
    try:
        found = subprocess.run(
            [str(profile.python), "-I", "-c", asked], capture_output=True, text=True, check=False, timeout=120
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return found.stdout.strip() if found.returncode == 0 else ""


def _run(command: list[str], doing: str, kit: Path) -> None:
    """In the kit's folder, so that no sign in its path (; or =) is read by pip; this computer's pip settings do not
    apply: they may name an index."""
    settings = {name: value for name, value in os.environ.items() if not name.upper().startswith("PIP_")}
    settings["PIP_CONFIG_FILE"] = os.devnull
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, timeout=_LONGEST, cwd=kit, env=settings
        )
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise CannotSave(
            f"{doing}没有成功（{failure}）。", "请暂时关闭杀毒软件的拦截后再试，或联系维护人员。"
        ) from failure
    if done.returncode == 0:
        return
    said = _words(done.stderr or done.stdout).strip()
    if (
        "THESE PACKAGES DO NOT MATCH THE HASHES" in said
        or "No matching distribution" in said
        or "BadZipFile" in said
    ):
        raise UnreadableFile(
            f"{doing}没有成功：安装包不完整或已损坏。",
            f"请重新复制、解压整个安装包后再试。详情：{_last(said)}",
        )
    if "ensurepip" in said or "No module named venv" in said:
        raise UnreadableFile(
            f"{doing}没有成功：这个 Python 缺少自带的 venv 或 pip。", "请重新安装 python.org 的 Python。"
        )
    raise CannotSave(f"{doing}没有成功：{_last(said)}", "请检查磁盘空间和杀毒软件的拦截记录后再试。")


def _words(said: bytes) -> str:
    """pip speaks UTF-8 or, as Python itself, the code page of the system."""
    try:
        return said.decode("utf-8")
    except UnicodeDecodeError:
        return said.decode(locale.getencoding(), errors="replace")


def _last(said: str) -> str:
    return said.splitlines()[-1][:300] if said else "没有说明原因"


def remove(folder: Path) -> None:
    """Take a folder away; CannotSave names what is in use."""
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as failure:
        raise CannotSave(
            f"“{failure.filename or folder}”删不掉（{reason_of(failure)}），可能有程序正在用它。",
            "请关闭 Excel 和“民生实事”窗口后再试。",
        ) from failure
