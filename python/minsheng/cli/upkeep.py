"""``minsheng demo|panel|install|uninstall|doctor``: what works on no master."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .console import Answer, say

if TYPE_CHECKING:
    import argparse

    from .arguments import Commands

__all__ = ["add_demo", "add_kit", "add_panel"]

_KIT_VERBS = {
    "install": "从安装包装到当前用户（Windows）",
    "uninstall": "从当前用户卸载（Windows）",
    "doctor": "检查安装、加载项和 Excel 的设置（Windows）",
}


def add_demo(commands: Commands) -> None:
    """The words and arguments of ``demo``."""
    command = commands.add_parser(
        "demo", help="用自带的2024年任务书走一遍全年流程", description="用自带的2024年任务书走一遍全年流程"
    )
    command.set_defaults(run=_demo)
    command.add_argument("-o", dest="output", type=Path, default=Path("out/demo"), metavar="DIR")


def _demo(options: argparse.Namespace) -> Answer:
    from ..jobs.demonstrating import demonstrate

    master = demonstrate(options.output, say)
    lines = [f"结果在：{master}", f"各月填报表在：{master.parent / '收件夹'}"]
    return Answer(done="示例已经做好", lines=lines)


def add_panel(commands: Commands) -> None:
    """The words and arguments of ``panel``."""
    command = commands.add_parser(
        "panel",
        help="打开按钮窗口",
        description="不经过 Excel 的按钮窗口：对 Excel 或 LibreOffice 里打开的总表做同样的事",
    )
    command.set_defaults(run=_panel)


def _panel(_: argparse.Namespace) -> Answer:
    from ..panel import run

    run()
    return Answer()


def add_kit(commands: Commands) -> None:
    """The words and arguments of the install kit's verbs."""
    for verb, words in _KIT_VERBS.items():
        command = commands.add_parser(verb, help=words, description=words)
        command.set_defaults(run=partial(_kit, verb))
        if verb != "uninstall":
            command.add_argument(
                "--kit", type=Path, required=verb == "install", metavar="DIR", help="安装包里的 kit 文件夹"
            )


def _kit(verb: str, options: argparse.Namespace) -> Answer:
    from ..installing import run

    return Answer(exit_code=run(verb, getattr(options, "kit", None), say))
