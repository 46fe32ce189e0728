"""``minsheng colour``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..hosts import opened
from .arguments import Commands, the_master, with_day, with_json
from .console import Answer, changed, tell_step

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    command = commands.add_parser("colour", help="逾期着色", description="逾期着色")
    command.set_defaults(run=_run)
    the_master(command)
    with_day(command)
    command.add_argument("--clear", action="store_true", help="清除着色")
    with_json(command)


def _run(options: argparse.Namespace) -> Answer:
    from ..domain.lateness.as_json import as_json
    from ..jobs.judging import clear_colour, colour

    with opened(options.engine, options.master, change=True) as book:
        clears = options.clear
        judgement = clear_colour(book, tell_step) if clears else colour(book, options.as_of, tell_step)
        options.interrupts.hold()
    late = sum(project.status == "逾期" for project in judgement.projects)
    words = "已清除着色。" if clears else f"着色完成，截至{judgement.as_of}：逾期项目{late}个。"
    return Answer(
        done=changed(options.engine), lines=[words], document=as_json(judgement) if options.json else None
    )
