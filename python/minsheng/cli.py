"""``minsheng`` on the command line: the same jobs as the buttons, for IT people and for unattended runs.

Data goes to stdout (one JSON document with ``--json``), words for people to stderr. Exit codes: 0 done, 1 done with
findings of severity error (import, check, merge), 2 wrong usage, 3 could not do it and nothing changed.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import __version__
from .domain.period import Period
from .errors import MinshengError
from .hosts import ENGINES, opened, sentences
from .log import log_file, note_failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .domain.finding import Finding

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; an error is a Chinese sentence on stderr, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A Chinese Windows console speaks GBK: a sign it lacks must not end the job.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        with sentences():
            return command(options)
    except MinshengError as failure:
        say(str(failure))
        return failure.exit_code
    except KeyboardInterrupt:
        say("已中断，没有保存任何改动。")
        return 3
    except Exception as failure:  # noqa: BLE001 - the last resort: a sentence for the clerk, the details for the log
        note_failure(failure)
        say(f"程序出错，没有完成，文件没有改动。请把日志发给维护人员：{log_file()}")
        return 3


def say(words: str) -> None:
    """A line for the person at the desk."""
    print(words, file=sys.stderr)


def _give(document: dict[str, Any]) -> None:
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(json.dumps(document, ensure_ascii=False, indent=2))


def _list(findings: Iterable[Finding]) -> bool:
    """Say every finding; whether any of them is an error."""
    from .sheets.layout import SEVERITY_WORDS

    has_error = False
    for finding in findings:
        has_error |= finding.severity == "error"
        say(f"[{SEVERITY_WORDS[finding.severity]}] {finding.code} {finding.message}{finding.advice}")
    return has_error


def _import(options: argparse.Namespace) -> int:
    from .domain.as_json import finding_json
    from .jobs.importing import import_document

    done = import_document(options.document, options.output, options.year)
    say(f"已生成总表“{done.master}”：{done.document.year}年，{len(done.document.projects)}个项目。")
    has_error = _list(done.findings)
    if options.json:
        findings = [finding_json(finding) for finding in done.findings]
        _give(
            {
                "master": str(done.master),
                "year": done.document.year,
                "projects": len(done.document.projects),
                "findings": findings,
            }
        )
    return 1 if has_error else 0


def _show(options: argparse.Namespace) -> int:
    from .jobs.showing import show

    with opened(options.engine, options.master) as book:
        model = show(book)
    if options.json:
        _give(model)
        return 0
    for project in model["projects"]:
        target = project["target"]
        goal = f"{target['value']}{target['unit']}" if target else "无数量目标"
        print(
            f"{project['number']:>3} {'★' if project['starred'] else '　'} {project['title']}（{project['lead_unit']}，{goal}）"
        )
    return 0


def _check(options: argparse.Namespace) -> int:
    from .domain.as_json import finding_json
    from .domain.finding import Severity
    from .jobs.checking import check

    with opened(options.engine, options.master, change=True) as book:
        done = check(book, options.as_of)
    _list(done.findings)
    say(
        f"校验完成：错误{done.count(Severity.ERROR)}个，提醒{done.count(Severity.WARNING)}个，详见“校验结果”。"
    )
    if options.json:
        _give({"findings": [finding_json(finding) for finding in done.findings]})
    return 1 if done.count(Severity.ERROR) else 0


def _dispatch(options: argparse.Namespace) -> int:
    from .jobs.dispatching import dispatch

    with opened(options.engine, options.master) as book:
        done = dispatch(book, options.period, options.output)
    say(f"已在“{done.folder}”生成{len(done.written)}份填报表，{len(done.unchanged)}份原来就有且相同。")
    for name in done.kept:
        say(f"“{name}”已存在且内容不同，没有覆盖；如需重新生成，请先把它移走。")
    if options.json:
        _give({"written": list(done.written), "unchanged": list(done.unchanged), "kept": list(done.kept)})
    return 0


def _merge(options: argparse.Namespace) -> int:
    from .domain.merging import as_json
    from .jobs.merging import merge

    with opened(options.engine, options.master, change=not options.dry_run) as book:
        done = merge(book, options.inbox, options.period, agreed=lambda _plan: not options.dry_run)
    plan = done.plan
    has_error = _list(plan.findings)
    say(
        f"{'试算' if options.dry_run else '汇总'}{plan.period.label}：收到{len(plan.merged)}份，缺{len(plan.missing)}份，"
        f"拒收{len(plan.rejected)}份，被取代{len(plan.superseded)}份，改动{len(plan.changes)}个数。"
    )
    if plan.missing:
        say(f"还没有交的：{'、'.join(plan.missing)}。")
    if options.json:
        _give(as_json(plan))
    return 1 if has_error else 0


def _undo(options: argparse.Namespace) -> int:
    from .jobs.undoing import undo

    with opened(options.engine, options.master, change=True) as book:
        done = undo(book)
    say(f"已撤销第{done.batch}批汇总（{done.period}），恢复{len(done.restored)}处。")
    for entry in done.left:
        say(f"第{entry.project}项{entry.unit}{entry.content}后来被手工改过，保留现值。")
    return 0


def _colour(options: argparse.Namespace) -> int:
    from .domain import lateness
    from .jobs.judging import clear_colour, colour

    with opened(options.engine, options.master, change=True) as book:
        if options.clear:
            clear_colour(book)
            say("已清除着色。")
            return 0
        judgement = colour(book, options.as_of)
    late = [project for project in judgement.projects if project.status == "逾期"]
    say(f"着色完成，截至{judgement.as_of}：逾期项目{len(late)}个。")
    if options.json:
        _give(lateness.as_json(judgement))
    return 0


def _summary(options: argparse.Namespace) -> int:
    from .jobs.judging import summarise
    from .jobs.printing import print_summary

    with opened(options.engine, options.master, change=True) as book:
        judgement = summarise(book, options.as_of)
    say(f"汇总表已刷新，截至{judgement.as_of}。")
    if options.pdf:
        print_summary(options.master, options.pdf)
        say(f"已输出“{options.pdf}”。")
    return 0


def _bulletin(options: argparse.Namespace) -> int:
    from .jobs.bulletining import bulletin

    with opened(options.engine, options.master) as book:
        bulletin(book, options.period, options.output)
    say(f"通报初稿已写到“{options.output}”。")
    return 0


def _demo(options: argparse.Namespace) -> int:
    from .jobs.demonstrating import demonstrate

    for line in demonstrate(options.output):
        say(line)
    return 0


def _a_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期要写成 2024-06-30 的样子，而不是“{text}”") from None


def _a_period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"月份要写成 2024-06 的样子，而不是“{text}”") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="minsheng", description="民生实事台账：任务书、填报、汇总、校验、逾期、汇总表、通报。"
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--engine", choices=ENGINES, default="file", help="由谁打开总表（默认直接处理文件）")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(
        name: str, run: Callable[[argparse.Namespace], int], words: str, *, master: bool = True
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=run)
        if master:
            command.add_argument("master", type=Path, metavar="MASTER", help="总表 .xlsx")
        return command

    def with_json(command: argparse.ArgumentParser) -> None:
        command.add_argument("--json", action="store_true", help="在标准输出上给出一个 JSON 文档")

    def with_day(command: argparse.ArgumentParser) -> None:
        command.add_argument("--as-of", type=_a_date, metavar="D", help="截至日期，如 2024-06-30")

    command = add("import", _import, "导入任务书，生成总表", master=False)
    command.add_argument("document", type=Path, metavar="DOC", help="任务书 .docx .txt .xlsx")
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="MASTER.xlsx")
    command.add_argument("--year", type=int, metavar="Y", help="任务书的年度（文中没有写时）")
    with_json(command)
    with_json(add("show", _show, "列出总表里的全部内容"))
    command = add("check", _check, "校验")
    with_day(command)
    with_json(command)
    command = add("dispatch", _dispatch, "生成填报表")
    command.add_argument("--period", type=_a_period, required=True, metavar="P")
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="DIR")
    with_json(command)
    command = add("merge", _merge, "汇总收件夹里的填报表")
    command.add_argument("inbox", type=Path, metavar="INBOX", help="收件夹")
    command.add_argument("--period", type=_a_period, required=True, metavar="P")
    command.add_argument("--dry-run", action="store_true", help="只试算，不写入")
    with_json(command)
    add("undo", _undo, "撤销上一次汇总")
    command = add("colour", _colour, "逾期着色")
    with_day(command)
    command.add_argument("--clear", action="store_true", help="清除着色")
    with_json(command)
    command = add("summary", _summary, "刷新首页、汇总表、镇乡进度")
    with_day(command)
    command.add_argument("--pdf", type=Path, metavar="OUT", help="另外输出汇总表的 PDF")
    command = add("bulletin", _bulletin, "起草通报")
    command.add_argument("--period", type=_a_period, required=True, metavar="P")
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="OUT.docx")
    command = add("demo", _demo, "用自带的2024年任务书走一遍全年流程", master=False)
    command.add_argument("-o", dest="output", type=Path, default=Path("out/demo"), metavar="DIR")
    return parser


if __name__ == "__main__":
    sys.exit(main())
