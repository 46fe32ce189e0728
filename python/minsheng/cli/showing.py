"""``minsheng show``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..hosts import opened
from .arguments import Commands, the_master, with_json
from .console import Answer

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    command = commands.add_parser("show", help="列出总表里的全部内容", description="列出总表里的全部内容")
    command.set_defaults(run=_run)
    the_master(command)
    with_json(command)


def _run(options: argparse.Namespace) -> Answer:
    from ..jobs.showing import show

    with opened(options.engine, options.master) as book:
        model = show(book)
    if options.json:
        return Answer(document=model)
    return Answer(listing=[_line(project) for project in model["projects"]])


def _line(project: dict[str, Any]) -> str:
    target = project["target"]
    goal = f"{target['value']}{target['unit']}" if target else "无数量目标"
    star = "★" if project["starred"] else "　"
    return f"{project['number']:>3} {star} {project['title']}（{project['lead_unit']}，{goal}）"
