"""``minsheng dispatch|merge|remind|undo``: a month's 填报表, out to the units and in again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..hosts import opened
from .arguments import Commands, the_master, with_json, with_period
from .console import Answer, changed, finding_lines, tell_step

if TYPE_CHECKING:
    import argparse

    from ..domain.amending.differences import Difference
    from ..domain.change import Change
    from ..domain.merging import MergePlan
    from ..jobs.dispatching import Dispatch
    from ..jobs.kept_copies import RepairedSheet
    from ..jobs.undoing import Kept
    from ..outputs import Placed

__all__ = ["add_dispatch", "add_merge", "add_remind", "add_reply", "add_undo"]


def add_dispatch(commands: Commands) -> None:
    """The words and arguments of ``dispatch``."""
    command = commands.add_parser("dispatch", help="生成填报表", description="生成填报表")
    command.set_defaults(run=_dispatch)
    the_master(command)
    with_period(command)
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="DIR")
    with_json(command)


def _dispatch(options: argparse.Namespace) -> Answer:
    from ..jobs.dispatching import dispatch

    with opened(options.engine, options.master) as book:
        done = dispatch(book, options.period, options.output, tell_step)
    unnoted = _note(options, done)
    return Answer(
        done=f"填报表已经写到“{done.folder}”",
        lines=[
            f"已在“{done.folder}”生成{len(done.placed.written)}份填报表，{len(done.placed.unchanged)}份原来就有且相同。",
            *_kept_lines(done.placed),
            *unnoted,
        ],
        document={**_placed_json(done.placed), "noted": not unnoted} if options.json else None,
    )


def _kept_lines(placed: Placed) -> list[str]:
    return [f"“{name}”已存在且内容不同，没有覆盖；如需重新生成，请先把它移走。" for name in placed.kept]


def _placed_json(placed: Placed) -> dict[str, list[str]]:
    return {
        "written": list(placed.written),
        "unchanged": list(placed.unchanged),
        "kept": list(placed.kept),
    }


def _note(options: argparse.Namespace, done: Dispatch) -> list[str]:
    """Put into 汇总记录 whose forms were made; what keeps the master from it is a warning: the forms are there."""
    from ..errors import MinshengError
    from ..jobs.noting import note

    if not done.unnoted:
        return []
    try:
        with opened(options.engine, options.master, change=True) as book:
            note(book, done.unnoted)
    except MinshengError as failure:
        told = f"提醒：填报表已经生成，但没有记进“汇总记录”：{failure.message}{failure.advice}"
        return [told, "记进去以后，没有报来的单位才算缺报；总表能写时再生成一次即可，已有的表不会被覆盖。"]
    return []


def add_merge(commands: Commands) -> None:
    """The words and arguments of ``merge``."""
    command = commands.add_parser("merge", help="汇总收件夹里的填报表", description="汇总收件夹里的填报表")
    command.set_defaults(run=_merge)
    the_master(command)
    command.add_argument("inbox", type=Path, metavar="INBOX", help="收件夹")
    with_period(command)
    command.add_argument("--dry-run", action="store_true", help="只试算，不写入")
    with_json(command)


def _merge(options: argparse.Namespace) -> Answer:
    from ..domain.as_json import plan_json
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
        document=plan_json(plan) if options.json else None,
        exit_code=1 if any(finding.severity == "error" for finding in plan.findings) else 0,
    )


def _change_lines(plan: MergePlan) -> list[str]:
    """Every change, before and after; first of all what somebody had typed into the master by hand."""
    told: list[str] = []
    for title, changes in plan.listed():
        if changes:
            told += [f"{title}{len(changes)}处：", *(f"  {change}" for change in changes)]
    return told


def add_remind(commands: Commands) -> None:
    """The words and arguments of ``remind``."""
    words = "催报：列出还没有报的单位"
    command = commands.add_parser("remind", help=words, description=words)
    command.set_defaults(run=_remind)
    the_master(command)
    with_period(command)
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="DIR", help="催报单放在哪里")
    with_json(command)


def _remind(options: argparse.Namespace) -> Answer:
    from ..jobs.notices import remind

    with opened(options.engine, options.master) as book:
        done = remind(book, options.period, options.output, tell_step)
    words = f"催报单已写到“{done.workbook}”和“{done.text.name}”"
    late = [
        {
            "unit": late.unit.name,
            "months": list(late.months),
            "in_a_row": late.in_a_row,
            "carries": list(late.carries),
            "refused": [refusal.file for refusal in late.refused],
        }
        for late in done.reminder.late
    ]
    document = {
        "period": str(done.reminder.period),
        "late": late,
        "blank": [unit.name for unit in done.reminder.blank],
        "files": [str(done.workbook), str(done.text)],
    }
    return Answer(
        done=words, lines=[done.message.strip(), f"{words}。"], document=document if options.json else None
    )


def add_reply(commands: Commands) -> None:
    """The words and arguments of ``reply``."""
    words = "反馈：告诉每个单位哪些采用了、哪些退回、还缺什么、进度怎么样"
    command = commands.add_parser("reply", help=words, description=words)
    command.set_defaults(run=_reply)
    the_master(command)
    with_period(command)
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="DIR", help="反馈单放在哪里")
    with_json(command)


def _reply(options: argparse.Namespace) -> Answer:
    from ..domain.as_json import replies_json
    from ..jobs.replying import reply

    with opened(options.engine, options.master) as book:
        done = reply(book, options.period, options.output, tell_step)
    told = (
        f"已在“{done.folder}”写好{len(done.replies.replies)}家的反馈单：新写{len(done.placed.written)}个文件，"
        f"{len(done.placed.unchanged)}个原来就有且相同。"
    )
    lines = [
        told,
        *_kept_lines(done.placed),
        *(f"看不出是哪个单位的：{refusal.what.reason}" for refusal in done.replies.unknown),
    ]
    document = {
        "period": str(done.replies.period),
        **_placed_json(done.placed),
        **replies_json(done.replies),
    }
    return Answer(
        done=f"反馈单已经写到“{done.folder}”",
        lines=lines,
        document=document if options.json else None,
    )


def add_undo(commands: Commands) -> None:
    """The words and arguments of ``undo``."""
    words = "撤销上一次汇总、修订或修复"
    command = commands.add_parser("undo", help=words, description=words)
    command.set_defaults(run=_undo)
    the_master(command)
    with_json(command)


def _undo(options: argparse.Namespace) -> Answer:
    from ..jobs.undoing import undo

    with opened(options.engine, options.master, change=True) as book:
        done = undo(book, tell_step)
        options.interrupts.hold()
    lines = [f"已撤销第{done.batch}批{done.what}（{done.period}），恢复{len(done.restored)}处。"]
    if done.left:
        lines += [f"有{len(done.left)}处后来被手工改过，保留现值：", *(f"  {place}" for place in done.left)]
    document = {
        "batch": done.batch,
        "what": done.what,
        "period": str(done.period),
        "restored": [_restored(each) for each in done.restored],
        "left": [_left(each) for each in done.left],
    }
    return Answer(done=changed(options.engine), lines=lines, document=document if options.json else None)


def _restored(each: Change | Difference | RepairedSheet) -> dict[str, object]:
    """A place, what stood there, and what stands there again."""
    from ..domain.amending.differences import Difference
    from ..domain.change import Change, shown

    if isinstance(each, Change):
        project, old, new = each.key.project, shown(each.new), shown(each.old)
        return {"project": project, "what": each.subject, "old": old, "new": new}
    if isinstance(each, Difference):
        return {"project": each.project or None, "what": each.what, "old": each.old, "new": each.new}
    return {"project": None, "what": f"工作表“{each.tab}”", "old": "修复后", "new": each.now}


def _left(each: Kept | Difference | RepairedSheet) -> dict[str, object]:
    """A place, what stands there now, and what stood there before."""
    from ..domain.amending.differences import Difference
    from ..domain.change import shown
    from ..jobs.undoing import Kept

    if isinstance(each, Kept):
        told = {"project": each.change.key.project, "what": each.change.subject}
        return {**told, "now": None if each.gone else shown(each.now), "before": shown(each.change.old)}
    if isinstance(each, Difference):
        return {"project": each.project or None, "what": each.what, "now": each.old, "before": each.new}
    return {"project": None, "what": f"工作表“{each.tab}”", "now": each.now, "before": "修复前"}
