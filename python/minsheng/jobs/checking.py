"""校验: what is wrong with an open master."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..domain import checks
from ..domain.finding import Finding, Severity
from ..sheets import findings_sheet, layout, marks
from ..sheets.gaps import SETTINGS
from ..sheets.looks import looks_of_inputs
from . import unwatched
from .reading import read_for

if TYPE_CHECKING:
    from datetime import date

    import xlwings as xw

    from ..sheets.open_master import OpenMaster
    from ..sheets.writing import Write
    from . import Progress

__all__ = ["Check", "check", "clear_check"]

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True)
class Check:
    """What a 校验 found, errors first."""

    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """How many findings are as grave as that."""
        return sum(finding.severity == severity for finding in self.findings)


def check(book: xw.Book, as_of: date | None = None, progress: Progress = unwatched) -> Check:
    """Judge the master by every rule, list the findings on 校验结果 with a link each, put signs beside the cells and add
    the counts to 校验历史."""
    master = read_for(book, progress=progress)
    master.findings += looks_of_inputs(master)
    # Without a year, units and a day there is nothing to judge by; what is missing is said all the same.
    day = None if master.lacks(SETTINGS) else master.master.as_of(as_of)
    findings = _findings(master, day)
    writes = _shown(master, findings)
    if day is not None:
        at = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
        writes += findings_sheet.history_writes(master, findings, day, at)
    master.apply(book, writes)
    return Check(findings)


def clear_check(book: xw.Book, progress: Progress = unwatched) -> None:
    """Empty 校验结果 and take every sign of a finding away; 校验历史 stays."""
    master = read_for(book, progress=progress)
    master.apply(book, _shown(master, ()))


def _shown(master: OpenMaster, findings: tuple[Finding, ...]) -> list[Write]:
    listed = findings_sheet.finding_writes(master, findings) if layout.NAME_FINDINGS in master.tables else []
    return listed + marks.finding_marks(master, findings)


def _findings(master: OpenMaster, as_of: date | None) -> tuple[Finding, ...]:
    of_sheets = master.master.settings.as_set(master.findings)
    of_values = () if as_of is None else checks.check(master.master, as_of)
    found = [master.locate(finding) for finding in (*of_sheets, *of_values)]
    return tuple(
        sorted(found, key=lambda finding: (_ORDER[finding.severity], finding.project or 0, finding.code))
    )
