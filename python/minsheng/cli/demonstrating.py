"""``minsheng demo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .arguments import Commands
from .console import say

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    command = commands.add_parser(
        "demo", help="用自带的2024年任务书走一遍全年流程", description="用自带的2024年任务书走一遍全年流程"
    )
    command.set_defaults(run=_run)
    command.add_argument("-o", dest="output", type=Path, default=Path("out/demo"), metavar="DIR")


def _run(options: argparse.Namespace) -> int:
    from ..jobs.demonstrating import demonstrate

    for line in demonstrate(options.output):
        say(line)
    return 0
