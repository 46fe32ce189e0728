"""Whether a Python will do: what it must be is said once, for the installation and for the check."""

from __future__ import annotations

import platform
import struct
import sys
from dataclasses import dataclass

__all__ = ["NEWEST", "OLDEST", "Interpreter"]

#: The versions that the kit carries wheels for.
OLDEST, NEWEST = (3, 11), (3, 13)


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
            f"请安装 python.org 的 {OLDEST[0]}.{OLDEST[1]}—{NEWEST[0]}.{NEWEST[1]} 版 64 位 Python"
            "（Windows installer 64-bit），再运行一次。"
        )
        if self.version[:2] < OLDEST:
            return f"{self.label}太旧。{asked}"
        if self.version[:2] > NEWEST:
            return f"{self.label}太新，安装包里没有它用的文件。{asked}"
        if (
            self.bits != 64 or self.machine.upper() == "ARM64"
        ):  # as Windows calls it; there are no wheels for it
            return f"{self.label}（{self.machine}）不是 64 位的 x86 版。Excel 是 32 位的不要紧，Python 要 64 位。{asked}"
        if "windowsapps" in self.path.lower():
            return f"“{self.path}”是微软商店里的 Python，它写的文件 Excel 看不到。{asked}"
        return ""
