"""导入任务书: a document becomes a new master."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..cells.dates import FIRST_YEAR, LAST_YEAR
from .progress import unwatched

if TYPE_CHECKING:
    from ..domain.document import TaskDocument
    from ..domain.finding import Finding
    from .progress import Progress

__all__ = ["Import", "import_document", "sample_document"]


@dataclass(frozen=True)
class Import:
    """What an import gave: where the master stands, what it holds and what is to be looked at."""

    master: Path
    document: TaskDocument
    findings: tuple[Finding, ...]


def import_document(
    source: Path, target: Path, year: int | None = None, progress: Progress = unwatched
) -> Import:
    """Read ``source`` (.docx .txt .xlsx) and build ``target``, which must not exist yet.

    Uncertain readings are findings. UnreadableFile, NotATaskDocument, TargetExists: nothing is written.
    """
    from ..building import master as building
    from ..errors import NotATaskDocument, TargetExists
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
    progress("写总表")
    building.build(reading.document, reading.findings, target)
    return Import(target, reading.document, reading.findings)


def sample_document() -> Path:
    """The packaged 任务书 of 2024."""
    return Path(__file__).parents[1] / "sample" / "2024任务书.txt"
