"""``minsheng export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..hosts import opened
from .arguments import Commands, the_master, with_day
from .console import Answer

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    command = commands.add_parser(
        "export", help="导出长表（项目、单位、月份、数、状态）", description="导出长表，供统计软件使用"
    )
    command.set_defaults(run=_run)
    the_master(command)
    with_day(command)
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="X.csv|.xlsx|.parquet")


def _run(options: argparse.Namespace) -> Answer:
    from ..jobs.exporting import export

    with opened(options.engine, options.master) as book:
        count = export(book, options.output, options.as_of)
    words = f"已导出{count}行到“{options.output}”"
    return Answer(done=words, lines=[f"{words}。"])
