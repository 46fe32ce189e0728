"""``minsheng`` on the command line: the same jobs as the buttons, for IT people and for unattended runs.

A module holds the commands of one idea, each with an ``add_…(commands)``. Data goes to stdout (one JSON document with
``--json``), words for people to stderr. Exit codes: 0 done, 1 done with findings of severity error (import, read, check,
merge), 2 wrong usage, 3 could not do it and nothing changed.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from .. import __version__
from ..errors import MinshengError
from ..forgone import forgo_libraries
from ..hosts import ENGINES, sentences
from ..log import note_failure
from . import documents, judging, listings, month, papers, upkeep
from .console import Answer, answer, say
from .interrupts import Interrupts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["main"]

#: In the order in which ``--help`` lists them.
_COMMANDS = (
    documents.add_import,
    documents.add_read,
    documents.add_amend,
    documents.add_repair,
    listings.add_show,
    judging.add_check,
    month.add_dispatch,
    month.add_merge,
    month.add_remind,
    month.add_reply,
    month.add_undo,
    judging.add_colour,
    papers.add_summary,
    papers.add_bulletin,
    listings.add_export,
    judging.add_rule,
    upkeep.add_demo,
    upkeep.add_panel,
    upkeep.add_kit,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; an error is a Chinese sentence on stderr, never a traceback."""
    if arguments is None:
        _fill_closed_streams()
        _speak_utf8()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # pythonw has none
            # A Chinese Windows console speaks GBK: a sign it lacks must not end the job.
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    interrupts = Interrupts()
    options = _parser().parse_args(arguments, argparse.Namespace(interrupts=interrupts))
    command: Callable[[argparse.Namespace], Answer] = options.run
    if arguments is None and options.command != "export":  # which counts with pandas
        forgo_libraries()
    with interrupts.caught():
        try:
            with sentences():
                told = command(options)
            return answer(told, interrupts)
        except MinshengError as failure:
            say(str(failure))
            return failure.exit_code
        except KeyboardInterrupt:
            say("已中断，没有保存任何改动。")
            return 3
        except Exception as failure:  # noqa: BLE001 - the last resort: a sentence for the clerk, the details for the log
            say(f"程序出错，没有完成，文件没有改动。{note_failure(failure)}")
            return 3


def _fill_closed_streams() -> None:
    """A file that is opened takes the first free number: none may be written into because it got that of a stream."""
    number = 0
    while number < 3:
        number = os.open(os.devnull, os.O_RDWR)
    os.close(number)


def _speak_utf8() -> None:
    """The product's files have Chinese names: under a locale that cannot say them Python starts again in its UTF-8 mode,
    and goes on speaking to the console as the locale does.
    """
    if os.name == "posix" and sys.getfilesystemencoding().lower().replace("-", "") != "utf8":
        spoken = sys.stderr.encoding if sys.stderr is not None else "utf-8"
        os.environ["PYTHONIOENCODING"] = f"{spoken}:replace" if spoken.lower().startswith("gb") else "utf-8"
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="minsheng", description="民生实事台账：任务书、填报、汇总、校验、逾期、汇总表、通报。"
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--engine", choices=ENGINES, default="file", help="由谁打开总表（默认直接处理文件）")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in _COMMANDS:
        add(commands)
    return parser
