"""``minsheng`` as a process of its own, with the streams and the surroundings that a test gives it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

__all__ = ["COMMAND", "minsheng"]

COMMAND = str(Path(sys.executable).with_name("minsheng"))


def minsheng(*words: object, **surroundings: Any) -> subprocess.CompletedProcess[str]:
    """One command; stdout and stderr are read unless they go elsewhere."""
    surroundings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | surroundings
    return subprocess.run([COMMAND, *map(str, words)], text=True, check=False, timeout=120, **surroundings)
