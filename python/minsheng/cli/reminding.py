"""``minsheng remind``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..hosts import opened
from .arguments import Commands, the_master, with_json, with_period
from .console import Answer, tell_step

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    command = commands.add_parser(
        "remind", help="催报：列出还没有报的单位", description="催报：列出还没有报的单位"
    )
    command.set_defaults(run=_run)
    the_master(command)
    with_period(command)
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="DIR", help="催报单放在哪里")
    with_json(command)


def _run(options: argparse.Namespace) -> Answer:
    from ..jobs.reminding import remind

    with opened(options.engine, options.master) as book:
        done = remind(book, options.period, options.output, tell_step)
    words = f"催报单已写到“{done.workbook}”和“{done.text.name}”"
    late = [
        {
            "unit": late.unit.name,
            "months": list(late.months),
            "in_a_row": late.in_a_row,
            "carries": list(late.carries),
        }
        for late in done.reminder.late
    ]
    document = {
        "period": str(options.period),
        "late": late,
        "blank": [unit.name for unit in done.reminder.blank],
        "files": [str(done.workbook), str(done.text)],
    }
    return Answer(
        done=words, lines=[done.message.strip(), f"{words}。"], document=document if options.json else None
    )
