"""``minsheng bulletin``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..hosts import opened
from .arguments import Commands, the_master, with_period
from .console import Answer, tell_step

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    command = commands.add_parser("bulletin", help="起草通报", description="起草通报")
    command.set_defaults(run=_run)
    the_master(command)
    with_period(command)
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="OUT.docx")


def _run(options: argparse.Namespace) -> Answer:
    from ..jobs.bulletining import bulletin

    with opened(options.engine, options.master) as book:
        bulletin(book, options.period, options.output, tell_step)
    words = f"通报初稿已写到“{options.output}”"
    return Answer(done=words, lines=[f"{words}。"])
