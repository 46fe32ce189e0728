"""``minsheng import|read|amend``: a task document as a new master, as a 核对稿 first, or into a master that lives."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..hosts import opened
from .arguments import Commands, the_master, with_json, with_year
from .console import Answer, changed, finding_lines, tell_step

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from ..domain.document import TaskDocument
    from ..jobs.importing import Import, Review

__all__ = ["add_amend", "add_import", "add_read", "add_repair"]


def add_import(commands: Commands) -> None:
    """The words and arguments of ``import``."""
    command = _of_a_document(commands, "import", "导入任务书，生成总表", "MASTER.xlsx")
    command.set_defaults(run=_import)
    command.add_argument(
        "--like", type=Path, metavar="LAST.xlsx", help="沿用往年这本总表的单位、别名、包含关系和设置"
    )


def add_read(commands: Commands) -> None:
    """The words and arguments of ``read``."""
    command = _of_a_document(commands, "read", "读任务书，生成核对稿；改好后像模板一样导入", "核对稿.xlsx")
    command.set_defaults(run=_read)


def _of_a_document(commands: Commands, verb: str, words: str, made: str) -> argparse.ArgumentParser:
    command = commands.add_parser(verb, help=words, description=words)
    command.add_argument("document", type=Path, metavar="DOC", help="任务书 .docx .txt .xlsx")
    command.add_argument("-o", dest="output", type=Path, required=True, metavar=made)
    command.add_argument(
        "--convert", action="store_true", help=".doc .wps .rtf 先用这台电脑上的 LibreOffice 转成 .docx 再读"
    )
    with_year(command)
    with_json(command)
    return command


@contextmanager
def _readable(options: argparse.Namespace) -> Iterator[Path]:
    """The document, or an old one as .docx where that was asked for."""
    from ..errors import OldDocument
    from ..jobs.converting import as_docx, can_convert, refused_as_old

    old = refused_as_old(options.document)
    if old is None:
        yield options.document
    elif options.convert:
        with as_docx(options.document, tell_step) as converted:
            yield converted
    elif can_convert():
        raise OldDocument(old.message, f"{old.advice}也可以加上 --convert，用这台电脑上的 LibreOffice 转换。")
    else:
        raise old


def _import(options: argparse.Namespace) -> Answer:
    from ..jobs.importing import import_document
    from ..jobs.next_year import last_year, older_masters

    last = None
    if options.like is not None:
        with opened("file", options.like) as book:
            last = last_year(book)
    with _readable(options) as document:
        done = import_document(document, options.output, options.year, tell_step, last=last)
    words = f"已生成总表“{done.master}”"
    made = {"master": str(done.master), "like": None if options.like is None else str(options.like)}
    told = _told(options, done, words, f"{_size(done.document)}。", made)
    older = older_masters(done.master.parent, done.document.year) if last is None else ()
    if len(older) != 1:
        return told
    hint = (
        f"旁边有往年的总表“{older[0].name}”。要沿用它的单位名单和设置，请把新总表移走，"
        f"再导入一次，加上 --like {older[0]}"
    )
    return replace(told, lines=[*told.lines, hint])


def _read(options: argparse.Namespace) -> Answer:
    from ..jobs.importing import read_for_review

    with _readable(options) as document:
        done = read_for_review(document, options.output, options.year, tell_step)
    words = f"已生成核对稿“{done.copy}”"
    size = f"{_size(done.document)}，{len(done.findings)}处要核对。"
    return _told(options, done, words, size, {"copy": str(done.copy)})


def _size(document: TaskDocument) -> str:
    return f"{document.year}年，{len(document.projects)}个项目"


def _told(
    options: argparse.Namespace, done: Import | Review, words: str, size: str, made: dict[str, str | None]
) -> Answer:
    """What was made, in ``words`` and under its name in the JSON document, and what the reading leaves to be looked at."""
    from ..domain.as_json import finding_json

    document = {
        **made,
        "year": done.document.year,
        "projects": len(done.document.projects),
        "findings": [finding_json(finding) for finding in done.findings],
    }
    return Answer(
        done=words,
        lines=[f"{words}：{size}", *finding_lines(done.findings)],
        document=document if options.json else None,
        exit_code=1 if any(finding.severity == "error" for finding in done.findings) else 0,
    )


def add_amend(commands: Commands) -> None:
    """The words and arguments of ``amend``."""
    words = "按调整后的任务书修订总表，先逐条列出"
    command = commands.add_parser("amend", help=words, description=words)
    command.set_defaults(run=_amend)
    the_master(command)
    command.add_argument("document", type=Path, metavar="DOC", help="调整后的任务书，或改好的核对稿")
    command.add_argument(
        "--approval", default="", metavar="TEXT", help="批准依据，记到“调整批准”和节点的备注里"
    )
    command.add_argument("--dry-run", action="store_true", help="只列出，不写入")
    with_json(command)


def _amend(options: argparse.Namespace) -> Answer:
    from ..domain.as_json import finding_json
    from ..jobs.amending import amend

    with opened(options.engine, options.master, change=not options.dry_run) as book:
        done = amend(
            book,
            options.document,
            options.approval,
            agreed=lambda _plan: not options.dry_run,
            progress=tell_step,
        )
        options.interrupts.hold()
    plan = done.amendment
    size = f"新增{len(plan.added)}项，取消{len(plan.cancelled)}项，修改{len(plan.changed) - len(plan.cancelled)}项"
    document = {
        "applied": done.applied,
        "added": list(plan.added),
        "cancelled": list(plan.cancelled),
        "renumbered": {str(number): printed for number, printed in plan.renumbered.items()},
        "rebuilt": list(done.rebuilt),
        "changes": [
            {"project": each.project or None, "what": each.what, "old": each.old, "new": each.new}
            for each in plan.differences
        ],
        "findings": [finding_json(finding) for finding in done.findings],
    }
    return Answer(
        done=changed(options.engine) if done.applied else "",
        lines=[
            *(str(difference) for difference in plan.differences),
            *finding_lines(done.findings),
            f"{'试算' if options.dry_run else '修订'}：{size}。"
            if plan.differences
            else "任务书和总表没有不同。",
        ],
        document=document if options.json else None,
    )


def add_repair(commands: Commands) -> None:
    """The words and arguments of ``repair``."""
    words = "修复总表：恢复丢失或改坏的工作表、名称、表头和公式，把旧版总表升到本版，先逐条列出"
    command = commands.add_parser("repair", help=words, description=words)
    command.set_defaults(run=_repair)
    the_master(command)
    command.add_argument(
        "--from", dest="document", type=Path, metavar="DOC", help="原来的任务书（总表自己已经说不清时）"
    )
    command.add_argument("--dry-run", action="store_true", help="只列出，不写入")
    with_json(command)


def _repair(options: argparse.Namespace) -> Answer:
    from ..jobs.repairing import repair

    with opened(options.engine, options.master, change=not options.dry_run) as book:
        done = repair(book, options.document, agreed=lambda _plan: not options.dry_run, progress=tell_step)
        options.interrupts.hold()
    said = (
        f"{'可以修复' if options.dry_run else '已修复'}{len(done.steps)}处。"
        if done.steps
        else "总表是完整的，没有要修复的。"
    )
    if done.kept:
        said += f"修复前的总表留在旁边，叫“{done.kept}”；minsheng undo 按它退回。"
    document = {
        "applied": done.applied,
        "steps": list(done.steps),
        "unknown": list(done.unknown),
        "kept": done.kept or None,
    }
    return Answer(
        done=changed(options.engine) if done.applied else "",
        lines=[*done.steps, *(f"注意：{words}" for words in done.unknown), said],
        document=document if options.json else None,
    )
