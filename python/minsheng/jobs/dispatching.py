"""生成填报表: one file for each unit that reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import CannotSave, UsageError
from .needs import Job
from .progress import unwatched
from .reading import read_for

if TYPE_CHECKING:
    from pathlib import Path

    import xlwings as xw

    from ..domain.period import Period
    from .progress import Progress

__all__ = ["Dispatch", "dispatch", "in_master_year"]


@dataclass(frozen=True)
class Dispatch:
    """File names in ``folder``: written now, standing there already with the same content, or kept because they differ."""

    folder: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]


def dispatch(book: xw.Book, period: Period, folder: Path, progress: Progress = unwatched) -> Dispatch:
    """Write the 填报表 of ``period`` into ``folder``; a file that stands there and differs is never overwritten."""
    from ..building import submission

    master = read_for(book, Job.DISPATCH, progress=progress).master
    in_master_year(period, master.year)
    files = {
        submission.file_name(unit, period): submission.build(master, unit, period)
        for unit in submission.recipients(master)
    }
    written, unchanged, kept = [], [], []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, (name, content) in enumerate(files.items(), start=1):
            progress(f"写第{number}份，共{len(files)}份")
            target = folder / name
            if not target.exists():
                target.write_bytes(content)
                written.append(name)
            elif target.read_bytes() == content:
                unchanged.append(name)
            else:
                kept.append(name)
    except OSError as failure:
        raise CannotSave(
            f"填报表写不进“{folder}”（{failure.strerror}）。", "请换一个文件夹，或检查磁盘空间和权限后再试。"
        ) from failure
    return Dispatch(folder, tuple(written), tuple(unchanged), tuple(kept))


def in_master_year(period: Period, year: int) -> None:
    """UsageError where the period is of another year than the master."""
    if period.year != year:
        raise UsageError(
            f"期次 {period} 不在总表的年度（{year}年）内。", f"请用 {year}-01 到 {year}-12 之间的月份。"
        )
