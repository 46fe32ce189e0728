"""``minsheng install|uninstall|doctor``: the install kit's verbs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .console import Answer, say

if TYPE_CHECKING:
    import argparse

    from .arguments import Commands

__all__ = ["add_to"]

_WORDS = {
    "install": "从安装包装到当前用户（Windows）",
    "uninstall": "从当前用户卸载（Windows）",
    "doctor": "检查安装、加载项和 Excel 的设置（Windows）",
}


def add_to(commands: Commands) -> None:
    """The commands' words and arguments."""
    for verb, words in _WORDS.items():
        command = commands.add_parser(verb, help=words, description=words)
        command.set_defaults(run=partial(_run, verb))
        if verb != "uninstall":
            command.add_argument(
                "--kit", type=Path, required=verb == "install", metavar="DIR", help="安装包里的 kit 文件夹"
            )


def _run(verb: str, options: argparse.Namespace) -> Answer:
    from ..installing import run

    return Answer(exit_code=run(verb, getattr(options, "kit", None), say))
