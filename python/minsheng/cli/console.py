"""The two streams: data for programs on stdout, words for people on stderr."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.finding import Finding

__all__ = ["give", "list_findings", "say", "tell_step"]


def say(words: str) -> None:
    """A line for the person at the desk."""
    print(words, file=sys.stderr)


def tell_step(words: str) -> None:
    """The progress of a job, for the person at the desk."""
    say(f"{words}……")


def give(document: dict[str, Any]) -> None:
    """The one JSON document of a command with ``--json``."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(json.dumps(document, ensure_ascii=False, indent=2))


def list_findings(findings: Iterable[Finding]) -> bool:
    """Say every finding; whether any of them is an error."""
    from ..sheets.layout import SEVERITY_WORDS

    has_error = False
    for finding in findings:
        has_error |= finding.severity == "error"
        say(f"[{SEVERITY_WORDS[finding.severity]}] {finding.code} {finding.message}{finding.advice}")
    return has_error
