"""下一年: what a new master takes over from last year's, its units and the settings that a clerk has chosen; and finding the
older master that stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ..domain.catalogue import next_year as rules
from ..domain.master import Settings
from ..domain.next_year import following
from ..errors import MinshengError, UsageError
from ..hosts import opened
from ..sheets import layout
from .kept_copies import KEPT
from .reading import Job, read_for
from .settings import settings_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import xlwings as xw

    from ..domain.document import TaskDocument
    from ..domain.finding import Finding
    from ..domain.next_year import IsSame

__all__ = ["LastYear", "followed", "last_year", "older_masters"]

#: A folder with more workbooks than this is no master's: they are not all opened for a hint.
_MOST_WORKBOOKS: Final = 40


@dataclass(frozen=True)
class LastYear:
    """The master ``file`` of an earlier year, as far as it goes over."""

    file: str
    document: TaskDocument
    settings: Settings


def last_year(book: xw.Book) -> LastYear:
    """What the open master of an earlier year gives. NotAMaster; MasterDamaged where its 设置 is not whole."""
    found = read_for(book, Job.FOLLOW)
    document = replace(found.master.document, units=found.settings.units)
    return LastYear(book.name, document, found.settings.settings)


def followed(
    document: TaskDocument, last: LastYear, is_same: IsSame
) -> tuple[TaskDocument, Settings, tuple[Finding, ...]]:
    """``document`` and its settings as ``last`` has them, and what is to be looked at. UsageError where ``last`` is no
    earlier year's."""
    year = last.document.year
    if year >= document.year:
        raise UsageError(
            f"“{last.file}”是{year}年的总表，任务书是{document.year}年的，不能沿用。", "请指定往年的总表。"
        )
    done = following(document, last.document, last.file, is_same)
    before = last.settings
    is_of_its_year = str(year) in before.inbox
    settings = replace(
        before, as_of=None, period=None, inbox="" if is_of_its_year else before.inbox, containments=()
    )
    findings = [*done.findings]
    if is_of_its_year:
        findings.append(rules.INBOX_LEFT.finding(last=last.file, original=before.inbox))
    if chosen := [*_chosen(settings)]:
        findings.append(rules.SETTINGS_FOLLOWED.finding(last=last.file, reading="、".join(chosen)))
    return done.document, settings, tuple(findings)


def _chosen(settings: Settings) -> Iterator[str]:
    """The settings that are not what they are in any new master."""
    usual = Settings(inbox=layout.USUAL_INBOX)
    named = {
        layout.PARAM_INBOX: (settings.inbox or usual.inbox, usual.inbox),
        layout.PARAM_CYCLE: (settings.cycle, usual.cycle),
        layout.PARAM_ON_TIME_DAY: (settings.on_time_day, usual.on_time_day),
        layout.PARAM_NEAR_DAYS: (settings.near_days, usual.near_days),
        layout.PARAM_RED_GAP: (settings.red_gap, usual.red_gap),
        layout.PARAM_RED_DAYS: (settings.red_days, usual.red_days),
        layout.PARAM_PAPER: (settings.paper, usual.paper),
    }
    yield from (f"{label}{value}" for label, (value, before) in named.items() if value != before)
    if settings.severities:
        yield f"校验规则{len(settings.severities)}条（{'、'.join(sorted(settings.severities))}）"


def older_masters(folder: Path, year: int) -> Sequence[Path]:
    """The masters of years before ``year`` that lie in ``folder`` itself, but for copies that a repair kept; what cannot be
    read is none."""
    found: list[Path] = []
    try:
        paths = sorted(path for path in folder.glob("*.xlsx") if KEPT not in path.name)
    except OSError:
        return found
    for path in paths if len(paths) <= _MOST_WORKBOOKS else ():
        with suppress(MinshengError, OSError), opened("file", path) as book:
            if layout.NAME_ID in book.names and settings_of(book)[1] < year:
                found.append(path)
    return found
