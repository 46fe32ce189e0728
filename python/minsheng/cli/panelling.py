"""``minsheng panel``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arguments import Commands
from .console import Answer

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    command = commands.add_parser(
        "panel",
        help="打开按钮窗口",
        description="不经过 Excel 的按钮窗口：对 Excel 或 LibreOffice 里打开的总表做同样的事",
    )
    command.set_defaults(run=_run)


def _run(_: argparse.Namespace) -> Answer:
    from ..panel import run

    run()
    return Answer()
