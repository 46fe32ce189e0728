"""``minsheng rule``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arguments import Commands
from .console import Answer

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    command = commands.add_parser(
        "rule", help="说明一条校验规则", description="说明一条校验规则；不写代码则列出全部"
    )
    command.set_defaults(run=_run)
    command.add_argument("code", nargs="?", metavar="CODE", help="规则代码，如 M101")


def _run(options: argparse.Namespace) -> Answer:
    from ..domain.catalogue import RULES
    from ..domain.catalogue.manual import entry
    from ..domain.finding import SEVERITY_WORDS
    from ..errors import UsageError

    if options.code is None:
        return Answer(
            listing=[
                f"{code}  {SEVERITY_WORDS[rule.severity]}  {rule.title}"
                for code, rule in sorted(RULES.items())
            ]
        )
    found = RULES.get(options.code.strip().upper())
    if found is None:
        raise UsageError(f"没有代码是“{options.code}”的规则。", "请用 minsheng rule 列出全部规则。")
    return Answer(
        listing=[f"{found.code} {found.title}", *(f"{label}：{words}" for label, words in entry(found))]
    )
