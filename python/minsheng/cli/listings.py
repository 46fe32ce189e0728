"""``minsheng show|export``: what a master holds, for the screen and for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..hosts import opened
from .arguments import Commands, the_master, with_day, with_json
from .console import Answer

if TYPE_CHECKING:
    import argparse

__all__ = ["add_export", "add_show"]


def add_show(commands: Commands) -> None:
    """The words and arguments of ``show``."""
    command = commands.add_parser("show", help="列出总表里的全部内容", description="列出总表里的全部内容")
    command.set_defaults(run=_show)
    the_master(command)
    with_json(command)


def _show(options: argparse.Namespace) -> Answer:
    from ..jobs.exporting import show

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


def add_export(commands: Commands) -> None:
    """The words and arguments of ``export``."""
    command = commands.add_parser(
        "export", help="导出长表（项目、单位、月份、数、状态）", description="导出长表，供统计软件使用"
    )
    command.set_defaults(run=_export)
    the_master(command)
    with_day(command)
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="X.csv|.xlsx|.parquet")


def _export(options: argparse.Namespace) -> Answer:
    from ..jobs.exporting import export

    with opened(options.engine, options.master) as book:
        count = export(book, options.output, options.as_of)
    words = f"已导出{count}行到“{options.output}”"
    return Answer(done=words, lines=[f"{words}。"])
