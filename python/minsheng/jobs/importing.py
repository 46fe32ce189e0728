"""导入任务书: a document becomes a new master, or first a 核对稿, a workbook in which a clerk corrects its reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..cells.dates import FIRST_YEAR, LAST_YEAR
from ..domain.finding import Part, Severity
from ..domain.master import Settings
from ..domain.quantity import plain
from ..errors import NotATaskDocument, TargetExists, UsageError
from ..outputs import write_new
from . import unwatched

if TYPE_CHECKING:
    from decimal import Decimal

    from ..domain.document import TaskDocument
    from ..domain.finding import Finding
    from ..domain.next_year import IsSame
    from ..domain.project import Project, ReportingUnit
    from . import Progress
    from .next_year import LastYear

__all__ = ["Import", "Review", "doubts_in", "import_document", "read_for_review", "sample_document"]


@dataclass(frozen=True)
class Import:
    """What an import gave: where the master stands, what it holds and what is to be looked at."""

    master: Path
    document: TaskDocument
    findings: tuple[Finding, ...]


def _unanswered(_printed: str, _unit: ReportingUnit) -> None:
    """Nobody is there to say; the finding asks."""


def import_document(
    source: Path,
    target: Path,
    year: int | None = None,
    progress: Progress = unwatched,
    *,
    last: LastYear | None = None,
    is_same: IsSame = _unanswered,
) -> Import:
    """Read ``source`` (.docx .txt .xlsx) and build ``target``, which must not exist yet, with the units and settings of
    ``last`` where there is one; ``is_same`` says of a unit spelled otherwise whether it is one of them.

    Uncertain readings are findings. UsageError, UnreadableFile, NotATaskDocument, TargetExists: nothing is written.
    """
    from ..building import master as building
    from ..incoming import task_document

    if target.exists():
        raise TargetExists(f"“{target.name}”已经存在，没有覆盖。", "请换一个文件名，或先把原来的总表移走。")
    progress("读取任务书")
    reading = task_document.read(source, year=year)
    if not FIRST_YEAR <= reading.document.year <= LAST_YEAR:
        raise NotATaskDocument(
            f"任务书的年度是{reading.document.year}年，不在{FIRST_YEAR}年到{LAST_YEAR}年之间。",
            "请核对任务书的年度，或指定年度后再导入（命令行用 --year 2024 这样的写法）。",
        )
    document, findings, settings = reading.document, reading.findings, Settings()
    if last is not None:
        from .next_year import followed

        document, settings, notes = followed(document, last, is_same)
        findings = (*findings, *notes)
    progress("写总表")
    building.build(document, findings, target, settings)
    return Import(target, document, findings)


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


def doubts_in(source: Path, progress: Progress = unwatched) -> tuple[int, int]:
    """How many errors and warnings a document's reading has, none where a clerk has been through it in a 核对稿; and its
    year.

    UnreadableFile, NotATaskDocument.
    """
    from ..incoming import task_document

    progress("读取任务书")
    reading = task_document.read(source)
    doubts = sum(finding.severity is not Severity.INFO for finding in reading.findings)
    return 0 if reading.reviewed else doubts, reading.document.year


def sample_document() -> Path:
    """The packaged 任务书 of 2024."""
    return Path(__file__).parents[1] / "sample" / "2024任务书.txt"


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
