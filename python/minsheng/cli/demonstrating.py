"""``minsheng demo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .arguments import Commands
from .console import Answer, say

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


def _run(options: argparse.Namespace) -> Answer:
    from ..jobs.demonstrating import demonstrate

    master = demonstrate(options.output, say)
    lines = [f"结果在：{master}", f"各月填报表在：{master.parent / '收件夹'}"]
    return Answer(done="示例已经做好", lines=lines)
