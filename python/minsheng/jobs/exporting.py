"""show and export: all that a master holds, for programs that read, count and plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..domain.lateness.judge import judge
from ..domain.long_form import long_form
from ..errors import TargetExists, UsageError
from ..outputs import write_new
from ..sheets import findings_sheet
from ..sheets.looks import looks_of_inputs
from .reading import Job, read_for

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import xlwings as xw

__all__ = ["export", "show"]


def show(book: xw.Book) -> dict[str, Any]:
    """The document for ``show --json``: the model and what the import and the sheets themselves have to say."""
    from ..domain.as_json import master_json

    master = read_for(book)
    master.findings += looks_of_inputs(master)
    of_sheets = map(master.locate, master.master.settings.as_set(master.findings))
    findings = (*findings_sheet.readings(master), *of_sheets)
    return master_json(master.master, findings)


def export(book: xw.Book, target: Path, as_of: date | None = None) -> int:
    """Write every number and judgement of the master to ``target`` (.csv, .xlsx, .parquet), which must not exist yet.

    Gives the count of rows. UsageError, TargetExists, CannotSave: nothing is written.
    """
    from ..export import KINDS, as_bytes

    kind = target.suffix.lower()
    if kind not in KINDS:
        raise UsageError(f"不认识的文件类型“{target.name}”。", "请把文件名写成 .csv、.xlsx 或 .parquet。")
    if target.exists():
        raise TargetExists(f"“{target.name}”已经存在，没有覆盖。", "请换一个文件名，或先把原来的移走。")
    master = read_for(book, Job.EXPORT).master
    rows = long_form(master, judge(master, master.as_of(as_of)))
    write_new(target, as_bytes(rows, kind))
    return len(rows)
