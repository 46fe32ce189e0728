"""核对稿: the reading of a document as a workbook in which a clerk corrects it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..domain.finding import Part, Severity
from ..domain.quantity import plain
from ..errors import TargetExists, UsageError
from ..outputs import write_new
from .progress import unwatched

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from ..domain.document import TaskDocument
    from ..domain.finding import Finding
    from ..domain.project import Project
    from .progress import Progress

__all__ = ["Review", "doubts_in", "read_for_review"]


@dataclass(frozen=True)
class Review:
    """What was written to ``copy``: the document as read, and the doubts that it lists."""

    copy: Path
    document: TaskDocument
    findings: tuple[Finding, ...]


def read_for_review(
    source: Path, target: Path, year: int | None = None, progress: Progress = unwatched
) -> Review:
    """Read ``source`` (.docx .txt .xlsx) and write the 核对稿 ``target`` (.xlsx), which must not exist yet.

    UsageError, UnreadableFile, NotATaskDocument, TargetExists, CannotSave: nothing is written.
    """
    from ..building.review_copy import as_bytes
    from ..incoming import task_document

    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"核对稿是工作簿，文件名要以 .xlsx 结尾，而不是“{target.name}”。")
    if target.exists():
        raise TargetExists(f"“{target.name}”已经存在，没有覆盖。", "请换一个文件名，或先把原来的移走。")
    progress("读取任务书")
    reading = task_document.read(source, year=year)
    document, findings = reading.document, reading.findings
    projects = {project.number: project for project in document.projects}
    choices = tuple(_choices(finding, projects.get(finding.project or 0)) for finding in findings)
    progress("写核对稿")
    write_new(target, as_bytes(document, findings, choices))
    return Review(target, document, findings)


def doubts_in(source: Path, progress: Progress = unwatched) -> int:
    """How many errors and warnings a document's reading has; none where a clerk has been through it in a 核对稿.

    UnreadableFile, NotATaskDocument.
    """
    from ..incoming import task_document

    progress("读取任务书")
    reading = task_document.read(source)
    return (
        0 if reading.reviewed else sum(finding.severity is not Severity.INFO for finding in reading.findings)
    )


def _choices(finding: Finding, project: Project | None) -> tuple[str, ...]:
    """The numbers between which a finding leaves the choice, the one that was read first."""
    from ..incoming.numbers import find_mentions

    if project is None:
        return ()
    if (
        finding.node is not None
        and finding.part == Part.NODE_PLAN
        and finding.node <= len(project.milestones)
    ):
        read = project.milestones[finding.node - 1].cumulative
        said = [mention.quantity.value for mention in find_mentions(finding.original)]
        return (*_distinct([read, *said]), "无") if said else ()
    if finding.node is None and finding.unit is None and finding.part == Part.TARGET and project.target:
        last = [node.cumulative for node in project.milestones if node.cumulative is not None][-1:]
        others = [more.value for more in project.more_targets]
        return _distinct([project.target.value, project.allocation_total, *last, *others])
    return ()


def _distinct(values: list[Decimal | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(value) for value in values if value is not None))
