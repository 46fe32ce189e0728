"""On the Windows computer: the command in a file, given to Windows as the add-in's macro does on a click: hidden, waited for.

Wine's WScript.Shell, which the macro uses, does not come back; CreateProcess, which lies under it, does.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main(path: str) -> int:
    """The exit code of the command."""
    line = Path(path).read_text(encoding="utf-8")
    hidden = subprocess.STARTUPINFO(dwFlags=subprocess.STARTF_USESHOWWINDOW, wShowWindow=0)  # type: ignore[attr-defined]
    return subprocess.call(line, startupinfo=hidden)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
