"""The two streams: data for programs on stdout, words for people on stderr."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import reason_of

if TYPE_CHECKING:
    from typing import TextIO

    from ..domain.finding import Finding
    from .interrupts import Interrupts

__all__ = ["Answer", "answer", "changed", "finding_lines", "say", "tell_step"]


@dataclass(frozen=True)
class Answer:
    """What a command that is through has to tell.

    ``done`` says what has been changed by now, in case the rest cannot be told; empty where nothing was. ``lines`` are
    for people; ``listing``, or ``document`` as JSON, goes to stdout.
    """

    done: str = ""
    lines: Sequence[str] = ()
    listing: Sequence[str] = ()
    document: dict[str, Any] | None = None
    exit_code: int = 0


def answer(told: Answer, interrupts: Interrupts) -> int:
    """Tell it; the exit code. Where it cannot all be told: 1 if something was done, else 3."""
    but = f"{told.done}，只是" if told.done else ""
    try:
        interrupts.release()
        for line in told.lines:
            say(line)
        _give(told)
    except KeyboardInterrupt:
        say(f"\n{but}结果还没有列完就中断了。")
    except OSError as failure:
        _to_nowhere(sys.stdout)
        # Who has read enough of a list misses nothing.
        if told.done or not isinstance(failure, BrokenPipeError):
            say(f"{but}结果没能全部写到标准输出（{reason_of(failure)}）。")
    else:
        return told.exit_code
    return 1 if told.done else 3


def changed(engine: str) -> str:
    """What a job has done by now that changes a master on ``engine``, as ``Answer.done`` says it."""
    return "总表已经改动并保存" if engine == "file" else "打开着的总表已经改动（还没有保存）"


def say(words: str) -> None:
    """A line for the person at the desk; nobody sits there where it cannot be written."""
    if sys.stderr is None:  # print would take stdout instead
        return
    try:
        print(words, file=sys.stderr)
    except OSError:
        _to_nowhere(sys.stderr)


def tell_step(words: str) -> None:
    """The progress of a job, for the person at the desk."""
    say(f"{words}……")


def finding_lines(findings: Iterable[Finding]) -> list[str]:
    """A line for each finding: severity, code, what is wrong and what to do."""
    from ..domain.finding import SEVERITY_WORDS

    return [
        f"[{SEVERITY_WORDS[finding.severity]}] {finding.code} {finding.message}{finding.advice}"
        for finding in findings
    ]


def _give(told: Answer) -> None:
    """What goes to stdout. OSError where it is full or closed."""
    if told.document is None and not told.listing:
        return
    if sys.stdout is None:
        raise OSError(errno.EBADF, "closed")
    if told.document is not None:
        # Programs read UTF-8 whatever the console speaks; a file name that is none stays readable as an escape.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
        print(json.dumps(told.document, ensure_ascii=False, indent=2), flush=True)
    else:
        print("\n".join(told.listing), flush=True)


def _to_nowhere(stream: TextIO | None) -> None:
    """Let nothing more fail on a stream that nobody reads: the interpreter would end with an exit code of its own."""
    if stream is not None:
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
