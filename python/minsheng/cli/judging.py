"""``minsheng check|colour|rule``: a master judged by the rules and by the day, and what a rule says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..hosts import opened
from .arguments import Commands, the_master, with_day, with_json
from .console import Answer, changed, finding_lines, tell_step

if TYPE_CHECKING:
    import argparse

__all__ = ["add_check", "add_colour", "add_rule"]


def add_check(commands: Commands) -> None:
    """The words and arguments of ``check``."""
    command = _of_a_day(commands, "check", "校验", "清空校验结果和各表的校验标记")
    command.set_defaults(run=_check)


def add_colour(commands: Commands) -> None:
    """The words and arguments of ``colour``."""
    command = _of_a_day(commands, "colour", "逾期着色", "清除着色")
    command.set_defaults(run=_colour)


def _of_a_day(commands: Commands, verb: str, words: str, clearing: str) -> argparse.ArgumentParser:
    command = commands.add_parser(verb, help=words, description=words)
    the_master(command)
    with_day(command)
    command.add_argument("--clear", action="store_true", help=clearing)
    with_json(command)
    return command


def _check(options: argparse.Namespace) -> Answer:
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


def _colour(options: argparse.Namespace) -> Answer:
    from ..domain.as_json import judgement_json
    from ..jobs.judging import clear_colour, colour

    with opened(options.engine, options.master, change=True) as book:
        clears = options.clear
        judgement = clear_colour(book, tell_step) if clears else colour(book, options.as_of, tell_step)
        options.interrupts.hold()
    late = sum(project.status == "逾期" for project in judgement.projects)
    words = "已清除着色。" if clears else f"着色完成，截至{judgement.as_of}：逾期项目{late}个。"
    return Answer(
        done=changed(options.engine),
        lines=[words],
        document=judgement_json(judgement) if options.json else None,
    )


def add_rule(commands: Commands) -> None:
    """The words and arguments of ``rule``."""
    command = commands.add_parser(
        "rule", help="说明一条校验规则", description="说明一条校验规则；不写代码则列出全部"
    )
    command.set_defaults(run=_rule)
    command.add_argument("code", nargs="?", metavar="CODE", help="规则代码，如 M101")


def _rule(options: argparse.Namespace) -> Answer:
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
