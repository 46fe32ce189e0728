"""``minsheng summary|bulletin``: what leaders read, printed or as a circular."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import MinshengError
from ..hosts import opened, save
from ..outputs import Outputs
from .arguments import Commands, the_master, with_day, with_period
from .console import Answer, changed, tell_step

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from ..domain.status import Judgement

__all__ = ["add_bulletin", "add_summary"]


def add_summary(commands: Commands) -> None:
    """The words and arguments of ``summary``."""
    words = "刷新首页、汇总表及其分组表、镇乡进度"
    command = commands.add_parser("summary", help=words, description=words)
    command.set_defaults(run=_summary)
    the_master(command)
    with_day(command)
    command.add_argument("--pdf", type=Path, metavar="OUT", help="另外输出汇总表的 PDF")
    command.add_argument(
        "--pdf-all", type=Path, metavar="OUT", help="另外输出整本总表的 PDF（隐藏的工作表除外）"
    )


def _summary(options: argparse.Namespace) -> Answer:
    from ..jobs.printing import refuse_bad_target

    wanted = {
        part: target
        for part, target in (("汇总表", options.pdf), ("整本", options.pdf_all))
        if target is not None
    }
    for target in wanted.values():
        refuse_bad_target(target)
    return _on_file(options, wanted) if options.engine == "file" else _in_program(options, wanted)


def _on_file(options: argparse.Namespace, wanted: Mapping[str, Path]) -> Answer:
    """Master and pages together: what cannot be printed leaves the master as it is, and the other way round."""
    from ..jobs.judging import summarise

    with Outputs() as outputs:
        if wanted:
            _print_ahead(options, {part: outputs.add_over(target) for part, target in wanted.items()})
        with opened("file", options.master, change=True) as book:
            judgement = summarise(book, options.as_of, tell_step)
            outputs.put()
            options.interrupts.hold()
    return Answer(changed("file"), _lines(judgement, wanted.values()))


def _in_program(options: argparse.Namespace, wanted: Mapping[str, Path]) -> Answer:
    """The open book is refreshed, then printed by its program; pages that fail do not take the refreshing back."""
    from ..jobs.judging import summarise
    from ..jobs.printing import to_pdf

    done = changed(options.engine)
    with opened(options.engine, options.master, change=True) as book:
        judgement = summarise(book, options.as_of, tell_step)
        options.interrupts.hold()
        made: list[Path] = []
        for part, target in wanted.items():
            try:
                to_pdf(book, target, part)
            except MinshengError as failure:
                return Answer(
                    done, [*_lines(judgement, made), f"{done}，但“{target}”没有输出：{failure}"], exit_code=1
                )
            made.append(target)
    return Answer(done, _lines(judgement, made))


def _lines(judgement: Judgement, made: Iterable[Path]) -> list[str]:
    return [
        f"首页、汇总表、镇乡进度已刷新，截至{judgement.as_of}。",
        *(f"已输出“{target}”。" for target in made),
    ]


def _print_ahead(options: argparse.Namespace, pages: Mapping[str, Path]) -> None:
    """Print what the master is going to show, from a copy that is refreshed first: what cannot be printed leaves the
    master as it is."""
    from ..jobs import printing
    from ..jobs.judging import summarise

    with printing.printing_program() as program, tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / options.master.name
        with opened("file", options.master) as book:
            summarise(book, options.as_of)
            save(book, copy)
        with printing.printed_copy(program, copy) as book:
            for part, path in pages.items():
                tell_step(f"输出{part}的PDF")
                printing.print_part(book, part, path)


def add_bulletin(commands: Commands) -> None:
    """The words and arguments of ``bulletin``."""
    command = commands.add_parser("bulletin", help="起草通报", description="起草通报")
    command.set_defaults(run=_bulletin)
    the_master(command)
    with_period(command)
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="OUT.docx")


def _bulletin(options: argparse.Namespace) -> Answer:
    from ..jobs.notices import bulletin

    with opened(options.engine, options.master) as book:
        bulletin(book, options.period, options.output, tell_step)
    words = f"通报初稿已写到“{options.output}”"
    return Answer(done=words, lines=[f"{words}。"])
