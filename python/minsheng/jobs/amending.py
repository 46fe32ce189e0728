"""修订总表: a changed 任务书 into a living master, listed old → new before it is written; and taking that back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..domain.amending.amendment import Amendment, amendment
from ..domain.amending.differences import ADDED, Difference, differences
from ..domain.amending.three_way import taken_back
from ..domain.catalogue import document as document_rules
from ..domain.catalogue import master as rules
from ..errors import MasterDamaged, NotATaskDocument
from ..sheets.contents import FactKind, fact_rows
from ..sheets.facts_sheet import Facts
from ..sheets.log_entries import Amended, Undone
from ..sheets.log_sheet import appended
from . import unwatched
from .merging import logged, now_and_who
from .periods import log_period
from .reading import Job, read_for
from .renewing import rebuilt, renew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    import xlwings as xw

    from ..domain.document import TaskDocument
    from ..domain.finding import Finding
    from ..domain.master import Master
    from ..sheets.log_sheet import MergeLog
    from ..sheets.open_master import OpenMaster
    from . import Progress

__all__ = ["Amend", "amend", "take_back"]

#: A document that has fewer of the master's projects than this part of them is a supplement, or another county's.
_LEAST_PART = 0.5


@dataclass(frozen=True)
class Amend:
    """What the document changes, what of its reading is to be looked at, the sheets that are built anew for it, and whether
    it was written."""

    amendment: Amendment
    findings: tuple[Finding, ...]
    rebuilt: tuple[int, ...]
    applied: bool


def amend(
    book: xw.Book,
    source: Path,
    approval: str = "",
    *,
    agreed: Callable[[Amend], bool] = lambda _plan: True,
    at: datetime | None = None,
    progress: Progress = unwatched,
) -> Amend:
    """Read ``source`` (.docx .txt .xlsx), say what it changes, ask ``agreed`` and write it with its log in one go.

    Projects keep their numbers, reports, ticks and what a clerk typed; ``approval`` is noted beside every new target,
    deadline and cancelled project. UnreadableFile, NotATaskDocument (another year's, or hardly any project of the master),
    MasterDamaged: nothing is changed.
    """
    from ..incoming import task_document

    signed = now_and_who(at)
    master = read_for(book, Job.AMEND, progress=progress)
    log = master.needed_log()
    progress("读取任务书")
    try:
        reading = task_document.read(source)
    except NotATaskDocument:  # perhaps for want of a year alone
        reading = task_document.read(source, year=master.master.year)
    _refuse_other_documents(reading.document, master.master, source)
    facts = Facts.read(book, master.places, master.names)
    plan = amendment(master.master, facts.said(log.taken_back), reading.document, approval)
    _refuse_supplements(plan, master.master, source)
    findings = (*_of_changes(reading.findings, plan, reading.document), *_unapproved(plan, approval))
    done = Amend(plan, findings, rebuilt(master, plan.document), applied=False)
    if not plan.differences or not agreed(done):
        return done
    entries = logged(
        log, log_period(master.master), signed, [Amended(each, source.name) for each in plan.differences]
    )
    touched = {difference.project for difference in plan.differences}
    before = [project for project in master.master.document.projects if project.number in touched]
    after = [project for project in plan.document.projects if project.number in touched]
    rows = [
        *fact_rows(log.next_batch, FactKind.DOCUMENT, plan.base),
        *fact_rows(log.next_batch, FactKind.BEFORE, before),
        *fact_rows(log.next_batch, FactKind.AFTER, after),
    ]
    renew(book, master, plan.document, [*appended(master, entries), *facts.appended(book, master, rows)])
    return replace(done, applied=True)


def _refuse_other_documents(document: TaskDocument, master: Master, source: Path) -> None:
    if document.year != master.year:
        raise NotATaskDocument(
            f"“{source.name}”是{document.year}年的任务书，总表是{master.year}年的，没有修订。",
            "新一年的任务书请用“导入任务书”生成新的总表。",
        )


def _refuse_supplements(plan: Amendment, master: Master, source: Path) -> None:
    """A file with the new projects alone would cancel all others."""
    standing = [project for project in master.document.projects if not project.cancelled]
    if len(plan.cancelled) > len(standing) * (1 - _LEAST_PART):
        raise NotATaskDocument(
            f"“{source.name}”里没有总表{len(standing)}个项目中的{len(plan.cancelled)}个，不像调整后的整份任务书，没有修订。",
            "请用调整后的整份任务书；只发了增补文件的，请先把增补的项目并到原来的任务书里。",
        )


def _of_changes(findings: Iterable[Finding], plan: Amendment, document: TaskDocument) -> list[Finding]:
    """What was unsure of the projects that change; of the others the clerk has seen it at the import. A number that a
    cancelled project leaves free is no gap."""
    numbers = {printed: number for number, printed in plan.renumbered.items()}
    touched = {difference.project for difference in plan.differences}
    printed = {project.number for project in document.projects}
    gone = {project.number for project in plan.document.projects if project.cancelled}
    explained = {document_rules.NUMBER_GAP.code} if set(range(1, max(printed))) - printed <= gone else set()
    return [
        finding
        for finding in findings
        if finding.code not in explained
        if finding.project is None or numbers.get(finding.project, finding.project) in touched
    ]


def _unapproved(plan: Amendment, approval: str) -> Iterable[Finding]:
    """What rests on a decision that nobody has named."""
    for number in () if approval else plan.cancelled:
        yield rules.CANCELLED_UNAPPROVED.finding(project=number)


def take_back(
    book: xw.Book, master: OpenMaster, log: MergeLog, batch: int
) -> tuple[list[Difference], list[Difference]]:
    """Undo the amendment ``batch``: what was put back, and what somebody has changed since, which stays as it is.

    MasterDamaged where 底稿 no longer knows what stood before, or a project that came with it has reports.
    """
    facts = Facts.read(book, master.places, master.names)
    before, after = facts.of(batch, FactKind.BEFORE), facts.of(batch, FactKind.AFTER)
    if not after:
        raise MasterDamaged(
            f"没有撤销：隐藏的“底稿”里找不到第{batch}批修订之前的内容。",
            "请按“汇总记录”里这一批的原值逐项改回。",
        )
    added = after.keys() - before.keys()
    _refuse_reported(master.master, added)
    document = master.master.document
    standing = {project.number: project for project in document.projects if project.number not in added}
    wanted = {
        number: taken_back(after[number], project, before[number]) if number in after else project
        for number, project in standing.items()
    }
    left = [
        difference
        for number in sorted(standing.keys() & after.keys())
        for difference in differences(wanted[number], before[number])
    ]
    restored = [
        difference
        for number, project in standing.items()
        for difference in differences(project, wanted[number])
    ]
    restored += [Difference(number, ADDED, after[number].title, "") for number in sorted(added)]
    came = {
        each.what.difference.new
        for each in log.entries
        if each.batch == batch and isinstance(each.what, Amended) and each.what.difference.project == 0
    }
    wanted_document = replace(
        document,
        projects=tuple(wanted.values()),
        units=tuple(unit for unit in document.units if unit.name not in came),
        containments=tuple(pair for pair in document.containments if not {pair.inner, pair.outer} & added),
    )
    rows = logged(log, log_period(master.master), now_and_who(), [Undone(batch)])
    renew(book, master, wanted_document, appended(master, rows))
    return restored, left


def _refuse_reported(master: Master, added: Iterable[int]) -> None:
    """A project goes with its sheet: not where anything stands on it that would be lost."""
    reported = {report.project for report in master.reports}
    ticked = {
        project.number
        for project in master.document.projects
        if any(node.done is not None or node.done_on is not None for node in project.milestones)
    }
    if numbers := sorted(set(added) & (reported | ticked)):
        raise MasterDamaged(
            f"没有撤销：新增的第{'、'.join(map(str, numbers))}项已经有报数或完成情况，撤销会丢掉它们。",
            "不再实施的，请在它的工作表把“办理情况”选为“已取消”。",
        )
