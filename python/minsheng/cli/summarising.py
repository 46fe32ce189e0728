"""``minsheng summary``."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from ..hosts import opened
from .arguments import Commands, the_master, with_day
from .console import say, tell_step

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    words = "刷新首页、汇总表及其分组表、镇乡进度"
    command = commands.add_parser("summary", help=words, description=words)
    command.set_defaults(run=_run)
    the_master(command)
    with_day(command)
    command.add_argument("--pdf", type=Path, metavar="OUT", help="另外输出汇总表的 PDF")
    command.add_argument(
        "--pdf-all", type=Path, metavar="OUT", help="另外输出整本总表的 PDF（隐藏的工作表除外）"
    )


def _run(options: argparse.Namespace) -> int:
    from ..jobs import printing
    from ..jobs.judging import summarise

    wanted = {
        part: target
        for part, target in (("汇总表", options.pdf), ("整本", options.pdf_all))
        if target is not None
    }
    for target in wanted.values():
        printing.refuse_bad_target(target)
    on_file = options.engine == "file"
    with ExitStack() as stack:
        # First the program that prints: where there is none, nothing has been changed yet.
        program = stack.enter_context(printing.printing_program()) if wanted and on_file else None
        with opened(options.engine, options.master, change=True) as book:
            judgement = summarise(book, options.as_of, tell_step)
        say(f"首页、汇总表、镇乡进度已刷新，截至{judgement.as_of}。")
        if program is not None:
            book = stack.enter_context(printing.printed_copy(program, options.master))
        for part, target in wanted.items():
            printing.to_pdf(book, target, part)
            say(f"已输出“{target}”。")
    return 0
