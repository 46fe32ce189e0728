"""``minsheng dispatch``."""

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
    command = commands.add_parser("dispatch", help="生成填报表", description="生成填报表")
    command.set_defaults(run=_run)
    the_master(command)
    with_period(command)
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="DIR")
    with_json(command)


def _run(options: argparse.Namespace) -> Answer:
    from ..jobs.dispatching import dispatch

    with opened(options.engine, options.master) as book:
        done = dispatch(book, options.period, options.output, tell_step)
    return Answer(
        done=f"填报表已经写到“{done.folder}”",
        lines=[
            f"已在“{done.folder}”生成{len(done.written)}份填报表，{len(done.unchanged)}份原来就有且相同。",
            *(f"“{name}”已存在且内容不同，没有覆盖；如需重新生成，请先把它移走。" for name in done.kept),
        ],
        document={"written": list(done.written), "unchanged": list(done.unchanged), "kept": list(done.kept)}
        if options.json
        else None,
    )
