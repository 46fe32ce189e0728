"""The windows of a job that has none of its own, in front of another program, answered with a mouse and a keyboard."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from live_screen import Screen, live_screen
from needed import needed_module

pytestmark = pytest.mark.window

ASK = """
import sys
from pathlib import Path
from minsheng.dialogs.windows import WindowDialogs
answer = getattr(WindowDialogs(), sys.argv[2])(*sys.argv[3:])
Path(sys.argv[1]).write_text(repr(answer), encoding="utf-8")
"""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    needed_module("tkinter")
    with live_screen(tmp_path, size="800x600") as screen:
        yield screen


def asked(screen: Screen, tmp_path: Path, keys: tuple[str, ...], *question: str) -> str:
    """What a dialog gives when these keys are pressed once it shows."""
    told = tmp_path / "answer"
    process = screen.start(sys.executable, "-c", ASK, str(told), *question)
    top, height = screen.wait_for_window("Toplevel")
    assert top + height <= 600, "the buttons stand below"
    screen.press(*keys)
    assert process.wait(30) == 0
    return told.read_text(encoding="utf-8")


def test_a_question_of_two_hundred_lines_leaves_its_buttons_on_a_small_screen(
    screen: Screen, tmp_path: Path
) -> None:
    words = "\n".join(f"第{number}项石浦6月 100→120" for number in range(200))
    assert asked(screen, tmp_path, ("Next", "Return"), "ask", words) == "True"


def test_cancelling_and_closing_are_a_no(screen: Screen, tmp_path: Path) -> None:
    assert asked(screen, tmp_path, ("Escape",), "ask", "确定汇总吗？") == "False"
    assert asked(screen, tmp_path, ("Tab", "Return"), "ask", "确定汇总吗？") == "False"
    assert asked(screen, tmp_path, ("alt+F4",), "ask_text", "请确认期次", "2024-06") == "None"


def test_a_proposal_is_taken_over_or_typed_over(screen: Screen, tmp_path: Path) -> None:
    assert asked(screen, tmp_path, ("Return",), "ask_text", "请确认期次", "2024-06") == "'2024-06'"
    assert asked(screen, tmp_path, ("7", "Return"), "ask_text", "请确认期次", "2024-06") == "'7'"
