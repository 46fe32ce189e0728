"""``minsheng check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..hosts import opened
from .arguments import Commands, the_master, with_day, with_json
from .console import Answer, changed, finding_lines, tell_step

if TYPE_CHECKING:
    import argparse

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    command = commands.add_parser("check", help="校验", description="校验")
    command.set_defaults(run=_run)
    the_master(command)
    with_day(command)
    command.add_argument("--clear", action="store_true", help="清空校验结果和各表的校验标记")
    with_json(command)


def _run(options: argparse.Namespace) -> Answer:
    from ..domain.as_json import finding_json
    from ..domain.finding import Severity
    from ..jobs.checking import check, clear_check

    with opened(options.engine, options.master, change=True) as book:
        if options.clear:
            clear_check(book, tell_step)
        else:
            done = check(book, options.as_of, tell_step)
        options.interrupts.hold()
    if options.clear:
        return Answer(
            done=changed(options.engine),
            lines=["已清空校验结果和校验标记。"],
            document={"findings": []} if options.json else None,
        )
    errors = done.count(Severity.ERROR)
    return Answer(
        done=changed(options.engine),
        lines=[
            *finding_lines(done.findings),
            f"校验完成：错误{errors}个，提醒{done.count(Severity.WARNING)}个，详见“校验结果”。",
        ],
        document={"findings": [finding_json(finding) for finding in done.findings]} if options.json else None,
        exit_code=1 if errors else 0,
    )
