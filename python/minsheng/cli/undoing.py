"""``minsheng undo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..hosts import opened
from .arguments import Commands, the_master
from .console import Answer, changed, tell_step

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    command = commands.add_parser("undo", help="撤销上一次汇总", description="撤销上一次汇总")
    command.set_defaults(run=_run)
    the_master(command)


def _run(options: argparse.Namespace) -> Answer:
    from ..jobs.undoing import undo

    with opened(options.engine, options.master, change=True) as book:
        done = undo(book, tell_step)
        options.interrupts.hold()
    lines = [f"已撤销第{done.batch}批汇总（{done.period}），恢复{len(done.restored)}处。"]
    if done.left:
        lines += [f"有{len(done.left)}处后来被手工改过，保留现值：", *(f"  {place}" for place in done.left)]
    return Answer(done=changed(options.engine), lines=lines)
