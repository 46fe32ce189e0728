"""``minsheng merge``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..hosts import opened
from .arguments import Commands, the_master, with_json, with_period
from .console import Answer, changed, finding_lines, tell_step

if TYPE_CHECKING:
    import argparse

    from ..domain.merging import MergePlan

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """The command's words and arguments."""
    command = commands.add_parser("merge", help="汇总收件夹里的填报表", description="汇总收件夹里的填报表")
    command.set_defaults(run=_run)
    the_master(command)
    command.add_argument("inbox", type=Path, metavar="INBOX", help="收件夹")
    with_period(command)
    command.add_argument("--dry-run", action="store_true", help="只试算，不写入")
    with_json(command)


def _run(options: argparse.Namespace) -> Answer:
    from ..domain.merging import as_json
    from ..jobs.merging import merge

    with opened(options.engine, options.master, change=not options.dry_run) as book:
        done = merge(
            book,
            options.inbox,
            options.period,
            agreed=lambda _plan: not options.dry_run,
            progress=tell_step,
        )
        options.interrupts.hold()
    plan = done.plan
    told = (
        f"{'试算' if options.dry_run else '汇总'}{plan.period.label}：收到{len(plan.merged)}份，缺{len(plan.missing)}份，"
        f"拒收{len(plan.rejected)}份，被取代{len(plan.superseded)}份，改动{len(plan.numbers)}个数。"
    )
    lines = [*_change_lines(plan), *finding_lines(plan.findings), told]
    if plan.missing:
        lines.append(f"还没有交的：{'、'.join(plan.missing)}。")
    return Answer(
        done=changed(options.engine) if done.applied else "",
        lines=lines,
        document=as_json(plan) if options.json else None,
        exit_code=1 if any(finding.severity == "error" for finding in plan.findings) else 0,
    )


def _change_lines(plan: MergePlan) -> list[str]:
    """Every change, before and after; first of all what somebody had typed into the master by hand."""
    told: list[str] = []
    for title, changes in plan.listed():
        if changes:
            told += [f"{title}{len(changes)}处：", *(f"  {change}" for change in changes)]
    return told
