"""``minsheng show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..hosts import opened
from .arguments import Commands, the_master, with_json
from .console import give

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    command = commands.add_parser("show", help="列出总表里的全部内容", description="列出总表里的全部内容")
    command.set_defaults(run=_run)
    the_master(command)
    with_json(command)


def _run(options: argparse.Namespace) -> int:
    from ..jobs.showing import show

    with opened(options.engine, options.master) as book:
        model = show(book)
    if options.json:
        give(model)
        return 0
    for project in model["projects"]:
        target = project["target"]
        goal = f"{target['value']}{target['unit']}" if target else "无数量目标"
        print(
            f"{project['number']:>3} {'★' if project['starred'] else '　'} {project['title']}（{project['lead_unit']}，{goal}）"
        )
    return 0
