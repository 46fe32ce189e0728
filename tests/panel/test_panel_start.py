"""The panel where there is no window to be had, and what it costs to show one."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from needed import needed_module


def panel(*before: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """``minsheng panel`` in a process of its own, after some lines of Python."""
    lines = "\n".join((*before, "from minsheng.cli import main", "raise SystemExit(main(['panel']))"))
    return subprocess.run(
        [sys.executable, "-c", lines],
        env={**{name: value for name, value in os.environ.items() if name != "DISPLAY"}, **surroundings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_python_without_tkinter_is_told_what_to_install() -> None:
    done = panel("import sys", "sys.modules['_tkinter'] = None")
    assert done.returncode == 3
    assert "没有带 tkinter" in done.stderr
    assert "python3-tk" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_that_is_said() -> None:
    needed_module("tkinter")
    done = panel()
    assert done.returncode == 3
    assert "没有屏幕" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_heavy_is_loaded_before_the_window_shows() -> None:
    needed_module("tkinter")
    lines = "import sys, minsheng.panel.window; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", lines], capture_output=True, text=True, timeout=60, check=True
    ).stdout.split()
    assert not {"xlwings", "pandas", "numpy", "openpyxl", "lxml", "uno", "docx"} & set(loaded)
