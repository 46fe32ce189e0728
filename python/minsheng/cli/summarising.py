"""``minsheng summary``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..hosts import opened
from .arguments import Commands, the_master, with_day
from .console import say

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    command = commands.add_parser(
        "summary", help="刷新首页、汇总表、镇乡进度", description="刷新首页、汇总表、镇乡进度"
    )
    command.set_defaults(run=_run)
    the_master(command)
    with_day(command)
    command.add_argument("--pdf", type=Path, metavar="OUT", help="另外输出汇总表的 PDF")


def _run(options: argparse.Namespace) -> int:
    from ..jobs.judging import summarise
    from ..jobs.printing import print_summary

    with opened(options.engine, options.master, change=True) as book:
        judgement = summarise(book, options.as_of)
    say(f"汇总表已刷新，截至{judgement.as_of}。")
    if options.pdf:
        print_summary(options.master, options.pdf)
        say(f"已输出“{options.pdf}”。")
    return 0
